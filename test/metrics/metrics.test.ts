import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvalSplit, EvalView, Metric, Subject } from '../../src/engine/contracts/metric.ts';
import { logSoftmax } from '../../src/engine/network/predict.ts';
import { metrics } from '../../src/metrics/registry.ts';

type Rows = readonly (readonly number[])[];
interface Literal {
  readonly logits: Readonly<Partial<Record<Subject, Rows>>>;
  readonly labels: readonly number[];
  readonly params?: Readonly<Partial<Record<Subject, readonly number[]>>>;
}

/** A view in which every split has the same rows. */
const viewOf = ({ logits, labels, params = {} }: Literal): EvalView => {
  const classes = logits.unlearned?.[0]?.length ?? 3;
  const array = (subject: Subject, log: boolean) => {
    const rows = logits[subject] ?? logits.unlearned ?? [];
    const data = Float32Array.from(rows.flat());
    return { data: log ? logSoftmax(data, classes) : data, shape: [rows.length, classes] };
  };
  return {
    classes,
    logits: (_: EvalSplit, subject = 'unlearned') => array(subject, false),
    logProbs: (_: EvalSplit, subject = 'unlearned') => array(subject, true),
    labels: () => Int32Array.from(labels),
    weights: (subject = 'unlearned') => Float32Array.from(params[subject] ?? [0]),
    layers: [],
    points: (_: EvalSplit) => ({ data: Float32Array.from(labels.map((_, row) => row)), shape: [labels.length, 1] }),
    features: (_: EvalSplit, subject = 'unlearned') => array(subject, false),
    visits: { own: 30, retrained: 120 },
    memory: (_: string, start) => start(),
  };
};

const metric = (id: string): Metric => metrics.get(id) as Metric;
const value = (id: string, view: Literal): number => metric(id).compute(viewOf(view));

const rows = (classes: number) =>
  fc.array(fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: classes, maxLength: classes }), {
    minLength: 1,
    maxLength: 12,
  });
const labelled = rows(3).chain((logits) =>
  fc.record({
    logits: fc.constant({ unlearned: logits, original: logits, retrained: logits }),
    labels: fc.array(fc.nat(2), { minLength: logits.length, maxLength: logits.length }),
  }),
);
const ACCURACIES = ['forgetAccuracy', 'retainAccuracy', 'testAccuracy', 'forgetTestAccuracy', 'retainTestAccuracy'];

