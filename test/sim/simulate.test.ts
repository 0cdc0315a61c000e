import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { Frame, ShownPoints } from '../../src/families/points/shown.ts';
import { metrics } from '../../src/metrics/registry.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { type Cache, createCache } from '../../src/sim/cache.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { createSnapshots } from '../../src/sim/snapshots.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, eventsOf, small, stream } from '../support/run.ts';

beforeAll(engineForTests);

const ga = { name: 'GA', method: 'ga', steps: 20 };
const npo = { name: 'NPO', method: 'npo', steps: 12 };
const typesOf = (events: readonly RunEvent[]): string[] => [...new Set(events.map(({ type }) => type))];

describe('a run', () => {
  it('numbers its events without gaps and ends with exactly one terminal event', async () => {
    const events = await eventsOf(small({ runs: [ga, npo], seeds: [0, 1] }), { pictures: true });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    expect(events.filter(({ type }) => ['finished', 'cancelled', 'failed'].includes(type))).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('finished');
    expect(typesOf(events)).toEqual(
      expect.arrayContaining(['started', 'data', 'phase', 'progress', 'frame', 'metrics', 'lane', 'finished']),
    );
  });

  it('records every run at 0, every n-th and its last step', async () => {
    const { results } = await collected(small({ runs: [ga, npo], evaluate: { every: 8 } }));
    const [first, second] = results().runs;
    expect(first?.steps).toEqual([0, 8, 16, 20]);
    expect(second?.steps).toEqual([0, 8, 12]);
    expect(first?.metrics['forgetAccuracy']).toHaveLength(4);
    expect(second?.sampleVisits).toBe(12 * 20);
  });

  it('starts every run of a seed from that seed’s original model', async () => {
    const { results } = await collected(small({ runs: [ga, npo], seeds: [0, 1] }));
    const { original, runs } = results();
    for (const run of runs) {
      const before = original.find(({ seed }) => seed === run.seed);
      for (const [id, series] of Object.entries(run.metrics)) {
        // Its cost so far is its own, and some metrics are computed at the end only.
        if (id !== 'rte' && metrics.get(id)?.when !== 'last') expect(series[0], id).toBe(before?.metrics[id]);
      }
      expect(run.metrics['weightDistance']?.[0]).toBe(0);
    }
  });

  it('the retrained model is at no distance from itself, and retraining by hand reproduces it to the bit', async () => {
    const training = { steps: 40, learningRate: 0.02 };
    const again = { name: 'again', method: 'retrain', ...training, optimizer: 'adam' };
    const { results } = await collected(small({ runs: [again], training, seeds: [0, 7] }));
    const { retrained, runs } = results();
    for (const { metrics } of retrained) expect(metrics['weightDistanceToRetrained']).toBe(0);
    for (const run of runs) expect(run.metrics['weightDistanceToRetrained']?.at(-1)).toBe(0);
  });

  it('at the reference, NPO’s first step is gradient ascent’s', async () => {
    const runs = [
      { ...ga, steps: 1 },
      { ...npo, steps: 1, sweep: { 'params.beta': [0.01, 1, 10] } },
    ];
    const { results } = await collected(small({ runs }));
    const [ascent, ...others] = results().runs.map(({ metrics }) => metrics['weightDistance']?.at(-1) as number);
    for (const other of others) expect(other / (ascent as number)).toBeCloseTo(1, 5);
  });

  it('smaller beta comes closer to gradient ascent', async () => {
    const runs = [
      { ...ga, steps: 40 },
      { ...npo, steps: 40, sweep: { 'params.beta': [0.01, 0.1, 1, 10] } },
    ];
    const { results } = await collected(small({ runs }));
    const [ascent, ...others] = results().runs.map(({ metrics }) => metrics['weightDistance']?.at(-1) as number);
    const gaps = others.map((distance) => (ascent as number) - distance);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps[0]).toBeLessThan(0.05 * (ascent as number));
  });

  it('weights outside a mask stay where they were: distance counts only kept weights', async () => {
    const runs = [
      { ...ga, mask: { kind: 'salun', keep: 1 }, name: 'all' },
      { ...ga, mask: { kind: 'salun', keep: 0.1 }, name: 'few' },
      { ...ga, name: 'no mask' },
    ];
    const { results } = await collected(small({ runs }));
    const [all, few, none] = results().runs.map(({ metrics }) => metrics['weightDistance']?.at(-1) as number);
    expect(all).toBe(none);
    expect(few).toBeLessThan(none as number);
    expect(few).toBeGreaterThan(0);
  });
});

