// Some layers in a row may move, the others not. The last k: Goel et al., "Towards Adversarial Evaluation of Inexact Machine
// Unlearning", 2022 (catastrophic forgetting of the last k layers, CF-k); others: "forget and relearn" studies of which layers
// carry a change.
import { SimError } from '../engine/base/errors.ts';
import type { Mask } from '../engine/contracts/method.ts';
import { layerCount, layerMask } from '../engine/network/layers.ts';

const mask: Mask = {
  id: 'layers',
  title: 'Layers',
  summary: 'Frees some layers and freezes the others: the last one, or any in a row.',
  citation: {
    authors: 'Goel, Prabhu, Sanyal, Lim, Torr, Kumaraguru',
    title: 'Towards Adversarial Evaluations for Inexact Machine Unlearning',
    year: 2022,
    url: 'https://arxiv.org/abs/2201.06640',
    where: 'CF-k',
  },
  needs: [],
  takesKeep: false,
  params: {
    layers: {
      kind: 'int',
      label: 'Layers that may move',
      symbol: 'k',
      help: 'How many layers in a row may move.',
      default: 1,
      min: 1,
      max: 7,
    },
    from: {
      kind: 'choice',
      label: 'Counted from',
      help: 'The output layer is the last one, the layer after the inputs the first.',
      default: 'output',
      options: ['output', 'inputs'],
    },
    skip: {
      kind: 'int',
      label: 'Layers passed over first',
      help: 'Frozen layers between that end and the ones that may move.',
      default: 0,
      min: 0,
      max: 6,
    },
  },
  choose: ({ model }, params) => {
    const [layers, skip] = [params['layers'] as number, params['skip'] as number];
    const L = layerCount(model);
    if (layers + skip > L) {
      throw new SimError('method/failed', `The network has ${L} layers, and the mask asks for ${layers + skip}.`, [
        {
          path: '/mask/layers',
          expected: `layers and those passed over to be at most ${L}`,
          found: `${layers + skip}`,
        },
      ]);
    }
    const first = params['from'] === 'output' ? L - skip - layers + 1 : skip + 1;
    return layerMask(model, first, first + layers - 1);
  },
};
export default mask;
