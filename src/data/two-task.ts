import { foldIn, type Key, normal, uniform } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import { noiseSpec, trainAndTest } from './shared/points.ts';

/** Distance of both tasks from the middle. */
const SHIFT = 1.5;

/** Points i = 0.. of both tasks in turn: a checkerboard of 3 x 3 on the left, rings on the right. */
const draw = (count: number, noise: number, key: Key) => {
  const [across, up, spread] = [foldIn(key, 'across'), foldIn(key, 'up'), foldIn(key, 'noise')];
  const x = new Float32Array(2 * count);
  const y = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const [u, v] = [2 * uniform(across, i) - 1, 2 * uniform(up, i) - 1];
    const isLeft = i % 2 === 0;
    const cell = (value: number) => Math.min(2, Math.floor(((value + 1) / 2) * 3));
    y[i] = isLeft ? (cell(u) + cell(v)) % 2 : 2 + (Math.floor(2.2 * Math.sqrt(u * u + v * v)) % 2);
    x[2 * i] = u + (isLeft ? -SHIFT : SHIFT) + noise * normal(spread, 2 * i);
    x[2 * i + 1] = v + noise * normal(spread, 2 * i + 1);
  }
  return { x, y };
};

const everySecond = (count: number, from: number): Int32Array =>
  Int32Array.from({ length: count / 2 }, (_, i) => 2 * i + from);

export default generator({
  id: 'two-task',
  title: 'Two skills',
  summary:
    'A checkerboard on the left and rings on the right: two skills in one network, one of which is to be unlearned.',
  citation: {
    authors: 'Zhang, Ge, Feng, Zhang, Torralba, Andreas',
    title: 'Unforgettable Generalization in Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2409.02228',
    where: 'tasks that are unlearned one at a time',
  },
  params: {
    perTask: {
      kind: 'int',
      label: 'Points per skill',
      help: 'Training points drawn for each of the two skills; the test set gets as many, drawn afresh.',
      default: 800,
      min: 20,
      max: 4000,
    },
    noise: noiseSpec(0, 0.5),
  },
  classes: 4,
  inputs: 2,
  components: ['left', 'right'],
  generate: ({ perTask, noise }, key) => {
    const count = 2 * perTask;
    const side = (from: number) => ({ train: everySecond(count, from), test: everySecond(count, from) });
    return {
      inputs: 2,
      classes: 4,
      ...trainAndTest(key, (half) => draw(count, noise, half)),
      components: { left: side(0), right: side(1) },
    };
  },
});
