import { attacks } from '../attacks/registry.ts';
import { generators } from '../data/registry.ts';
import { SimError } from '../engine/base/errors.ts';
import { defaultsOf } from '../engine/base/schema.ts';
import type { AnyAttack } from '../engine/contracts/attack.ts';
import type { AnyGenerator } from '../engine/contracts/dataset.ts';
import {
  type AnyMethod,
  infoOf,
  type Mask,
  type MethodInfo,
  type PullCurve,
  type Recipe,
  type RetainTerm,
} from '../engine/contracts/method.ts';
import type { AnyMetric } from '../engine/contracts/metric.ts';
import type { AnySelector } from '../engine/contracts/selector.ts';
import type { AnyWrapper } from '../engine/contracts/wrapper.ts';
import { formulaMethod } from '../engine/formula/rule.ts';
import type { Family, FamilyEntry } from '../families/family.ts';
import { families, firstFamily } from '../families/registry.ts';
import { masks } from '../masks/registry.ts';
import { methods } from '../methods/registry.ts';
import { metrics } from '../metrics/registry.ts';
import { retainTerms } from '../retain/registry.ts';
import type { CatalogueInfo, OfferedWrapper } from '../scenario/format/catalogue.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import * as language from '../scenario/formula/language.ts';
import { provideFormulas } from '../scenario/formula/loaded.ts';
import { selectors } from '../selectors/registry.ts';
import { wrappers } from '../wrappers/registry.ts';
import { pullCurveOf } from './pull-curve.ts';

provideFormulas(language);

/** Everything that can be run, by id. */
export interface Catalogue {
  readonly methods: ReadonlyMap<string, AnyMethod>;
  readonly retainTerms: ReadonlyMap<string, RetainTerm>;
  readonly masks: ReadonlyMap<string, Mask>;
  readonly wrappers: ReadonlyMap<string, AnyWrapper>;
  readonly generators: ReadonlyMap<string, AnyGenerator>;
  readonly metrics: ReadonlyMap<string, AnyMetric>;
  readonly attacks: ReadonlyMap<string, AnyAttack>;
  readonly selectors: ReadonlyMap<string, AnySelector>;
  /** How the original and the retrained model are trained: the gold standard's own rule. */
  readonly training: AnyMethod;
  /** The family whose generators, metrics, attacks and selectors these are. */
  readonly family: Family;
  readonly families: ReadonlyMap<string, FamilyEntry>;
}

/** The built-in catalogue: what the registries find. */
export const catalogue: Catalogue = {
  methods,
  retainTerms,
  masks,
  wrappers,
  generators,
  metrics,
  attacks,
  selectors,
  training: methods.get('retrain') as AnyMethod,
  family: firstFamily,
  families,
};

/**
 * What can be run in a scenario: with models of its family, whose code is loaded when it is first asked for, and by its own rules.
 *
 * @throws {SimError} scenario/invalid if there is no such family
 */
export const catalogueFor = async (
  from: Catalogue,
  { family, own }: Pick<Scenario, 'family' | 'own'>,
): Promise<Catalogue> => withOwnRules(await catalogueOf(from, family), own);

/** What can be run, and among the methods a scenario's own rules. */
export const withOwnRules = (offered: Catalogue, own: Scenario['own']): Catalogue => {
  if (!own) return offered;
  const rules = own.map(
    (rule) => [rule.id, formulaMethod(language.infoOfRule(rule), language.compiled(rule))] as const,
  );
  return { ...offered, methods: new Map([...offered.methods, ...rules]) };
};

const catalogueOf = async (from: Catalogue, id: string): Promise<Catalogue> => {
  if (from.family.id === id) return from;
  const entry = from.families.get(id);
  if (!entry) throw new SimError('scenario/invalid', `There is no family of models ${id}.`);
  const family = await entry.load();
  const { generators, metrics, attacks = new Map(), training = from.training } = family;
  return { ...from, family, generators, metrics, attacks, selectors: new Map(), training };
};

