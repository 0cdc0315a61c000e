import type { FieldSchema, ParamSpec, ParamValue } from '../../engine/base/schema.ts';
import type { AttackInfo } from '../../engine/contracts/attack.ts';
import type { GeneratorInfo } from '../../engine/contracts/dataset.ts';
import { type MaskInfo, type MethodInfo, type RetainInfo, sequenceParamsOf } from '../../engine/contracts/method.ts';
import type { MetricInfo } from '../../engine/contracts/metric.ts';
import type { SelectorInfo } from '../../engine/contracts/selector.ts';
import { refusalOf, type Speaks, type Spoken } from '../../engine/contracts/speaks.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import { formulas } from '../formula/loaded.ts';
import type { OwnRule } from '../formula/own.ts';

/** A wrapper, and the methods that it takes. */
export interface OfferedWrapper extends WrapperInfo {
  /** Ids. */
  readonly methods: readonly string[];
}

/** A kind of thing that a schema describes: a rule that chooses a forget set, a network. */
export interface KindInfo<S extends FieldSchema = FieldSchema> {
  /** Kebab-case: it stands in links for ever. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly params: S;
}

/** Metrics that matter first, by their ids. */
export interface Headline {
  /** Between 0 and 1: how much of the forget set a model still has. */
  readonly forget: string;
  /** Between 0 and 1: how much of the rest it still has. */
  readonly keep: string;
  /** What else stands on top of the table, in the terminal, and in the checksum, which compares a link's results. */
  readonly others: readonly string[];
}

/** Another plane that the trade-off may be looked at in. */
export interface OtherFace {
  /** What its switch says. */
  readonly title: string;
  /** Ids of metrics: along the axis a number of at most 0, upwards a fraction. */
  readonly x: string;
  readonly y: string;
  /** A value of x from which a paper speaks of success, and what it is called. */
  readonly limit: { readonly at: number; readonly title: string };
}

/** What the page and the parser know of a family of models. Plain JSON. */
export interface FamilyInfo {
  /** Lower case: it stands in links for ever. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what an example is, and what a model says of it. */
  readonly summary: string;
  /** Its two numbers in panels, charts and sentences; absent: accuracy, on fresh or training points as the forget set asks. */
  readonly headline?: Headline;
  /** Absent: the trade-off plane has one face. */
  readonly otherFace?: OtherFace;
  /** How its panels are cut: square, which is the default, or as high as their words need. */
  readonly panels?: 'square' | 'words';
  readonly generators: readonly GeneratorInfo[];
  readonly metrics: readonly MetricInfo[];
  readonly attacks: readonly AttackInfo[];
  readonly selectors: readonly SelectorInfo[];
  /** What it asks of methods and retain terms; absent: probabilities of classes, one row an example. */
  readonly spoken?: Spoken;
  /** Ids of the methods that make sense for its examples; absent: all that speak of them. */
  readonly methods?: readonly string[];
  /** Ids of its masks; absent: all. */
  readonly masks?: readonly string[];
  /** Ids of what may be wrapped around its methods; absent: everything. */
  readonly wrappers?: readonly string[];
  /** Rules that choose forget sets, as `forget.kind: "rule"` names them; absent: the family has kinds of its own. */
  readonly rules?: readonly KindInfo[];
  /** Its examples lie in a plane in which a region may be drawn beside the rules: `forget.kind: "region"`. */
  readonly regions?: true;
  /** Networks, as `model.kind: "network"` names them; absent: the family has kinds of its own. */
  readonly networks?: readonly KindInfo[];
}

/** What is on offer, as plain JSON: drives the parser, the forms, the legends. */
export interface CatalogueInfo {
  /** What kinds of model can be run; the first is the one that a scenario means where it names none. The lists below are its own. */
  readonly families: readonly FamilyInfo[];
  readonly methods: readonly MethodInfo[];
  readonly retain: readonly RetainInfo[];
  readonly masks: readonly MaskInfo[];
  readonly wrappers: readonly OfferedWrapper[];
  readonly generators: readonly GeneratorInfo[];
  readonly metrics: readonly MetricInfo[];
  readonly attacks: readonly AttackInfo[];
  readonly selectors: readonly SelectorInfo[];
  /** Of a view of what is on offer for another family than the first: that family. */
  readonly own?: FamilyInfo;
}

const only = <T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[] | undefined,
): readonly T[] => (ids ? all.filter(({ id }) => ids.includes(id)) : all);

/** What a family asks of methods and retain terms. */
export const spokenBy = (family: FamilyInfo | undefined): Spoken =>
  family?.spoken ?? { head: 'categorical', sequences: false };

