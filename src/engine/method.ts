import type { Citation, ParamSchema, Params } from './schema.ts';

export type { Citation } from './schema.ts';

/** The two halves of the training set: D_f, to be forgotten, and D_r, to be kept. */
export type Split = 'forget' | 'retain';

/** What a method may look at. Enforced: reading anything else throws `method/undeclared-need`. */
export type Need = Split | 'original' | 'alternativeLabels';

/** A known combination of method, retain term, mask and settings that has a name of its own in the field. */
export interface Recipe {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly citation: Citation;
  readonly retain?: { readonly kind: string; readonly weight?: number };
  readonly mask?: { readonly kind: string; readonly keep?: number };
  readonly params?: Params;
}

/** What the picker, the link and the paper index know of a method. Plain JSON. */
export interface MethodInfo<S extends ParamSchema = ParamSchema> {
  /** Kebab-case, the file's name, for ever: it stands in links and presets. */
  readonly id: string;
  /** Words, with the field's short name: 'Gradient ascent (GA)'. */
  readonly title: string;
  /** The field's short name: 'GA'. */
  readonly short: string;
  /** One sentence, for a reader who has not read the paper. */
  readonly summary: string;
  /** The objective, in plain text. */
  readonly formula: string;
  readonly citation: Citation;
  readonly needs: readonly Need[];
  /** Weights at step 0: the trained original model, or fresh ones as before any training. */
  readonly start: 'original' | 'initial';
  readonly schedule: 'iterative' | 'one-shot';
  readonly params: S;
  readonly recipes: readonly Recipe[];
}

/** A term that keeps the retain set, added to a method's own objective. */
export interface RetainInfo {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly citation: Citation;
  readonly needs: readonly Need[];
}

/** A choice of weights that may move. */
export interface MaskInfo {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly citation: Citation;
}
