import fc from 'fast-check';

/** Numbers as JSON can write them. */
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((x) => (x === 0 ? 0 : x));
const whole = (min: number, max: number) => fc.integer({ min, max });
const batch = fc.oneof(fc.constant('full'), whole(1, 10_000));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const text = fc.string({ maxLength: 40, unit: 'grapheme' });

/** An object without the fields whose value is undefined. */
const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .record(fields)
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)));

const optimizer = {
  optimizer: maybe(fc.constantFrom('sgd', 'momentum', 'adam')),
  learningRate: maybe(real(1e-6, 10)),
  momentum: maybe(real(0, 0.999)),
  weightDecay: maybe(real(0, 1)),
  clipNorm: maybe(real(0, 1000)),
  steps: maybe(whole(1, 2000)),
  batchSize: maybe(batch),
};

const generated = record({
  generator: fc.constant('blobs'),
  seed: maybe(fc.oneof(fc.constant('lane'), whole(0, 2 ** 31))),
  params: maybe(record({ classes: maybe(whole(2, 8)), noise: maybe(real(0, 2)) })),
});

const point = fc.tuple(real(-100, 100), real(-100, 100));
const pointSet = fc.array(point, { minLength: 4, maxLength: 8 }).map((x) => ({ x, y: x.map((_, i) => i % 3) }));
const inline = record({
  generator: fc.constant('inline'),
  params: record({ train: pointSet, test: pointSet, testForget: maybe(fc.constant([0, 3])) }),
});

const forget = fc.oneof(
  record({ kind: fc.constant('class'), label: whole(0, 1) }),
  record({ kind: fc.constant('random'), fraction: real(0.01, 0.99), seed: maybe(fc.constant('lane')) }),
  fc.uniqueArray(whole(0, 3), { minLength: 1, maxLength: 3 }).map((indices) => ({ kind: 'indices', indices })),
  fc.array(point, { minLength: 3, maxLength: 6 }).map((polygon) => ({ kind: 'region', polygon })),
  record({ kind: fc.constant('region'), disc: record({ center: point, radius: real(0.1, 9) }) }),
);

const retain = record({
  kind: maybe(fc.constantFrom('none', 'ce', 'kl')),
  weight: maybe(real(0, 1000)),
  batchSize: maybe(batch),
});
const keep = maybe(real(0.001, 1));
const mask = fc.oneof(
  record({ kind: maybe(fc.constantFrom('none', 'salun', 'random')), keep }),
  record({ kind: fc.constant('weighed'), keep, share: maybe(real(0.1, 10)), side: maybe(fc.constant('right')) }),
);
const anchor = record({ kind: maybe(fc.constantFrom('none', 'l2', 'ewc')), weight: maybe(real(0, 1000)) });

const adversary = record({
  kind: maybe(fc.constantFrom('none', 'lat')),
  layer: maybe(whole(1, 6)),
  epsilon: maybe(real(0, 10)),
  steps: maybe(whole(1, 64)),
});
const wrappers = { surgery: maybe(fc.constantFrom('none', 'pcgrad')), adversary: maybe(adversary) };

const run = fc.oneof(
  record({
    method: fc.constantFrom('ga', 'retrain'),
    retain: maybe(retain),
    mask: maybe(mask),
    ...wrappers,
    ...optimizer,
  }),
  record({
    method: fc.constant('npo'),
    anchor: maybe(anchor),
    params: maybe(record({ beta: maybe(real(0.01, 10)) })),
    sweep: maybe(
      record({
        'params.beta': maybe(fc.uniqueArray(real(0.01, 10), { minLength: 1, maxLength: 3 })),
        'retain.kind': maybe(fc.constant(['none', 'ce'])),
        // One value each: a scenario may have so many lanes and no more.
        'adversary.epsilon': maybe(fc.constant([1])),
        surgery: maybe(fc.constant(['pcgrad'])),
        'mask.share': maybe(fc.constant([0.5])),
        'anchor.weight': maybe(fc.constant([2])),
        batchSize: maybe(fc.constant(['full', 32])),
      }),
    ),
    ...optimizer,
  }),
  record({
    method: fc.constant('rl'),
    params: maybe(
      record({ labels: maybe(fc.constant('all')), redraw: maybe(fc.boolean()), passes: maybe(whole(1, 9)) }),
    ),
    alternativeLabels: maybe(fc.array(whole(0, 1), { minLength: 1, maxLength: 5 })),
  }),
);

