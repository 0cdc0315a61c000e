import { foldIn, type Key, normal } from '../../src/engine/base/random.ts';
import * as tf from '../../src/engine/base/tf.ts';
import { wrapper } from '../../src/engine/contracts/wrapper.ts';

/** A wrapper that no program ships: it comes in through the registry alone. Gaussian noise on every gradient. */
export const noise = wrapper({
  id: 'noise',
  title: 'Gradient noise',
  short: 'Noise',
  summary: 'Every step has a little Gaussian noise on its gradient.',
  citation: {
    authors: 'Neelakantan, Vilnis, Le, Sutskever, Kaiser, Kurach, Martens',
    title: 'Adding Gradient Noise Improves Learning for Very Deep Networks',
    year: 2015,
    url: 'https://arxiv.org/abs/1511.06807',
  },
  slot: { id: 'noise', label: 'Noise', help: 'Gaussian noise on every gradient.', none: 'none' },
  params: {
    size: {
      kind: 'number',
      label: 'Size of the noise',
      symbol: 'σ',
      help: 'Standard deviation of the noise on each weight.',
      default: 0.01,
      min: 0,
      max: 1,
      scale: 'linear',
    },
  },
  asks: 'steps along a gradient',
  offAt: { size: 0 },
  takes: ({ schedule, alone }) => schedule === 'iterative' && !alone,
  needs: [],
  wrap: (step, { settings, keys, step: at }) => ({
    ...step,
    extra: [
      ...step.extra,
      (weights) => {
        const [K, P] = weights.shape as [number, number];
        const streams = keys.map((key) => foldIn(key, 'gradient-noise', at));
        const drawn = Float32Array.from({ length: K * P }, (_, i) => normal(streams[Math.floor(i / P)] as Key, i % P));
        return tf.mul(settings.size, tf.tensorOf(drawn, [K, P]));
      },
    ],
  }),
});
