import { SimError } from '../../engine/base/errors.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { Need } from '../../engine/contracts/method.ts';
import type { Split } from '../../engine/contracts/rows.ts';

/** A lane's view, which throws when something is read that was not declared. */
export const guarded = (view: LaneView, allowed: ReadonlySet<Need>, who: string): LaneView => {
  const check = (need: Need, what: string): void => {
    if (allowed.has(need)) return;
    throw new SimError('method/undeclared-need', `${who} reads ${what} without declaring it.`);
  };
  const onSplit =
    <A extends readonly unknown[], R>(read: (which: Split, ...rest: A) => R) =>
    (which: Split, ...rest: A): R => {
      check(which, `the ${which} set`);
      return read(which, ...rest);
    };
  return {
    ...view,
    original: () => {
      check('original', 'the original model');
      return view.original();
    },
    rows: onSplit(view.rows),
    heldOut: () => {
      check('heldOut', 'held-out points');
      return view.heldOut();
    },
    gradient: onSplit(view.gradient),
    inputGradient: onSplit(view.inputGradient),
    meanSquares: onSplit(view.meanSquares),
    fisher: onSplit(view.fisher),
    hidden: onSplit(view.hidden),
    logits: onSplit(view.logits),
  };
};
