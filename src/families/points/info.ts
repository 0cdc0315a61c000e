import { attacks } from '../../attacks/registry.ts';
import { generators } from '../../data/registry.ts';
import { infoOf } from '../../engine/contracts/method.ts';
import { metrics } from '../../metrics/registry.ts';
import type { FamilyInfo } from '../../scenario/format/catalogue.ts';
import { selectors } from '../../selectors/registry.ts';

const infos = <T extends object>(plugins: ReadonlyMap<string, T>): T[] => [...plugins.values()].map(infoOf);

export const info: FamilyInfo = {
  id: 'points',
  title: 'Classifiers of points',
  summary: 'A point in the plane, or in a few dimensions, has a class; a small network gives each class a probability.',
  generators: infos(generators),
  metrics: infos(metrics),
  attacks: infos(attacks),
  selectors: infos(selectors),
};
