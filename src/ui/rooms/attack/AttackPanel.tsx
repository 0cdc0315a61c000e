import { type ReactNode, useState } from 'react';
import type { ParamValue } from '../../../engine/base/schema.ts';
import { defaultsOf } from '../../../engine/base/schema.ts';
import type { AttackJob } from '../../../store/contracts/state.ts';
import { ParamForm } from '../../forms/ParamForm.tsx';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useOffer } from '../../hooks/offer.ts';
import { words } from './attack.text.ts';
import './attack.css';
import { term } from '../../text.ts';
import { jobsOf } from './jobs.ts';
import { Sentence } from './Sentence.tsx';

interface Props {
  readonly kind: string;
  /** An attack that trains many models is run on the seed on screen alone. */
  readonly isCostly?: boolean;
  /** What is shown of the attacks that have found something. */
  readonly children: (jobs: readonly AttackJob[]) => ReactNode;
}

/** One attack: how far it is, and how to stop it. */
const JobRow = ({ job }: { readonly job: AttackJob }) => {
  const lab = useLab();
  const { id, label, step, status, share, leftMs, errors } = job;
  const isUnderWay = status !== 'done';
  const [first] = errors;
  if (!isUnderWay && !first) return null;
  return (
    <li className="attack__job">
      <span className="attack__target">{words.at(label, step)}</span>
      {isUnderWay ? (
        <>
          <progress className="attack__bar" value={share} max={1} aria-label={words.progress(label)} />
          <span className="attack__left small muted">{status === 'paused' ? words.paused : words.left(leftMs)}</span>
          <button
            type="button"
            className="button"
            onClick={() => (status === 'paused' ? lab.attacks.resume(id) : lab.attacks.pause(id))}
          >
            {status === 'paused' ? words.resume : words.pause}
          </button>
        </>
      ) : null}
      {first ? <span className="attack__error">{words.failed(term(first.message))}</span> : null}
      <button type="button" className="button" onClick={() => lab.attacks.drop(id)}>
        {isUnderWay ? words.stop : words.clear}
      </button>
    </li>
  );
};

/** The settings of an attack, a button for each run, what is under way, and what has been found. */
export const AttackPanel = ({ kind, isCostly = false, children }: Props) => {
  const lab = useLab();
  const info = useOffer()?.attacks.find(({ id }) => id === kind);
  const run = useLabState((state) => state.run.shown);
  const isReady = useLabState(({ run: { shown, current, status } }) => shown === current && status === 'finished');
  const step = useLabState((state) => state.view.step);
  const seed = useLabState((state) => state.view.seed);
  const own = useLabState((state) => state.attacks);
  useLabState((state) => state.run.version); // the run's findings grow in place
  const [changed, setChanged] = useState<Readonly<Record<string, ParamValue>>>({});
  if (!info || !run) return <p className="muted">{words.wait}</p>;
  const params = { ...defaultsOf(info.params), ...changed };
  const jobs = jobsOf(run, own, kind);
  const { variants, seeds, failures } = run.collector;
  const found = jobs.filter(({ findings }) => findings.length > 0);
  const targets = variants.filter(({ variant }) => !failures.has(variant));
  const attack = ({ variant, steps }: { readonly variant: number; readonly steps: number }): void =>
    lab.attacks.start({ kind, variant, step: Math.min(step, steps), params, seeds: isCostly ? [seed] : seeds });
  return (
    <div className="attack" data-testid={`attack-${kind}`}>
      {Object.keys(info.params).length > 0 ? (
        <details className="attack__settings">
          <summary>{words.settings}</summary>
          <div className="attack__fields">
            <ParamForm
              schema={info.params}
              values={params}
              onChange={(name, value) => setChanged((before) => ({ ...before, [name]: value }))}
              testId={`attack-${kind}`}
            />
          </div>
        </details>
      ) : null}
      {isReady ? (
        <div className="attack__buttons">
          <span title={words.targetHint}>{words.target(step)}</span>
          {targets.length > 1 ? (
            <button
              type="button"
              className="button button--primary"
              onClick={() => targets.forEach(attack)}
              data-testid={`attack-${kind}-all`}
            >
              {words.all}
            </button>
          ) : null}
          {targets.map((target) => (
            <button
              key={target.variant}
              type="button"
              className="button"
              data-testid={`attack-${kind}-${target.variant}`}
              onClick={() => attack(target)}
            >
              {target.label}
            </button>
          ))}
          <span className="small muted">{isCostly ? words.shownSeed(seed) : words.seeds(seeds.length)}</span>
        </div>
      ) : (
        <p className="muted">{words.wait}</p>
      )}
      <ul className="attack__jobs">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
      <div className="attack__found" aria-live="polite">
        {found.length > 0 ? <Sentence info={info} jobs={found} /> : null}
        {found.length > 0 ? children(found) : null}
        {jobs.length === 0 && isReady ? <p className="muted">{words.empty}</p> : null}
        {found.length > 0 ? (
          <p className="small muted">
            {[...new Set(found.flatMap(({ findings }) => findings[0]?.outcome.notes ?? []))].map(term).join(' ')}
          </p>
        ) : null}
      </div>
    </div>
  );
};
