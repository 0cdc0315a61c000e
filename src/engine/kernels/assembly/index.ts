// What the kernels' module exports. Everything works on one lane and on raw addresses: no allocation, no state.
import { exp4, log4, sigmoid4, tanh4 } from './math';

export { gather, scatterAdd } from './embedding';
export { activate, backward, forward, giveGradient, restride, squaredBackward, takeWeights, zeroGradient } from './mlp';
export { decide, pick, pullToLabel, pullToOutput, softmax } from './rows';
export { clipGradient, maskGradient, restore, update } from './update';

/** Elementary functions in place over n numbers, a multiple of 4: 0 exp, 1 log, 2 tanh, 3 sigmoid. For the tests. */
export function elementary(which: i32, at: usize, n: i32): void {
  for (const end = at + (<usize>n << 2); at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, which == 0 ? exp4(x) : which == 1 ? log4(x) : which == 2 ? tanh4(x) : sigmoid4(x));
  }
}
