import type { Collector } from '../../sim/collector.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';

/** The seed on screen is computed first: how many others are still to come when it is there; 0 before. */
const seedsInBackground = ({ variants, failures, lane, seeds, shownSeed }: Collector): number => {
  const isDone = (seed: number): boolean =>
    variants.every(({ variant }) => failures.has(variant) || lane(variant, seed)?.isDone === true);
  return shownSeed !== null && isDone(shownSeed) ? seeds.filter((seed) => !isDone(seed)).length : 0;
};

/** What the worker is doing, how far it is, and how long it will take. */
export const Progress = () => {
  const lab = useLab();
  const state = useLabState(({ run }) => run.status);
  const isStale = useLabState(({ run }) => run.isStale);
  const share = useLabState(({ run }) => {
    const progress = run.current?.collector.progress;
    if (run.status === 'finished') return 1;
    return progress ? Math.round((progress.done / Math.max(1, progress.total)) * 200) / 200 : 0;
  });
  const words = useLabState(({ run, catalogue }) => {
    const collector = run.current?.collector;
    if (run.status === 'failed') return text.progress.failed;
    if (collector?.status === 'cancelled') return text.progress.stopped;
    if (!catalogue || !collector || run.status === 'waiting') return text.progress.waiting;
    if (run.status === 'finished') {
      const engine = text.progress.engines[collector.backend] ?? collector.backend;
      return run.isStale ? text.progress.next : text.progress.finished(collector.milliseconds, engine);
    }
    const others = seedsInBackground(collector);
    if (others > 0) return text.progress.background(others);
    return collector.phase ? text.progress[collector.phase] : text.progress.waiting;
  });
  const left = useLabState(({ run }) => {
    const progress = run.current?.collector.progress;
    if (run.status !== 'running' || !progress || !run.current || progress.done <= 0) return '';
    const elapsed = run.current.elapsedMs();
    const ms = (elapsed * (progress.total - progress.done)) / progress.done;
    return elapsed < 400 ? '' : text.progress.left(Math.max(0, Math.round(ms / 500) * 500));
  });
  const isComputing = state === 'running' || state === 'waiting';
  const isStopped = state === 'idle' && words === text.progress.stopped;
  return (
    <div className="progress" data-testid="progress" data-state={state} data-stale={isStale}>
      <span className="progress__words" title={state === 'finished' ? text.progress.engineHint : undefined}>
        {isStale ? <span className="progress__stale">{text.progress.staleShort}</span> : null}
        {left === '' ? '' : `${left}: `}
        {words}
      </span>
      <span className="progress__bar">
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      {isComputing || isStopped ? (
        <button
          type="button"
          className="button button--plain button--icon progress__stop"
          aria-label={isStopped ? text.progress.again : text.progress.stop}
          title={isStopped ? text.progress.again : text.progress.stop}
          onClick={isStopped ? lab.run.start : lab.run.stop}
          data-testid={isStopped ? 'run-again' : 'stop'}
        >
          <Icon name={isStopped ? 'restart' : 'stop'} />
        </button>
      ) : null}
    </div>
  );
};
