import { ticksOf } from '../../store/clock/clock.ts';
import { SPEEDS, tickIndex } from '../../store/clock/ticks.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon, type IconName } from '../shell/Icon.tsx';
import { SoundToggle } from '../sound/SoundToggle.tsx';
import { text } from '../text.ts';
import { ClockEvents } from './ClockEvents.tsx';
import { Progress } from './Progress.tsx';

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly isDisabled?: boolean;
  readonly testId: string;
}

const Control = ({ icon, label, onClick, isDisabled = false, testId }: ControlProps) => (
  <button
    type="button"
    className="button button--icon clock__button"
    aria-label={label}
    title={label}
    aria-disabled={isDisabled}
    onClick={() => {
      if (!isDisabled) onClick();
    }}
    data-testid={testId}
  >
    <Icon name={icon} />
  </button>
);

/** The one scrubber. It only ever shows what is computed: dragging it trains nothing. */
const Scrubber = () => {
  const lab = useLab();
  const ticks = useLabState(({ run }) => ticksOf(run.shown).join());
  const steps = ticks.split(',').map(Number);
  const step = useLabState((state) => state.view.step);
  const available = useLabState((state) => state.view.available);
  const last = steps.length - 1;
  const total = steps[last] ?? 0;
  return (
    <div
      className="clock__track"
      style={{ '--available': last === 0 ? 0 : tickIndex(steps, available) / last } as React.CSSProperties}
    >
      <input
        className="clock__scrubber"
        type="range"
        min={0}
        max={Math.max(1, last)}
        step={1}
        value={tickIndex(steps, step)}
        aria-label={text.clock.scrubber}
        aria-valuetext={text.clock.at(step, total)}
        onChange={(event) => lab.clock.setStep(steps[Number(event.target.value)] ?? 0)}
        data-testid="scrubber"
      />
      <ClockEvents ticks={steps} />
    </div>
  );
};

const Speed = () => {
  const lab = useLab();
  const speed = useLabState((state) => state.view.speed);
  return (
    <select
      className="field__select field__select--inline clock__speed"
      aria-label={text.clock.speed}
      value={speed}
      onChange={(event) => lab.clock.setSpeed(Number(event.target.value))}
      data-testid="speed"
    >
      {SPEEDS.map((one) => (
        <option key={one} value={one}>
          {one}×
        </option>
      ))}
    </select>
  );
};

/** Everything on screen is at this clock's step. */
export const Clock = () => {
  const lab = useLab();
  const isPlaying = useLabState((state) => state.view.isPlaying);
  const step = useLabState((state) => state.view.step);
  const available = useLabState((state) => state.view.available);
  const total = useLabState(({ run }) => ticksOf(run.shown).at(-1) ?? 0);
  const state = isPlaying ? (step >= available && step < total ? 'waiting' : 'playing') : 'paused';
  return (
    <section
      className="clock"
      aria-label={text.clock.label}
      data-testid="clock"
      data-state={state}
      data-step={step}
      data-total={total}
      data-available={available}
    >
      <div className="clock__buttons">
        <Control
          icon="start"
          label={text.clock.restart}
          onClick={() => lab.clock.setStep(0)}
          isDisabled={step === 0}
          testId="to-start"
        />
        <Control
          icon="back"
          label={text.clock.back}
          onClick={() => lab.clock.moveBy(-1)}
          isDisabled={step === 0}
          testId="step-back"
        />
        <Control
          icon={isPlaying ? 'pause' : 'play'}
          label={isPlaying ? text.clock.pause : text.clock.play}
          onClick={isPlaying ? lab.clock.pause : lab.clock.play}
          testId="play"
        />
        <Control
          icon="forward"
          label={text.clock.forward}
          onClick={() => lab.clock.moveBy(1)}
          isDisabled={step >= available}
          testId="step-forward"
        />
        <Control
          icon="end"
          label={text.clock.end}
          onClick={() => lab.clock.setStep(available)}
          isDisabled={step >= available}
          testId="to-end"
        />
      </div>
      <Speed />
      <SoundToggle />
      <Scrubber />
      <p className="clock__step" data-testid="step">
        {step}
        <span className="muted"> / {total}</span>
      </p>
      <Progress />
    </section>
  );
};