/** A method and its recipes under every mask that is a method of its own: 'SalUn over NPO+RT'. */
const maskedRecipes = (method: AnyMethod): Recipe[] => {
  // Fresh weights have nothing that is worth keeping frozen, and a single edit chooses its weights by itself.
  if (method.start === 'initial' || method.alone || method.schedule === 'one-shot') return [];
  const unmasked = [{ id: method.id, short: method.short }, ...method.recipes.filter(({ mask }) => !mask)] as const;
  return [...masks.values()].flatMap(({ id, short, summary, citation }) =>
    short === undefined
      ? []
      : unmasked
          .map((base) => ({
            ...base,
            id: `${id}-${base.id}`,
            title: `${short} over ${base.short}`,
            short: `${short}(${base.short})`,
            summary: `${base.short}, moving only some weights. ${summary}`,
            citation,
            mask: { kind: id },
            isDerived: true as const,
          }))
          .filter((recipe) => !method.recipes.some((own) => isSameComposition(own, recipe))),
  );
};

const isSameComposition = (a: Recipe, b: Recipe): boolean =>
  a.retain?.kind === b.retain?.kind && a.mask?.kind === b.mask?.kind;

/** The recipes of a method that a wrapper names. */
const wrappedRecipes = (method: AnyMethod): Recipe[] =>
  [...wrappers.values()].flatMap(({ id, citation, params, recipes = [] }) =>
    recipes.flatMap(({ of, ...recipe }) =>
      of === method.id ? [{ ...recipe, citation, wrappers: [{ kind: id, ...defaultsOf(params) }] }] : [],
    ),
  );

const infos = <T extends object>(plugins: ReadonlyMap<string, T>): T[] => [...plugins.values()].map(infoOf);

/** The wrappers of a catalogue as plain JSON, each with the methods that it takes. */
export const offeredWrappers = (of: Pick<Catalogue, 'wrappers' | 'methods'>): OfferedWrapper[] =>
  [...of.wrappers.values()].map((wrapper) => ({
    ...infoOf(wrapper),
    methods: [...of.methods.values()].filter((method) => wrapper.takes(method)).map(({ id }) => id),
  }));

/** What a method is, with all its recipes, as plain JSON. */
const methodInfo = (method: AnyMethod): MethodInfo =>
  infoOf({
    ...method,
    recipes: [...method.recipes, ...wrappedRecipes(method), ...maskedRecipes(method)],
    ...(pullCurveOf(method) && { pullCurve: pullCurveOf(method) as PullCurve }),
  });

/** The catalogue as plain JSON, for the page and the parser. */
export const catalogueInfo: CatalogueInfo = {
  families: [...families.values()].map(({ info }) => info),
  methods: [...methods.values()].map(methodInfo),
  retain: infos(retainTerms),
  masks: infos(masks),
  wrappers: offeredWrappers(catalogue),
  generators: infos(generators),
  metrics: infos(metrics),
  attacks: infos(attacks),
  selectors: infos(selectors),
};

/** The built-in catalogue with further methods: what can be run, and the same as plain JSON. Their ids are new ones. */
export const catalogueWith = (
  further: readonly AnyMethod[],
): { readonly catalogue: Catalogue; readonly info: CatalogueInfo } => {
  const ids = further.map(({ id }) => id);
  const extended = {
    ...catalogue,
    methods: new Map([...methods, ...further.map((method) => [method.id, method] as const)]),
  };
  const info = {
    ...catalogueInfo,
    families: catalogueInfo.families.map((family) =>
      family.methods ? { ...family, methods: [...family.methods, ...ids] } : family,
    ),
    methods: [...catalogueInfo.methods, ...further.map(methodInfo)],
    wrappers: offeredWrappers(extended),
  };
  return { catalogue: extended, info };
};
