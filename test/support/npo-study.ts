/**
 * The NPO paper's synthetic study in double precision, written from its formulas alone: the oracle that the engine is
 * held to. It shares nothing with the engine, not even the random numbers.
 */

type Vector = Float64Array;
type Matrix = readonly Vector[];

export interface Study {
  readonly W: Matrix;
  /** Inputs, labels and uninformed labels. */
  readonly retain: { readonly x: Matrix; readonly y: readonly number[] };
  readonly forget: { readonly x: Matrix; readonly y: readonly number[]; readonly idk: readonly number[] };
  readonly evalRetain: { readonly x: Matrix; readonly y: readonly number[] };
  readonly evalForget: { readonly x: Matrix; readonly y: readonly number[] };
  /** Output weights of the models that were trained on everything and on the retain set alone. */
  readonly finetuned: Vector;
  readonly retrained: Vector;
}

export interface Sizes {
  readonly alpha: number;
  readonly inputs: number;
  readonly features: number;
  readonly retain: number;
  readonly forget: number;
  readonly evaluation: number;
  readonly pretraining: number;
}

export type Objective = 'ga' | 'idk' | 'npo' | 'dpo' | 'kto';

export interface StudyRun {
  readonly objective: Objective;
  readonly retain: 'none' | 'ce' | 'kl';
  readonly learningRate: number;
  readonly beta: number;
}

/** Mulberry32. */
const uniformsOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
};

const softplus = (s: number): number => (s > 0 ? s + Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s)));
const sg = (s: number): number => 1 / (1 + Math.exp(-s));
/** log p(y) where the logits are (s, 0). */
const logP = (s: number, y: number): number => (y === 0 ? -softplus(-s) : -softplus(s));
/** d log p(y) / ds */
const slope = (s: number, y: number): number => (y === 0 ? 1 - sg(s) : -sg(s));
/** KL(p || q) of two-class distributions by their logits. */
const divergence = (p: number, q: number): number =>
  [0, 1].reduce((sum, y) => sum + Math.exp(logP(p, y)) * (logP(p, y) - logP(q, y)), 0);

const inner = (a: Vector, b: Vector): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};
const phi = (W: Matrix, x: Matrix): Matrix => x.map((row) => Float64Array.from(W, (w) => Math.max(0, inner(w, row))));
const scores = (features: Matrix, a: Vector): number[] => features.map((f) => inner(f, a));

/** a -= rate * the sum of rowSlopes[i] * features[i]. */
const descend = (a: Vector, features: Matrix, rowSlopes: readonly number[], rate: number): void => {
  features.forEach((f, i) => {
    const scale = rate * (rowSlopes[i] as number);
    if (scale !== 0) for (let j = 0; j < a.length; j++) a[j] = (a[j] as number) - scale * (f[j] as number);
  });
};

const trained = (features: Matrix, y: readonly number[], steps: number): Vector => {
  const a = new Float64Array((features[0] as Vector).length);
  for (let step = 0; step < steps; step++) {
    const slopes = scores(features, a).map((s, i) => -slope(s, y[i] as number) / y.length);
    descend(a, features, slopes, 0.05);
  }
  return a;
};

export const drawStudy = (seed: number, sizes: Sizes): Study => {
  const uniform = uniformsOf(seed);
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const { inputs, features, alpha } = sizes;
  const W = Array.from({ length: features }, () =>
    Float64Array.from({ length: inputs }, () => normal() / Math.sqrt(inputs)),
  );
  const population = (count: number, isForget: boolean) => {
    const x: Vector[] = [];
    const y: number[] = [];
    for (let i = 0; i < count; i++) {
      const deviation = Float64Array.from({ length: inputs }, normal);
      const majority = sg(1 + deviation.reduce((a, b) => a + b, 0) / Math.sqrt(inputs));
      x.push(deviation.map((v) => v + (isForget ? alpha : -alpha)));
      y.push(uniform() < majority ? Number(isForget) : Number(!isForget));
    }
    return { x, y };
  };
  const retain = population(sizes.retain, false);
  const forget = population(sizes.forget, true);
  const idk = forget.y.map(() => (uniform() < 0.5 ? 0 : 1));
  const [evalRetain, evalForget] = [population(sizes.evaluation, false), population(sizes.evaluation, true)];
  const [onRetain, onForget] = [phi(W, retain.x), phi(W, forget.x)];
  return {
    W,
    retain,
    forget: { ...forget, idk },
    evalRetain,
    evalForget,
    finetuned: trained([...onRetain, ...onForget], [...retain.y, ...forget.y], sizes.pretraining),
    retrained: trained(onRetain, retain.y, sizes.pretraining),
  };
};

