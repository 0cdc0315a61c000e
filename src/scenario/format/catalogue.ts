import type { AttackInfo } from '../../engine/contracts/attack.ts';
import type { GeneratorInfo } from '../../engine/contracts/dataset.ts';
import type { MaskInfo, MethodInfo, RetainInfo } from '../../engine/contracts/method.ts';
import type { MetricInfo } from '../../engine/contracts/metric.ts';
import type { SelectorInfo } from '../../engine/contracts/selector.ts';

/** What is on offer, as plain JSON: drives the parser, the forms, the legends. */
export interface CatalogueInfo {
  /** What kinds of model can be run; the first is the one that a scenario means where it names none. */
  readonly families: readonly { readonly id: string }[];
  readonly methods: readonly MethodInfo[];
  readonly retain: readonly RetainInfo[];
  readonly masks: readonly MaskInfo[];
  readonly generators: readonly GeneratorInfo[];
  readonly metrics: readonly MetricInfo[];
  readonly attacks: readonly AttackInfo[];
  readonly selectors: readonly SelectorInfo[];
}
