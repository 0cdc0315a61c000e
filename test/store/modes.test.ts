import { describe, expect, it } from 'vitest';
import { NOBODY, readModes } from '../../src/store/present/modes.ts';

describe('the modes of an address', () => {
  it('are off in a plain address', () => {
    const modes = readModes('?p=ga-vs-npo&beta=0.1');
    expect(modes).toMatchObject({ isEmbedded: false, isLocked: false, autoplays: false, theme: null, room: null });
  });

  it('are read, and parts stand in the order of the page', () => {
    const modes = readModes('?embed=1&show=scrub,grid,grid&lock=1&autoplay&theme=dark&origin=https://example.org/x');
    expect(modes).toMatchObject({ isEmbedded: true, parts: ['grid', 'scrub'], isLocked: true, autoplays: true });
    expect(modes).toMatchObject({ theme: 'dark', origin: 'https://example.org' });
  });

  it('that make no sense count as not said', () => {
    const modes = readModes('?embed=0&lock=false&show=all,%zz&theme=pink&origin=javascript:alert(1)');
    expect(modes).toMatchObject({ isEmbedded: false, isLocked: false, theme: null });
    expect(modes.parts).toEqual(['verdict', 'grid', 'knob', 'scrub']);
    expect(readModes(`?show=${'grid,'.repeat(100_000)}`).parts).toEqual(['grid']);
  });

  it.each(['example.org', '', '*', 'null', 'javascript:alert(1)', 'file:///x', 'https://', '//example.org', '%zz'])(
    'let nobody speak where the origin is %j, which is none',
    (origin) => {
      expect(readModes(`?embed=1&origin=${origin}`).origin).toBe(NOBODY);
    },
  );

  it('let whichever page embeds it speak where no origin is named', () => {
    expect(readModes('?embed=1').origin).toBeNull();
  });
});
