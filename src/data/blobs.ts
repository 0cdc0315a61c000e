import { cos, sin } from '../engine/base/math.ts';
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

export default generator({
  id: 'blobs',
  title: 'Blobs',
  summary: 'Round clouds on a circle, one per class: the plainest picture of forgetting a class.',
  params: {
    classes: {
      kind: 'int',
      label: 'Classes',
      help: 'Number of clouds. Class 0 is at the top; the others follow counter-clockwise.',
      default: 5,
      min: 2,
      max: 8,
    },
    perClass: perClassSpec(1000),
    noise: noiseSpec(0.6, 2),
    radius: {
      kind: 'number',
      label: 'Radius',
      help: 'Distance of the clouds from the origin: a smaller circle brings them closer together.',
      default: 2,
      min: 0.2,
      max: 5,
      scale: 'linear',
    },
    flip: flipSpec,
    spareClass: spareSpec,
  },
  classes: 'classes',
  spare: 'spareClass',
  inputs: 2,
  generate: ({ classes, perClass, noise, radius, flip, spareClass }, key) => ({
    inputs: 2,
    classes: classes + (spareClass ? 1 : 0),
    ...trainAndTest(key, (half) => {
      const points = classByClass({ inputs: 2, classes, perClass, noise }, half, (label) => {
        const angle = Math.PI * (0.5 + (2 * label) / classes);
        const mean = [radius * cos(angle), radius * sin(angle)];
        return () => mean;
      });
      return flipLabels(points, classes, flip, half);
    }),
  }),
});
