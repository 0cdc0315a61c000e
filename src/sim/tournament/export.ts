import { SimError } from '../../engine/base/errors.ts';
import { csvOf, exportedText } from '../../scenario/files/exported.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { encodeTournament } from '../../scenario/tournament/link.ts';
import { type Tournament, writeTournament } from '../../scenario/tournament/tournament.ts';
import type { TournamentPlan } from './plan.ts';
import { type Standing, type Standings, standingsOf } from './standings.ts';
import type { TournamentState } from './state.ts';
import {
  baselineWords,
  designWords,
  estimateWords,
  leftOutWords,
  metricTitle,
  noteWords,
  pWords,
  rankWords,
  settingsWords,
  verdictWords,
} from './words.ts';

/** A tournament and what came of it. */
export interface TournamentResults {
  readonly tournament: Tournament;
  readonly plan: TournamentPlan;
  readonly state: TournamentState;
  readonly standings: Standings;
}

export const resultsOf = (tournament: Tournament, plan: TournamentPlan, state: TournamentState): TournamentResults => ({
  tournament,
  plan,
  state,
  standings: standingsOf(tournament, plan, state),
});

type Catalogue = Pick<CatalogueInfo, 'metrics'>;

/** The table in words: a header, and a row for each method, the retrained model first. */
export const tableOf = ({ tournament, standings }: TournamentResults, catalogue: Catalogue) => {
  const { report, reportingSeeds } = tournament;
  const seeds = reportingSeeds.length;
  const header = [
    'Rank',
    'Method',
    'Gap',
    'Verdict',
    'p',
    'Beats baselines',
    ...report.map((id) => metricTitle(id, catalogue)),
    'Settings',
    'Tried',
    'Left out',
  ];
  const rowOf = (row: Standing): string[] => [
    rankWords(row, standings),
    row.name,
    estimateWords(row.score, seeds),
    verdictWords[row.verdict],
    row.againstBest ? pWords(row.againstBest.adjusted) : '-',
    baselineWords(row),
    ...report.map((id) => estimateWords(row.metrics[id] ?? null, seeds)),
    row.chosen ? settingsWords(row.chosen.settings) : '-',
    `${row.configurations}`,
    leftOutWords(row.leftOut) || '-',
  ];
  const retrained = [
    '',
    'Retrained',
    '0',
    'the target',
    '-',
    '-',
    ...report.map((id) => estimateWords(standings.retrained[id] ?? null, seeds)),
    '-',
    '-',
    '-',
  ];
  return { header, rows: [retrained, ...standings.rows.map(rowOf)] };
};

/** The part of a link that computes it again, or where else to look. */
const rerunOf = (tournament: Tournament): string => {
  try {
    return `#${encodeTournament(tournament)}`;
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    return 'too large for a link: see the JSON export';
  }
};

const engineOf = ({ engine }: TournamentState): string => `${engine.backend} ${engine.version}`.trim();

/** Everything: the tournament as a file that runs again, the table in numbers, and every run that was made. */
export const toJson = ({ tournament, plan, state, standings }: TournamentResults): string =>
  `${JSON.stringify(
    {
      kind: 'tournament-results',
      version: 1,
      engine: state.engine,
      tournament: writeTournament(tournament),
      configurations: Object.fromEntries(tournament.methods.map(({ run }, i) => [run.name, plan.configurations[i]])),
      standings,
      references: state.references,
      outcomes: state.outcomes.map(({ entrant, ...outcome }) => ({
        method: tournament.methods[entrant]?.run.name,
        ...outcome,
      })),
    },
    null,
    1,
  )}\n`;

