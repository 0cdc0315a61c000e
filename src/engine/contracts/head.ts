/** How the outputs of a network are read. */
export type HeadKind = 'categorical' | 'real';

/** Softmax over C outputs; a target is a class. */
export interface CategoricalHead {
  readonly kind: 'categorical';
}

/**
 * A normal distribution around the O outputs, of the same fixed variance in every direction; a target is O numbers. The
 * constant of its density is left out: log p = -‖f - y‖² / 2τ². Every objective counts 2τ²-fold, in units of the squared error.
 */
export interface RealHead {
  readonly kind: 'real';
  /** τ² */
  readonly variance: number;
}

export type Head = CategoricalHead | RealHead;

export const CATEGORICAL: CategoricalHead = { kind: 'categorical' };

/** What every objective under a head is multiplied by. */
export const unitOf = (head: Head): number => (head.kind === 'real' ? 2 * head.variance : 1);
