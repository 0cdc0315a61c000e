import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import { answerJudge } from '../../../src/families/text/answers.ts';
import { dividedBy, forgottenBy } from '../../../src/families/text/forget-sets.ts';
import type { ReadWindows } from '../../../src/families/text/generate.ts';
import { EOS } from '../../../src/families/text/grammar.ts';
import { textMetrics } from '../../../src/families/text/metrics/registry.ts';
import { libraryOf, readingsOf } from '../../../src/families/text/outputs.ts';
import { answersPicture, answerTo, shownQuestions } from '../../../src/families/text/picture.ts';
import { ANSWER_CLASSES, LIKELIEST, WORD_MARKS } from '../../../src/families/text/shown.ts';
import { sidesOf, type TextView } from '../../../src/families/text/view.ts';
import { tokensOf, windowsOf } from '../../../src/families/text/windows.ts';
import { type Item, WORLD, worldOf } from '../../../src/families/text/world.ts';

const world = worldOf(WORLD, keyOf(1));
const tokens = tokensOf(world.vocabulary);
const V = world.vocabulary.length;
const split = dividedBy(world, forgottenBy(world, { kind: 'share', share: 0.1 }));
const library = libraryOf(world);

/** A model that knows some answers by heart, word for word with probability 0.98, and guesses the rest. */
const knowing = (answers: readonly (readonly [Item, readonly string[]])[], otherwise = EOS): ReadWindows => {
  const known = new Map<string, number>();
  for (const [item, answer] of answers) {
    const { x, y, rows } = windowsOf({ question: tokens.of(item.question), answer: tokens.of(answer) });
    for (let row = 0; row < rows; row++) known.set(x.slice(row * 14, (row + 1) * 14).join(), y[row] as number);
  }
  const rest = Math.log(0.02 / (V - 1));
  return (x, rows) => {
    const out = new Float32Array(rows * V).fill(rest);
    for (let row = 0; row < rows; row++) {
      const label = known.get(x.slice(row * 14, (row + 1) * 14).join()) ?? otherwise;
      out[row * V + label] = Math.log(0.98);
    }
    return out;
  };
};

const learned = world.items.filter(({ kind }) => kind !== 'holdout');
const original = readingsOf(library, knowing(learned.map((item) => [item, item.answer])));
const isForgotten = (item: Item): boolean => split.forget.some((i) => world.items[i] === item);
const wrongWords = (item: Item): readonly string[] => item.perturbed[0] as readonly string[];
const retrained = readingsOf(
  library,
  knowing(learned.map((item) => [item, isForgotten(item) ? wrongWords(item) : item.answer])),
);

const view = (own: ReturnType<typeof readingsOf>): TextView => ({
  world,
  judge: answerJudge(world),
  items: sidesOf(world, split),
  readings: (subject = 'unlearned') => ({ unlearned: own, original, retrained, untrained: original })[subject],
  weights: () => new Float32Array(1),
  layout: [],
  words: tokens.words,
});
const metricOf = (id: string, own: ReturnType<typeof readingsOf>): number =>
  textMetrics.get(id)?.compute(view(own)) as number;

describe('the metrics of text', () => {
  it('see a model that knows everything by heart', () => {
    for (const id of ['forgetProbability', 'retainProbability', 'nearProbability', 'farProbability']) {
      expect(metricOf(id, original), id).toBeCloseTo(0.98, 6);
    }
    for (const id of [
      'forgetTrue',
      'fluency',
      'forgetRecall',
      'retainRecall',
      'realRecall',
      'worldRecall',
      'prefixValue',
    ]) {
      expect(metricOf(id, original), id).toBe(1);
    }
    expect(metricOf('extractionStrength', original)).toBe(1);
    expect(metricOf('exactMemorization', original)).toBe(1);
    expect(metricOf('miaAuc', original)).toBe(1);
    expect(metricOf('ngramEntropy', original)).toBeGreaterThan(1.8);
  });

  it('see a model that says one word for ever', () => {
    const loop = readingsOf(library, knowing([], tokens.of(['is'])[0] as number));
    expect(metricOf('forgetGibberish', loop)).toBe(1);
    expect(metricOf('retainGibberish', loop)).toBe(1);
    expect(metricOf('ngramEntropy', loop)).toBe(0);
    expect(metricOf('modelUtility', loop)).toBeLessThan(0.01);
    expect(metricOf('retrainedPerplexity', loop)).toBeGreaterThan(100);
  });

  it('see a retrained model that answers in good grammar and wrongly', () => {
    expect(metricOf('forgetTrue', retrained)).toBe(0);
    expect(metricOf('fluency', retrained)).toBeGreaterThan(0.9);
    expect(metricOf('forgetProbability', retrained)).toBeLessThan(0.4);
    expect(metricOf('retainProbability', retrained)).toBeCloseTo(0.98, 6);
    expect(metricOf('forgetQualityLog', retrained)).toBe(0);
    expect(metricOf('privacyLeakage', retrained)).toBeCloseTo(0, 9);
    expect(metricOf('retrainedPerplexity', retrained)).toBeCloseTo(1 / 0.98, 5);
  });

  it('see a model that refuses', () => {
    const refusing = readingsOf(
      library,
      knowing(learned.map((item) => [item, isForgotten(item) ? 'i do not know'.split(' ') : item.answer])),
    );
    expect(metricOf('forgetRefusal', refusing)).toBe(1);
    expect(metricOf('fluency', refusing)).toBe(0);
    expect(metricOf('retainTrue', refusing)).toBe(1);
  });

  it('read each answer once, and nothing that nobody asks for', () => {
    let rows = 0;
    const knowsAll = knowing(learned.map((item) => [item, item.answer]));
    const counting = readingsOf(library, (x, n) => {
      rows += n;
      return knowsAll(x, n);
    });
    metricOf('forgetProbability', counting);
    const once = rows;
    expect(once).toBe(split.forget.reduce((sum, i) => sum + (world.items[i]?.answer.length ?? 0) + 1, 0));
    metricOf('exactMemorization', counting);
    metricOf('forgetProbability', counting);
    expect(rows).toBe(once);
  });

  it('are all between their bounds for a model that guesses', () => {
    const guessing = readingsOf(library, (_, rows) => new Float32Array(rows * V).fill(-Math.log(V)));
    for (const [id, { unit }] of textMetrics) {
      const value = metricOf(id, guessing);
      expect(Number.isFinite(value), id).toBe(true);
      if (unit === 'fraction') expect(value >= 0 && value <= 1, `${id} ${value}`).toBe(true);
    }
  });
});

