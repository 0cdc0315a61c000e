import { deflateSync, strToU8 } from 'fflate';

/** What inputs begin with: an experiment that has every field that a scenario may have. */
export const richScenario = {
  version: 1,
  id: 'rich',
  title: 'Every field',
  question: 'What if one of them is wrong?',
  data: { generator: 'blobs', seed: 'lane', params: { classes: 4, perClass: 20, noise: 0.5 } },
  forget: { kind: 'region', polygon: [[0, 0], [1, 0], [0, 1.5], [-1, -1]] }, // biome-ignore format: corners
  model: { kind: 'mlp', hidden: [8, 4], activation: 'relu', init: 'he' },
  training: { optimizer: 'momentum', learningRate: 0.1, momentum: 0.5, weightDecay: 0.01, clipNorm: 1, steps: 30 },
  runs: [
    { name: 'GA', method: 'ga', steps: 20, retain: { kind: 'ce', weight: 2, batchSize: 8 } },
    { name: 'NPO', method: 'npo', params: { beta: 0.5 }, mask: { kind: 'salun', keep: 0.5 }, batchSize: 4 },
    { name: 'swept', method: 'npo', sweep: { 'params.beta': [0.1, 1], learningRate: [0.01, 0.1], steps: [10, 20] } },
    { name: 'RL', method: 'rl', alternativeLabels: [0, 1, 2] },
  ],
  seeds: [3, 1],
  evaluate: { every: 4 },
  claims: [
    { text: 'a value', run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.5, seeds: 'most' },
    {
      text: 'a comparison',
      run: 'swept',
      metric: 'retainLoss',
      at: { when: { metric: 'forgetDistance', is: '<=', value: 0.05 } },
      where: { 'params.beta': 0.1 },
      is: '>',
      than: { run: 'retrained', metric: 'testAccuracy', at: 4, times: 2, plus: -1 },
    },
    {
      text: 'a slope',
      run: 'NPO',
      metric: 'weightDistance',
      reduce: 'slope',
      from: 0,
      to: 8,
      is: '>=',
      value: 0,
      among: [0, 7],
    },
  ],
  view: { hero: 'runs.NPO.params.beta', step: 8, chart: 'series' },
};

/** An experiment with words, and facts and names of one's own. */
export const ownFactsScenario = {
  version: 1,
  family: 'text',
  data: {
    generator: 'tiny-tofu',
    params: { authors: 20, own: 'Ada Lovelace,city,London\nHomer,job,baker\nJosé,book,red book' },
  },
  forget: { kind: 'rule', id: 'named', params: { names: 'ada lovelace, homer' } },
  model: { kind: 'network', id: 'word-network', params: { hidden: 16 } },
  runs: [{ name: 'GA', method: 'ga' }],
};

const points = (count: number, scale: number) => ({
  x: Array.from({ length: count }, (_, i) => [((i * 7) % 11) * scale, ((i * 5) % 13) / 8]),
  y: Array.from({ length: count }, (_, i) => i % 3),
});

/** The rich scenario with points of its own. */
export const inlineScenario = {
  version: 1,
  data: { generator: 'inline', params: { train: points(9, 0.1), test: points(6, 0.3), testForget: [0, 2] } },
  forget: { kind: 'indices', indices: [0, 3, 6] },
  runs: [{ name: 'GA', method: 'ga' }],
};

/** A study that brings points, weights and labels of each seed. */
export const importedScenario = {
  version: 1,
  data: { generator: 'inline', bySeed: { 0: { train: points(9, 0.1), test: points(6, 0.3) } } },
  forget: { kind: 'indices', indices: [0, 3] },
  model: {
    kind: 'random-features',
    features: 2,
    weights: {
      original: { W: [[1, 0.5], [-1, 2]], a: [[1, 2], [-0.5, 0]] },
      bySeed: { 0: { retrained: { W: [[1, 0.5], [-1, 2]], a: [[0, 1], [1, 0]] } } },
    },
  }, // biome-ignore format: matrices
  runs: [{ name: 'IDK', method: 'idk', alternativeLabels: { bySeed: { 0: [1, 2] } } }],
  seeds: [0],
};

/** Scenarios that ask for too much of one thing. */
export const greedyScenarios: readonly object[] = [
  { version: 1, model: { hidden: [1e9] } },
  {
    version: 1,
    model: {
      kind: 'random-features',
      features: 1e9,
      weights: { original: { W: [[]], a: new Array(60_000).fill([1]) } },
    },
  },
  { version: 1, model: { hidden: new Array(100_000).fill(512) } },
  { version: 1, training: { steps: 1e9, batchSize: 1e9 } },
  { version: 1, seeds: Array.from({ length: 50_000 }, (_, i) => i) },
  { version: 1, runs: new Array(20_000).fill({ method: 'npo', sweep: { 'params.beta': new Array(100).fill(0.5) } }) },
  { version: 1, claims: new Array(20_000).fill({ text: 'x' }) },
  { version: 1, title: '<b>'.repeat(300_000) },
  { version: 1, forget: { kind: 'indices', indices: Array.from({ length: 60_000 }, (_, i) => -i) } },
  { version: 1, forget: { kind: 'region', polygon: new Array(60_000).fill([1, 'x']) } },
  { version: 1, data: { generator: 'inline', params: { train: points(60_000, 1), test: points(60_000, 1) } } },
  { version: 1, ...Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`trainimg${i}`, i])) },
  {
    version: 1,
    runs: new Array(24).fill({
      method: 'npo',
      sweep: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`params.bet${i}`, [1]])),
    }),
  },
];

