import type { Metric } from '../../../engine/contracts/metric.ts';
import type { TextView } from '../view.ts';
import { memory } from './memory.ts';
import { qualityMetrics } from './quality.ts';
import { said } from './said.ts';

/** Every metric of text, by id: probabilities first, then what is said, then what can be brought out. */
export const textMetrics: ReadonlyMap<string, Metric<TextView>> = new Map(
  [...qualityMetrics, ...said, ...memory].map((metric) => [metric.id, metric]),
);