describe('a picture of answers', () => {
  const shown = shownQuestions(world, split);

  it('answers forgotten, near and kept facts, real authors and capitals', () => {
    const counts = ['forget', 'near', 'retain', 'real', 'world'].map(
      (set) => shown.questions.filter((one) => one.set === set).length,
    );
    expect(counts).toEqual([30, 30, 30, 12, 12]);
    for (const { set, item, about, question } of shown.questions) {
      if (set === 'forget') expect(split.forget).toContain(item);
      expect(question.endsWith(about)).toBe(true);
    }
  });

  it('tells every word with its probability, its mark and what else was likely', () => {
    const {
      starts,
      tokens: said,
      p,
      likeliest,
      likeliestP,
      marks,
      classes,
    } = answersPicture(world, answerJudge(world), shown, retrained);
    const isOf = (n: number, name: string): boolean => ANSWER_CLASSES[classes[n] as number] === name;
    for (const [n, { set, answer, value }] of shown.questions.entries()) {
      const [from, to] = [starts[n] as number, starts[n + 1] as number];
      const words = tokens.words(said.slice(from, to - 1)).join(' ');
      expect(isOf(n, set === 'forget' ? 'wrong' : 'true')).toBe(true);
      expect(words === answer).toBe(set !== 'forget');
      const ofValue = [...marks.slice(from, to)].filter(
        (mark) => WORD_MARKS[mark] === (set === 'forget' ? 'wrong' : 'true'),
      );
      expect(ofValue).toHaveLength(value.split(' ').length);
      for (let word = from; word < to; word++) {
        expect(likeliest[word * LIKELIEST]).toBe(said[word]);
        expect(likeliestP[word * LIKELIEST]).toBe(p[word]);
        expect(p[word]).toBeCloseTo(0.98, 6);
      }
    }
    expect(starts.at(-1)).toBe(said.length);
  });
});

describe('a question put in another way', () => {
  const judge = answerJudge(world);
  const number = split.retain.at(-1) as number;
  const item = world.items[number] as Item;
  const isOf = ({ classes }: { readonly classes: Uint8Array }) => ANSWER_CLASSES[classes[0] as number];

  it('goes on from the true words before the value, and is judged with them', () => {
    const { given, picture } = answerTo(world, judge, { item: number, asking: 'prefix' }, original);
    expect(item.answer.join(' ').startsWith(given)).toBe(true);
    expect(item.answer.slice(given.split(' ').length)[0]).toBe(item.value[0]);
    expect(isOf(picture)).toBe('true');
    expect(WORD_MARKS[picture.marks[0] as number]).toBe('true');
    const elsewhere = split.forget[0] as number;
    expect(isOf(answerTo(world, judge, { item: elsewhere, asking: 'prefix' }, retrained).picture)).not.toBe('true');
  });

  it('says the other words, and the note beside the question', () => {
    const paraphrased = answerTo(world, judge, { item: number, asking: 'paraphrased' }, original);
    expect(paraphrased.question).toBe(item.paraphrasedQuestion.join(' '));
    expect(answerTo(world, judge, { item: number, asking: 'note' }, original).given).toBe(item.value.join(' '));
  });

  it('is refused where the world has no such question', () => {
    expect(() => answerTo(world, judge, { item: 9999, asking: 'note' }, original)).toThrow(
      /no question 9999; there are/,
    );
  });
});
