// A rule of one's own against NPO, in Node: node node.mjs
import { exp, presets, rowMethod, simulate, tf } from 'unlearn-lab';

/** Gradient ascent in which an example counts as much as the model still believes it: the minimum of the mean p. */
const fading = rowMethod({
  id: 'fading',
  title: 'Fading ascent',
  short: 'FA',
  summary: 'Gradient ascent that fades as an example is forgotten.',
  formula: 'L = E_forget[p_y]',
  citation: { authors: 'You', title: 'An example', year: 2026, url: 'https://example.org' },
  needs: ['forget'],
  start: 'original',
  schedule: 'iterative',
  params: {},
  recipes: [],
  // How hard each example is pulled towards its label, and the loss of which this is the gradient.
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'label', weight: (row) => -exp(row.logP) }],
      loss: (rows) => tf.exp(rows.logP),
    },
  ],
});

const scenario = {
  ...presets['beta-dial'],
  seeds: [0],
  claims: [],
  view: {},
  runs: [
    { name: 'NPO', method: 'npo', params: { beta: 0.5 }, steps: 100, optimizer: 'sgd', learningRate: 0.1 },
    { name: 'Fading', method: 'fading', steps: 100, optimizer: 'sgd', learningRate: 0.1 },
  ],
};

const simulation = simulate(scenario, { methods: [fading] });
for await (const event of simulation) {
  if (event.type === 'lane') console.error(`Run ${event.variant + 1} of 2 is done.`);
}
const { runs, checksum } = await simulation.results();
for (const { name, metrics } of runs) {
  const [forget, retain] = [metrics.forgetAccuracy, metrics.retainTestAccuracy].map((values) =>
    values.at(-1).toFixed(3),
  );
  console.log(`${name}: accuracy on the forget set ${forget}, on fresh points of the rest ${retain}`);
}
console.log(`checksum ${checksum}`);
