import { useMemo } from 'react';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { expandRuns, type VariantInfo } from '../../scenario/format/variants.ts';
import type { ModelRef } from '../../sim/events.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import type { Preview } from '../../store/draft/preview.ts';
import { type Pick, pickOf, picksOf } from '../forms/recipes.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { text } from '../text.ts';
import { ORIGINAL_STYLE, RETRAINED_STYLE, type SeriesStyle, seriesStyles } from '../theme/series.ts';

export interface PanelInfo {
  readonly key: string;
  readonly label: string;
  readonly style: SeriesStyle;
  /** The run's name in the scenario, for what sweeps too; of the references their own. */
  readonly name: string;
  /** 'original' and 'retrained' frame the runs; a run is found by its label. */
  readonly role: 'original' | 'retrained' | 'run';
}

const keyOf = ({ method, settings }: VariantInfo) => ({
  method,
  retain: String(settings['retain.kind'] ?? 'none'),
  mask: String(settings['mask.kind'] ?? 'none'),
});

export const stylesOf = (variants: readonly VariantInfo[]): readonly SeriesStyle[] => seriesStyles(variants.map(keyOf));

interface Run {
  readonly label: string;
  readonly name: string;
  readonly style: SeriesStyle;
}

const framed = (runs: readonly Run[]): readonly PanelInfo[] => [
  { key: 'original', label: text.panel.original, name: '', style: ORIGINAL_STYLE, role: 'original' },
  ...runs.map((run) => ({ ...run, key: `run ${run.label}`, role: 'run' as const })),
  { key: 'retrained', label: text.panel.retrained, name: '', style: RETRAINED_STYLE, role: 'retrained' },
];

const panelsOf = (scenario: Scenario, catalogue: CatalogueInfo): readonly PanelInfo[] => {
  const variants = expandRuns(scenario, catalogue);
  const styles = stylesOf(variants);
  return framed(variants.map(({ label, name }, i) => ({ label, name, style: styles[i] as SeriesStyle })));
};

const previewPanels = ({ runs }: Preview): readonly PanelInfo[] => {
  const styles = seriesStyles(runs);
  return framed(runs.map(({ name }, i) => ({ label: name, name, style: styles[i] as SeriesStyle })));
};

/** The panels of the draft: a run that was just added has its place at once. */
export const usePanels = (): readonly PanelInfo[] => {
  const { preview } = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const catalogue = useOffer();
  return useMemo(
    () => (scenario && catalogue ? panelsOf(scenario, catalogue) : previewPanels(preview)),
    [scenario, catalogue, preview],
  );
};

/** The model that a panel shows in a run; null if the run does not have it. */
export const modelIn = (run: LabRun | null, { role, label }: PanelInfo): ModelRef | null => {
  if (role !== 'run') return role;
  return run?.collector.variants.find((variant) => variant.label === label)?.variant ?? null;
};

const NO_METHODS: readonly MethodInfo[] = [];

/** The method or recipe that a panel's run is; undefined for the references, and until the engine has said what it has. */
export const usePick = ({ role, name }: PanelInfo): Pick | undefined => {
  const methods = useOffer()?.methods ?? NO_METHODS;
  const run = useLabState(({ draft }) =>
    role === 'run' ? draft.scenario?.runs.find((one) => one.name === name) : undefined,
  );
  return useMemo(() => run && pickOf(run, picksOf(methods)), [run, methods]);
};

/** A title without the short name at its end: 'Gradient ascent (GA)' is 'Gradient ascent'. */
export const spelledOut = (title: string): string => title.replace(/ \([^()]*\)$/, '');
