import { fnv } from './checksum.ts';
import type { Scenario } from './scenario.ts';

/** What a scenario computes, as a text: equal where two compute the same. Titles, claims and views are not in it. */
export const experimentText = (scenario: Scenario): string => {
  const { data, forget, requests, model, training, runs, seeds, evaluate, attacks } = scenario;
  return JSON.stringify([data, requests ?? forget, model, training, runs, seeds, evaluate, attacks]);
};

/** Eight hexadecimal digits that agree where two scenarios compute the same. */
export const experimentDigest = (scenario: Scenario): string => fnv(experimentText(scenario));
