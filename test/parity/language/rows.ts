import { beforeAll, describe, it } from 'vitest';
import { useEngine } from '../../support/engine.ts';
import { agrees, fromLogProbs, lossOnLogits } from '../agreement.ts';
import { language, lossEntry, tolerance } from './fixtures.ts';

/** Losses that are a mean over answer tokens: what they come to on the file's own logits of the forget answers. */
const TOKEN_MEANS = {
  ga: { method: 'ga', settings: {} },
  wga: { method: 'wga', settings: { beta: 'beta' } },
  satimp: { method: 'satimp', settings: { saturation: 'beta1', importance: 'beta2' } },
  ceu_all: { method: 'ceu', settings: {} },
  pdu_forget: { method: 'pdu', settings: {} },
} as const;

describe('losses over tokens agree with the authors’ code', () => {
  beforeAll(() => useEngine('kernels'));

  it.each(Object.entries(TOKEN_MEANS))('%s: the value from given logits', (id, { method, settings }) => {
    const { hyper, value } = lossEntry(id);
    const values = Object.fromEntries(
      Object.entries<string>(settings).map(([name, of]) => [name, hyper[of] as number]),
    );
    agrees(
      [lossOnLogits(method, values, language.forward.logits, language.forward.labels)],
      [value],
      tolerance,
      'value',
    );
  });

  it.each(['npo', 'npo_beta_0p1'])('%s: value and weight of each answer from given log-ratios', (id) => {
    const { hyper, value, per_sequence } = lossEntry(id);
    const { r, W } = per_sequence;
    const found = fromLogProbs('npo', { beta: hyper.beta }, r, new Array<number>(r.length).fill(0));
    agrees(found.weights, W, tolerance, 'weights W');
    agrees([found.value], [value], tolerance, 'value');
  });

  it.each([
    ['npo_rt', 'ce_retain'],
    ['npo_kl', 'kl_retain'],
  ])('%s: the same, and %s', (id, retain) => {
    const { hyper, value, per_sequence } = lossEntry(id);
    const { r, W } = per_sequence;
    const found = fromLogProbs('npo', { beta: hyper.beta }, r, new Array<number>(r.length).fill(0));
    agrees(found.weights, W, tolerance, 'weights W');
    agrees([found.value + lossEntry(retain)['value']], [value], tolerance, 'value');
  });
});
