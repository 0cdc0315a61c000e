import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod, RetainTerm } from '../../../src/engine/contracts/method.ts';
import type { AnyTerm, LaneTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { crossEntropy, isRowTerm, rowsOf, termLoss, weighRows } from '../../../src/engine/objective/rows.ts';
import { methods } from '../../../src/methods/registry.ts';
import { retainTerms } from '../../../src/retain/registry.ts';
import { useEngine } from '../../support/engine.ts';
import {
  ENGINES,
  fixtureBatch,
  fixtureModel,
  fixtures,
  flatNumbers,
  has,
  knob,
  type LossEntry,
  lossEntry,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

/** How an entry is composed here. `scale`, `retainWeight` and the values of `params` name knobs of the entry's own `hyper`. */
interface Composition {
  readonly method?: string;
  readonly scale?: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Settings that the entry does not name. */
  readonly fixed?: Readonly<Record<string, number | string>>;
  readonly retain?: string;
  readonly retainWeight?: string;
  /** Plain cross-entropy on these splits. */
  readonly crossEntropy?: readonly Split[];
  /** Times the divergence from the original model on the forget set, which no method here has by itself. */
  readonly klForget?: number;
  /** One mean over both sets: each counts as many times as it has rows. */
  readonly joint?: true;
}

const simnpo = {
  method: 'simnpo',
  params: { beta: 'beta', delta: 'gamma_margin' },
  fixed: { forgetWeight: 1 },
} as const;
const dpo = { method: 'dpo', params: { beta: 'beta' }, fixed: { factor: '2/β' } } as const;
const kto = (form: string) => ({ method: 'kto', params: { beta: 'beta' }, fixed: { form } }) as const;
const flatBy = (divergence: string) => ({ method: 'flat', fixed: { divergence } }) as const;
const npo = { method: 'npo', params: { beta: 'beta' } } as const;
const COMPOSED: Readonly<Record<string, Composition>> = {
  ce_forget: { crossEntropy: ['forget'] },
  ce_retain: { method: 'ft' },
  ga: { method: 'ga' },
  ga_at_reference: { method: 'ga' },
  graddiff: { method: 'ga', retain: 'ce' },
  graddiff_weighted: { method: 'ga', scale: 'gamma', retain: 'ce', retainWeight: 'alpha' },
  kl_retain_forward: { retain: 'kl' },
  kl_retain_forward_ou: { retain: 'kl' },
  kl_retain_reverse: { retain: 'kl-reverse' },
  ga_kl: { method: 'ga', retain: 'kl' },
  npo,
  npo_beta_small: npo,
  npo_beta_0p1: npo,
  npo_beta_10: npo,
  npo_at_reference: npo,
  npo_open_unlearning: npo,
  npo_rt: { ...npo, retain: 'ce' },
  npo_kl: { ...npo, retain: 'kl' },
  npo_rt_weighted: { ...npo, scale: 'npo_coeff', retain: 'ce', retainWeight: 'grad_diff_coeff' },
  idk_rt: { method: 'idk', fixed: { target: 'drawn label' }, retain: 'ce' },
  uniform_forget: { method: 'idk', fixed: { target: 'uniform' } },
  negrad_plus: { method: 'negrad-plus', params: { alpha: 'alpha' } },
  dpo,
  dpo_open_unlearning: dpo,
  dpo_rt: { ...dpo, retain: 'ce' },
  dpo_kl: { ...dpo, retain: 'kl' },
  kto_synthetic: kto('KL of the forget set'),
  kto_tofu_logsigmoid: kto('uninformed answer'),
  kto_tofu_sigmoid: kto('sigmoid'),
  kto_tofu_logsigmoid_rt: { ...kto('uninformed answer'), retain: 'ce' },
  undial: { method: 'undial', params: { beta: 'beta' } },
  wga: { method: 'wga', params: { beta: 'beta' } },
  satimp: { method: 'satimp', params: { saturation: 'beta1', importance: 'beta2' } },
  ceu: { method: 'ceu' },
  pdu_forget: { method: 'pdu' },
  simnpo,
  simnpo_rt: { ...simnpo, retain: 'ce' },
  simnpo_kl: { ...simnpo, retain: 'kl' },
  simnpo_margin_rt_weighted: {
    method: 'simnpo',
    params: { beta: 'beta', delta: 'delta' },
    fixed: { forgetWeight: 1 },
    scale: 'gamma',
    retain: 'ce',
    retainWeight: 'alpha',
  },
  flat_kl: flatBy('KL'),
  flat_jeffrey: flatBy('Jeffrey'),
  flat_pearson: flatBy('Pearson'),
  flat_jenson_shannon: flatBy('Jensen-Shannon'),
  flat_total_variation: flatBy('total variation'),
  rl_all_classes: { method: 'rl' },
  rl_other_classes: { method: 'rl' },
  uld_assistant: { method: 'uld', params: { retainWeight: 'retain_weight' } },
  rl_weighted: { method: 'rl', retain: 'ce', retainWeight: 'alpha' },
  rl_joint_concat: { method: 'rl', retain: 'ce', joint: true },
  graddiff_klforget: { method: 'ga', retain: 'ce', klForget: 2 },
};

/** The alternative labels of an entry: its own, or the data's "I don't know" labels. */
const labelsOf = (entry: LossEntry): readonly number[] =>
  has(entry, 'labels') ? (entry['labels'] as number[]) : fixtures.data.forget.y_idk;

const column = (value: number): tf.Tensor => tf.tensor2d([[value]]);

const termsOf = (entry: LossEntry, composed: Composition): LaneTerm[] => {
  const terms: LaneTerm[] = (composed.crossEntropy ?? []).map((on) => ({ term: crossEntropy(on), settings: [{}] }));
  if (composed.method) {
    const method = methods.get(composed.method) as AnyMethod;
    const knobs = Object.entries(composed.params ?? {}).map(([name, of]) => [name, knob(entry, of)]);
    const settings = { ...composed.fixed, ...Object.fromEntries(knobs) };
    for (const term of (method.terms ?? []) as readonly AnyTerm[]) {
      terms.push({ term, settings: [settings], ...(composed.scale && { scale: [knob(entry, composed.scale)] }) });
    }
  }
  if (composed.retain) {
    const { term } = retainTerms.get(composed.retain) as RetainTerm;
    terms.push({ term, settings: [{}], ...(composed.retainWeight && { scale: [knob(entry, composed.retainWeight)] }) });
  }
  if (composed.klForget) {
    const { term } = retainTerms.get('kl') as RetainTerm;
    terms.push({ term: { ...term, on: 'forget' }, settings: [{}], scale: [composed.klForget] });
  }
  if (!composed.joint) return terms;
  const { forget, retain } = fixtures.data;
  const all = forget.y.length + retain.y.length;
  return terms.map((one) => ({ ...one, scale: [fixtures.data[one.term.on].y.length / all] }));
};

/** Value, gradient and per-row weights of an entry, as the engine computes them. */
const computed = (entry: LossEntry, composed: Composition) =>
  tf.tidy(() => {
    const model = fixtureModel();
    const reference = weightsNamed(entry.at.ref);
    const theta = tf.tensor2d(weightsNamed(entry.at.theta), [1, model.size]);
    const batches = {
      forget: fixtureBatch(model, 'forget', reference, labelsOf(entry)),
      retain: fixtureBatch(model, 'retain', reference),
    };
    const terms = termsOf(entry, composed);
    const gradient = objectiveGradient(model, { weights: theta, terms, batch: (split) => batches[split] });
    const rows = {
      forget: rowsOf(model.forward(theta, batches.forget.x).logits, batches.forget),
      retain: rowsOf(model.forward(theta, batches.retain.x).logits, batches.retain),
    };
    const value = terms.reduce((sum, { term, settings, scale }) => {
      const asTensors = Object.fromEntries(
        Object.entries(settings[0] as Record<string, number | string>).map(([name, value]) => [
          name,
          typeof value === 'number' ? column(value) : value,
        ]),
      );
      return sum + (scale?.[0] ?? 1) * (termLoss(term, rows[term.on], asTensors).dataSync()[0] as number);
    }, 0);
    const first = terms.find(({ term }) => term.on === 'forget');
    const [logP, logPAlternative, logPReference] = [
      rows.forget.logP,
      rows.forget.logPAlternative,
      rows.forget.logPReference,
    ].map((tensor) => tensor.dataSync() as Float32Array) as [Float32Array, Float32Array, Float32Array];
    const rowWeights = new Float32Array(batches.forget.size);
    const pull = first && isRowTerm(first.term) ? first.term.pulls[0] : undefined;
    if (pull)
      weighRows(pull, first?.settings[0], 1, { logP, logPAlternative, logPReference }, rowWeights.length, rowWeights);
    return { value, gradient: gradient.dataSync(), rowWeights: [...rowWeights] };
  });

describe.each(ENGINES)(`losses agree with the authors' code, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('the network itself agrees: logits and hidden activations', () => {
    const model = fixtureModel();
    for (const name of Object.keys(fixtures.forward)) {
      for (const [what, expected] of Object.entries(fixtures.forward[name] ?? {})) {
        const [split, of] = what.split('_') as ['forget' | 'retain', string];
        const found = tf.tidy(() => {
          const params = tf.tensor2d(weightsNamed(name), [1, model.size]);
          const { logits, inputs } = model.forward(params, fixtureBatch(model, split, weightsNamed(name)).x);
          return (of === 'logits' ? logits : (inputs[Number(of.slice(1))] as tf.Tensor)).dataSync();
        });
        expect(worstExcess(found, flatNumbers(expected)), `${name} ${what}`).toBeLessThanOrEqual(1);
      }
    }
  });

  for (const [id, composed] of Object.entries(COMPOSED)) {
    it(`${id}: value and gradient`, () => {
      const entry = lossEntry(id);
      const { value, gradient, rowWeights } = computed(entry, composed);
      expect(worstExcess([value], [entry.value]), 'value, in units of the tolerance').toBeLessThanOrEqual(1);
      const model = fixtureModel();
      for (const { name, offset, size } of model.layout) {
        const found = gradient.subarray(offset, offset + size);
        expect(worstExcess(found, flatNumbers(entry.grad[name])), `gradient of ${name}`).toBeLessThanOrEqual(1);
      }
      if (has(entry, 'per_sample_weight')) {
        const expected = entry.per_sample_weight as readonly number[];
        const sizes = rowWeights.map(Math.abs);
        expect(worstExcess(sizes, expected), 'weight W of each row').toBeLessThanOrEqual(1);
      }
    });
  }

  it('at the reference, the gradient of NPO is that of gradient ascent', () => {
    const own = computed(lossEntry('npo_at_reference'), npo).gradient;
    const ascent = computed(lossEntry('ga_at_reference'), { method: 'ga' }).gradient;
    own.forEach((value, i) => {
      expect(Math.abs(value - (ascent[i] as number))).toBeLessThan(1e-6);
    });
  });
});
