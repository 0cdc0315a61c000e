import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { RunSpec } from './scenario.ts';

/** Training points of each kind. */
export interface SplitSizes {
  readonly forget: number;
  readonly retain: number;
}

export const batchRows = (size: number | 'full', rows: number): number =>
  size === 'full' ? rows : Math.min(size, rows);

/** Rows that one step of a run visits if it asks for each of its batches once. */
export const rowsPerStep = (
  { batchSize, retain }: Pick<RunSpec, 'batchSize' | 'retain'>,
  sizes: SplitSizes,
  needs: MethodInfo['needs'],
): number => {
  const onForget = needs.includes('forget') ? batchRows(batchSize, sizes.forget) : 0;
  if (retain.kind === 'none' && onForget > 0 && !needs.includes('retain')) return onForget;
  // A method of the retain set alone (fine-tuning) batches by the run's own size.
  const size = needs.includes('forget') ? retain.batchSize : batchSize;
  return onForget + batchRows(size, sizes.retain);
};
