import type { ParamValue } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';

/** Numbers between two ends, evenly spread on their own scale. */
export interface SearchRange {
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
}

/** Where one setting is looked for: between two ends, or among some values. */
export type SearchDimension = SearchRange | readonly ParamValue[];

/** What a method's configurations are drawn from, by dotted path: `learningRate`, `params.beta`. */
export type SearchSpace = Readonly<Record<string, SearchDimension>>;

/** A method that takes part: a run as a scenario has it, and what may be tuned. */
export interface Entrant {
  /** Without a sweep. Its settings are the first configuration that is tried. */
  readonly run: RunSpec;
  /** Empty: there is nothing to tune, and one configuration is all. */
  readonly search: SearchSpace;
  /** Whether it is one of those that every other method has to beat. */
  readonly isBaseline: boolean;
}

/** How the differences between two methods are tested, seed by seed. */
export type PairedTest = 't' | 'sign-flip';

/**
 * A fair comparison of methods: every one is tuned with the same budget on some seeds, and told about on others.
 * Everything that decides is said before anything is computed. docs/tournament.md has the schema.
 */
export interface Tournament {
  readonly kind: 'tournament';
  readonly version: 1;
  readonly title: string;
  readonly question: string;
  /** What is to be forgotten from which data; its runs, seeds, claims and view are empty and do not count. */
  readonly scenario: Scenario;
  /** Whether every seed draws its own data and its own random forget set. */
  readonly redraw: boolean;
  readonly methods: readonly Entrant[];
  readonly budget: {
    /** Tried of each method. */
    readonly configurations: number;
    /** Rows that one run may visit at most: a configuration makes no more steps than that allows. */
    readonly sampleVisits: number;
  };
  /** What the configurations are drawn from. */
  readonly searchSeed: number;
  readonly tuningSeeds: readonly number[];
  /** None of them is a tuning seed. */
  readonly reportingSeeds: readonly number[];
  /** Metrics whose mean distance from the retrained model's decides which configuration is best. */
  readonly selection: readonly string[];
  /** Metrics that the table shows beside it. */
  readonly report: readonly string[];
  readonly test: PairedTest;
  /** Of the intervals, and one minus the level of the tests. */
  readonly confidence: number;
  /** Of the bootstrap. */
  readonly resamples: number;
}

/** How large a tournament may be. */
export const tournamentCaps = {
  methods: 24,
  configurations: 64,
  seeds: 32,
  sampleVisits: 100_000_000,
  dimensions: 8,
  values: 64,
  metrics: 16,
  resamples: 20_000,
} as const;

export const tournamentDefaults = {
  configurations: 12,
  sampleVisits: 40_000,
  searchSeed: 0,
  tuningSeeds: [0, 1, 2],
  reportingSeeds: [5, 6, 7, 8, 9],
  test: 't',
  confidence: 0.95,
  resamples: 2000,
  /** The average gap of the SalUn line of papers, as far as the metrics exist: UA, RA, TA, MIA. */
  selection: ['forgetAccuracy', 'retainAccuracy', 'retainTestAccuracy', 'miaAuc'],
  report: ['forgetAccuracy', 'retainAccuracy', 'retainTestAccuracy', 'forgetDistance', 'retainDistance'],
} as const;

/** Methods that are in every tournament, with the settings that make them what they are. */
export const baselines: readonly { readonly method: string; readonly params: Readonly<Record<string, ParamValue>> }[] =
  [
    { method: 'none', params: {} },
    { method: 'ft', params: {} },
    { method: 'euk', params: { k: 1 } },
  ];

/** Every metric that a tournament looks at, each once. */
export const metricsOf = ({ selection, report }: Pick<Tournament, 'selection' | 'report'>): readonly string[] => [
  ...new Set([...selection, ...report]),
];

export const isRange = (dimension: SearchDimension): dimension is SearchRange => !Array.isArray(dimension);

/** The same draw of data for all seeds, or one each. */
export const withDraws = (scenario: Scenario, redraw: boolean): Scenario => {
  if (!redraw) return scenario;
  const { data, forget, requests } = scenario;
  const own = (spec: Scenario['forget']): Scenario['forget'] => ('seed' in spec ? { ...spec, seed: 'lane' } : spec);
  return {
    ...scenario,
    data: data.generator === 'inline' ? data : { ...data, seed: 'lane' },
    forget: own(forget),
    ...(requests && { requests: requests.map(own) }),
  };
};

/** A tournament as a file and a link have it: the parser reads it back to the same. */
export const writeTournament = (tournament: Tournament): Readonly<Record<string, unknown>> => {
  const { methods, budget, searchSeed, tuningSeeds, reportingSeeds, scenario, ...rest } = tournament;
  const { runs: _, seeds: __, claims: ___, view: ____, ...base } = scenario;
  return {
    ...rest,
    scenario: base,
    methods: methods.map(({ run: { sweep: _____, ...run }, search }) => ({ ...run, search })),
    budget,
    searchSeed,
    tuningSeeds,
    reportingSeeds,
  };
};

/** The experiment that a tournament is about: its methods as they are given, on its tuning seeds. */
export const experimentOf = (tournament: Tournament): Scenario => {
  const { scenario, methods, redraw, title, question, tuningSeeds } = tournament;
  const own = methods.filter(({ isBaseline }) => !isBaseline);
  const runs = (own.length > 0 ? own : methods).map(({ run }) => run);
  const { id: _, ...base } = withDraws(scenario, redraw);
  return { ...base, title, question, runs, seeds: tuningSeeds };
};

/** Recipes that most comparisons have, by method and recipe: what a tournament may begin with. */
const usual = [
  'ga',
  'ga/graddiff',
  'npo',
  'npo/npo-rt',
  'simnpo/simnpo-rt',
  'rl/salun',
  'scrub',
  'undial/undial-rt',
] as const;

/** Examples in a mini-batch of them: what is usual where a method has mini-batches at all. */
const USUAL_BATCH = 64;

/** Eight well-known methods as the fields of a file have them. */
export const usualMethods = ({
  methods,
}: Pick<CatalogueInfo, 'methods'>): readonly Readonly<Record<string, unknown>>[] =>
  usual.flatMap((id) => {
    const [methodId, recipeId] = id.split('/');
    const method = methods.find((one) => one.id === methodId);
    const recipe = method?.recipes.find((one) => one.id === recipeId);
    if (!method || (recipeId !== undefined && !recipe)) return [];
    return [
      {
        name: recipe?.short ?? method.short,
        method: method.id,
        params: { ...recipe?.params },
        batchSize: USUAL_BATCH,
        retain: { ...recipe?.retain, batchSize: USUAL_BATCH },
        ...(recipe?.mask && { mask: recipe.mask }),
        ...(recipe?.wrappers && { wrappers: recipe.wrappers }),
      },
    ];
  });