/** Payloads of links that inflate to far more than they are. */
export const bombs = (): readonly Uint8Array[] =>
  ['0', '[', '{"a":', ' ', '\ud83d\ude00'].map((unit) => deflateSync(strToU8(unit.repeat(5_000_000 / unit.length))));

/** Tournaments: over a preset, over an experiment of its own, over its own points. */
export const tournaments: readonly object[] = [
  { kind: 'tournament', version: 1, scenario: 'ga-vs-npo' },
  {
    kind: 'tournament',
    version: 1,
    title: 'All of it',
    question: 'Which?',
    scenario: richScenario,
    redraw: false,
    methods: [
      {
        name: 'NPO+RT',
        method: 'npo',
        retain: { kind: 'ce', weight: 2, batchSize: 32 },
        search: { 'params.beta': { min: 0.1, max: 10, scale: 'log' }, 'retain.weight': [0.5, 1, 2] },
      },
      { method: 'ga', search: {} },
    ],
    budget: { configurations: 6, sampleVisits: 20_000 },
    searchSeed: 3,
    tuningSeeds: [0, 1],
    reportingSeeds: [2, 3, 4],
    selection: ['forgetAccuracy', 'retainDistance'],
    report: ['testAccuracy'],
    test: 'sign-flip',
    confidence: 0.9,
    resamples: 500,
  },
  { kind: 'tournament', version: 1, scenario: inlineScenario },
];

/** Tournaments that ask for too much of one thing. */
export const greedyTournaments: readonly object[] = [
  { kind: 'tournament', version: 1, methods: new Array(20_000).fill({ method: 'npo' }) },
  { kind: 'tournament', version: 1, budget: { configurations: 1e9, sampleVisits: 1e300 } },
  { kind: 'tournament', version: 1, tuningSeeds: Array.from({ length: 50_000 }, (_, i) => i), reportingSeeds: [3] },
  {
    kind: 'tournament',
    version: 1,
    methods: [
      { method: 'npo', search: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`params.bet${i}`, [1]])) },
      { method: 'npo', search: { learningRate: new Array(100_000).fill(0.1) } },
    ],
  },
  { kind: 'tournament', version: 1, selection: new Array(50_000).fill('x'), report: new Array(50_000).fill(1) },
  ...greedyScenarios.map((scenario) => ({ kind: 'tournament', version: 1, scenario })),
];

const lesson = { kind: 'lesson', version: 1, id: 'lesson', title: 'A lesson', about: 'Everything.', minutes: 5 };

/** Lessons with every field that a page may have. */
export const lessons: readonly object[] = [
  {
    ...lesson,
    pages: [
      {
        id: 'guess',
        title: 'Guess',
        body: 'Which one *keeps* more?',
        enter: { scenario: 'ga-vs-npo', set: { 'runs.NPO.params.beta': 0.5, seeds: [0, 1] }, step: 0, room: 'compare' },
        highlight: 'panel:NPO',
        predict: {
          question: 'Who?',
          options: [
            { text: 'GA', when: { run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.5 } },
            { text: 'NPO', when: { claim: { run: 'NPO', metric: 'retainLoss', is: '<', than: { run: 'GA' } } } },
          ],
        },
        task: 'Go on.',
        check: {
          all: [
            { finished: true },
            { not: { room: 'attack' } },
            {
              any: [
                { state: 'share', is: '>=', value: 0.5 },
                { attacked: 'relearn', run: 'GA' },
              ],
            },
            { setting: 'runs.NPO.params.beta', is: '<=', value: 1 },
          ],
        },
        after: 'There.',
      },
      { id: 'same', title: 'The same', body: 'Goes on.', highlight: 'knob' },
    ],
  },
  { ...lesson, pages: [{ id: 'own', title: 'Own', body: 'Own points.', enter: { scenario: inlineScenario } }] },
];

const page = { title: 'A page', body: 'Words.' };

/** Lessons that ask for too much of one thing. */
export const greedyLessons: readonly object[] = [
  { ...lesson, pages: new Array(50_000).fill({ ...page, enter: { scenario: richScenario } }) },
  { ...lesson, pages: [{ ...page, id: 'long', body: 'x'.repeat(1_000_000), enter: { scenario: richScenario } }] },
  {
    ...lesson,
    pages: [
      { ...page, id: 'wide', task: 'Do.', check: { all: new Array(100_000).fill({ finished: true }) } },
      {
        ...page,
        id: 'set',
        enter: { set: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`runs.GA.${i}`, i])) },
      },
    ],
  },
];
