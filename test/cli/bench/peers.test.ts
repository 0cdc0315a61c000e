import { beforeAll, describe, expect, it } from 'vitest';
import { comparisonRequest, comparisonScenario } from '../../../src/cli/bench/comparison.ts';
import { dimensions, enlarged } from '../../../src/cli/bench/growth.ts';
import { type BenchJob, objectives, startOf } from '../../../src/cli/bench/jobs.ts';
import { OURS, type Peer, peers } from '../../../src/cli/bench/peers.ts';
import { disagreement } from '../../../src/cli/bench/steps.ts';
import { useEngine as goOverTo } from '../../support/engine.ts';

const job: BenchJob = { id: 'P1', widths: [3, 8, 5, 4], rows: 17 };
const STEPS = 5;

const weightsAfter = async (
  { engine, create }: Peer,
  objective: (typeof objectives)[number],
): Promise<Float32Array> => {
  if (engine) await goOverTo(engine);
  const stepper = create(job, objective);
  for (let step = 0; step < STEPS; step++) stepper.step();
  const weights = stepper.weights().slice();
  stepper.dispose();
  return weights;
};

describe('the peers of bench', () => {
  beforeAll(() => goOverTo('kernels'));

  it.each(peers.flatMap((peer) => objectives.map((objective) => ({ id: peer.id, objective, peer }))))(
    '$id does the same job as our engine: $objective',
    async ({ peer, objective }) => {
      const ours = await weightsAfter(peers.find(({ id }) => id === OURS) as Peer, objective);
      const theirs = await weightsAfter(peer, objective);
      const { weights } = startOf(job, 0);
      expect(ours.length).toBe(weights.length);
      ours.forEach((value, i) => {
        expect(Math.abs(value - (theirs[i] as number))).toBeLessThan(1e-4);
      });
      // The way gone is short, so that the weights alone would hardly differ: compare the ways.
      expect(disagreement(weights, ours, theirs)).toBeLessThan(1e-4);
    },
  );

  it('are seen to do another job', async () => {
    const own = peers.find(({ id }) => id === OURS) as Peer;
    const [plain, npo] = [await weightsAfter(own, 'cross-entropy'), await weightsAfter(own, 'NPO + retain')];
    const { weights } = startOf(job, 0);
    expect(disagreement(weights, plain, npo)).toBeGreaterThan(0.01);
    expect(disagreement(weights, npo, npo.subarray(1))).toBeNaN();
  });
});

describe('the experiments of bench', () => {
  it('are eight runs under five seeds, given to PyTorch with the same points, splits and weights', () => {
    const scenario = comparisonScenario();
    expect(scenario.runs.map(({ name }) => name)).toEqual([
      'FT',
      'GA',
      'GradDiff',
      'NPO',
      'NPO+RT',
      'NPO+KL',
      'RL+RT',
      'SalUn',
    ]);
    expect(scenario.seeds).toHaveLength(5);
    const request = comparisonRequest(scenario);
    expect(request.widths).toEqual([2, 32, 32, 5]);
    expect(request.train.x).toHaveLength(2 * 500);
    expect(request.seeds).toHaveLength(5);
    for (const { weights, split } of request.seeds) {
      expect(weights).toHaveLength(3 * 32 + 33 * 32 + 33 * 5);
      expect(Object.keys(split).sort()).toEqual(['forget', 'retain', 'testForget', 'testRetain']);
      expect((split['forget'] ?? []).map((i) => request.train.y[i])).toEqual(new Array(100).fill(2));
    }
    expect(JSON.parse(JSON.stringify(request))).toEqual(request); // nothing is lost on the way
  });

  it.each(dimensions)('grow in %s alone', (dimension) => {
    const sizes = (factor: number) => {
      const { seeds, runs, data } = enlarged(dimension, factor);
      return {
        lanes: seeds.length,
        methods: runs.length,
        steps: runs[0]?.steps as number,
        rows: (data.params as Readonly<Record<string, number>>)['perClass'] as number,
      };
    };
    expect(sizes(4)).toEqual({ ...sizes(1), [dimension]: 4 * sizes(1)[dimension] });
  });
});
