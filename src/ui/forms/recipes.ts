import type { MethodInfo, Recipe } from '../../engine/contracts/method.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { hasSameKinds } from '../../scenario/format/wrappers.ts';
import { term } from '../text.ts';

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

/** The picks that have every word of a query in their names or their sentence. */
export const matching = (picks: readonly Pick[], query: string): readonly Pick[] => {
  const words = query.toLowerCase().split(/\s+/);
  return picks.filter(({ id, title, short, summary }) => {
    const said = `${id} ${title} ${short} ${summary} ${term(title)} ${term(summary)}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
};

/** How many of a recipe's own parameters a run has, or -1 if it differs in one. */
const sharedParams = (run: RunSpec, recipe: Recipe | undefined): number => {
  const own = Object.entries(recipe?.params ?? {});
  return own.every(([name, value]) => run.params[name] === value) ? own.length : -1;
};

/** The pick that a run is: the recipe whose retain term, mask and parameters it has, else its method alone. */
export const pickOf = (run: RunSpec, picks: readonly Pick[]): Pick | undefined => {
  const fitting = picks.filter(
    ({ method, recipe }) =>
      method.id === run.method &&
      (recipe?.retain?.kind ?? 'none') === run.retain.kind &&
      (recipe?.mask?.kind ?? 'none') === run.mask.kind &&
      hasSameKinds(recipe?.wrappers, run.wrappers) &&
      sharedParams(run, recipe) >= 0,
  );
  return fitting.reduce<Pick | undefined>(
    (best, pick) => (best && sharedParams(run, best.recipe) >= sharedParams(run, pick.recipe) ? best : pick),
    undefined,
  );
};

/** The names that picks give to runs by themselves. */
export const ownNames = (picks: readonly Pick[]): readonly string[] => picks.map(({ short }) => short);
