import { cos, sin } from '../engine/base/math.ts';
import { foldIn, uniform } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import { classByClass, noiseSpec, perClassSpec, trainAndTest } from './shared/points.ts';

/** The unit moons span 3 across; this makes them span 4. */
const SCALE = 4 / 3;

export default generator({
  id: 'moons',
  title: 'Moons',
  summary: 'Two interlocking half circles: two classes that no straight line parts.',
  params: {
    perClass: perClassSpec(2000),
    noise: noiseSpec(0.15, 1),
  },
  classes: 2,
  inputs: 2,
  generate: ({ perClass, noise }, key) => ({
    inputs: 2,
    classes: 2,
    ...trainAndTest(key, (half) =>
      classByClass({ inputs: 2, classes: 2, perClass, noise }, half, (label, own) => {
        const angles = foldIn(own, 'angle');
        // The upper moon is centered at (-1/2, -1/4); the lower is the upper turned by half a circle about the origin.
        const side = label === 0 ? SCALE : -SCALE;
        return (i) => {
          const angle = Math.PI * uniform(angles, i);
          return [side * (cos(angle) - 0.5), side * (sin(angle) - 0.25)];
        };
      }),
    ),
  }),
});
