import { describe, expect, it } from 'vitest';
import { fuzzCommand } from '../../src/cli/fuzz/command.ts';
import { fuzzTarget, inputOf } from '../../src/cli/fuzz/fuzz.ts';
import type { FuzzTarget } from '../../src/cli/fuzz/target.ts';
import { createTargets, faultOf } from '../../src/cli/fuzz/targets.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import { SimError } from '../../src/engine/base/errors.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const targets = createTargets(catalogueInfo, presets);
const untimed = { limitMs: Number.POSITIVE_INFINITY, now: () => 0 };

describe('what others wrote', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    'read as %s ends in a valid scenario or a typed error',
    (_, target) => {
      const { failures } = fuzzTarget(target, { seed: 1, cases: 2000, ...untimed });
      expect(failures.slice(0, 5)).toEqual([]);
    },
  );
});

const reader = (run: FuzzTarget['run'], corpus: readonly unknown[] = ['a text']): FuzzTarget => ({
  name: 'made-up',
  corpus,
  run,
});

describe('the cases', () => {
  it.each([
    ['texts', ['one text', 'another']],
    ['bytes', [Uint8Array.of(1, 2, 3), Uint8Array.of(4)]],
    ['values', [{ a: [1, { b: 'c' }] }, { d: null }]],
  ])('of %s begin with the corpus, change it, and are the same for the same seed', (_, corpus) => {
    const target = reader(() => undefined, corpus);
    const list = (seed: number) => Array.from({ length: 200 }, (_, n) => inputOf(target, seed, n));
    expect(list(1).slice(0, 2)).toEqual(corpus);
    expect(list(1)).toEqual(list(1));
    expect(list(2)).not.toEqual(list(1));
    const kind = Object.prototype.toString.call(corpus[0]);
    const isOfKind = (input: unknown) => Object.prototype.toString.call(input) === kind;
    expect(list(1).filter(isOfKind).length).toBeGreaterThan(100);
    expect(new Set(list(1).map((input) => JSON.stringify(input))).size).toBeGreaterThan(80);
  });

  it('are every second time what the target draws, the same for the same seed', () => {
    const target = {
      ...reader(() => undefined, [0]),
      draw: (chance: { below: (n: number) => number }) => ({ n: chance.below(1e6) }),
    };
    const list = (seed: number) => Array.from({ length: 200 }, (_, n) => inputOf(target, seed, n));
    expect(list(1)).toEqual(list(1));
    const drawn = list(1).filter((input) => Object.hasOwn(Object(input), 'n'));
    expect(drawn.length).toBeGreaterThan(60);
    expect(new Set(drawn.map((input) => JSON.stringify(input))).size).toBe(drawn.length);
  });

  it('reach what they are for: names of the language as keys, markup, halves of characters, great numbers', () => {
    const target = reader(() => undefined, [{ title: 'x', list: [1, 2, { n: 3 }] }]);
    const all = Array.from({ length: 3000 }, (_, n) => JSON.stringify(inputOf(target, 1, n))).join('\n');
    for (const piece of ['"__proto__":', '<script>', '\\ud800', '1e+300', '[[[', '"constructor":']) {
      expect(all).toContain(piece);
    }
  });
});

describe('a reader fails', () => {
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  it.each<[string, FuzzTarget['run'], RegExp]>([
    ['if it throws what is no typed error', () => JSON.parse('{'), /^SyntaxError/],
    [
      'if its error says nothing',
      () => {
        throw new SimError('link/malformed', '');
      },
      /no word/,
    ],
    [
      'if it calls itself broken',
      () => {
        throw new SimError('worker/internal', 'x');
      },
      /no word/,
    ],
    [
      'if its error is endless',
      () => {
        throw new SimError('link/malformed', 'x'.repeat(9999));
      },
      /message of 9999/,
    ],
    [
      'if it shows half a character',
      () => {
        throw new SimError('scenario/invalid', 'x', [{ path: '/\ud800', expected: 'x', found: 'y' }]);
      },
      /half a character/,
    ],
    [
      'if it pollutes all objects',
      () => {
        polluted['polluted'] = 1;
      },
      /polluted/,
    ],
  ])('%s', (_, run, fault) => {
    expect(faultOf(reader(run), '')).toMatch(fault);
    delete polluted['polluted'];
  });

  it('if it takes too long', () => {
    let ms = 0;
    const now = () => ms;
    const slow = reader((input) => {
      ms += input === 'a text' ? 5 : 50;
    });
    const { failures, slowestMs } = fuzzTarget(slow, { seed: 1, cases: 2, limitMs: 20, now });
    expect(failures).toMatchObject([{ number: 1, fault: 'took 50 ms' }]);
    expect(slowestMs).toBe(50);
  });

  it('but not with a typed error', () => {
    const fine = () => {
      throw new SimError('link/malformed', 'cut short');
    };
    expect(faultOf(reader(fine), '')).toBeUndefined();
  });
});

describe('npm run fuzz', () => {
  const call = (argv: readonly string[], readers: readonly FuzzTarget[]) => {
    let out = '';
    let err = '';
    const none = () => '';
    const io: Io = {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      isTerminal: false,
      read: none,
      write: none,
      exists: () => false,
      now: () => 0,
    };
    const code = fuzzCommand(argv, readers, io, () => 100);
    return { code, out, err };
  };
  const broken = reader((input) => {
    if (input !== 'a text') throw new TypeError('no');
  });
  const good: FuzzTarget = { name: 'good', corpus: [1], run: () => undefined };

  it('prints cases, failures and the slowest, and how to see a failure again', () => {
    const { code, out } = call(['--cases', '10', '--seed', '7'], [good, broken]);
    expect(code).toBe(1);
    expect(out).toContain('cases 10, failures 4, slowest 0.0 ms');
    expect(out).toContain('TypeError: no');
    expect(out).toContain('npm run fuzz -- --seed 7 --target made-up --case 1');
    const one = call(['--seed', '7', '--target', 'made-up', '--case', '1'], [good, broken]);
    expect(one.code).toBe(1);
    expect(one.out).toBe(`${JSON.stringify(inputOf(broken, 7, 1))}\nTypeError: no\n`);
  });

  it('prints the same as JSON', () => {
    const { code, out } = call(['--cases=10', '--json', '--target=good'], [good, broken]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ cases: 10, failures: 0, slowestMs: 0, peakMegabytes: 100, seed: 1 });
  });

  it.each([['--cases', 'x'], ['--seed'], ['--tarket', 'x'], ['--target', 'nothing'], ['--case', '3']])(
    'refuses %s %s',
    (...argv) => {
      const { code, err } = call(argv, [good, broken]);
      expect(code).toBe(2);
      expect(err).toMatch(/expected|unknown/);
    },
  );
});
