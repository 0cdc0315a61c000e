import type { AttackInfo } from '../../../engine/contracts/attack.ts';
import type { AttackJob } from '../../../store/contracts/state.ts';
import { isolated } from '../../text/isolate.ts';
import { term, text } from '../../text.ts';
import { words } from './attack.text.ts';
import { endOf } from './jobs.ts';
import { shownNumber } from './ValueTable.tsx';

/** Two models are equally near to a third if they differ by no more than this. */
const TIE = 0.01;

interface Props {
  readonly info: AttackInfo;
  readonly jobs: readonly AttackJob[];
}

/** What an attack found, in a sentence made from its first number: medians over the seeds. */
export const Sentence = ({ info, jobs }: Props) => {
  const [value] = info.values;
  const [first] = jobs;
  if (!value || !first) return null;
  const runs = jobs.flatMap((job) => {
    const median = endOf(job, 'unlearned', value.id)?.median;
    return median === undefined ? [] : [{ label: job.label, median, shown: shownNumber(median, value, job) }];
  });
  if (runs.length === 0) return null;
  const goal = endOf(first, 'retrained', value.id)?.median;
  const found = words.found(
    term(value.title),
    text.listed(runs.map(({ label, shown }) => `${isolated(label)} ${shown}`)),
  );
  const aim = goal === undefined ? '' : words.goal(shownNumber(goal, value, first));
  const [near, far] =
    goal === undefined
      ? []
      : runs.toSorted((a, b) => Math.abs(a.median - goal) - Math.abs(b.median - goal)).slice(0, 2);
  const isClear = near && far && goal !== undefined && Math.abs(far.median - goal) - Math.abs(near.median - goal) > TIE;
  return (
    <p className="attack__sentence" data-testid="attack-sentence">
      {[found, aim, isClear ? words.nearest(near.label) : ''].filter((part) => part !== '').join(' ')}
    </p>
  );
};