const speaks =
  (spoken: Spoken) =>
  (plugin: Speaks & { readonly id: string }): boolean =>
    refusalOf(plugin, spoken, '') === undefined;

/** The first family has all there is, but for what speaks of other examples alone. */
const firstView = (catalogue: CatalogueInfo): CatalogueInfo => {
  const own = speaks(spokenBy(catalogue.families[0]));
  const [methods, retain] = [catalogue.methods.filter(own), catalogue.retain.filter(own)];
  const isWhole = methods.length === catalogue.methods.length && retain.length === catalogue.retain.length;
  return isWhole ? catalogue : { ...catalogue, methods, retain };
};

/** Whether a parameter is there and may have a value. */
const allows = (spec: ParamSpec | undefined, value: ParamValue): boolean =>
  spec !== undefined && (spec.kind !== 'choice' || spec.options.includes(String(value)));

const viewFor = (catalogue: CatalogueInfo, own: FamilyInfo): CatalogueInfo => {
  const isSpoken = speaks(spokenBy(own));
  const { generators, metrics, attacks, selectors } = own;
  const retain = catalogue.retain.filter(isSpoken);
  const masks = only(catalogue.masks, own.masks);
  const wrappers = only(catalogue.wrappers, own.wrappers);
  const has = (plugins: readonly { readonly id: string }[], kind: string | undefined) =>
    kind === undefined || kind === 'none' || plugins.some(({ id }) => id === kind);
  const methods = only(catalogue.methods, own.methods)
    .filter(isSpoken)
    .map((method): MethodInfo => {
      const params = spokenBy(own).sequences ? sequenceParamsOf(method) : method.params;
      const recipes = method.recipes.filter(
        ({ retain: term, mask, wrappers: around = [], params: set = {} }) =>
          has(retain, term?.kind) &&
          has(masks, mask?.kind) &&
          around.every(({ kind }) => has(wrappers, kind)) &&
          Object.entries(set).every(([name, value]) => allows(params[name], value)),
      );
      return { ...method, params, recipes };
    });
  return { ...catalogue, generators, metrics, attacks, selectors, retain, masks, wrappers, methods, own };
};

const views = new WeakMap<CatalogueInfo, Map<string, CatalogueInfo>>();

/** A wrapper with the rules that it takes: those whose pulls are on the sets that a built-in method of such pulls has. */
const takingOwn = (wrapper: OfferedWrapper, rules: readonly MethodInfo[]): OfferedWrapper => ({
  ...wrapper,
  methods: [
    ...wrapper.methods,
    ...rules
      .filter(({ needs }) => wrapper.methods.includes(needs.includes('forget') ? 'ga' : 'ft'))
      .map(({ id }) => id),
  ],
});

const withOwn = (view: CatalogueInfo, own: readonly OwnRule[]): CatalogueInfo => {
  const rules = own.map(formulas().infoOfRule);
  return {
    ...view,
    methods: [...view.methods, ...rules],
    wrappers: view.wrappers.map((wrapper) => takingOwn(wrapper, rules)),
  };
};

/** Views with rules of somebody's own, by what the rules say: a few, the last ones asked for. */
const ownViews = new WeakMap<CatalogueInfo, Map<string, CatalogueInfo>>();
const MOST_OWN_VIEWS = 8;

/**
 * What is on offer, and among the methods an experiment's own rules. The same object each time.
 *
 * @throws {FormulasNotLoaded} for rules, before the language of formulas is there
 */
export const withRules = (view: CatalogueInfo, own: readonly OwnRule[] = []): CatalogueInfo => {
  if (own.length === 0) return view;
  const known = ownViews.get(view) ?? new Map<string, CatalogueInfo>();
  ownViews.set(view, known);
  const key = JSON.stringify(own);
  const found = known.get(key) ?? withOwn(view, own);
  known.delete(key);
  known.set(key, found);
  for (const oldest of known.keys()) if (known.size > MOST_OWN_VIEWS) known.delete(oldest);
  return found;
};

/** What is on offer for models of one family, and among the methods an experiment's own rules; as `withRules`. */
export const offerOf = (catalogue: CatalogueInfo, family: string, own?: readonly OwnRule[]): CatalogueInfo =>
  withRules(offerOfFamily(catalogue, family), own);

const offerOfFamily = (catalogue: CatalogueInfo, family: string): CatalogueInfo => {
  const own = catalogue.families.find(({ id }) => id === family);
  if (!own) return catalogue;
  const known = views.get(catalogue) ?? new Map<string, CatalogueInfo>();
  views.set(catalogue, known);
  const view = known.get(family) ?? (own === catalogue.families[0] ? firstView(catalogue) : viewFor(catalogue, own));
  known.set(family, view);
  return view;
};
