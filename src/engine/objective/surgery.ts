import { SimError } from '../base/errors.ts';
import type { Citation } from '../base/schema.ts';
import * as tf from '../base/tf.ts';

/**
 * Gradient surgery: g_u, the gradient on the forget set, loses its part against g_r, the gradient on the retain set. If
 * g_u . g_r < 0, then g_u <- g_u - (g_u . g_r / |g_r|^2) g_r; the step goes along g_u + g_r. PCGrad (Yu et al. 2020)
 * projects either one against the other; for unlearning only the forget gradient gives way (Wu et al. 2025).
 */
export type Surgery = 'pcgrad';

export const PCGRAD: Citation = {
  authors: 'Wu, Zhou, Yang, Wang, Chang, Zhu, Hu, Zhou, Yang',
  title: 'Unlearning Concepts in Diffusion Model via Concept Domain Correction and Concept Preserving Gradient',
  year: 2025,
  url: 'https://arxiv.org/abs/2405.15304',
  where: 'concept preserving gradient',
};

const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b), 1, true);

/** A gradient [K, P] without its part against another one, lane by lane. */
export const projected = (gradient: tf.Tensor, against: tf.Tensor): tf.Tensor => {
  const conflict = tf.minimum(dot(gradient, against), 0); // [K, 1]
  const square = tf.maximum(dot(against, against), 1e-30); // a retain gradient of zero has nothing to protect
  return tf.sub(gradient, tf.mul(tf.div(conflict, square), against));
};

/**
 * The gradient [K, P] of a step from those on the forget and on the retain set, each a sum of some.
 *
 * @throws {SimError} method/failed if there is no retain gradient to protect
 */
export const combined = (forget: readonly tf.Tensor[], retain: readonly tf.Tensor[], rule: Surgery): tf.Tensor => {
  const [own, kept] = [forget, retain].map((parts) => (parts.length > 0 ? tf.addN([...parts]) : undefined));
  if (own && !kept) {
    throw new SimError('method/failed', `The gradient rule ${rule} has no retain gradient to protect.`, [
      { path: '/retain/kind', expected: 'a retain term beside the gradient rule', found: 'none' },
    ]);
  }
  return own && kept ? tf.add(projected(own, kept), kept) : (kept as tf.Tensor);
};
