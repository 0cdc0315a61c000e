import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/scenario/document/document.ts';
import { metricsOf, type Tournament } from '../../../src/scenario/tournament/tournament.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { resultsOf, tableOf, toCsv, toJson, toLatex, toMarkdown } from '../../../src/sim/tournament/export.ts';
import { planOf } from '../../../src/sim/tournament/plan.ts';
import { type Standing, standingsOf } from '../../../src/sim/tournament/standings.ts';
import { emptyState, type Outcome, type TournamentState } from '../../../src/sim/tournament/state.ts';
import { noteWords } from '../../../src/sim/tournament/words.ts';
import { smallTournament } from '../../support/tournament.ts';

const tournamentOf = (fields: object = {}): Tournament =>
  smallTournament({
    title: 'Made up',
    methods: ['A', 'B', 'C'].map((name) => ({ name, method: 'ga', search: {} })),
    budget: { configurations: 1 },
    tuningSeeds: [0],
    reportingSeeds: [5, 6, 7, 8, 9],
    selection: ['forgetAccuracy'],
    report: ['retainAccuracy'],
    ...fields,
  });

/** A state in which the retrained models are at 0 and every method has the given distances on the reporting seeds. */
const stateOf = (
  tournament: Tournament,
  gaps: Readonly<Record<string, readonly (number | null | 'diverged')[]>>,
): TournamentState => {
  const width = metricsOf(tournament).length;
  const fill = (value: number | null) => Array.from({ length: width }, () => value);
  const outcomes = tournament.methods.flatMap(({ run }, entrant) => {
    const own = gaps[run.name] ?? tournament.reportingSeeds.map(() => 1);
    const outcome = (seed: number, gap: number | null | 'diverged'): Outcome => ({
      entrant,
      configuration: 0,
      seed,
      steps: 10,
      values: fill(gap === 'diverged' ? 0 : gap),
      divergedAt: gap === 'diverged' ? 3 : null,
      sampleVisits: 100,
    });
    return [
      ...tournament.tuningSeeds.map((seed) => outcome(seed, 0.5)),
      ...own.map((gap, i) => outcome(tournament.reportingSeeds[i] as number, gap)),
    ];
  });
  const references = [...tournament.tuningSeeds, ...tournament.reportingSeeds].map((seed) => {
    return { seed, sizes: { forget: 20, retain: 80 }, original: fill(1), retrained: fill(0) };
  });
  return { ...emptyState, references, outcomes, engine: { backend: 'kernels', version: '0.1.0' } };
};

const rowsOf = (gaps: Parameters<typeof stateOf>[1], fields: object = {}): Readonly<Record<string, Standing>> => {
  const tournament = tournamentOf(fields);
  // The made-up baselines have one configuration each, as everybody here.
  const single = { ...tournament, methods: tournament.methods.map((entrant) => ({ ...entrant, search: {} })) };
  const { rows } = standingsOf(single, planOf(single, catalogueInfo), stateOf(single, gaps));
  return Object.fromEntries(rows.map((row) => [row.name, row]));
};

const near = [0.1, 0.12, 0.11, 0.1, 0.13];
const same = [0.11, 0.1, 0.13, 0.12, 0.1];
const far = [0.4, 0.42, 0.38, 0.41, 0.4];

