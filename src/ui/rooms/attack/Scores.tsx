import { useId, useMemo, useRef, useState } from 'react';
import { rocCurve } from '../../../engine/base/attack-statistics.ts';
import type { AttackJob } from '../../../store/contracts/state.ts';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { useLabState } from '../../hooks/lab.ts';
import { useSize } from '../../hooks/size.ts';
import { words as shared } from './attack.text.ts';
import { ScoreTable } from './ScoreTable.tsx';
import { words } from './scores.text.ts';

const BINS = 40;
const HEIGHT = 190;
const PAD = 28;
const SIDE = 220;

interface Sample {
  readonly name: string;
  readonly seed: number;
  readonly members: readonly number[];
  readonly nonMembers: readonly number[];
}

/** Every model whose scores are known under a seed: the attacked runs, then what they are compared with. */
const samplesOf = (jobs: readonly AttackJob[], seed: number): Sample[] => {
  const of = (job: AttackJob) => job.findings.find((one) => one.seed === seed) ?? job.findings[0];
  const runs = jobs.flatMap((job): Sample[] => {
    const finding = of(job);
    const sample = finding?.outcome.samples?.find(({ subject }) => subject === 'unlearned');
    return finding && sample ? [{ ...sample, name: shared.at(job.label, job.step), seed: finding.seed }] : [];
  });
  const first = jobs[0] && of(jobs[0]);
  const controls = (first?.outcome.samples ?? [])
    .filter(({ subject }) => subject !== 'unlearned')
    .map((sample): Sample => ({ ...sample, name: shared.subjects[sample.subject], seed: first?.seed ?? seed }));
  return [...runs, ...controls];
};

/** Shares of values in equal bins between two ends; what is beyond them counts in the outer bins. */
const binned = (values: readonly number[], low: number, high: number): number[] => {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const at = Math.floor((BINS * (value - low)) / Math.max(1e-12, high - low));
    const bin = Math.min(BINS - 1, Math.max(0, at));
    counts[bin] = (counts[bin] as number) + 1 / values.length;
  }
  return counts;
};

/** Ends that hold all but the outermost fiftieth of values on each side. */
const endsOf = (values: readonly number[]): readonly [number, number] => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const [low, high] = [at(0.02), at(0.98)];
  return high > low ? [low, high] : [low - 1, high + 1];
};

/** Members and others on one scale with a threshold between them, and the ROC curve that all thresholds make. */
export const Scores = ({ jobs, axis }: { readonly jobs: readonly AttackJob[]; readonly axis: string }) => {
  const id = useId();
  const seed = useLabState((state) => state.view.seed);
  const samples = samplesOf(jobs, seed);
  const [name, setName] = useState('');
  const [at, setAt] = useState(0.5);
  const [isTable, setIsTable] = useState(false);
  const ref = useRef<SVGSVGElement>(null);
  const { width } = useSize(ref);
  const sample = samples.find((one) => one.name === name) ?? samples[0];
  const members = sample?.members;
  const nonMembers = sample?.nonMembers;
  const drawn = useMemo(() => {
    if (!members || !nonMembers || members.length === 0 || nonMembers.length === 0) return null;
    const [low, high] = endsOf([...members, ...nonMembers]);
    const curve = rocCurve(members, nonMembers);
    const area = curve.slice(1).reduce((sum, { tpr, fpr }, i) => {
      const before = curve[i] as (typeof curve)[number];
      return sum + ((fpr - before.fpr) * (tpr + before.tpr)) / 2;
    }, 0);
    return { low, high, curve, area, inside: binned(members, low, high), outside: binned(nonMembers, low, high) };
  }, [members, nonMembers]);
  if (!sample || !drawn) return null;
  const { low, high, curve, area, inside, outside } = drawn;
  const threshold = low + at * (high - low);
  const share = (values: readonly number[]) => values.filter((value) => value >= threshold).length / values.length;
  const [tpr, fpr] = [share(sample.members), share(sample.nonMembers)];
  const most = Math.max(...inside, ...outside, 1e-9);
  const bar = width / BINS;
  const y = (value: number): number => HEIGHT - PAD - (value / most) * (HEIGHT - PAD - 6);
  const outline = outside.map((value, i) => `M${i * bar} ${y(value)}H${(i + 1) * bar}`).join('');
  const filled = inside
    .map((value, i) => `M${i * bar} ${HEIGHT - PAD}V${y(value)}h${Math.max(0, bar - 1)}V${HEIGHT - PAD}Z`)
    .join('');
  const inner = SIDE - PAD;
  return (
    <div className="attack__row">
      <div>
        <TableToggle isTable={isTable} label={words.table} onToggle={setIsTable} />
        <label htmlFor={`${id}-model`}>{words.model}</label>{' '}
        <select id={`${id}-model`} value={sample.name} onChange={(event) => setName(event.target.value)}>
          {samples.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>{' '}
        <span className="small muted">
          {words.seed(sample.seed)} · <span aria-hidden="true">■</span> {words.member} ·{' '}
          <span aria-hidden="true">―</span> {words.other}
        </span>
        {isTable ? <ScoreTable {...{ low, high, inside, outside }} /> : null}
        <svg
          ref={ref}
          style={isTable ? { display: 'none' } : undefined}
          className="attack__plot attack__plot--scores"
          role="img"
          aria-label={words.histogram(sample.members.length, sample.nonMembers.length)}
        >
          <path className="attack__member" d={filled} />
          <path className="attack__other" d={outline} />
          <line className="attack__threshold" x1={at * width} x2={at * width} y1={0} y2={HEIGHT - PAD} />
          <text x={0} y={HEIGHT - 10}>
            {low.toFixed(1)}
          </text>
          <text x={width} y={HEIGHT - 10} textAnchor="end">
            {high.toFixed(1)}
          </text>
        </svg>
        <input
          className="attack__slider"
          type="range"
          min={0}
          max={1}
          step={0.005}
          value={at}
          aria-label={words.threshold}
          aria-valuetext={words.value(threshold)}
          title={words.threshold}
          onChange={(event) => setAt(Number(event.target.value))}
        />
        <p className="attack__axis small muted">{axis}</p>
        <p className="attack__facts">
          <span>{words.hits(tpr)}</span>
          <span>{words.accused(fpr)}</span>
          <span>{words.balanced((tpr + 1 - fpr) / 2)}</span>
        </p>
      </div>
      <figure className="attack__rocbox">
        <svg
          className="attack__plot attack__plot--roc"
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          role="img"
          aria-label={words.roc}
        >
          <rect className="attack__frame" x={PAD} y={0} width={inner} height={inner} />
          <line className="attack__grid" x1={PAD} y1={inner} x2={SIDE} y2={0} />
          <polyline
            className="attack__roc"
            points={curve.map((point) => `${PAD + point.fpr * inner},${(1 - point.tpr) * inner}`).join(' ')}
          />
          <circle className="attack__dot" cx={PAD + fpr * inner} cy={(1 - tpr) * inner} r={5} />
          <text x={PAD + inner / 2} y={SIDE - 8} textAnchor="middle">
            {words.accusedAxis}
          </text>
          <text transform={`translate(14 ${inner / 2}) rotate(-90)`} textAnchor="middle">
            {words.hitsAxis}
          </text>
        </svg>
        <figcaption>{words.area(area)}</figcaption>
      </figure>
    </div>
  );
};
