// Computes in a thread of its own, so that the page stays at hand. A worker takes no import map: this is a whole address.
import { exp, rowMethod, simulate, tf } from './node_modules/unlearn-lab/dist-library/unlearn-lab.js';

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
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'label', weight: (row) => -exp(row.logP) }],
      loss: (rows) => tf.exp(rows.logP),
    },
  ],
});

self.addEventListener('message', async ({ data: scenario }) => {
  try {
    const simulation = simulate(scenario, { methods: [fading] });
    for await (const event of simulation) {
      if (event.type === 'progress') self.postMessage({ done: event.done / event.total });
    }
    self.postMessage({ results: await simulation.results() });
  } catch (error) {
    self.postMessage({ error: error.message });
  }
});
