import type { ParamSchema, ParamValue } from '../../engine/base/schema.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { RunSpec, Scenario } from './scenario.ts';
import { setIn } from './setting-path.ts';
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

/** A run with swept values put in their places, and no sweep left. A wrapper whose kind is 'none' is taken away. */
export const settingsAt = (run: RunSpec, swept: Readonly<Record<string, ParamValue>>): RunSpec => {
  const isKind = (path: string) => /^wrappers\.[^.]+\.kind$/.test(path);
  // A wrapper's kind last: the paths of its settings name the one that stands there.
  const inOrder = Object.entries(swept).sort(([a], [b]) => Number(isKind(a)) - Number(isKind(b)));
  const whole = inOrder.reduce<unknown>((changed, [path, value]) => setIn(changed, path.split('.'), value), {
    ...run,
    sweep: {},
  }) as RunSpec;
  return { ...whole, wrappers: whole.wrappers.filter(({ kind }) => kind !== 'none') };
};

/** The part of the catalogue that labels need. */
export interface LabelSource {
  readonly methods: readonly {
    readonly id: string;
    readonly params: ParamSchema;
    readonly schedule: 'iterative' | 'one-shot';
  }[];
  readonly wrappers?: readonly Pick<WrapperInfo, 'id' | 'slot' | 'params'>[];
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
};

type Symbols = Readonly<Record<string, { readonly symbol?: string }>>;

/** What a setting is called in a label: its symbol, else a word. */
const symbolOf = (path: string, params: Symbols, wrappers: LabelSource['wrappers'] = []): string => {
  const [group, kind, name = ''] = path.split('.');
  const wrapper = group === 'wrappers' ? wrappers.find(({ id }) => id === kind) : undefined;
  if (wrapper) {
    const spec = (wrapper.params as ParamSchema)[name];
    return spec?.symbol ?? (spec?.label ?? wrapper.slot.label).toLowerCase();
  }
  const last = path.slice(path.lastIndexOf('.') + 1);
  const own = path.startsWith('params.') && Object.hasOwn(params, last) ? params[last]?.symbol : undefined;
  return own ?? (Object.hasOwn(symbols, path) ? symbols[path] : undefined) ?? last;
};

/** Every run under every swept setting, in the order of the runs. Labels use the symbols of the method's schema where they are given. */
export const expandRuns = (
  scenario: Pick<Scenario, 'runs' | 'evaluate' | 'requests' | 'own'>,
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
    const rule = scenario.own?.find(({ id }) => id === run.method);
    const params = method?.params ?? rule?.params ?? {};
    for (const swept of product(run.sweep)) {
      const single = settingsAt(run, swept);
      const steps = stepsOf(single, method);
      const words = Object.entries(swept).map(
        ([path, value]) => `${symbolOf(path, params, catalogue.wrappers)}=${value}`,
      );
      variants.push({
        variant: variants.length,
        run: index,
        name: run.name,
        label: unique([run.name, ...words].join(' ')),
        method: run.method,
        swept,
        settings: { ...settingsOf(single), ...swept },
        steps: steps * requests,
        recorded: recordedOver(requests, steps, scenario.evaluate.every),
      });
    }
  });
  return variants;
};