describe('metrics', () => {
  it('accuracy counts rows whose largest logit is the label’s', () => {
    const logits = {
      unlearned: [
        [3, 1, 0],
        [0, 0, 2],
        [1, 5, 1],
        [2, 1, 9],
      ],
    };
    for (const id of ACCURACIES) expect(value(id, { logits, labels: [0, 2, 1, 1] })).toBe(0.75);
  });

  it('loss is the mean of -log p of the label', () => {
    const logits = {
      unlearned: [
        [0, 0],
        [Math.log(3), 0],
      ],
    };
    expect(value('retainLoss', { logits, labels: [0, 1] })).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
  });

  it('forget distance is KL(retrained || model), in that order', () => {
    const logits = { unlearned: [[0, 0]], retrained: [[Math.log(9), 0]] };
    const expected = 0.9 * Math.log(0.9 / 0.5) + 0.1 * Math.log(0.1 / 0.5);
    expect(value('forgetDistance', { logits, labels: [0] })).toBeCloseTo(expected, 5);
    expect(value('retainDistance', { logits, labels: [0] })).toBeCloseTo(expected, 5);
  });

  it('a distance stays finite where the reference gives a class no probability', () => {
    const logits = { unlearned: [[0, 0]], retrained: [[800, -800]] };
    expect(value('forgetDistance', { logits, labels: [0] })).toBeCloseTo(Math.log(2), 5);
  });

  it('weight distances are Euclidean', () => {
    const params = { unlearned: [3, 4], original: [0, 0], retrained: [3, 0] };
    const view = { logits: { unlearned: [[1, 0]] }, labels: [0], params };
    expect(value('weightDistance', view)).toBe(5);
    expect(value('weightDistanceToRetrained', view)).toBe(4);
  });

  it('an empty split has no value', () => {
    expect(value('forgetAccuracy', { logits: { unlearned: [] }, labels: [] })).toBeNaN();
    expect(value('forgetDistance', { logits: { unlearned: [] }, labels: [] })).toBeNaN();
  });

  it('accuracies lie in [0, 1], losses and distances are not negative', () => {
    fc.assert(
      fc.property(labelled, (view) => {
        for (const id of ACCURACIES) {
          expect(value(id, view)).toBeGreaterThanOrEqual(0);
          expect(value(id, view)).toBeLessThanOrEqual(1);
        }
        for (const id of ['forgetLoss', 'retainLoss', 'testLoss', 'forgetKl', 'forgetDistance']) {
          expect(value(id, view)).toBeGreaterThan(-1e-6);
        }
      }),
    );
  });

  it('no metric depends on the order of the examples', () => {
    fc.assert(
      fc.property(labelled, (view) => {
        const reversed = [...view.logits.unlearned].reverse();
        const other = {
          logits: { unlearned: reversed, original: reversed, retrained: reversed },
          labels: [...view.labels].reverse(),
        };
        for (const { id } of metrics.values()) {
          if (id === 'nearAccuracy') continue; // all points are equally near here
          const [first, second] = [value(id, view), value(id, other)];
          if (Number.isNaN(first)) expect(second, id).toBeNaN();
          else expect(second, id).toBeCloseTo(first, 4);
        }
      }),
    );
  });

  it('fractions lie in [0, 1] or do not exist', () => {
    fc.assert(
      fc.property(labelled, (view) => {
        for (const { id, unit } of metrics.values()) {
          const found = value(id, view);
          if (unit !== 'fraction' || Number.isNaN(found)) continue;
          expect(found, id).toBeGreaterThanOrEqual(-1e-9);
          if (!id.endsWith('Drift')) expect(found, id).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('the retrained model has no gap to itself', () => {
    fc.assert(
      fc.property(labelled, (view) => {
        for (const id of ['averageGap', 'activationDistance', 'forgetQualityLog']) {
          const found = value(id, view);
          if (!Number.isNaN(found)) expect(found, id).toBeCloseTo(0, 9);
        }
        expect(value('tugOfWar', view)).toBe(1);
        expect(value('forgetQuality', view)).toBe(1);
        const leak = value('privacyLeakage', view);
        if (!Number.isNaN(leak)) expect(leak).toBeCloseTo(0, 9);
      }),
    );
  });

  it('a model is at no distance from itself', () => {
    fc.assert(
      fc.property(labelled, (view) => {
        for (const id of ['forgetDistance', 'retainDistance', 'forgetKl', 'weightDistance']) {
          expect(value(id, view)).toBeCloseTo(0, 6);
        }
      }),
    );
  });
});

describe('the collapse detector', () => {
  const good = [
    [9, 0, 0],
    [0, 9, 0],
    [0, 0, 9],
    [9, 0, 0],
    [0, 9, 0],
    [0, 0, 9],
  ];
  const labels = [0, 1, 2, 0, 1, 2];

  it('is quiet for a model that is as good as the original', () => {
    expect(value('collapsed', { logits: { unlearned: good, original: good }, labels })).toBe(0);
  });
  it('fires when retain accuracy is below half of the original’s', () => {
    const bad = [
      [9, 0, 0],
      [9, 0, 0],
      [0, 9, 0],
      [0, 9, 0],
      [0, 0, 9],
      [9, 0, 0],
    ];
    expect(value('collapsed', { logits: { unlearned: bad, original: good }, labels })).toBe(1);
  });
  it('fires when nearly everything is answered alike', () => {
    const alike = good.map(() => [1, 0, 0]);
    const logits = { unlearned: alike, original: alike };
    expect(value('collapsed', { logits, labels: [0, 0, 0, 0, 0, 1] })).toBe(1);
  });
  it('fires when logits explode while retain accuracy falls, not when they are merely large', () => {
    const huge = good.map((row) => row.map((z) => z * 20));
    expect(value('collapsed', { logits: { unlearned: huge, original: good }, labels })).toBe(0);
    const worse = [[0, 180, 0], ...huge.slice(1)];
    expect(value('collapsed', { logits: { unlearned: worse, original: good }, labels })).toBe(1);
  });
});

describe.each([...metrics.values()].map((one) => [one.id, one] as const))('metric %s', (_, one) => {
  it('says what it is', () => {
    expect(one.summary).toMatch(/[.?]$/);
    expect(one.citation.url).toMatch(/^https:\/\//);
  });
});
