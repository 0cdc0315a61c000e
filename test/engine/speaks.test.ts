import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/engine/contracts/speaks.ts';
import { methods } from '../../src/methods/registry.ts';

const method = (id: string) => methods.get(id) as NonNullable<ReturnType<typeof methods.get>>;

describe('what a method can work with', () => {
  it('is everything for those whose pull is of an example’s log p', () => {
    for (const id of ['npo', 'ga', 'ft', 'retrain', 'simnpo', 'negrad-plus', 'none']) {
      for (const head of ['categorical', 'real'] as const) {
        expect(refusalOf(method(id), { head, sequences: true }, '/method'), `${id} ${head}`).toBeUndefined();
      }
    }
  });

  it('is said with its place where it does not fit: another head', () => {
    expect(refusalOf(method('wga'), { head: 'real', sequences: false }, '/runs/1/method')).toEqual({
      path: '/runs/1/method',
      expected: 'one that works with real numbers',
      found: 'wga, which works with probabilities of classes',
    });
  });

  it('is said with its place where it does not fit: examples of several rows', () => {
    expect(refusalOf(method('rl'), { head: 'categorical', sequences: true }, '/runs/0/method')).toEqual({
      path: '/runs/0/method',
      expected: 'one that works with examples of several words',
      found: 'rl, which pulls single rows',
    });
    expect(refusalOf(method('rl'), { head: 'categorical', sequences: false }, '/runs/0/method')).toBeUndefined();
  });
});
