import { generator, type PointSet } from '../engine/contracts/dataset.ts';

/** Points as a scenario writes them: one list of numbers per point, one class per point. */
interface WrittenPoints {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}
/** What stands under `data.params` for this generator. The scenario's parser has checked it. */
interface WrittenData {
  readonly train: WrittenPoints;
  readonly test: WrittenPoints;
  readonly testForget?: readonly number[];
}

const pointSet = ({ x, y }: WrittenPoints): PointSet => ({ x: Float32Array.from(x.flat()), y: Int32Array.from(y) });

export default generator({
  id: 'inline',
  title: 'Your own points',
  summary: 'Points that the scenario itself carries: painted, pasted or uploaded.',
  params: {},
  // 0: the points themselves decide.
  classes: 0,
  inputs: 0,
  generate: (params) => {
    const { train, test, testForget } = params as unknown as WrittenData;
    const largest = [...train.y, ...test.y].reduce((most, label) => Math.max(most, label), 0);
    return {
      inputs: train.x[0]?.length ?? 0,
      classes: largest + 1,
      train: pointSet(train),
      test: pointSet(test),
      ...(testForget ? { testForget: Int32Array.from(testForget).sort() } : {}),
    };
  },
});
