import type { ParamSchema, ParamValue } from '../../engine/base/schema.ts';
import { adversaryDefaults, anchorDefaults } from './defaults.ts';
import type { RunSpec, Scenario } from './scenario.ts';
import { settingsOf } from './settings.ts';

/** One run under one swept setting: what the page shows as a panel. An unswept run has one variant. */
export interface VariantInfo {
  readonly variant: number;
  /** Index into scenario.runs. */
  readonly run: number;
  /** The run's name. */
  readonly name: string;
  /** The name with the swept settings: 'NPO β=0.1'. Unique within the scenario. */
  readonly label: string;
  readonly method: string;
  /** Only the swept settings, by dotted path. */
  readonly swept: Readonly<Record<string, ParamValue>>;
  /** Every setting by dotted path. */
  readonly settings: Readonly<Record<string, ParamValue>>;
  /** Updates over all requests. */
  readonly steps: number;
  /** The steps at which metrics and pictures exist: 0, every, 2 every, ..., and the last one of each request. */
  readonly recorded: readonly number[];
}

/** A run with swept values put in their places, and no sweep left. */
export const settingsAt = (run: RunSpec, swept: Readonly<Record<string, ParamValue>>): RunSpec => {
  const top: Record<string, unknown> = {};
  const inner: Record<string, Record<string, unknown>> = {
    params: { ...run.params },
    retain: { ...run.retain },
    mask: { ...run.mask },
    ...(run.anchor && { anchor: { ...run.anchor } }),
    ...(run.adversary && { adversary: { ...run.adversary } }),
  };
  for (const [path, value] of Object.entries(swept)) {
    const dot = path.indexOf('.');
    const group = path.slice(0, Math.max(0, dot));
    if (group === '') {
      top[path] = value;
    } else {
      inner[group] = { ...(inner[group] ?? OPTIONAL[group as keyof typeof OPTIONAL]), [path.slice(dot + 1)]: value };
    }
  }
  const whole = { ...run, ...top, ...inner, sweep: {} };
  return Object.fromEntries(
    Object.entries(whole).filter(([name, value]) => !isNone(name, value)),
  ) as unknown as RunSpec;
};

/** What a run may be without, as it is where only one of its settings is swept. */
const OPTIONAL = { anchor: anchorDefaults, adversary: adversaryDefaults } as const;

/** Whether a field that may be absent says that there is none. */
const isNone = (name: string, value: unknown): boolean =>
  (name === 'surgery' && value === 'none') ||
  (Object.hasOwn(OPTIONAL, name) && (value as { readonly kind: string }).kind === 'none');

/** The part of the catalogue that labels need. */
export interface LabelSource {
  readonly methods: readonly {
    readonly id: string;
    readonly params: ParamSchema;
    readonly schedule: 'iterative' | 'one-shot';
  }[];
}

/** 0, every, 2 every, ... and always the last step. */
export const recordedSteps = (steps: number, every: number): number[] => {
  const recorded: number[] = [];
  for (let step = 0; step < steps; step += every) recorded.push(step);
  recorded.push(steps);
  return recorded;
};

/** The recorded steps of several requests in a row: each one's own, its last step always among them. */
const recordedOver = (requests: number, steps: number, every: number): number[] => {
  const own = recordedSteps(steps, every);
  const after = own.slice(1);
  return [0, ...Array.from({ length: requests }, (_, t) => after.map((step) => t * steps + step)).flat()];
};

/** The updates that a run makes for one request: its own number of steps, or the one of a one-shot method. */
export const stepsOf = (
  run: Pick<RunSpec, 'steps'>,
  method: { readonly schedule: 'iterative' | 'one-shot' } | undefined,
): number => (method?.schedule === 'one-shot' ? 1 : run.steps);

/** How many swept settings a run has: the product of its lists. */
export const variantCount = (run: Pick<RunSpec, 'sweep'>): number =>
  Object.values(run.sweep).reduce((product, values) => product * values.length, 1);

/** The product of a run's sweeps, in the order of its keys; the last key runs fastest. */
const product = (sweep: RunSpec['sweep']): Record<string, ParamValue>[] =>
  Object.entries(sweep).reduce<Record<string, ParamValue>[]>(
    (settings, [path, values]) => settings.flatMap((setting) => values.map((value) => ({ ...setting, [path]: value }))),
    [{}],
  );

const symbols: Readonly<Record<string, string>> = {
  learningRate: 'η',
  momentum: 'μ',
  'retain.kind': 'retain',
  'retain.weight': 'λ',
  'retain.batchSize': 'retain batch',
  'mask.kind': 'mask',
  'mask.keep': 'keep',
  'mask.mu': 'μ',
  'anchor.kind': 'anchor',
  'anchor.weight': 'κ',
  'adversary.kind': 'adversary',
  'adversary.layer': 'attacked layer',
  'adversary.epsilon': 'ε',
  'adversary.steps': 'attack steps',
  'adversary.learningRate': 'attack η',
};

const symbolOf = (path: string, params: ParamSchema): string => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const own = path.startsWith('params.') && Object.hasOwn(params, name) ? params[name]?.symbol : undefined;
  return own ?? (Object.hasOwn(symbols, path) ? symbols[path] : undefined) ?? name;
};

/** Every run under every swept setting, in the order of the runs. Labels use the symbols of the method's schema where they are given. */
export const expandRuns = (
  scenario: Pick<Scenario, 'runs' | 'evaluate' | 'requests'>,
  catalogue: LabelSource = { methods: [] },
): VariantInfo[] => {
  const variants: VariantInfo[] = [];
  const labels = new Set<string>();
  const requests = scenario.requests?.length ?? 1;
  const unique = (label: string): string => {
    let candidate = label;
    for (let n = 2; labels.has(candidate); n++) candidate = `${label} (${n})`;
    labels.add(candidate);
    return candidate;
  };
  scenario.runs.forEach((run, index) => {
    const method = catalogue.methods.find(({ id }) => id === run.method);
    const params = method?.params ?? {};
    for (const swept of product(run.sweep)) {
      const single = settingsAt(run, swept);
      const steps = stepsOf(single, method);
      const words = Object.entries(swept).map(([path, value]) => `${symbolOf(path, params)}=${value}`);
      variants.push({
        variant: variants.length,
        run: index,
        name: run.name,
        label: unique([run.name, ...words].join(' ')),
        method: run.method,
        swept,
        settings: settingsOf(single),
        steps: steps * requests,
        recorded: recordedOver(requests, steps, scenario.evaluate.every),
      });
    }
  });
  return variants;
};
