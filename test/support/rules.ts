import type { OwnRule } from '../../src/scenario/formula/own.ts';

const number = (label: string, value: number, min: number, max: number) =>
  ({ label, default: value, min, max, scale: 'linear' }) as const;

/** Methods of the lab as somebody would type them: the ids of the methods, and the rules. */
export const TYPED: Readonly<Record<string, Omit<OwnRule, 'id' | 'title'>>> = {
  ga: { params: {}, terms: [{ on: 'forget', mean: 'rows', pulls: [{ towards: 'label', weight: '-1' }] }] },
  npo: {
    params: { beta: { ...number('Inverse temperature', 1, 0.001, 10), symbol: 'β' } },
    terms: [
      {
        on: 'forget',
        mean: 'examples',
        pulls: [{ towards: 'label', weight: '-2*sigmoid(beta*(logP - logPRef))' }],
      },
    ],
  },
  wga: {
    params: { beta: number('Power', 1, 0, 10) },
    terms: [{ on: 'forget', mean: 'rows', pulls: [{ towards: 'label', weight: '-exp(beta*rowLogP)' }] }],
  },
  simnpo: {
    params: {
      beta: number('Inverse temperature', 2.5, 0.01, 10),
      delta: number('Margin', 0, -5, 5),
      forgetWeight: number('Forget weight', 1, 0.01, 10),
    },
    terms: [
      {
        on: 'forget',
        mean: 'examples',
        pulls: [{ towards: 'label', weight: '-2*forgetWeight*sigmoid(beta*(logP/length + delta))/length' }],
      },
    ],
  },
  satimp: {
    params: { saturation: number('Saturation', 1, 0, 10), importance: number('Importance', 0.5, 0, 10) },
    terms: [
      {
        on: 'forget',
        mean: 'rows',
        pulls: [{ towards: 'label', weight: '-rowP^saturation * (1 - rowP)^importance' }],
      },
    ],
  },
};
