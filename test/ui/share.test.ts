import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/scenario/format/presets.ts';
import { shortQuery } from '../../src/scenario/links/short-query.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { reachOf, shareBase } from '../../src/ui/shell/address.ts';
import { MOST_CHARACTERS } from '../../src/ui/shell/QrFigure.tsx';
import { type QrCode, qrOf } from '../../src/ui/shell/qr.ts';

const BASE = 'https://somebody.example.org/teaching/unlearn-lab/';

/** What a camera reads from a code, drawn with a few pixels a module. */
const readBack = ({ size, path }: QrCode): string | undefined => {
  const zoom = 3;
  const width = size * zoom;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, w] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * zoom; row < (Number(y) + 1) * zoom; row++) {
      for (let column = Number(x) * zoom; column < (Number(x) + Number(w)) * zoom; column++) {
        pixels.set([0, 0, 0], (row * width + column) * 4);
      }
    }
  }
  return jsQR(pixels, width, width)?.data;
};

describe('a QR code', () => {
  it.each(presets)('is there for $id, and a reader of another make reads the link from it', ({ input }) => {
    const { scenario } = parseScenario(input, catalogueInfo, 'strict');
    const link = `${BASE}${shortQuery(scenario, scenario, presets, catalogueInfo)}`;
    expect(readBack(qrOf(link))).toBe(link);
    // Version 6: at the height of a projector a module is two centimeters wide.
    expect(qrOf(link).size).toBeLessThanOrEqual(41 + 8);
  });

  it('of any length can be read by it', () => {
    for (let length = 100; length <= MOST_CHARACTERS; length += 37) {
      const text = `${BASE}#1.`.padEnd(length, 'xY-_9');
      expect(readBack(qrOf(text)), `${length} characters`).toBe(text);
    }
  });

  it('of the longest link that gets one has 117 modules, and white around it', () => {
    const text = `${BASE}#1.`.padEnd(MOST_CHARACTERS, 'xY-_9');
    const code = qrOf(text);
    expect(code.size).toBe(117 + 8);
    expect(readBack(code)).toBe(text);
    for (const [, x, y, w] of code.path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(4);
      expect(Math.max(Number(x) + Number(w), Number(y) + 1)).toBeLessThanOrEqual(121);
    }
  });
});

describe('the address of a link', () => {
  it('is where the page is, without query and hash', () => {
    expect(shareBase(undefined, 'https://a.example/lab/?p=ga-vs-npo&embed=1#1.x')).toBe('https://a.example/lab/');
    expect(shareBase('', 'http://localhost:4173/#1.x')).toBe('http://localhost:4173/');
    expect(shareBase(undefined, 'file:///media/usb/index.html?x#y')).toBe('file:///media/usb/index.html');
  });

  it('is the public one if the page was built with one', () => {
    expect(shareBase(BASE, 'http://localhost:4173/#1.x')).toBe(BASE);
  });

  it.each([
    ['https://example.org/lab/', 'anyone'],
    ['https://10.example.org/', 'anyone'],
    ['http://8.8.8.8/', 'anyone'],
    ['http://172.32.0.1/', 'anyone'],
    ['http://192.168.1.20:4173/', 'network'],
    ['http://10.0.0.7/', 'network'],
    ['http://172.16.0.1/', 'network'],
    ['http://printer.local/', 'network'],
    ['http://lab-pc:8080/', 'network'],
    ['http://[fd12::1]/', 'network'],
    ['http://localhost:4173/', 'computer'],
    ['http://lab.localhost/', 'computer'],
    ['http://127.0.0.1:4173/', 'computer'],
    ['http://[::1]:4173/', 'computer'],
    ['http://0.0.0.0:4173/', 'computer'],
    ['file:///media/usb/index.html', 'computer'],
  ])('%s can be opened by: %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });
});
