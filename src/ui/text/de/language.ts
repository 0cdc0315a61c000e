import type { Language } from '../language.ts';
import { termsOf } from '../terms.ts';
import { answers } from './answers.ts';
import * as attack from './attack.ts';
import { face } from './face.ts';
import { ownFacts } from './facts.ts';
import { leaderboard } from './leaderboard.ts';
import * as learn from './learn.ts';
import * as measure from './measure.ts';
import { own } from './own.ts';
import { page } from './page.ts';
import { pairs } from './pairs.ts';
import * as points from './points.ts';
import { resultsFile } from './results-file.ts';
import { tournament } from './tournament.ts';

const catalogues: Readonly<Record<string, object>> = {
  page,
  'charts/face': face,
  'compare/difference': points.difference,
  'compare/light': points.light,
  'csv/csv': points.csv,
  'edit/edit': points.edit,
  'facts/facts': ownFacts,
  pairs,
  'learn/gallery': learn.gallery,
  'learn/lessons': learn.lessons,
  'learn/methods': learn.methods,
  'attack/attack': attack.attack,
  'attack/backdoor': attack.backdoor,
  'attack/epsilon': attack.epsilon,
  'attack/lira': attack.lira,
  'attack/membership': attack.membership,
  'attack/probe': attack.probe,
  'attack/relearn': attack.relearn,
  'attack/compose': attack.compose,
  'attack/relearn-numbers': attack.relearnNumbers,
  'attack/others': attack.others,
  'attack/scores': attack.scores,
  'own/own': own,
  'pictures/answers': answers,
  'measure/averaging': measure.averaging,
  'measure/distances': measure.distances,
  'measure/leaderboard': leaderboard,
  'measure/locality': measure.locality,
  'measure/metric-table': measure.metricTable,
  'measure/pull-weights': measure.pullWeights,
  'measure/results-file': resultsFile,
  'measure/slopes': measure.slopes,
  'measure/sweep': measure.sweep,
  'measure/tournament': tournament,
  'measure/weight-change': measure.weightChange,
  'pictures/clouds': points.clouds,
  'pictures/numbers': points.numbers,
};

/** What the engine, presets and lessons say. */
const terms = import.meta.glob<Readonly<Record<string, string>>>('./terms/*.json', { eager: true, import: 'default' });

/** German. Terms of the field that German texts use in English stay English. */
const german: Language = {
  words: (catalogue) => catalogues[catalogue],
  term: termsOf(...Object.values(terms)),
};
export default german;