const metric = fc.constantFrom('forgetAccuracy', 'retainTestAccuracy', 'weightDistance');
const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
const moment = fc.oneof(
  fc.constantFrom('last', 'first', 'any', 'every', 'argmin', 'argmax'),
  whole(0, 2000),
  record({ when: record({ metric, is: comparison, value: real(-5, 5) }) }),
);
const claim = (sides: fc.Arbitrary<object>) =>
  fc
    .tuple(
      record({
        text,
        run: fc.constantFrom('run 0', 'original', 'retrained'),
        metric,
        is: comparison,
        at: maybe(moment),
        seeds: maybe(fc.constantFrom('all', 'most', 'median')),
      }),
      sides,
    )
    .map(([base, side]) => ({ ...base, ...side }));
const claims = fc.array(
  claim(
    fc.oneof(
      record({ value: real(-9, 9) }),
      record({
        than: record({
          run: maybe(fc.constant('retrained')),
          at: maybe(moment),
          times: maybe(real(-3, 3)),
          plus: maybe(real(-3, 3)),
        }),
      }),
      record({ value: real(-1, 1), reduce: fc.constant('slope'), from: maybe(whole(0, 5)), to: maybe(whole(6, 99)) }),
    ),
  ),
  { maxLength: 3 },
);

/** What an experiment on models of another family says of its data, forget set and network. */
const ofNumbers = record({
  data: maybe(record({ generator: maybe(fc.constant('curve')), params: maybe(record({ from: maybe(real(0, 1)) })) })),
  forget: maybe(
    record({
      kind: maybe(fc.constant('rule')),
      id: maybe(fc.constantFrom('range', 'every-other')),
      params: maybe(record({ from: maybe(real(0, 1)) })),
    }),
  ),
  model: maybe(record({ kind: maybe(fc.constant('network')), params: maybe(record({ width: maybe(whole(1, 64)) })) })),
});

const ofPoints = record({
  version: fc.constant(1),
  family: maybe(fc.constant('points')),
  id: maybe(fc.constantFrom('a-preset', 'x1')),
  title: maybe(text),
  question: maybe(text),
  data: maybe(fc.oneof(generated, inline)),
  forget: maybe(forget),
  model: maybe(
    record({
      hidden: maybe(fc.array(whole(1, 40), { minLength: 1, maxLength: 6 })),
      activation: maybe(fc.constantFrom('relu', 'tanh', 'sigmoid')),
      init: maybe(fc.constantFrom('auto', 'glorot', 'he')),
    }),
  ),
  training: maybe(record(optimizer)),
  runs: fc
    .array(run, { minLength: 1, maxLength: 4 })
    .map((runs) => runs.map((one, i) => ({ name: `run ${i}`, ...one }))),
  seeds: maybe(fc.uniqueArray(whole(0, 1_000_000), { minLength: 1, maxLength: 3 })),
  evaluate: maybe(record({ every: whole(1, 50) })),
  claims: maybe(claims),
  view: maybe(
    record({
      hero: maybe(fc.constant('runs.run 0.learningRate')),
      step: maybe(whole(0, 400)),
      chart: maybe(fc.constant('series')),
    }),
  ),
});

/** Valid scenarios for the small catalogue, as a careful author would write them: most fields left out at times. */
export const rawScenarios = fc.oneof(
  { weight: 4, arbitrary: ofPoints },
  {
    weight: 1,
    arbitrary: fc.tuple(ofPoints, ofNumbers).map(([{ data: _, forget: __, model: ___, ...rest }, own]) => ({
      ...rest,
      ...own,
      runs: (rest['runs'] as readonly object[]).map((one) => ({ ...one, alternativeLabels: undefined })),
      family: 'numbers',
    })),
  },
);
