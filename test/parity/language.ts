import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
