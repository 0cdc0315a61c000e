import { foldIn, integer, uniform } from '../engine/base/random.ts';
import { generator } from '../engine/contracts/dataset.ts';
import { classByClass, noiseSpec, perClassSpec, trainAndTest } from './shared/points.ts';

/** The board covers [-2, 2] x [-2, 2]. */
const SIDE = 4;

/** Columns and rows of a color's cells; class 0 has the lower left corner. */
const cellsOf = (label: number, cells: number): (readonly [number, number])[] =>
  Array.from({ length: cells * cells }, (_, i) => [i % cells, Math.floor(i / cells)] as const).filter(
    ([column, row]) => (column + row) % 2 === label,
  );

export default generator({
  id: 'checkerboard',
  title: 'Checkerboard',
  summary:
    'A board of two colors: each class is many islands, so what is unlearned in one place may come back in another.',
  params: {
    cells: {
      kind: 'int',
      label: 'Cells per side',
      help: 'Number of cells along each side of the board: more cells make a harder problem.',
      default: 3,
      min: 2,
      max: 8,
    },
    perClass: perClassSpec(2000),
    noise: noiseSpec(0.05, 0.5),
  },
  classes: 2,
  inputs: 2,
  generate: ({ cells, perClass, noise }, key) => ({
    inputs: 2,
    classes: 2,
    ...trainAndTest(key, (half) =>
      classByClass({ inputs: 2, classes: 2, perClass, noise }, half, (label, own) => {
        const [picks, across, up] = [foldIn(own, 'cell'), foldIn(own, 'across'), foldIn(own, 'up')];
        const mine = cellsOf(label, cells);
        return (i) => {
          const [column, row] = mine[integer(picks, i, mine.length)] as readonly [number, number];
          return [SIDE * ((column + uniform(across, i)) / cells - 0.5), SIDE * ((row + uniform(up, i)) / cells - 0.5)];
        };
      }),
    ),
  }),
});
