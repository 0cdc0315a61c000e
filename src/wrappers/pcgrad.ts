// Gradient surgery: g_u, the gradient on the forget set, loses its part against g_r, the gradient on the retain set. If
// g_u . g_r < 0, then g_u <- g_u - (g_u . g_r / |g_r|^2) g_r; the step goes along g_u + g_r. PCGrad (Yu et al. 2020)
// projects either one against the other; for unlearning only the forget gradient gives way (Wu et al. 2025).
import { SimError } from '../engine/base/errors.ts';
import * as tf from '../engine/base/tf.ts';
import { wrapper } from '../engine/contracts/wrapper.ts';

const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b), 1, true);

/** A gradient [K, P] without its part against another one, lane by lane. */
export const projected = (gradient: tf.Tensor, against: tf.Tensor): tf.Tensor => {
  const conflict = tf.minimum(dot(gradient, against), 0); // [K, 1]
  const square = tf.maximum(dot(against, against), 1e-30); // a retain gradient of zero has nothing to protect
  return tf.sub(gradient, tf.mul(tf.div(conflict, square), against));
};

export default wrapper({
  id: 'pcgrad',
  title: 'PCGrad: never against the retain gradient',
  short: 'PCGrad',
  summary: 'The gradient on the forget set loses the part that points against the gradient on the retain set.',
  citation: {
    authors: 'Wu, Zhou, Yang, Wang, Chang, Zhu, Hu, Zhou, Yang',
    title: 'Unlearning Concepts in Diffusion Model via Concept Domain Correction and Concept Preserving Gradient',
    year: 2025,
    url: 'https://arxiv.org/abs/2405.15304',
    where: 'concept preserving gradient',
  },
  slot: {
    id: 'surgery',
    label: 'Gradient rule',
    help: 'PCGrad: where the step on the forget set points against the gradient on the retain set, that part of it is taken away. Needs a retain term.',
    none: 'sum of both gradients',
  },
  params: {},
  recipes: [
    {
      of: 'ga',
      id: 'graddiff-pcgrad',
      title: 'Gradient difference with gradient surgery (GradDiff+PCGrad)',
      short: 'GradDiff+PCGrad',
      summary: 'Gradient difference, less the part of the ascent that points against the retain gradient.',
      retain: { kind: 'ce' },
    },
    {
      of: 'npo',
      id: 'npo-pcgrad',
      title: 'NPO with gradient surgery (NPO+PCGrad)',
      short: 'NPO+PCGrad',
      summary: 'NPO plus training on the retain set, less the part of the forget step that would undo it.',
      retain: { kind: 'ce' },
    },
  ],
  asks: 'a gradient on the forget set, which it changes',
  needsRetainTerm: true,
  takes: ({ exposes }) => exposes?.includes('gradient') ?? false,
  needs: [],
  wrap: (step) => ({
    ...step,
    join: (forget, retain) => {
      if (forget && !retain) {
        throw new SimError('method/failed', 'The gradient rule pcgrad has no retain gradient to protect.', [
          { path: '/retain/kind', expected: 'a retain term beside the gradient rule', found: 'none' },
        ]);
      }
      return forget && retain ? tf.add(projected(forget, retain), retain) : (retain as tf.Tensor);
    },
  }),
  python: {
    functions: [
      'def gradients(loss, parameters):',
      '    found = torch.autograd.grad(loss, parameters, allow_unused=True)',
      '    return [torch.zeros_like(p) if g is None else g for p, g in zip(parameters, found)]',
      '',
      '',
      'def pcgrad(parameters, forgetting, keeping):',
      '    """Gradient surgery: where the forget gradient points against the retain gradient, it loses that part."""',
      '    u = gradients(forgetting, parameters)',
      '    r = gradients(keeping, parameters)',
      '    conflict = sum((a * b).sum() for a, b in zip(u, r)).clamp(max=0)',
      '    share = conflict / sum((b * b).sum() for b in r).clamp(min=1e-30)',
      '    for p, a, b in zip(parameters, u, r):',
      '        p.grad = a - share * b + b',
    ],
    join: 'pcgrad',
  },
});