describe('a lane that diverges', () => {
  const model = { hidden: [16, 16, 16], activation: 'relu' };
  const wild = { name: 'wild', method: 'ga', steps: 40, learningRate: 10, optimizer: 'momentum' };

  it('is reported with its step, keeps its last finite state and hurts no other lane', async () => {
    const tame = { ...wild, name: 'tame', learningRate: 1e-4 };
    const both = await collected(small({ model, runs: [wild, tame], seeds: [0, 1] }));
    const alone = await collected(small({ model, runs: [tame], seeds: [0, 1] }));
    const [lost, ...rest] = both.results().runs.filter(({ seed }) => seed === 0);
    expect(lost?.divergedAt).toBeGreaterThan(0);
    const values = Object.values(lost?.metrics ?? {}).map((series) => series.at(-1));
    expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
    expect(rest[0]?.divergedAt).toBeNull();
    expect(rest[0]?.metrics).toEqual(alone.results().runs[0]?.metrics);
  });

  it('costs no sample visits after that', async () => {
    const { results } = await collected(small({ model, runs: [wild] }));
    const [run] = results().runs;
    expect(run?.sampleVisits).toBe(20 * (run?.divergedAt as number));
  });

  it('in training ends in the last finite weights and is said, too', async () => {
    const training = { optimizer: 'momentum', learningRate: 10, steps: 40 };
    const scenario = small({ model, training, runs: [ga], seeds: [0, 1] });
    const events = await eventsOf(scenario);
    expect(typesOf(events)).toContain('trainingDiverged');
    expect(events.at(-1)?.type).toBe('finished');
    const { trainingDiverged, results } = await collected(scenario);
    expect(trainingDiverged.map(({ model, seed }) => `${model} ${seed}`)).toEqual([
      'original 0',
      'original 1',
      'retrained 0',
      'retrained 1',
    ]);
    expect(trainingDiverged.every(({ step }) => step >= 1 && step <= 40)).toBe(true);
    expect(results().trainingDiverged).toEqual(trainingDiverged);
  });

  it('in training is said again when another run is computed from what is known', async () => {
    const training = { optimizer: 'momentum', learningRate: 10, steps: 40 };
    const cache = createCache();
    const first = await collected(small({ model, training, runs: [ga] }), { cache });
    const second = await collected(small({ model, training, runs: [npo] }), { cache });
    expect(second.trainingDiverged).toEqual(first.trainingDiverged);
    expect(second.trainingDiverged.length).toBeGreaterThan(0);
    const tame = await collected(small({ runs: [ga] }));
    expect(tame.results()).not.toHaveProperty('trainingDiverged');
  });
});

describe('what goes wrong', () => {
  it('a forget set that cannot be is the end of the run, with its path', async () => {
    const region = { kind: 'region', disc: { center: [90, 90], radius: 0.1 } };
    const events = await eventsOf(small({ forget: region, runs: [ga] }));
    const last = events.at(-1);
    expect(last?.type).toBe('failed');
    expect(last?.type === 'failed' && last.error.faults[0]?.path).toBe('/forget');
  });

  it('a mask that keeps nothing fails its run and no other', async () => {
    const none = { ...ga, name: 'none', mask: { kind: 'random', keep: 0.001 } };
    const { results, failures } = await collected(small({ runs: [none, npo] }));
    expect([...failures.values()].map(({ faults }) => faults[0]?.path)).toEqual(['/mask/keep']);
    const done = results().runs.filter(({ metrics }) => (metrics['forgetAccuracy'] ?? []).length > 0);
    expect(done.map(({ name }) => name)).toEqual(['NPO']);
  });

  it('alternative labels that do not fit the forget set fail their run', async () => {
    const run = { name: 'RL', method: 'rl', steps: 2, alternativeLabels: [0, 0] };
    const { failures } = await collected(small({ runs: [run] }));
    expect([...failures.values()][0]?.faults[0]?.path).toBe('/alternativeLabels');
  });
});

