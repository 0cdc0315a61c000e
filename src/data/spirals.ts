import { cos, sin } from '../engine/base/math.ts';
import { foldIn, uniform } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import { classByClass, noiseSpec, perClassSpec, trainAndTest } from './shared/points.ts';

/** Where an arm begins and ends, as distance from the origin. */
const INNER = 0.2;
const OUTER = 2;

export default generator({
  id: 'spirals',
  title: 'Spirals',
  summary: 'Arms wound around one another: every class borders on others along its whole length.',
  params: {
    classes: {
      kind: 'int',
      label: 'Arms',
      help: 'Number of spiral arms, one class each.',
      default: 3,
      min: 2,
      max: 5,
    },
    perClass: perClassSpec(2000),
    noise: noiseSpec(0.07, 0.5),
    turns: {
      kind: 'number',
      label: 'Turns',
      help: 'How often an arm winds around the center: more turns make a harder problem.',
      default: 1,
      min: 0.1,
      max: 2,
      scale: 'linear',
    },
  },
  classes: 'classes',
  inputs: 2,
  generate: ({ classes, perClass, noise, turns }, key) => ({
    inputs: 2,
    classes,
    ...trainAndTest(key, (half) =>
      classByClass({ inputs: 2, classes, perClass, noise }, half, (label, own) => {
        const places = foldIn(own, 'place');
        return (i) => {
          const along = uniform(places, i);
          const radius = INNER + (OUTER - INNER) * along;
          const angle = 2 * Math.PI * (label / classes + turns * along);
          return [radius * cos(angle), radius * sin(angle)];
        };
      }),
    ),
  }),
});
