import { foldIn, type Key, normal, uniform } from '../engine/base/random.ts';
import { generator, type PointSet } from '../engine/contracts/dataset.ts';
import { noiseSpec, trainAndTest } from './shared/points.ts';

/** What can be asked of two bits: the one, the other, whether they differ. */
const ANSWERS = [(a: number, _: number) => a, (_: number, b: number) => b, (a: number, b: number) => a ^ b] as const;
const XOR = 2;
const INPUTS = 2 + ANSWERS.length;

/** Two noisy bits and which question is asked of them; each question has two answers of its own. */
const asked = (key: Key, perTask: number, noise: number): PointSet => {
  const n = ANSWERS.length * perTask;
  const x = new Float32Array(n * INPUTS);
  const y = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const task = Math.floor(i / perTask);
    const bits = [0, 1].map((d) => (uniform(foldIn(key, 'bits'), 2 * i + d) < 0.5 ? 0 : 1)) as [number, number];
    bits.forEach((bit, d) => {
      x[i * INPUTS + d] = 2 * bit - 1 + noise * normal(foldIn(key, 'noise'), 2 * i + d);
    });
    x[i * INPUTS + 2 + task] = 1;
    y[i] = 2 * task + (ANSWERS[task] as (typeof ANSWERS)[number])(...bits);
  }
  return { x, y };
};

const ofXor = (perTask: number): Int32Array => Int32Array.from({ length: perTask }, (_, i) => XOR * perTask + i);

export default generator({
  id: 'dual-use',
  title: 'Dual use',
  summary:
    'Three questions about two bits: the one, the other, whether they differ. Forget the third, and see whether the other two answers still give it.',
  citation: {
    authors: 'Barez, Fu, Prabhu and others',
    title: 'Open Problems in Machine Unlearning for AI Safety',
    year: 2025,
    url: 'https://arxiv.org/abs/2501.04952',
    where: 'dual-use knowledge and composition',
  },
  params: {
    perTask: {
      kind: 'int',
      label: 'Points per question',
      help: 'To learn from, and as many to test with.',
      default: 300,
      min: 20,
      max: 2000,
    },
    noise: noiseSpec(0.3, 1),
  },
  classes: 2 * ANSWERS.length,
  inputs: INPUTS,
  components: ['xor'],
  generate: ({ perTask, noise }, key) => ({
    inputs: INPUTS,
    classes: 2 * ANSWERS.length,
    ...trainAndTest(key, (half) => asked(half, perTask, noise)),
    components: { xor: { train: ofXor(perTask), test: ofXor(perTask) } },
    composition: {
      coordinates: [2, 3, 4],
      questions: [
        { asks: [1, 0, 0], answers: [0, 1] },
        { asks: [0, 1, 0], answers: [2, 3] },
      ],
      composed: [
        [2 * XOR, 2 * XOR + 1],
        [2 * XOR + 1, 2 * XOR],
      ],
    },
  }),
});
