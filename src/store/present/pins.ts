import type { StoreApi } from 'zustand/vanilla';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { VariantInfo } from '../../scenario/format/variants.ts';
import { tickIndex } from '../clock/ticks.ts';
import type { Pin } from '../contracts/pin.ts';
import type { LabRun, LabState } from '../contracts/state.ts';
import { bandsOf, metricPair } from '../numbers/series.ts';

/** More are not told apart. */
export const PINS = ['a', 'b', 'c', 'd'] as const;
const POINTS = 150;

const prints = new WeakMap<Scenario, Pick<Pin, 'data' | 'training'>>();

/** What a scenario's results are measured on, and what they start from, each as one text. */
const printOf = (scenario: Scenario): Pick<Pin, 'data' | 'training'> => {
  const known = prints.get(scenario);
  if (known) return known;
  const { data, forget, requests, model, training } = scenario;
  const print = { data: JSON.stringify([data, forget, requests]), training: JSON.stringify([model, training]) };
  prints.set(scenario, print);
  return print;
};

/** How a pinned result stands to the run on screen: from other points or another forget set it says nothing there. */
export const pinFits = (pin: Pin, { scenario }: LabRun): 'same' | 'other-training' | 'other-data' => {
  const print = printOf(scenario);
  if (print.data !== pin.data) return 'other-data';
  return print.training === pin.training ? 'same' : 'other-training';
};

/** A pinned result at a step; its last one after its end. */
export const pinnedAt = ({ points }: Pin, step: number): Pin['points'][number] | undefined =>
  points[
    tickIndex(
      points.map((point) => point.step),
      step,
    )
  ];

/** The settings that tell one try of a run from the next: the method's own and the learning rate. */
const settingsIn = ({ method, settings, swept }: VariantInfo, { methods }: CatalogueInfo): readonly string[] => {
  const info = methods.find(({ id }) => id === method);
  const own = Object.entries(info?.params ?? {}).flatMap(([name, spec]) => {
    const path = `params.${name}`;
    return spec.kind === 'number' && !Object.hasOwn(swept, path) ? [[spec.symbol ?? name, settings[path]]] : [];
  });
  const rate = info?.schedule === 'iterative' && !Object.hasOwn(swept, 'learningRate');
  return [...own, ...(rate ? [['η', settings['learningRate']]] : [])]
    .filter(([, value]) => value !== undefined)
    .map(([symbol, value]) => `${symbol}=${value}`);
};

/** A run's result as it is now, without a sign; null before there is any. */
const resultOf = (run: LabRun, label: string, catalogue: CatalogueInfo): Omit<Pin, 'letter'> | null => {
  const { collector } = run;
  const variant = collector.variants.find((one) => one.label === label);
  if (!variant || collector.failures.has(variant.variant)) return null;
  const pair = metricPair(collector);
  const keep = new Map(
    bandsOf(collector, variant.variant, pair.keep, POINTS).map(({ step, band }) => [step, band.median]),
  );
  const points = bandsOf(collector, variant.variant, pair.forget, POINTS).flatMap(({ step, band }) => {
    const kept = keep.get(step);
    return kept === undefined ? [] : [{ step, forget: band.median, keep: kept }];
  });
  if (points.length === 0) return null;
  return {
    name: [label, ...settingsIn(variant, catalogue)].join(', '),
    seeds: collector.seeds.length,
    points,
    ...printOf(run.scenario),
  };
};

export interface Pins {
  /** Pins the results of runs on screen, as many as there is room for. */
  readonly add: (labels: readonly string[]) => void;
  readonly remove: (letter: string) => void;
}

/** Pins live as long as the page: a link holds experiments, and what was pinned is not part of the one on screen. */
export const createPins = (store: StoreApi<LabState>): Pins => ({
  add: (labels) => {
    const { run, catalogue, pins } = store.getState();
    const { shown } = run;
    if (!shown || !catalogue) return;
    const next = [...pins];
    for (const label of labels) {
      const letter = PINS.find((one) => !next.some((pin) => pin.letter === one));
      const result = resultOf(shown, label, catalogue);
      if (letter && result) next.push({ letter, ...result });
    }
    store.setState({ pins: next });
  },
  remove: (letter) => store.setState(({ pins }) => ({ pins: pins.filter((pin) => pin.letter !== letter) })),
});
