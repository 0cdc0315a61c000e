import type { MethodInfo, Recipe } from '../../engine/method.ts';
import type { RunSpec } from '../../scenario/scenario.ts';

/** A method alone, or one of its recipes. */
export interface Pick {
  readonly id: string;
  readonly method: MethodInfo;
  readonly recipe: Recipe | undefined;
  readonly title: string;
  readonly short: string;
  readonly summary: string;
}

/** Everything that can be picked: each method, then its recipes. */
export const picksOf = (methods: readonly MethodInfo[]): readonly Pick[] =>
  methods.flatMap((method) => [
    { id: method.id, method, recipe: undefined, title: method.title, short: method.short, summary: method.summary },
    ...method.recipes.map((recipe) => ({
      id: `${method.id}/${recipe.id}`,
      method,
      recipe,
      title: recipe.title,
      short: recipe.short,
      summary: recipe.summary,
    })),
  ]);

/** The pick that a run is: the recipe whose retain term and mask it has, else its method alone. */
export const pickOf = (run: RunSpec, picks: readonly Pick[]): Pick | undefined =>
  picks.find(
    ({ method, recipe }) =>
      method.id === run.method &&
      (recipe?.retain?.kind ?? 'none') === run.retain.kind &&
      (recipe?.mask?.kind ?? 'none') === run.mask.kind,
  );

/** The names that picks give to runs by themselves. */
export const ownNames = (picks: readonly Pick[]): readonly string[] => picks.map(({ short }) => short);