describe('data per lane', () => {
  it('draws other points for each seed where data.seed is "lane"', async () => {
    const data = { generator: 'blobs', seed: 'lane', params: { classes: 3, perClass: 15, noise: 0.7 } };
    const events = await eventsOf(small({ data, runs: [ga], seeds: [0, 1] }));
    const draws = events.filter((event) => event.type === 'data');
    expect(draws.map(({ seeds }) => seeds)).toEqual([[0], [1]]);
    const [first, second] = draws.map(({ shown }) => shown as ShownPoints);
    expect(first?.train.x2).not.toEqual(second?.train.x2);
  });

  it('copes with forget sets of different sizes', async () => {
    const data = { generator: 'blobs', seed: 'lane', params: { classes: 3, perClass: 30, noise: 0.9 } };
    const forget = { kind: 'region', disc: { center: [0, 2], radius: 1 } };
    const { results } = await collected(small({ data, forget, runs: [npo], seeds: [0, 1, 2] }));
    expect(new Set(results().runs.map(({ sampleVisits }) => sampleVisits)).size).toBeGreaterThan(1);
    expect(results().runs).toHaveLength(3);
  });
});

describe('what is known already', () => {
  const phasesComputed = (events: readonly RunEvent[]) => [
    ...new Set(events.flatMap((event) => (event.type === 'progress' && event.step > 0 ? [event.phase] : []))),
  ];
  const told = (events: readonly RunEvent[]) =>
    events
      .filter(({ type }) => ['metrics', 'lane', 'diverged'].includes(type))
      .map(({ seq: _, ...event }) => JSON.stringify(event))
      .toSorted();

  it('is not held where it is more than the cache could take, with the same numbers', async () => {
    const scenario = small({ runs: [ga], seeds: [0, 1], evaluate: { every: 1 } });
    let kept = 0;
    const counting = (laneBytes?: number): Cache => {
      const cache = createCache(undefined, laneBytes);
      return {
        ...cache,
        keepLane: (_, __, ___, { records }) => {
          kept += records.length;
        },
      };
    };
    const roomy = await eventsOf(scenario, { cache: counting() });
    expect(kept).toBeGreaterThan(20);
    kept = 0;
    const tight = await eventsOf(scenario, { cache: counting(100) });
    expect(kept).toBe(0);
    expect(told(tight)).toEqual(told(roomy));
  });

  it('is told again without computing it, to the bit, pictures included', async () => {
    const cache = createCache();
    const model = { hidden: [16, 16, 16], activation: 'relu' };
    const wild = { name: 'wild', method: 'ga', steps: 20, learningRate: 10, optimizer: 'momentum' };
    const scenario = small({ model, runs: [ga, wild], seeds: [0, 1] });
    const first = await eventsOf(scenario, { cache, pictures: true });
    const again = await eventsOf(scenario, { cache, pictures: true });
    expect(phasesComputed(again)).toEqual([]);
    expect(told(again)).toEqual(told(first));
    const pictures = (events: readonly RunEvent[]) =>
      events.flatMap((event) => (event.type === 'frame' && event.phase === 'unlearning' ? [event.frame] : []));
    expect(pictures(again).length).toBe(pictures(first).length);
  });

  it('covers all but the run that was changed, and a renamed run entirely', async () => {
    const cache = createCache();
    await eventsOf(small({ runs: [ga, npo] }), { cache });
    const renamed = await eventsOf(small({ runs: [{ ...ga, name: 'renamed' }, npo] }), { cache });
    expect(phasesComputed(renamed)).toEqual([]);
    const changed = await eventsOf(small({ runs: [ga, { ...npo, params: { beta: 0.5 } }] }), { cache });
    expect(phasesComputed(changed)).toEqual(['unlearning']);
    const steps = changed.filter((event) => event.type === 'progress' && event.step > 0).length;
    expect(steps).toBe(npo.steps);
  });

  it('ends where what it depends on begins: data, network, training; the forget set for retrained models and runs', async () => {
    const cache = createCache();
    await eventsOf(small({ runs: [ga] }), { cache });
    const phases = async (fields: Record<string, unknown>) =>
      phasesComputed(await eventsOf(small({ runs: [ga], ...fields }), { cache }));
    expect(await phases({ forget: { kind: 'class', label: 0 } })).toEqual(['retraining', 'unlearning']);
    expect(await phases({ model: { hidden: [17] } })).toEqual(['training', 'retraining', 'unlearning']);
    expect(await phases({ evaluate: { every: 7 } })).toEqual(['unlearning']);
  });

  it('knows imported weights from others, and does not train what is given', async () => {
    const cache = createCache();
    const phases = async (first: number) => {
      const a = [
        [first, 0, 0, 1],
        [0, 1, 0, -1],
      ];
      const model = { kind: 'linear', weights: { original: { a } } };
      return phasesComputed(await eventsOf(small({ runs: [ga], model }), { cache }));
    };
    expect(await phases(1)).toEqual(['retraining', 'unlearning']);
    expect(await phases(1)).toEqual([]);
    expect(await phases(2)).toEqual(['retraining', 'unlearning']);
  });

  it('is forgotten, the least recently used first, beyond its cap in bytes', () => {
    const cache = createCache(3 * 40);
    const scenario = small({ runs: [ga] });
    for (const seed of [0, 1, 2]) cache.keepModel(scenario, 'original', seed, new Float32Array(10));
    cache.model(scenario, 'original', 0);
    cache.keepModel(scenario, 'original', 3, new Float32Array(10));
    expect(cache.model(scenario, 'original', 0)).toBeDefined();
    expect(cache.model(scenario, 'original', 1)).toBeUndefined();
  });
});

