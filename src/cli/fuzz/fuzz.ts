import { foldIn, keyOf } from '../../engine/base/random.ts';
import { chanceOf } from './chance.ts';
import { mutated } from './mutate.ts';
import type { FuzzTarget } from './target.ts';
import { faultOf } from './targets.ts';

/** A case that did not end as it should; its number and the seed give it back. */
export interface Failure {
  readonly target: string;
  readonly number: number;
  readonly fault: string;
  /** The input, cut short. */
  readonly input: string;
}

export interface TargetReport {
  readonly name: string;
  readonly cases: number;
  readonly failures: readonly Failure[];
  readonly slowestMs: number;
  /** Of the slowest case: characters of a text, bytes of bytes, characters of a value as JSON. */
  readonly slowestSize: number;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Cases of each target. */
  readonly cases: number;
  /** A case that takes longer has failed. */
  readonly limitMs: number;
  /** A clock in ms. */
  readonly now: () => number;
}

/** An input as text. */
export const textOf = (input: unknown): string => {
  if (typeof input === 'string') return input;
  if (input instanceof Uint8Array) return Array.from(input, (byte) => byte.toString(16).padStart(2, '0')).join('');
  try {
    return JSON.stringify(input) ?? 'undefined';
  } catch (thrown) {
    return `a value that cannot be written as JSON (${(thrown as Error).message})`;
  }
};

const sizeOf = (input: unknown): number => (input instanceof Uint8Array ? input.length : textOf(input).length);

/** The n-th input of a target: first its corpus and its extremes as they are, then changed members of these, or what it draws. */
export const inputOf = ({ name, corpus, extremes = [], draw }: FuzzTarget, seed: number, n: number): unknown => {
  const given = [...corpus, ...extremes];
  if (n < given.length) return given[n];
  const chance = chanceOf(foldIn(keyOf(seed), name, n));
  if (draw && chance.oneIn(2)) return draw(chance);
  const source = extremes.length > 0 && chance.oneIn(200) ? extremes : corpus;
  return mutated(chance.pick(source), chance.pick(corpus), chance);
};

/** Runs one target's cases. The same seed gives the same cases. */
export const fuzzTarget = (target: FuzzTarget, { seed, cases, limitMs, now }: FuzzOptions): TargetReport => {
  const failures: Failure[] = [];
  let slowestMs = 0;
  let slowest: unknown = '';
  for (let number = 0; number < cases; number++) {
    const input = inputOf(target, seed, number);
    const begin = now();
    const fault = faultOf(target, input);
    const ms = now() - begin;
    if (ms > slowestMs) {
      slowestMs = ms;
      slowest = input;
    }
    const wrong = fault ?? (ms > limitMs ? `took ${Math.round(ms)} ms` : undefined);
    if (wrong === undefined) continue;
    failures.push({ target: target.name, number, fault: wrong, input: textOf(input).slice(0, 300) });
  }
  return { name: target.name, cases, failures, slowestMs, slowestSize: sizeOf(slowest) };
};
