import type { ParamValue } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Tournament } from '../../scenario/tournament/tournament.ts';
import type { Estimate, LeftOut, Note, Standing, Standings, Verdict } from './standings.ts';

/** Three decimals; of large numbers fewer. */
const shortNumber = (value: number): string =>
  !Number.isFinite(value)
    ? '-'
    : Math.abs(value) < 100
      ? value.toFixed(3)
      : Math.abs(value) < 1e6
        ? value.toFixed(0)
        : value.toExponential(1);

export const pWords = (p: number): string => (Number.isNaN(p) ? '-' : p < 0.001 ? '< 0.001' : p.toFixed(3));

/** '0.034 [0.020, 0.051]', and of how many seeds if not of all. */
export const estimateWords = (estimate: Estimate | null, seeds: number): string => {
  if (estimate === null) return '-';
  const { mean, low, high, n } = estimate;
  const part = n < seeds ? ` (${n} of ${seeds})` : '';
  return n === 1
    ? `${shortNumber(mean)}${part}`
    : `${shortNumber(mean)} [${shortNumber(low)}, ${shortNumber(high)}]${part}`;
};

/** 'learningRate 0.12, beta 3', or what stands for the run as it is given. */
export const settingsWords = (settings: Readonly<Record<string, ParamValue>>): string => {
  const words = Object.entries(settings).map(([path, value]) => `${path.replace(/^params\./, '')} ${value}`);
  return words.length === 0 ? 'as given' : words.join(', ');
};

/** '2 diverged, 1 undefined', or nothing. */
export const leftOutWords = (left: LeftOut): string =>
  (['diverged', 'undefined', 'failed'] as const)
    .filter((kind) => left[kind] > 0)
    .map((kind) => `${left[kind]} ${kind}`)
    .join(', ');

export const verdictWords: Readonly<Record<Verdict, string>> = {
  best: 'best',
  tie: 'tie with the best',
  worse: 'worse than the best',
  incomplete: 'incomplete',
  open: 'not there yet',
};

/** Against the best of the baselines, which every method has to beat. */
export const baselineWords = (row: Standing): string => {
  if (row.isBaseline) return 'baseline';
  if (!row.againstBaseline) return '-';
  if (row.beatsBaselines) return 'yes';
  return row.againstBaseline.isDifferent ? 'no, worse' : 'no, a tie';
};

export const rankWords = ({ rank }: Standing, { rows }: Standings): string => {
  if (rank === null) return '-';
  return rows.filter((row) => row.rank === rank).length > 1 ? `${rank}=` : `${rank}`;
};

const testWords = { t: 'paired t-test', 'sign-flip': 'sign-flip permutation test' } as const;

export const metricTitle = (id: string, { metrics }: Pick<CatalogueInfo, 'metrics'>): string =>
  metrics.find((metric) => metric.id === id)?.title ?? id;

export const noteWords = (note: Note, catalogue: Pick<CatalogueInfo, 'metrics'>): string => {
  switch (note.kind) {
    case 'few-seeds':
      return `With ${note.seeds} reporting ${note.seeds === 1 ? 'seed' : 'seeds'} no difference can be told from chance with any trust: take five at least, better ten.`;
    case 'sign-flip-too-few':
      return `With ${note.seeds} reporting seeds the sign-flip test, corrected for all comparisons, cannot go below p = ${shortNumber(note.smallest)}: everything is a tie. Take more seeds, or the t-test.`;
    case 'no-metric':
      return `${note.metrics.map((id) => metricTitle(id, catalogue)).join(', ')}: undefined for a retrained model here (an empty split, or one class left), and left out of the gap of that seed for every method.`;
    case 'shared-data':
      return 'All seeds share one draw of the data: the test points that the table reports on were seen while tuning, and the intervals speak of this data set only.';
    case 'unequal-tuning':
      return `${note.names.join(', ')}: fewer than ${note.configurations} configurations, since there is no more to tune.`;
  }
};

/** What was decided before anything was computed, in a paragraph for below the table. */
export const designWords = (tournament: Tournament, catalogue: Pick<CatalogueInfo, 'metrics'>): string => {
  const { budget, tuningSeeds, reportingSeeds, selection, test, confidence, resamples, searchSeed } = tournament;
  const percent = `${Number((confidence * 100).toFixed(1))} %`;
  return (
    `Gap: mean distance from the retrained model of the same seed in ${selection.map((id) => metricTitle(id, catalogue)).join(', ')}; 0 is a match. ` +
    `Tuned on ${tuningSeeds.length === 1 ? 'seed' : 'seeds'} ${tuningSeeds.join(', ')} with up to ${budget.configurations} configurations and ${budget.sampleVisits} sample visits a run for every method (search seed ${searchSeed}); ` +
    `reported on ${reportingSeeds.length === 1 ? 'seed' : 'seeds'} ${reportingSeeds.join(', ')}. ` +
    `Brackets: ${percent} paired bootstrap intervals of the mean over seeds (${resamples} resamples). ` +
    `Ties: ${testWords[test]}, Holm-corrected, level ${shortNumber(1 - confidence)}.`
  );
};
