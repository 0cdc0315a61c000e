import { counted, percent } from '../format.ts';
import type { VerdictWords } from '../verdict.ts';

/** `A`, `A and B`, `A, B and C`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const allOf = (names: readonly string[]): string => {
  if (names.length === 2) return 'Both';
  return names.length > 3 ? `All ${names.length}` : listed(names);
};

const neitherOf = (names: readonly string[]): string => {
  if (names.length === 1) return `${names[0]} has not`;
  return names.length === 2 ? 'Neither has' : `None of the ${names.length} has`;
};

const lossPhrase = (loss: number, isFirst: boolean): string => {
  const unit = (count: number): string => (isFirst ? counted(count, 'point') : String(count));
  if (loss === 0) return 'lost nothing';
  return loss > 0 ? `lost ${unit(loss)}` : `gained ${unit(-loss)}`;
};

/** The sentences of the verdict. */
export const verdictWords: VerdictWords = {
  allForgot: (names, target, worst) =>
    `${allOf(names)} forgot ${target} (forget accuracy ${worst === null ? percent(0) : `at most ${percent(worst)}`}).`,
  noneForgot: (names, target, scores) => {
    const shown =
      scores.length <= 3 ? ` (${scores.map(({ label, score }) => `${label} ${percent(score)}`).join(', ')})` : '';
    return `${neitherOf(names)} forgotten ${target} yet${shown}.`;
  },
  countForgot: (done, of, target) => `${done} of ${of} forgot ${target}.`,
  someForgot: (done, target, open) => {
    const rest = open.map(({ label, score }) => `${label} has not (${percent(score)})`);
    return `${listed(done)} forgot ${target}; ${listed(rest)}.`;
  },
  distances: (goal, target, near, far) => {
    const close = near.length === 0 ? [] : [`${listed(near)} ${near.length === 1 ? 'comes' : 'come'} near it`];
    const apart = far.map(
      ({ label, gap }) => `${label} is ${counted(Math.abs(gap), 'point')} ${gap > 0 ? 'above' : 'below'}`,
    );
    const all = [...close, ...apart];
    const shown = all.length > 4 ? `${all.slice(0, 4).join(', ')} and so on` : listed(all);
    return `Zero is not the goal: the retrained model still gets ${percent(goal)} of ${target} right. ${shown}.`;
  },
  extremes: (best, worst, ruined, of) => {
    const fate = ruined === 0 ? '' : ` ${ruined} of ${of} collapsed.`;
    return `On everything else ${best.label} ${lossPhrase(best.loss, true)}, ${worst.label} ${lossPhrase(worst.loss, false)}.${fate}`;
  },
  losses: (rows) => {
    const parts = rows.map(({ label, loss, collapsedAt }, index) => {
      const place = index === 0 ? ' on everything else' : '';
      const fate = collapsedAt === null ? '' : `collapsed at step ${collapsedAt} and `;
      return `${label} ${fate}${lossPhrase(loss, index === 0)}${place}`;
    });
    return `${parts.join('; ')}.`;
  },
  failed: (label, message) => `${label} could not run: ${message}.`,
  diverged: (label, step) => `${label} diverged at step ${step}: its numbers exploded, so it has no result.`,
  nothing: 'Add a method to compare.',
  unlearningNext: 'The original model is trained; unlearning starts.',
  trainingNext: 'First the original model is trained on all the data.',
  before: (forget, keep, target) =>
    `Before unlearning, the model gets ${percent(forget)} of ${target} right and ${percent(keep)} of everything else.`,
  scores: (target, scores) =>
    `On ${target}: ${listed(scores.map(({ label, score }) => `${label} ${percent(score)}`))}.`,
  reference: (forget, keep) => `The retrained model sits at ${percent(forget)} / ${percent(keep)}.`,
  referenceKeep: (keep) => `The retrained model keeps ${percent(keep)}.`,
};

/** The forget set in words that fit into a sentence. */
export const target = {
  class: (name: string) => `class ${name}`,
  random: (percentage: number) => `the random ${percentage} %`,
  indices: (n: number) => (n === 1 ? 'the chosen point' : `the ${n} chosen points`),
  disc: 'the disc',
  region: 'the region',
  component: (name: string) => `the part “${name}”`,
};
