import { measuredPace } from '../../scripts/pace.mjs';

/**
 * How many times longer everything takes here and now than on an idle machine of the usual speed, at least 1: time limits
 * of tests are multiplied by it. Measured once, by the process that starts the tests; its workers are told.
 */
export const PACE: number = (() => {
  const told = Number(process.env['TEST_PACE']);
  if (told >= 1) return told;
  const pace = measuredPace();
  process.env['TEST_PACE'] = String(pace);
  return pace;
})();

/** A time limit in milliseconds that is meant for an idle machine of the usual speed. */
export const scaled = (ms: number): number => Math.round(ms * PACE);
