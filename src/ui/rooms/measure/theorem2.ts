import type { RunSpec, Scenario } from '../../../scenario/format/scenario.ts';
import { type Fit, lineFit, logFit } from '../../../store/numbers/fits.ts';

/** What theorem 2 of the NPO paper says of a run: the form, and the slope it tends to on orthogonal points. */
export interface SlopePrediction {
  readonly form: 'line' | 'logarithm';
  readonly rate: number;
}

/** Undefined outside of the theorem's setting. `settings` are those of the run's lane. */
export const predictionOf = (
  { data, model, requests }: Scenario,
  run: RunSpec,
  settings: Readonly<Record<string, unknown>>,
): SlopePrediction | undefined => {
  if (model.kind !== 'linear' || data.generator !== 'near-orthogonal' || requests) return undefined;
  const isPlain =
    settings['optimizer'] === 'sgd' &&
    settings['batchSize'] === 'full' &&
    settings['clipNorm'] === 0 &&
    settings['weightDecay'] === 0 &&
    settings['retain.kind'] === 'none' &&
    settings['mask.kind'] === 'none' &&
    run.wrappers.length === 0;
  if (!isPlain) return undefined;
  const { dimensions, nForget, length } = data.params as Readonly<Record<string, number>>;
  const n = Math.min(nForget as number, dimensions as number);
  if (run.method === 'ga') {
    return { form: 'line', rate: ((settings['learningRate'] as number) * (length as number)) / Math.sqrt(n) };
  }
  if (run.method === 'npo') {
    return { form: 'logarithm', rate: Math.sqrt(n) / ((settings['params.beta'] as number) * (length as number)) };
  }
  return undefined;
};

export interface Fits {
  readonly line: Fit;
  readonly logarithm: Fit;
  /** The same rates from the last half of the steps alone, where the theorem's forms have settled. */
  readonly late: { readonly line: number; readonly logarithm: number };
  /** Which of the two is nearer; neither where the second half of the way took much less than half of the steps. */
  readonly nearer: 'line' | 'logarithm' | 'neither';
}

/** Faster than a line: half of the way is reached only after this share of the steps. */
const LATE = 0.65;

/** Both forms fitted to a run's distances by step; null while there are too few. */
export const fitsOf = (points: readonly { readonly x: number; readonly y: number }[]): Fits | null => {
  const series = { t: points.map(({ x }) => x), y: points.map(({ y }) => y) };
  const [line, logarithm] = [lineFit(series), logFit(series)];
  const last = points.at(-1);
  if (!line || !logarithm || !last) return null;
  const half = points.find(({ y }) => y >= last.y / 2);
  const isFaster = half !== undefined && half.x > LATE * last.x;
  const middle = points.find(({ x }) => x >= last.x / 2) ?? last;
  const gain = last.y - middle.y;
  const late = { line: gain / (last.x - middle.x), logarithm: gain / Math.log(last.x / middle.x) };
  const nearer = isFaster ? 'neither' : line.r2 > logarithm.r2 ? 'line' : 'logarithm';
  return { line, logarithm, late, nearer };
};
