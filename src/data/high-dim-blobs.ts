import { foldIn, normal } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import {
  classByClass,
  flipLabels,
  flipSpec,
  noiseSpec,
  perClassSpec,
  spareSpec,
  trainAndTest,
} from './shared/points.ts';

/** Root mean square distance of the means from the origin, whatever the dimension. */
const RADIUS = 2.8;

export default generator({
  id: 'high-dim-blobs',
  title: 'Blobs in many dimensions',
  summary: 'Round clouds around random means: room enough for a network to memorize single points.',
  params: {
    classes: {
      kind: 'int',
      label: 'Classes',
      help: 'Number of clouds, one class each.',
      default: 6,
      min: 2,
      max: 10,
    },
    dimensions: {
      kind: 'int',
      label: 'Dimensions',
      symbol: 'd',
      help: 'Numbers per point. The picture shows the two directions in which the training points spread most.',
      default: 10,
      min: 3,
      max: 64,
    },
    perClass: perClassSpec(1000),
    noise: noiseSpec(0.8, 2),
    flip: flipSpec,
    spareClass: spareSpec,
  },
  classes: 'classes',
  spare: 'spareClass',
  inputs: 'dimensions',
  generate: ({ classes, dimensions, perClass, noise, flip, spareClass }, key) => {
    const means = Array.from({ length: classes }, (_, label) => {
      const own = foldIn(key, 'mean', label);
      return Array.from({ length: dimensions }, (_, d) => (RADIUS / Math.sqrt(dimensions)) * normal(own, d));
    });
    return {
      inputs: dimensions,
      classes: classes + (spareClass ? 1 : 0),
      ...trainAndTest(key, (half) => {
        const points = classByClass({ inputs: dimensions, classes, perClass, noise }, half, (label) => {
          const mean = means[label] as number[];
          return () => mean;
        });
        return flipLabels(points, classes, flip, half);
      }),
    };
  },
});
