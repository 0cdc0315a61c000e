// Checked by the compiler alone: what the package's types say of tensors is true of those that it has.
/// <reference path="../../scripts/library/tensors.d.ts" />
import type { Tensor } from '../../src/engine/base/tf.ts';
import * as operations from '../../src/library/tensors.ts';

export const asTold: TensorOperations<Tensor> = operations;
export const named: Record<keyof typeof operations, unknown> = {} as TensorOperations<Tensor>;
export const tensor = (real: Tensor): tf.Tensor => real;