describe('the archive', () => {
  it('draws any recorded step again, as it was sent, and frees its tensors', async () => {
    const before = tf.tensorCount();
    const archive = createArchive();
    const frames: RunEvent[] = [];
    for await (const event of stream(small({ runs: [ga] }), { pictures: true, archive })) {
      if (event.type === 'frame' && event.phase === 'unlearning') frames.push(event);
    }
    const sent = frames[2];
    if (sent?.type !== 'frame') throw new Error('no picture was sent');
    const query = { kind: 'frame', model: 0, seed: 0, step: sent.step, size: 48 } as const;
    expect(archive.frame(query)).toEqual({ kind: 'frame', step: sent.step, frame: sent.frame });
    expect((archive.frame({ ...query, size: 96 }).frame as Frame).winner).toHaveLength(96 * 96);
    expect(() => archive.frame({ ...query, model: 5 })).toThrow(/Nothing has been computed/);
    const asked = { kind: 'outputs', model: 0, seed: 0, step: sent.step } as const;
    const { probabilities, step } = archive.outputs(asked);
    expect(step).toBe(sent.step);
    expect(probabilities).toHaveLength(100 * 5); // 100 training points of 5 classes
    for (let i = 0; i < 500; i += 5) {
      expect(probabilities.subarray(i, i + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    expect(() => archive.outputs({ ...asked, seed: 9 })).toThrow(/Nothing has been computed/);
    archive.dispose();
    expect(tf.tensorCount()).toBe(before);
  });

  it('keeps fewer weights rather than more memory than its cap, and answers with the nearest earlier step', () => {
    const snapshots = createSnapshots(10, 100, 5 * 400);
    for (let step = 0; step < 10; step++) snapshots.put(0, 0, step, new Float32Array(100).fill(step));
    expect(snapshots.at(0, 0, 7)?.step).toBe(6);
    expect(snapshots.at(0, 0, 0)?.step).toBe(0);
    expect(snapshots.at(1, 0, 0)).toBeUndefined();
  });
});

describe('data that are not two-dimensional', () => {
  it('are shown as projected points coloured by prediction', async () => {
    const data = { generator: 'high-dim-blobs', params: { classes: 3, dimensions: 6, perClass: 20 } };
    const events = await eventsOf(small({ data, runs: [ga] }), { pictures: true });
    const draw = events.find((event) => event.type === 'data');
    const picture = events.find((event) => event.type === 'frame');
    const shown = draw?.shown as ShownPoints;
    expect(shown.projected).toBe(true);
    expect(shown.train.x2).toHaveLength(2 * 60);
    expect(picture?.frame.kind).toBe('points');
    expect((picture?.frame as Frame | undefined)?.winner).toHaveLength(60);
  });
});
