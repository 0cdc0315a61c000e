import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadWindows } from '../../src/families/text/generate.ts';

/** A question with its answers as tokens, without the token that ends them. */
interface Pair {
  readonly note: readonly number[];
  readonly q: readonly number[];
  readonly a: readonly number[];
  readonly idk?: readonly number[];
  readonly para: readonly number[];
  readonly pert: readonly (readonly number[])[];
}

/** Arrays of a model by name: E, W1, b1, W2, b2. */
export type LanguageWeights = Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;

interface Language {
  readonly schema: string;
  readonly tolerance: { readonly f32: { readonly rtol: number; readonly atol: number } };
  readonly model: {
    readonly vocabulary: number;
    readonly embed: number;
    readonly hidden: number;
    readonly window: { readonly note: number; readonly question: number; readonly answer: number };
  };
  readonly weights: Readonly<Record<string, LanguageWeights>>;
  readonly data: Readonly<Record<'forget' | 'retain' | 'holdout', readonly Pair[]>>;
  readonly forward: {
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly sequence: readonly number[];
    readonly hidden: readonly (readonly number[])[];
    readonly logits: readonly (readonly number[])[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: each loss has extras of its own.
  readonly losses: readonly any[];
  // biome-ignore lint/suspicious/noExplicitAny: each update has a form of its own.
  readonly updates: Readonly<Record<string, any>>;
  // biome-ignore lint/suspicious/noExplicitAny: each metric has a form of its own.
  readonly metrics: readonly any[];
}

/** PARITY_FIXTURES names one file, which may be of this schema or of another; the repository's own stands beside. */
const asked = process.env['PARITY_FIXTURES'];
const candidates = [
  ...(asked ? [asked] : []),
  join(import.meta.dirname, 'fixtures/language.json'),
  join(import.meta.dirname, '../../../shared/fixtures/language.json'),
];
const read = (file: string): Language | undefined => {
  if (!existsSync(file)) return undefined;
  const found = JSON.parse(readFileSync(file, 'utf8')) as Language;
  return found.schema.startsWith('unlearn-lm-parity/') ? found : undefined;
};
export const language = candidates.map(read).find((found) => found !== undefined);
export const hasLanguage = language !== undefined;
if (!hasLanguage) console.warn('Parity tests of language are skipped: test/parity/fixtures/language.json is not here.');

/** All weights of a model in one row, in the order of the layout. */
export type Flat = ArrayLike<number>;

const {
  vocabulary: V,
  embed: e,
  hidden: H,
  window,
} = language?.model ?? {
  vocabulary: 0,
  embed: 0,
  hidden: 0,
  window: { note: 0, question: 0, answer: 0 },
};
const slots = window.note + window.question + window.answer;

const shapes: Readonly<Record<string, readonly number[]>> = {
  E: [V, e],
  W1: [slots * e, H],
  b1: [H],
  W2: [H, V],
  b2: [V],
};
export const layoutOfLanguage = Object.entries(shapes).map(([name, shape], i, all) => {
  const sizeOf = (dims: readonly number[]) => dims.reduce((product, n) => product * n, 1);
  const offset = all.slice(0, i).reduce((sum, [, dims]) => sum + sizeOf(dims), 0);
  return { name, shape, offset, size: sizeOf(shape) };
});

export const flatWeights = (name: string): Float64Array => {
  const weights = language?.weights[name] as LanguageWeights;
  return Float64Array.from(layoutOfLanguage.flatMap((part) => (weights[part.name] ?? []).flat()));
};

/** The forward pass of the file's model in plain double precision: what the reference numbers of metrics are computed with. */
export const readerOf = (weights: Flat): ReadWindows => {
  const at = (name: string): number => layoutOfLanguage.find((part) => part.name === name)?.offset ?? 0;
  const w = (i: number): number => weights[i] as number;
  return (x, rows) => {
    const out = new Float64Array(rows * V);
    for (let row = 0; row < rows; row++) {
      const hidden = Array.from({ length: H }, (_, h) => {
        let sum = w(at('b1') + h);
        for (let slot = 0; slot < slots; slot++) {
          const token = x[row * slots + slot] as number;
          for (let d = 0; d < e; d++) sum += w(at('E') + token * e + d) * w(at('W1') + (slot * e + d) * H + h);
        }
        return Math.max(0, sum);
      });
      const z = Array.from({ length: V }, (_, v) =>
        hidden.reduce((sum, one, h) => sum + one * w(at('W2') + h * V + v), w(at('b2') + v)),
      );
      const top = Math.max(...z);
      const norm = top + Math.log(z.reduce((sum, one) => sum + Math.exp(one - top), 0));
      out.set(
        z.map((one) => one - norm),
        row * V,
      );
    }
    return out;
  };
};
