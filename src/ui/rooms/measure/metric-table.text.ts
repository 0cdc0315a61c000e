import { catalogue } from '../../text/language.ts';
import type { GroupId } from './metric-table.ts';

/** The words of the metric table. */
export const words = catalogue('measure/metric-table', {
  title: 'Metrics',
  hint: 'Each number is the median over the seeds; the range stands in brackets. Below it is the gap to the retrained model, seed by seed. The goal is the retrained model’s value: not zero, and not the highest.',
  groups: {
    forgetting: 'Forgetting',
    keeping: 'KeptWork the rest',
    membership: 'Membership: can one tell that a point was in the data?',
    distance: 'Distance to the retrained model',
    inside: 'Inside the network',
    summary: 'In one number, and cost',
  } satisfies Readonly<Record<GroupId, string>>,
  metric: 'Metric',
  all: (n: number) => `Show all ${n} metrics`,
  fewer: 'Show the five that matter most',
  retrained: 'Retrained',
  original: 'Original',
  floor: (value: string) => `among themselves: ${value}`,
  floorHint:
    'How far the retrained models lie from each other (median over the seeds, leave one out). A smaller gap is no difference.',
  gap: (value: string) => `gap ${value}`,
  like: 'like retrained',
  atEnd: 'at the end',
  atEndHint: 'This one takes long to compute, so it is only computed at the last step.',
  better: {
    'match-retrained': 'The goal is the retrained model’s value.',
    lower: 'Lower is better.',
    higher: 'Higher is better.',
  },
  defined: (formula: string) => `Definition: ${formula}.`,
  source: (authors: string, year: number, where: string) => `${authors} (${year})${where === '' ? '' : `, ${where}`}.`,
  none: '–',
  missing: (n: number, reason: string) => `No value for ${n === 1 ? 'one seed' : `${n} seeds`}. ${reason}`,
  missingNow: 'Not computed yet.',
  leftOut: (n: number) => `${n} left out`,
  partsLeftOut: (n: number) => (n === 1 ? 'without 1 part' : `without ${n} parts`),
  partsLeftOutHint: 'Parts of the average that are undefined here are left out of it.',
  sort: (name: string) => `Sort by the gap of ${name}, largest first`,
  unsort: 'Back to the order of the groups',
  empty: 'The table fills in as soon as unlearning starts.',
  yes: 'yes',
  no: 'no',
});
