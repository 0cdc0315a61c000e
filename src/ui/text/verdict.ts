import { percent } from '../format.ts';
import type { VerdictWords } from './verdict-words.ts';

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

/** All start from the same model, so only the first says from where. */
const changed = ({ before, now }: { readonly before: number; readonly now: number }, isFirst: boolean): string => {
  const [from, to] = [percent(before), percent(now)];
  if (from === to) return `stayed at ${to}`;
  return `${now < before ? 'fell' : 'rose'} ${isFirst ? `from ${from} ` : ''}to ${to}`;
};

/** The sentences of the verdict. */
export const verdictWords: VerdictWords = {
  allForgot: (names, target, worst) =>
    `${allOf(names)} forgot ${target} (${worst === null ? percent(0) : `at most ${percent(worst)}`} still right).`,
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
    const apart = far.map(({ label, score }) => `${label} gets ${(score ?? 0) < goal ? 'only ' : ''}${percent(score)}`);
    const all = [...close, ...apart];
    const shown = all.length > 4 ? `${all.slice(0, 4).join(', ')} and so on` : listed(all);
    return `Zero is not the goal: the retrained model still gets ${percent(goal)} of ${target} right. ${shown}.`;
  },
  extremes: (best, worst, ruined, of) => {
    const fate = ruined === 0 ? '' : ` ${ruined} of ${of} collapsed.`;
    return `On everything else, ${best.label} ${changed(best, true)}, ${worst.label} ${changed(worst, false)}.${fate}`;
  },
  changes: (rows) => {
    const parts = rows.map((row, index) => {
      const fate = row.collapsedAt === null ? '' : `collapsed at step ${row.collapsedAt} and `;
      return `${row.label} ${fate}${changed(row, index === 0)}`;
    });
    return `On everything else, ${parts.join('; ')}.`;
  },
  failed: (label, message) => `${label} could not run: ${message}.`,
  diverged: (label, step) => `${label} diverged at step ${step}: its numbers exploded, so it has no result.`,
  trainingDiverged: ({ model, step, seeds, of }) => {
    const where = of === 1 ? '' : ` under ${seeds} of ${of} seeds`;
    const what = model === 'original' ? 'what starts from it says nothing' : 'it is no yardstick';
    return `The training of the ${model} model diverged at step ${step}${where}: its numbers exploded, so ${what}.`;
  },
  tryLess: 'Try a smaller learning rate.',
  nothing: 'Add a method to compare.',
  unlearningNext: 'The original model is trained; unlearning starts.',
  trainingNext: 'First the original model is trained on all the data.',
  before: (forget, keep, target) =>
    `Before unlearning, the model gets ${percent(forget)} of ${target} right and ${percent(keep)} of everything else.`,
  scores: (target, scores) =>
    `On ${target}: ${listed(scores.map(({ label, score }) => `${label} ${percent(score)}`))}.`,
  reference: (forget, keep, target) =>
    `The retrained model gets ${percent(forget)} of ${target} and ${percent(keep)} of everything else right.`,
  referenceKeep: (keep) => `The retrained model gets ${percent(keep)} of everything else right.`,
  original: 'the original model',
  ownForget: (title, scores, goal) => {
    const all = scores.map(({ label, score }) => `${label} ${percent(score)}`).join(', ');
    return `${title}: ${all}${goal === null ? '' : `; the retrained model ${percent(goal)}`}.`;
  },
  ownKeep: (title, rows) => `${title}: ${rows.map((row) => `${row.label} ${changed(row, true)}`).join('; ')}.`,
  ownReference: (title, keep) => `${title}, retrained model: ${percent(keep)}.`,
};

/** The forget set in words that fit into a sentence. */
export const target = {
  class: (name: string) => `class ${name}`,
  random: 'the randomly chosen points',
  indices: (n: number) => (n === 1 ? 'the chosen point' : `the ${n} chosen points`),
  disc: 'the disc',
  region: 'the region',
  component: (name: string) => `the part “${name}”`,
  rule: 'the forget set',
};
