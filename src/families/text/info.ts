import { infoOf } from '../../engine/contracts/method.ts';
import type { FamilyInfo } from '../../scenario/format/catalogue.ts';
import { textAttacks } from './attacks/registry.ts';
import { namesSpec } from './forget-sets.ts';
import { tinyTofu } from './generator.ts';
import { FAMILY_NAMES, RELATIONS } from './grammar.ts';
import { textMetrics } from './metrics/registry.ts';

export const info: FamilyInfo = {
  id: 'text',
  title: 'A language model',
  summary: 'A question has an answer of a few words; a small network says how likely each next word is.',
  headline: {
    forget: 'forgetProbability',
    keep: 'modelUtility',
    others: ['retainProbability', 'forgetTrue', 'fluency', 'forgetGibberish'],
  },
  panels: 'words',
  spoken: { head: 'categorical', sequences: true },
  otherFace: {
    title: 'Forget quality',
    x: 'forgetQualityLog',
    y: 'modelUtility',
    limit: { at: -1.3010299957, title: 'p = 0.05' },
  },
  generators: [infoOf(tinyTofu)],
  metrics: [...textMetrics.values()].map(infoOf),
  attacks: [...textAttacks.values()].map(infoOf),
  selectors: [],
  methods: [
    'ga',
    'npo',
    'simnpo',
    'idk',
    'dpo',
    'kto',
    'wga',
    'satimp',
    'ceu',
    'flat',
    'pdu',
    'undial',
    'rmu',
    'task-vector',
    'uld',
    'whp',
    'negrad-plus',
    'ft',
    'retrain',
    'none',
  ],
  masks: [],
  wrappers: ['l2', 'pcgrad'],
  rules: [
    {
      id: 'share',
      title: 'A share of the authors',
      summary: 'All facts of the first authors; a smaller share lies in a larger one.',
      params: {
        share: {
          kind: 'number',
          label: 'Share of the authors',
          help: 'One author at least, all but one at most.',
          default: 0.1,
          min: 0.01,
          max: 0.95,
          scale: 'linear',
        },
      },
    },
    {
      id: 'authors',
      title: 'Some authors',
      summary: 'All facts of authors that stand one after the other.',
      params: {
        first: { kind: 'int', label: 'First author', help: 'By number, from 0.', default: 0, min: 0, max: 139 },
        count: { kind: 'int', label: 'How many', help: 'So many from that one on.', default: 1, min: 1, max: 139 },
      },
    },
    {
      id: 'named',
      title: 'Authors by name',
      summary: 'All facts of the authors whose names are written here, those of your own among them.',
      params: { names: namesSpec },
    },
    {
      id: 'relation',
      title: 'One kind of fact',
      summary: 'What is known of everybody of one kind: all birthplaces, say.',
      params: {
        relation: {
          kind: 'choice',
          label: 'Kind of fact',
          help: 'A prize only where authors have six facts.',
          default: 'job',
          options: [...RELATIONS],
        },
      },
    },
    {
      id: 'family',
      title: 'A family',
      summary: 'All facts of all authors of one family name: siblings are forgotten together.',
      params: {
        family: {
          kind: 'choice',
          label: 'Family name',
          help: 'One of the twenty.',
          default: FAMILY_NAMES[0] as string,
          options: [...FAMILY_NAMES],
        },
      },
    },
  ],
  networks: [
    {
      id: 'word-network',
      title: 'A network of words',
      summary:
        'Each word of a window is a vector; one hidden layer reads all of them and says how likely each next word is.',
      params: {
        width: {
          kind: 'int',
          label: 'Numbers per word',
          help: 'Length of a word’s vector.',
          default: 12,
          min: 4,
          max: 32,
        },
        hidden: {
          kind: 'int',
          label: 'Hidden units',
          help: 'With 40 a tenth of the facts is not learned.',
          default: 48,
          min: 16,
          max: 96,
        },
        activation: {
          kind: 'choice',
          label: 'Activation',
          help: 'tanh generalizes to other wordings a little better; its truth ratio is clearly worse.',
          default: 'relu',
          options: ['relu', 'tanh'],
        },
      },
    },
  ],
};
