// Only the rows of the first layer that read the condition may move: what a text encoder is to an image model. Training it alone
// is the rule of AdvUnlearn (Zhang et al. 2024).
import { SimError } from '../engine/base/errors.ts';
import type { Mask } from '../engine/contracts/method.ts';
import { CODE_AT } from '../engine/diffusion/process.ts';

const mask: Mask = {
  id: 'condition',
  title: 'Condition only',
  summary: 'Frees the weights that read the condition: what is drawn without one stays as it was, to the bit.',
  citation: {
    authors: 'Zhang, Chen, Jia, Zhang, Fan, Liu and others',
    title: 'Defensive Unlearning with Adversarial Training for Robust Concept Erasure in Diffusion Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2405.15234',
    where: 'the text encoder alone is optimized',
  },
  needs: [],
  takesKeep: false,
  choose: ({ model }) => {
    const first = model.layers[0];
    if (!first || first.inputs <= CODE_AT) {
      throw new SimError('method/failed', 'This network reads no condition that a mask could free.', [
        { path: '/mask/kind', expected: 'another mask, or a model that draws under conditions', found: 'condition' },
      ]);
    }
    const [rows, columns] = first.kernel.shape as [number, number];
    const free = new Float32Array(model.size);
    free.fill(1, first.kernel.offset + CODE_AT * columns, first.kernel.offset + rows * columns);
    return free;
  },
};
export default mask;