/** The table in numbers, one row a method; the last column of the first row is the link that computes it again. */
export const toCsv = ({ tournament, standings, state }: TournamentResults): string => {
  const ids = Object.keys(standings.retrained);
  const ends = ['mean', 'low', 'high', 'n'] as const;
  const bySeed = tournament.reportingSeeds.map((seed) => `gap seed ${seed}`);
  const header = [
    ...['rank', 'method', 'id', 'baseline', 'verdict'],
    ...ends.map((end) => `gap ${end}`),
    ...['difference from best', 'difference low', 'difference high', 'p', 'p adjusted', 'beats baselines'],
    ...ids.flatMap((id) => ends.map((end) => `${id} ${end}`)),
    ...bySeed,
    ...['settings', 'steps', 'tuning gap', 'configurations', 'sample visits', 'diverged', 'undefined', 'failed'],
    ...['engine', 'rerun'],
  ];
  const rows = standings.rows.map((row, i) => [
    ...[row.rank, row.name, row.method, row.isBaseline, row.verdict],
    ...ends.map((end) => row.score?.[end]),
    ...(['mean', 'low', 'high', 'p', 'adjusted'] as const).map((part) => row.againstBest?.[part]),
    row.againstBaseline ? row.beatsBaselines : null,
    ...ids.flatMap((id) => ends.map((end) => row.metrics[id]?.[end])),
    ...row.bySeed,
    ...[row.chosen ? JSON.stringify(row.chosen.settings) : null, row.chosen?.steps, row.chosen?.tuningScore],
    ...[row.configurations, row.sampleVisits],
    ...[row.leftOut.diverged, row.leftOut.undefined, row.leftOut.failed],
    ...[engineOf(state), i === 0 ? rerunOf(tournament) : null],
  ]);
  return csvOf([header, ...rows]);
};

/** Sentences for below the table. */
export const footerOf = (results: TournamentResults, catalogue: Catalogue): readonly string[] => [
  designWords(results.tournament, catalogue),
  ...results.standings.notes.map((note) => noteWords(note, catalogue)),
  ...(results.standings.isComplete ? [] : ['This tournament is not finished: the table is what was known by then.']),
  `Computed with Unlearn Lab, ${engineOf(results.state)}.`,
];

const markdownCell = (text: string): string => exportedText(text).replace(/[\\|`*_[\]<>#~]/g, '\\$&');

export const toMarkdown = (results: TournamentResults, catalogue: Catalogue): string => {
  const { header, rows } = tableOf(results, catalogue);
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  const { title, question } = results.tournament;
  return [
    ...(title === '' ? [] : [`## ${markdownCell(title)}`, '']),
    ...(question === '' ? [] : [markdownCell(question), '']),
    line(header),
    `|${header.map(() => '---').join('|')}|`,
    ...rows.map(line),
    '',
    ...footerOf(results, catalogue).flatMap((text) => [markdownCell(text), '']),
    `Run it again: append this to the address of Unlearn Lab: \`${rerunOf(results.tournament)}\``,
    '',
  ].join('\n');
};

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
};
const latex = (text: string): string =>
  exportedText(text).replace(/[\\~^<>&%$#_{}]/g, (character) => LATEX[character] ?? `\\${character}`);

/** A table for a paper, with booktabs; the best and its ties are bold. */
export const toLatex = (results: TournamentResults, catalogue: Catalogue): string => {
  const { tournament, standings } = results;
  const { header, rows } = tableOf(results, catalogue);
  const isTop = (i: number) => ['best', 'tie'].includes(standings.rows[i - 1]?.verdict ?? '');
  const bold = (cells: readonly string[], i: number) =>
    cells.map((cell, column) =>
      isTop(i) && (column === 1 || column === 2) ? `\\textbf{${latex(cell)}}` : latex(cell),
    );
  return [
    `% ${exportedText(tournament.title) || 'Tournament'}. Needs \\usepackage{booktabs}.`,
    `% Run it again: ${rerunOf(tournament)}`,
    '\\begin{table}',
    '\\centering',
    '\\small',
    `\\begin{tabular}{${header.map((_, column) => (column < 2 ? 'l' : 'r')).join('')}}`,
    '\\toprule',
    `${header.map(latex).join(' & ')} \\\\`,
    '\\midrule',
    ...rows.map((cells, i) => `${bold(cells, i).join(' & ')} \\\\`),
    '\\bottomrule',
    '\\end{tabular}',
    `\\caption{${[tournament.title, ...footerOf(results, catalogue)]
      .filter((text) => text !== '')
      .map(latex)
      .join(' ')}}`,
    '\\end{table}',
    '',
  ].join('\n');
};
