import type { ParamValue } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { runDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { runSettings, settingsOf } from '../../scenario/format/settings.ts';
import { composed } from '../../store/draft/edits.ts';
import type { Pick } from './recipes.ts';

/**
 * The settings of a run, by dotted path, that are not what its method or recipe has by default. What a recipe sets
 * by itself, such as its retain term, is its default.
 */
export const changedSettings = (
  run: RunSpec,
  pick: Pick | undefined,
  catalogue: CatalogueInfo,
): ReadonlySet<string> => {
  const method = catalogue.methods.find(({ id }) => id === run.method);
  if (!method) return new Set();
  const usual = settingsOf({ ...run, ...runDefaults, ...composed(method, pick?.recipe) });
  const defaults: ReadonlyMap<string, { readonly default: ParamValue }> = runSettings(method, catalogue);
  const differs = ([path, value]: [string, ParamValue]): boolean =>
    value !== (usual[path] ?? defaults.get(path)?.default ?? value);
  return new Set(
    Object.entries(settingsOf(run))
      .filter(differs)
      .map(([path]) => path),
  );
};
