import { cos, sin } from '../engine/base/math.ts';
import { foldIn, uniform } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import { classByClass, noiseSpec, perClassSpec, trainAndTest } from './shared/points.ts';

/** Radius of the outermost ring. */
const RADIUS = 2;

export default generator({
  id: 'circles',
  title: 'Rings',
  summary: 'Rings inside one another: forgetting an inner class leaves a hole that its neighbors must fill.',
  params: {
    classes: {
      kind: 'int',
      label: 'Rings',
      help: 'Number of rings, one class each. Class 0 is the innermost.',
      default: 2,
      min: 2,
      max: 5,
    },
    perClass: perClassSpec(2000),
    noise: noiseSpec(0.15, 1),
  },
  classes: 'classes',
  inputs: 2,
  generate: ({ classes, perClass, noise }, key) => ({
    inputs: 2,
    classes,
    ...trainAndTest(key, (half) =>
      classByClass({ inputs: 2, classes, perClass, noise }, half, (label, own) => {
        const angles = foldIn(own, 'angle');
        const radius = (RADIUS * (label + 1)) / classes;
        return (i) => {
          const angle = 2 * Math.PI * uniform(angles, i);
          return [radius * cos(angle), radius * sin(angle)];
        };
      }),
    ),
  }),
});
