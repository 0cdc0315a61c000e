import { PINS } from '../../store/pinning.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import './run-tools.css';

interface Props {
  /** The run's name, and its labels: more than one if it sweeps. */
  readonly name: string;
  readonly labels: readonly string[];
}

/** What can be done with a run's result. */
export const RunTools = ({ name, labels }: Props) => {
  const lab = useLab();
  const isFull = useLabState((state) => state.pins.length + labels.length > PINS.length);
  const hasResult = useLabState(({ run: { shown } }) =>
    labels.every((label) => {
      const variant = shown?.collector.variants.find((one) => one.label === label)?.variant;
      return variant !== undefined && shown?.collector.seeds.some((seed) => shown.collector.lane(variant, seed)?.count);
    }),
  );
  return (
    <p className="run__tools">
      <button
        type="button"
        className="button"
        disabled={isFull || !hasResult}
        title={isFull ? text.plane.pinsFull(PINS.length) : text.plane.pinHint}
        aria-label={text.plane.pinRun(name)}
        onClick={() => lab.pin(labels)}
        data-testid="run-pin"
      >
        {text.plane.pin}
      </button>
    </p>
  );
};
