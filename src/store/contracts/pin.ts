/** A result that stays in the charts when its settings change: medians over its seeds by step. */
export interface Pin {
  /** Its sign in the charts: a, b, ... */
  readonly letter: string;
  /** What it was: 'NPO, β=0.1, η=0.05'. */
  readonly name: string;
  readonly seeds: number;
  readonly points: readonly { readonly step: number; readonly forget: number; readonly keep: number }[];
  /** What it was measured on, and the network and training that it came from: equal where results can be compared. */
  readonly data: string;
  readonly training: string;
}
