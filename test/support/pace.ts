/** A fixed amount of arithmetic, in milliseconds of the clock on the wall. */
const workMs = (): number => {
  const from = performance.now();
  let sum = 0;
  for (let i = 1; i < 6_000_000; i++) sum += Math.sqrt(i) / i;
  return sum > 0 ? performance.now() - from : Number.NaN;
};

/** What that takes on a processor of 2020 that does nothing else. */
const USUAL_MS = 20;
const MOST = 8;

/**
 * How many times longer everything takes here and now than on an idle machine of the usual speed, at least 1: time limits
 * of tests are multiplied by it. Measured once, by the process that starts the tests; its workers are told.
 */
export const PACE: number = (() => {
  const told = Number(process.env['TEST_PACE']);
  if (told >= 1) return told;
  workMs(); // compiled from here on
  const runs = Array.from({ length: 5 }, workMs).sort((a, b) => a - b);
  const pace = Math.min(MOST, Math.max(1, (runs[3] as number) / USUAL_MS));
  process.env['TEST_PACE'] = String(pace);
  return pace;
})();

/** A time limit in milliseconds that is meant for an idle machine of the usual speed. */
export const scaled = (ms: number): number => Math.round(ms * PACE);
