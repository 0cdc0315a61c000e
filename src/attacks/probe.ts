// A linear classifier on the frozen activations of each layer: what can still be read out of them?
// Alain and Bengio, "Understanding intermediate layers using linear classifier probes", 2016.
import { type AttackSubject, attack } from '../engine/contracts/attack.ts';
import { drawFrom, pickPoints } from '../engine/contracts/attack-rows.ts';
import { hiddenAt, logitsAt } from '../engine/network/serve.ts';
import { softmaxRegression } from './shared/softmax-regression.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];
/** The most training points of a probe: more would not tell more, only take longer. */
const MOST = 1000;

export default attack({
  id: 'probe',
  title: 'Linear probe',
  summary:
    'Trains a linear classifier on the frozen activations of each layer: what it reads out is still there, whatever the outputs say. Fresh and retrained networks show how much any features give.',
  citation: {
    authors: 'Alain, Bengio',
    title: 'Understanding intermediate layers using linear classifier probes',
    year: 2016,
    url: 'https://arxiv.org/abs/1610.01644',
    where: 'section 3',
  },
  params: {
    ridge: {
      kind: 'number',
      label: 'Ridge',
      symbol: 'λ',
      help: 'Pull of the probe’s weights towards zero, on standardized features.',
      default: 0.001,
      min: 1e-6,
      max: 10,
      scale: 'log',
    },
  },
  values: [
    {
      id: 'probeAccuracy',
      title: 'Probe accuracy',
      summary:
        'Share of fresh points of the forget distribution that the best layer’s probe gets right; step by step, the layers: 0 the inputs, then the hidden layers, last the outputs.',
      unit: 'fraction',
    },
    {
      id: 'probeBest',
      title: 'Best hidden layer',
      summary: 'The largest accuracy of a probe on a hidden layer; it does not exist without one.',
      unit: 'fraction',
    },
  ],
  work: (_, { forget }) => SUBJECTS.length * 200 * Math.min(forget, MOST),
  run: function* (view, { ridge }) {
    const { model, dataset, split, key } = view;
    const D = dataset.inputs;
    const { train, test } = dataset;
    const labels = new Set(split.forget.map((i) => train.y[i] as number));
    const everything = Int32Array.from(train.y, (_, i) => i);
    // A class of its own cannot be told from nothing: then the probe learns all classes.
    const source = labels.size > 1 ? split.forget : everything;
    const hasTest = split.testForget.length > 0;
    const own = drawFrom(source, MOST, key, 'probe');
    const learned = pickPoints(train, hasTest ? own : own.filter((_, i) => i % 2 === 0), D);
    const tested = hasTest
      ? pickPoints(test, split.testForget, D)
      : pickPoints(
          train,
          own.filter((_, i) => i % 2 === 1),
          D,
        );
    const layers = model.widths.length;
    const total = SUBJECTS.length * layers;
    let done = 0;
    const values: Record<string, object> = {};
    for (const subject of SUBJECTS) {
      const weights = view.weights(subject);
      const featuresOf = (x: Float32Array) => [x, ...hiddenAt(model, weights, x), logitsAt(model, weights, x)];
      const [inside, outside] = [featuresOf(learned.x), featuresOf(tested.x)];
      const accuracies: number[] = [];
      for (let layer = 0; layer < layers; layer++) {
        const width = model.widths[layer] as number;
        const classify = softmaxRegression(
          { x: inside[layer] as Float32Array, y: learned.y, width },
          model.classes,
          ridge,
        );
        const found = classify(outside[layer] as Float32Array);
        accuracies.push(found.filter((label, i) => label === tested.y[i]).length / tested.y.length);
        yield { done: ++done, total };
      }
      values[subject] = {
        probeAccuracy: { steps: accuracies.map((_, layer) => layer), values: accuracies },
        probeBest: { steps: [0], values: [layers > 2 ? Math.max(...accuracies.slice(1, -1)) : Number.NaN] },
      };
    }
    return {
      values,
      notes: [
        `Trained on ${learned.y.length} points ${labels.size > 1 ? 'of the forget set' : 'of all classes, since the forget set has only one'}, tested on ${tested.y.length} ${hasTest ? 'fresh ones of the forget distribution' : 'others of the forget set'}.`,
      ],
    };
  },
});
