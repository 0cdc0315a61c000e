import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';

describe('the arguments of simulate', () => {
  it('are one scenario and options in any order', () => {
    expect(readArguments(['ga-vs-npo'])).toEqual({ source: 'ga-vs-npo', format: 'table', check: false, quiet: false });
    expect(
      readArguments([
        '--seeds',
        '0,1',
        '--format=csv',
        'x.json',
        '--runs=GA, NPO',
        '--out',
        'r.json',
        '--check',
        '--quiet',
      ]),
    ).toEqual({
      source: 'x.json',
      seeds: [0, 1],
      runs: ['GA', 'NPO'],
      format: 'csv',
      out: 'r.json',
      check: true,
      quiet: true,
    });
  });

  it('may be a link, whatever its characters', () => {
    expect(readArguments(['https://example.org/?p=x#1.ab-_'])).toMatchObject({
      source: 'https://example.org/?p=x#1.ab-_',
    });
  });

  it('may ask for help, with whatever else', () => {
    expect(readArguments(['--help'])).toBe('help');
    expect(readArguments(['x', '-h'])).toBe('help');
  });

  it.each([
    [[], 'expected a preset, a file or a link'],
    [['a', 'b'], 'expected one scenario, found also "b"'],
    [['a', '--seed', '1'], 'unknown option --seed (did you mean --seeds?)'],
    [['a', '--seeds'], '--seeds: expected a value'],
    [['a', '--seeds', '1,x'], '--seeds: expected whole numbers separated by commas, found "1,x"'],
    [['a', '--format', 'yaml'], '--format: expected one of table, json, csv, markdown, latex, found "yaml"'],
  ])('%j are answered with what is wrong', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });
});