/** dLoss/ds of every forget sample, the 1/n of the mean included. */
const forgetSlopes = (
  { objective, beta }: StudyRun,
  s: readonly number[],
  s0: readonly number[],
  { y, idk }: Study['forget'],
): number[] => {
  const n = s.length;
  const ratio = (i: number, label: number) => logP(s[i] as number, label) - logP(s0[i] as number, label);
  const kl = s.reduce((sum, score, i) => sum + divergence(score, s0[i] as number), 0) / n;
  return s.map((score, i) => {
    const [label, other] = [y[i] as number, idk[i] as number];
    const own = slope(score, label);
    const weight = (margin: number) => 2 * sg(margin);
    const rules: Readonly<Record<Objective, () => number>> = {
      ga: () => own,
      idk: () => -slope(score, other),
      npo: () => weight(beta * ratio(i, label)) * own,
      dpo: () => weight(-beta * (ratio(i, other) - ratio(i, label))) * (own - slope(score, other)),
      kto: () => weight(beta * (ratio(i, label) - kl)) * own,
    };
    return rules[objective]() / n;
  });
};

export interface Trajectory {
  readonly steps: readonly number[];
  readonly forgetDistance: readonly number[];
  readonly retainDistance: readonly number[];
  readonly forgetKl: readonly number[];
}

/** Full-batch gradient descent from the fine-tuned weights, recorded before every step that `every` divides and at the end. */
export const unlearnStudy = (study: Study, run: StudyRun, steps: number, every: number): Trajectory => {
  const { W, retain, forget } = study;
  const [onRetain, onForget] = [phi(W, retain.x), phi(W, forget.x)];
  const [onEvalRetain, onEvalForget] = [phi(W, study.evalRetain.x), phi(W, study.evalForget.x)];
  const a = Float64Array.from(study.finetuned);
  const [r0, f0] = [scores(onRetain, study.finetuned), scores(onForget, study.finetuned)];
  const distance = (points: Matrix, reference: Vector) => {
    const [p, q] = [scores(points, reference), scores(points, a)];
    return p.reduce((sum, score, i) => sum + divergence(score, q[i] as number), 0) / p.length;
  };
  const out = {
    steps: [] as number[],
    forgetDistance: [] as number[],
    retainDistance: [] as number[],
    forgetKl: [] as number[],
  };
  for (let step = 0; ; step++) {
    if (step % every === 0 || step === steps) {
      out.steps.push(step);
      out.forgetDistance.push(distance(onEvalForget, study.retrained));
      out.retainDistance.push(distance(onEvalRetain, study.retrained));
      out.forgetKl.push(distance(onEvalForget, study.finetuned));
    }
    if (step === steps) return out;
    const onF = forgetSlopes(run, scores(onForget, a), f0, forget);
    const r = run.retain === 'none' ? [] : scores(onRetain, a);
    const onR = r.map((s, i) =>
      run.retain === 'ce' ? -slope(s, retain.y[i] as number) / r.length : (sg(s) - sg(r0[i] as number)) / r.length,
    );
    descend(a, onForget, onF, run.learningRate);
    if (run.retain !== 'none') descend(a, onRetain, onR, run.learningRate);
  }
};
