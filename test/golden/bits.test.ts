import { beforeAll, describe, expect, it } from 'vitest';
import { metricsDigest, weightsDigest } from '../support/digest.ts';
import { useEngine } from '../support/engine.ts';
import { recordOf } from '../support/golden.ts';

beforeAll(() => useEngine('kernels'));

const { run, holds } = recordOf('bits.json');

describe('the digest of all numbers', () => {
  it('is in Node what was recorded: every bit of every weight, then of every metric, at every step', holds);

  it('does not depend on the order of seeds, and notices one bit', async () => {
    const { results, weights } = await run();
    const other = await run({ seeds: [9, 4, 0] });
    expect(metricsDigest(other.results)).toBe(metricsDigest(results));
    expect(weightsDigest(other.weights)).toBe(weightsDigest(weights));

    const series = results.runs[2]?.metrics['forgetLoss'] as readonly number[];
    const last = series.at(-1) as number;
    const nudged = [...series.slice(0, -1), last * (1 + Number.EPSILON)];
    const runs = results.runs.map((one, i) =>
      i === 2 ? { ...one, metrics: { ...one.metrics, forgetLoss: nudged } } : one,
    );
    expect(metricsDigest({ ...results, runs })).not.toBe(metricsDigest(results));

    const [key, values] = [...weights].at(-1) as [string, Float32Array];
    const words = new Uint32Array(values.slice().buffer);
    words[0] = (words[0] as number) ^ 1;
    const flipped = new Map(weights).set(key, new Float32Array(words.buffer));
    expect(weightsDigest(flipped)).not.toBe(weightsDigest(weights));
  });
});
