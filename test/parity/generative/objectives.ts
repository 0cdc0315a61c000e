import { beforeAll, describe, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Head } from '../../../src/engine/contracts/head.ts';
import type { AnyTerm, Batch, LaneTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { mlp } from '../../../src/engine/network/model.ts';
import type { MlpSpec } from '../../../src/engine/network/shape.ts';
import { rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import { network } from '../../../src/engine/start.ts';
import { methods } from '../../../src/methods/registry.ts';
import { retainTerms } from '../../../src/retain/registry.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees, fromLogProbs } from '../agreement.ts';
import { flatNumbers } from '../reference.ts';
import { flat, generative, lossEntry, tolerance } from './fixtures.ts';

type Numbers = readonly (readonly number[])[];

const specOf = (inputs: number, outputs: number): MlpSpec => ({
  inputs,
  hidden: [8, 8],
  classes: outputs,
  activation: ['tanh', 'relu'],
  init: 'auto',
});

const theta = (weights: Readonly<Record<string, unknown>>): tf.Tensor => {
  const values = flat(weights);
  return tf.tensorOf(values, [1, values.length]);
};

const rowsAsTensor = (rows: Numbers): tf.Tensor =>
  tf.tensorOf(Float32Array.from(rows.flat()), [1, rows.length, rows[0]?.length ?? 0]);

/** Rows with their targets as a batch of one lane, with what the original model says of them. */
const batchOf = (spec: MlpSpec, head: Head, original: tf.Tensor, inputs: Numbers, targets: Numbers): Batch => {
  const x = rowsAsTensor(inputs);
  return { head, x, y: rowsAsTensor(targets), reference: mlp(spec).forward(original, x).logits, size: inputs.length };
};

const { diffusion, regression } = generative;

/** A noised point, when, and under which class, as the network gets it. */
const noised = (
  { x0, t, eps }: { x0: Numbers; t: readonly number[]; eps: Numbers },
  classOf: (row: number) => number,
) =>
  x0.map((point, row) => {
    const time = t[row] as number;
    const kept = diffusion.abar[time] as number;
    const x = point.map((own, i) => Math.sqrt(kept) * own + Math.sqrt(1 - kept) * (eps[row]?.[i] as number));
    const condition = Array.from({ length: diffusion.C }, (_, c) => (c === classOf(row) ? 1 : 0));
    return [...x, ...(diffusion.time_features[time] as readonly number[]), ...condition];
  });

const diffusionBatches = (spec: MlpSpec) => {
  const head: Head = { kind: 'real', variance: 0.5 }; // log p is minus the squared error
  const original = theta(diffusion.theta_ref);
  const { forget, retain } = diffusion;
  const batches = {
    forget: batchOf(
      spec,
      head,
      original,
      noised(forget, () => forget.c),
      forget.eps,
    ),
    retain: batchOf(
      spec,
      head,
      original,
      noised(retain, (row) => retain.c[row] as number),
      retain.eps,
    ),
  };
  return (split: Split): Batch => batches[split];
};

const regressionBatches = (spec: MlpSpec) => {
  const { tau } = lossEntry('regression', 'npo_gauss_rt');
  const head: Head = { kind: 'real', variance: tau * tau };
  const original = theta(regression.theta_ref);
  const taken = (rows: Numbers, isForgotten: boolean) =>
    rows.filter((_, row) => (regression.unlearn[row] === 1) === isForgotten);
  const half = (isForgotten: boolean) =>
    batchOf(spec, head, original, taken(regression.x, isForgotten), taken(regression.y, isForgotten));
  const batches = { forget: half(true), retain: half(false) };
  return (split: Split): Batch => batches[split];
};

const termsOf = (method: string | undefined, retain: string | undefined, beta = 1): LaneTerm[] => [
  ...((method ? (methods.get(method)?.terms ?? []) : []) as AnyTerm[]).map((term) => ({ term, settings: [{ beta }] })),
  ...(retain ? [{ term: retainTerms.get(retain)?.term as AnyTerm, settings: [{}] }] : []),
];

const CASES = [
  { family: 'diffusion', id: 'eps_mse_retain', method: undefined, retain: 'ce' },
  { family: 'diffusion', id: 'ga_rt', method: 'ga', retain: 'ce' },
  { family: 'diffusion', id: 'npo_eps', method: 'npo', retain: undefined },
  { family: 'regression', id: 'ga_rt', method: 'ga', retain: 'ce' },
  { family: 'regression', id: 'npo_gauss_rt', method: 'npo', retain: 'ce' },
] as const;

const KINDS = {
  diffusion: { spec: specOf(2 + 9 + diffusion.C, 2), theta: diffusion.theta, batches: diffusionBatches },
  regression: { spec: specOf(1, 1), theta: regression.theta, batches: regressionBatches },
};

describe.each(['kernels', 'cpu'] as const)(
  'objectives under a real head agree with the reference numbers, on %s',
  (engine) => {
    beforeAll(() => useEngine(engine));

    it.each(CASES)('$family $id: value and gradient', ({ family, id, method, retain }) => {
      tf.tidy(() => {
        const { spec, theta: own, batches } = KINDS[family];
        const [model, weights, batch] = [network(spec), theta(own), batches(spec)];
        const terms = termsOf(method, retain);
        const value = terms.reduce((sum, { term }) => {
          const rows = rowsOf(model.forward(weights, batch(term.on).x).logits, batch(term.on));
          const loss = termLoss(term, rows, { beta: tf.tensor2d([[1]]) }, batch(term.on));
          return sum + (loss.dataSync()[0] as number);
        }, 0);
        agrees([value], [lossEntry(family, id)['value']], tolerance, 'value');
        const gradient = objectiveGradient(model, { weights, terms, batch });
        agrees(gradient.dataSync(), flat(lossEntry(family, id)['grad']), tolerance, 'gradient');
      });
    });

    it('npo_gauss_rt: the weight of each row', () => {
      const { beta, weights: expected } = lossEntry('regression', 'npo_gauss_rt');
      tf.tidy(() => {
        const { spec, theta: own, batches } = KINDS.regression;
        const batch = batches(spec)('forget');
        const rows = rowsOf(network(spec).forward(theta(own), batch.x).logits, batch);
        const [logP, original] = [rows.logP, rows.logPReference].map((values) => Array.from(values.dataSync()));
        const found = fromLogProbs('npo', { beta }, logP as number[], original as number[]);
        agrees(found.weights, flatNumbers(expected), tolerance, 'weights W');
      });
    });
  },
);
