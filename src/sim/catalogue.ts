import { generators } from '../data/registry.ts';
import type { AnyGenerator } from '../engine/dataset.ts';
import { type AnyMethod, infoOf, type Mask, type RetainTerm } from '../engine/method.ts';
import type { Metric } from '../engine/metric.ts';
import { masks } from '../masks/registry.ts';
import { methods } from '../methods/registry.ts';
import { metrics } from '../metrics/registry.ts';
import { retainTerms } from '../retain/registry.ts';
import type { CatalogueInfo } from '../scenario/catalogue.ts';

/** Everything that can be run, by id. */
export interface Catalogue {
  readonly methods: ReadonlyMap<string, AnyMethod>;
  readonly retainTerms: ReadonlyMap<string, RetainTerm>;
  readonly masks: ReadonlyMap<string, Mask>;
  readonly generators: ReadonlyMap<string, AnyGenerator>;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** How the original and the retrained model are trained: the gold standard's own rule. */
  readonly training: AnyMethod;
}

/** The built-in catalogue: what the registries find. */
export const catalogue: Catalogue = {
  methods,
  retainTerms,
  masks,
  generators,
  metrics,
  training: methods.get('retrain') as AnyMethod,
};

const infos = <T extends object>(plugins: ReadonlyMap<string, T>): T[] => [...plugins.values()].map(infoOf);

/** The same as plain JSON, for the page and the parser. */
export const catalogueInfo: CatalogueInfo = {
  methods: infos(methods),
  retain: infos(retainTerms),
  masks: infos(masks),
  generators: infos(generators),
  metrics: infos(metrics),
};
