import { describe, expect, it } from 'vitest';
import { readBenchArguments } from '../../../src/cli/bench/arguments.ts';

describe('the arguments of bench', () => {
  it('are everything, five times, unless they say otherwise', () => {
    expect(readBenchArguments([])).toEqual({
      parts: ['P1', 'P2', 'P3', 'numbers', 'diffusion', 'lm', 'comparison', 'growth'],
      quick: false,
      json: false,
      profile: false,
      methods: false,
      formulas: false,
      tournament: false,
      repeat: 5,
    });
    expect(readBenchArguments(['--quick', '--json'])).toMatchObject({ quick: true, json: true, repeat: 3 });
  });

  it('may choose parts, in any order and case, and the repetitions', () => {
    expect(readBenchArguments(['growth', '--repeat=7', 'p1', '--profile', 'P1'])).toMatchObject({
      parts: ['P1', 'growth'],
      repeat: 7,
      profile: true,
    });
    expect(readBenchArguments(['--quick', '--repeat', '1'])).toMatchObject({ repeat: 1 });
  });

  it('may be the tournament alone', () => {
    expect(readBenchArguments(['tournament', '--repeat', '2'])).toMatchObject({ tournament: true, repeat: 2 });
    expect(() => readBenchArguments(['tournament', 'P1'])).toThrow('expected some of P1');
  });

  it('may ask for help, with whatever else', () => {
    expect(readBenchArguments(['P1', '--help'])).toBe('help');
    expect(readBenchArguments(['-h'])).toBe('help');
  });

  it.each([
    [['--fast'], 'unknown option --fast'],
    [['--jsn'], 'unknown option --jsn (did you mean --json?)'],
    [['P4'], 'expected some of P1, P2, P3, numbers, diffusion, lm, comparison, growth, found "P4"'],
    [['grwth'], 'found "grwth" (did you mean growth?)'],
    [['quick'], 'found "quick" (did you mean --quick?)'],
    [['--repeat'], '--repeat: expected a value'],
    [['--repeat', '0'], '--repeat: expected a whole number from 1 to 1000, found "0"'],
    [['--repeat', '1e2'], '--repeat: expected a whole number from 1 to 1000, found "1e2"'],
    [['--repeat', '1001'], '--repeat: expected a whole number from 1 to 1000, found "1001"'],
  ])('%j are answered with what is wrong', (argv, message) => {
    expect(() => readBenchArguments(argv)).toThrow(message);
  });
});
