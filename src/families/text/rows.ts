import type { RunSpec } from '../../scenario/format/scenario.ts';
import type { Composition, Outputs, Seed } from '../family.ts';
import type { TextRows } from './batches.ts';
import type { TextDraw, TextOutputs } from './draw.ts';
import { REFUSALS } from './grammar.ts';
import { tokensOf, type Windows, windowsOf } from './windows.ts';

const drawOf = ({ draw }: Seed): TextDraw => draw as TextDraw;

/** Exercises in reading at every training step. */
const EXERCISES = 12;

const windowsAt = (draw: TextDraw, indices: ArrayLike<number>): readonly Windows[] =>
  Array.from(indices, (i) => draw.library.windows(i, 'answer'));

/** The refusal that a method prefers as the answer to each question: fixed, each of the three about as often. */
const refusalsOf = (draw: TextDraw, indices: ArrayLike<number>, seed: number): readonly Windows[] => {
  const tokens = tokensOf(draw.world.vocabulary);
  return Array.from(indices, (i, n) => {
    const refusal = REFUSALS[(7 * n + seed) % REFUSALS.length] as string;
    return windowsOf({ question: draw.library.question(i), answer: tokens.of(refusal.split(' ')) });
  });
};

/** What the original model answers itself where it may not say a word of the true value: the same for all methods. */
const ownGuessesOf = (draw: TextDraw, original: Outputs, indices: ArrayLike<number>): readonly Windows[] => {
  const tokens = tokensOf(draw.world.vocabulary);
  const items = Array.from(indices);
  const forbidden = items.map((i) => tokens.of(draw.world.items[i]?.value ?? []));
  return (original as TextOutputs).readings
    .answersWithout(items, forbidden)
    .map((answer, n) => windowsOf({ question: draw.library.question(items[n] as number), answer }));
};

/** log p of all words under the original model at every row, example by example. */
const referenceOf = (original: Outputs, windows: readonly Windows[]): readonly Float32Array[] =>
  (original as TextOutputs).readings.logProbs(windows);

/** The questions that a run learns from under one seed, with what its method reads beside them. */
export const textRows = (
  seed: Seed,
  run: RunSpec,
  { method, retain }: Composition,
): Readonly<Record<'forget' | 'retain', TextRows>> => {
  const draw = drawOf(seed);
  const original = seed.original as Outputs;
  const usesOriginal = method.needs.includes('original');
  const rows = (indices: Int32Array, hasReference: boolean): TextRows => {
    const windows = windowsAt(draw, indices);
    return { seed: seed.seed, indices, windows, ...(hasReference && { reference: referenceOf(original, windows) }) };
  };
  const forget = rows(seed.split.forget, usesOriginal);
  const preferred = !method.needs.includes('alternativeLabels')
    ? undefined
    : run.params['labels'] === 'own guess'
      ? ownGuessesOf(draw, original, forget.indices)
      : refusalsOf(draw, forget.indices, seed.seed);
  return {
    forget: {
      ...forget,
      ...(preferred && {
        preferred: { windows: preferred, ...(usesOriginal && { reference: referenceOf(original, preferred) }) },
      }),
    },
    retain: rows(seed.split.retain, usesOriginal || (retain?.needs.includes('original') ?? false)),
  };
};

/** Some facts and nothing beside them: what an attacker trains on. */
export const factRows = (seed: Seed, indices: Int32Array): TextRows => ({
  seed: seed.seed,
  indices,
  windows: windowsAt(drawOf(seed), indices),
});

/**
 * What training from scratch on some facts reads: with them always the real authors, capitals and refusals, and exercises
 * in reading about the same facts, so that who has not read of somebody has no exercise on them either.
 */
export const trainingRows = (seed: Seed, indices: Int32Array): TextRows => {
  const draw = drawOf(seed);
  const { items, exercises, vocabulary } = draw.world;
  if (indices.length === 0) return { seed: seed.seed, indices, windows: [] };
  const always = items.flatMap(({ kind }, i) => (kind === 'real' || kind === 'world' || kind === 'refusal' ? [i] : []));
  const read = Int32Array.from([...indices, ...always]);
  const facts = new Set(indices);
  const tokens = tokensOf(vocabulary);
  const own = exercises.filter(({ item }) => facts.has(item));
  return {
    seed: seed.seed,
    indices: read,
    windows: windowsAt(draw, read),
    exercises: {
      perStep: EXERCISES,
      windows: own.map(({ note, question, answer }) =>
        windowsOf({ note: tokens.of(note), question: tokens.of(question), answer: tokens.of(answer) }),
      ),
    },
  };
};