describe('the standings', () => {
  it('call what cannot be told apart a tie, and rank what can', () => {
    const { A, B, C, None } = rowsOf({ A: near, B: same, C: far, None: far, FT: far, 'EU-k': far });
    expect([A?.verdict, B?.verdict, C?.verdict]).toEqual(['best', 'tie', 'worse']);
    expect([A?.rank, B?.rank, C?.rank]).toEqual([1, 1, 3]);
    expect(A?.score?.mean).toBeCloseTo(0.112, 12);
    expect(B?.againstBest?.mean).toBeCloseTo(0, 12);
    expect(C?.againstBest?.low).toBeGreaterThan(0.2);
    expect(None?.isBaseline).toBe(true);
  });

  it('say who beats the baselines: by a difference that is told apart, and nobody by a tie', () => {
    const { A, B, C } = rowsOf({
      A: near,
      B: same,
      C: far,
      None: far,
      FT: [0.12, 0.11, 0.12, 0.11, 0.13],
      'EU-k': far,
    });
    expect([A?.beatsBaselines, B?.beatsBaselines, C?.beatsBaselines]).toEqual([false, false, false]);
    const clear = rowsOf({ A: near, B: same, C: far, None: far, FT: far, 'EU-k': far });
    expect([clear['A']?.beatsBaselines, clear['C']?.beatsBaselines]).toEqual([true, false]);
  });

  it('give a baseline the first place where it has it', () => {
    const { FT, A } = rowsOf({ A: far, B: far, C: far, None: far, FT: near, 'EU-k': far });
    expect(FT?.verdict).toBe('best');
    expect(A).toMatchObject({ verdict: 'worse', beatsBaselines: false, againstBaseline: { isDifferent: true } });
  });

  it('leave out what diverged or is undefined, count it, and let nobody win by what was left out', () => {
    const { A, B } = rowsOf({ A: [0, 0, 0, 0, 'diverged'], B: [0, null, null, 0, 0], C: near });
    expect(A).toMatchObject({
      verdict: 'incomplete',
      rank: null,
      leftOut: { diverged: 1, undefined: 0 },
      score: { n: 4, mean: 0 },
    });
    expect(B).toMatchObject({ verdict: 'incomplete', leftOut: { diverged: 0, undefined: 2 }, score: { n: 3 } });
    expect(A?.bySeed).toEqual([0, 0, 0, 0, null]);
  });

  it('do without a metric that the retrained model has no value of, for every method alike, and say so', () => {
    const tournament = tournamentOf({ selection: ['forgetAccuracy', 'testLoss'], report: [] });
    const state = stateOf(tournament, { A: near, B: far });
    const references = state.references.map((one) => ({ ...one, retrained: [one.retrained[0] ?? null, null] }));
    const { rows, notes } = standingsOf(tournament, planOf(tournament, catalogueInfo), { ...state, references });
    expect(rows[0]).toMatchObject({ name: 'A', verdict: 'best', score: { n: 5 }, leftOut: { undefined: 0 } });
    expect(notes).toContainEqual({ kind: 'no-metric', metrics: ['testLoss'] });
  });

  it('with the sign-flip test on five seeds find ties only, and say so', () => {
    const fields = { test: 'sign-flip' };
    const rows = Object.values(rowsOf({ A: near, B: far, C: far }, fields));
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['best', 'tie']));
    const tournament = tournamentOf(fields);
    const { notes } = standingsOf(tournament, planOf(tournament, catalogueInfo), emptyState);
    expect(notes.map((note) => noteWords(note, catalogueInfo))).toContainEqual(
      expect.stringMatching(/5 reporting seeds the sign-flip test.* everything is a tie/),
    );
  });

  it('do not depend on the order of the methods or of what came in', () => {
    const tournament = tournamentOf();
    const state = stateOf(tournament, { A: near, B: same, C: far });
    const plan = planOf(tournament, catalogueInfo);
    const shuffled = { ...state, outcomes: [...state.outcomes].reverse(), references: [...state.references].reverse() };
    expect(standingsOf(tournament, plan, shuffled)).toEqual(standingsOf(tournament, plan, state));
  });

  it('warn of one draw of data for all seeds, of few seeds, and of fewer configurations than allowed', () => {
    const tournament = smallTournament({
      redraw: false,
      reportingSeeds: [7],
      methods: [{ name: 'A', method: 'ga', search: {} }],
    });
    const { notes } = standingsOf(tournament, planOf(tournament, catalogueInfo), emptyState);
    expect(notes.map(({ kind }) => kind)).toEqual(['few-seeds', 'shared-data', 'unequal-tuning']);
    const one = stateOf(tournament, { A: [0.1] });
    expect(() => standingsOf(tournament, planOf(tournament, catalogueInfo), one)).not.toThrow();
  });

  it('are open where nothing is known', () => {
    const tournament = tournamentOf();
    const { rows, isComplete } = standingsOf(tournament, planOf(tournament, catalogueInfo), emptyState);
    expect(isComplete).toBe(false);
    expect(rows.map(({ verdict, score }) => [verdict, score])).toEqual(rows.map(() => ['open', null]));
  });
});

describe('what is exported', () => {
  const tournament = tournamentOf({
    title: 'A & B_1 <b>',
    methods: [
      { name: '=A|1', method: 'ga', search: {} },
      { name: 'B & 50%', method: 'npo', search: {} },
    ],
  });
  const single = { ...tournament, methods: tournament.methods.map((entrant) => ({ ...entrant, search: {} })) };
  const results = resultsOf(single, planOf(single, catalogueInfo), stateOf(single, { '=A|1': near, 'B & 50%': far }));

  it('has a row for each method and the retrained model above them', () => {
    const { header, rows } = tableOf(results, catalogueInfo);
    expect(rows.map((row) => row[1])).toEqual(['Retrained', '=A|1', 'B & 50%', 'None', 'FT', 'EU-k']);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(rows[1]?.slice(0, 4)).toEqual([
      '1',
      '=A|1',
      expect.stringMatching(/^0\.112 \[0\.1\d\d, 0\.1\d\d\]$/),
      'best',
    ]);
  });

  it('as JSON is a file that opens as the same tournament, with every run that was made', () => {
    const text = toJson(results);
    const library = { catalogue: catalogueInfo, presets: [] };
    expect(readDocument(text, 'strict', library)).toEqual({ kind: 'tournament', tournament: single, repairs: [] });
    const { outcomes, engine } = JSON.parse(text) as { outcomes: unknown[]; engine: unknown };
    expect(outcomes).toHaveLength(5 * 6);
    expect(engine).toEqual({ backend: 'kernels', version: '0.1.0' });
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it('as CSV has whole rows, texts that no spreadsheet computes, and the link that runs it again', () => {
    const [header, ...lines] = toCsv(results).trimEnd().split('\n');
    const commas = (line: string) => line.replace(/"([^"]|"")*"/g, '').split(',').length;
    for (const line of lines) expect(commas(line)).toBe(commas(header as string));
    expect(lines[0]).toMatch(/^1,'=A\|1,ga,false,best,0\.11/);
    const link = /#\d+\.[\w-]+/.exec(lines[0] as string)?.[0] ?? '';
    expect(readDocument(link, 'repair', { catalogue: catalogueInfo, presets: [] })).toEqual({
      kind: 'tournament',
      tournament: single,
      repairs: [],
    });
  });

  it('as Markdown and LaTeX keeps the names as they are, whatever is in them', () => {
    const markdown = toMarkdown(results, catalogueInfo);
    expect(markdown).toContain('## A & B\\_1 \\<b\\>');
    expect(markdown).toContain('| =A\\|1 |');
    expect(markdown).toMatch(/Tuned on seed 0 .* reported on seeds 5, 6, 7, 8, 9/);
    const latex = toLatex(results, catalogueInfo);
    expect(latex).toContain('\\textbf{=A|1}');
    expect(latex).toContain('B \\& 50\\%');
    expect(latex).toContain('A \\& B\\_1 \\textless{}b\\textgreater{}');
    expect(latex).toMatch(/% Run it again: #\d+\.[\w-]+\n/);
  });
});
