import { beforeAll, describe, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Head } from '../../../src/engine/contracts/head.ts';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import type { AnyTerm, Batch, Split } from '../../../src/engine/contracts/rows.ts';
import { lossGradient, objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import { network } from '../../../src/engine/start.ts';
import { numbersMetrics } from '../../../src/families/numbers/metrics.ts';
import { blindspotLoss } from '../../../src/methods/blindspot.ts';
import { methods } from '../../../src/methods/registry.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers } from '../reference.ts';
import { flat, generative, lossEntry, tolerance } from './fixtures.ts';

type Rows = readonly (readonly number[])[];

const { regression } = generative;
const SPEC = { inputs: 1, hidden: [8, 8], classes: 1, activation: ['tanh', 'relu'], init: 'auto' } as const;
const head: Head = { kind: 'real', variance: 0.5 };

const weightsNamed = (weights: Readonly<Record<string, unknown>>): tf.Tensor => {
  const values = flat(weights);
  return tf.tensorOf(values, [1, values.length]);
};
const column = (rows: Rows): tf.Tensor => tf.tensorOf(Float32Array.from(rows.flat()), [1, rows.length, 1]);

/** The pairs of a split, with the drawn numbers beside those to be forgotten. */
const batchOf = (split: Split): Batch => {
  const taken = (rows: Rows) => rows.filter((_, row) => (regression.unlearn[row] === 1) === (split === 'forget'));
  const x = taken(regression.x);
  return {
    ...{ head, x: column(x), y: column(taken(regression.y)), size: x.length },
    ...(split === 'forget' && { alternatives: column(taken(regression.y_gauss)) }),
  };
};

describe.each(['kernels', 'cpu'] as const)(
  'the methods of regression agree with the reference numbers, on %s',
  (engine) => {
    beforeAll(() => useEngine(engine));

    it('the network and the proxy say the same', () => {
      tf.tidy(() => {
        const model = network(SPEC);
        const said = (weights: Readonly<Record<string, unknown>>) =>
          model.forward(weightsNamed(weights), column(regression.x)).logits.dataSync();
        agrees(said(regression.theta), flatNumbers(regression.forward.out), tolerance, 'outputs');
        agrees(said(regression.theta_proxy), flatNumbers(regression.forward.proxy), tolerance, 'outputs of the proxy');
      });
    });

    it.each([
      ['blindspot_at50', 50],
      ['blindspot_at0', 0],
    ])('%s: value and gradient', (id, attention) => {
      tf.tidy(() => {
        const [weights, proxy] = [weightsNamed(regression.theta), weightsNamed(regression.theta_proxy)];
        const settings = { proxySteps: 1, attention: tf.tensor2d([[attention]]) };
        const loss = (at: tf.Tensor) => blindspotLoss({ model: network(SPEC), settings, batch: batchOf }, at, proxy);
        agrees(loss(weights).dataSync(), [lossEntry('regression', id)['value']], tolerance, 'value');
        const share = batchOf('forget').size / regression.x.length;
        agrees([share], [lossEntry('regression', id)['c']], tolerance, 'share of the forget set');
        const gradient = lossGradient(weights, loss).dataSync();
        agrees(gradient, flat(lossEntry('regression', id)['grad']), tolerance, 'gradient');
      });
    });

    it('gauss_mse: value and gradient, each side with its share of the rows', () => {
      tf.tidy(() => {
        const [model, weights] = [network(SPEC), weightsNamed(regression.theta)];
        const { terms = [] } = methods.get('gaussian-amnesiac') as AnyMethod;
        const N = regression.x.length;
        const parts = (terms as readonly AnyTerm[]).map((term) => ({ term, share: batchOf(term.on).size / N }));
        const value = parts.reduce((sum, { term, share }) => {
          const batch = batchOf(term.on);
          const rows = rowsOf(model.forward(weights, batch.x).logits, batch);
          return sum + share * (termLoss(term, rows, {}, batch).dataSync()[0] as number);
        }, 0);
        agrees([value], [lossEntry('regression', 'gauss_mse')['value']], tolerance, 'value');
        const lanes = parts.map(({ term, share }) => ({ term, settings: [{}], scale: [share] }));
        const gradient = objectiveGradient(model, { weights, terms: lanes, batch: batchOf });
        agrees(gradient.dataSync(), flat(lossEntry('regression', 'gauss_mse')['grad']), tolerance, 'gradient');
      });
    });
  },
);

describe('the metrics of regression agree with the reference numbers', () => {
  it('W1: the distance between two lists of numbers, each in order', () => {
    const { a, b, w1 } = regression.metrics;
    const said = (_: string, subject?: string) => Float32Array.from(subject === 'retrained' ? b : a);
    agrees([numbersMetrics.get('wasserstein')?.compute({ said } as never) as number], [w1], tolerance, 'W1');
  });
});
