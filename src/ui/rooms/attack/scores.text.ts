import { catalogue } from '../../text/language.ts';

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

export const words = catalogue('attack/scores', {
  model: 'Model',
  member: 'forget examples',
  other: 'not members',
  threshold: 'Threshold: scores above it count as members',
  value: (threshold: number) => threshold.toFixed(2),
  hits: (tpr: number) => `Members recognized: ${percent(tpr)}`,
  accused: (fpr: number) => `Others accused: ${percent(fpr)}`,
  balanced: (value: number) => `Balanced accuracy: ${percent(value)}`,
  area: (value: number) => `AUC ${value.toFixed(3)}`,
  seed: (seed: number) => `seed ${seed}`,
  roc: 'Members recognized against others accused, for all thresholds',
  table: 'Scores as a table',
  from: 'Score from',
  accusedAxis: 'Others accused',
  hitsAxis: 'Members recognized',
  histogram: (members: number, others: number) =>
    `Histogram of the scores of ${members} members (filled) and ${others} others (outlined)`,
});
