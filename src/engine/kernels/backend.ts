import * as tf from '../base/tf.ts';
import { kernelHeap, startKernels } from './memory.ts';

export const KERNELS = 'kernels';

/** Copies of tensors' values in the kernels' memory, by the identity of the values. */
const residents = new WeakMap<object, number>();

const release = (dataId: object): void => {
  const address = residents.get(dataId);
  if (address === undefined) return;
  residents.delete(dataId);
  kernelHeap().free(address);
};

/** The tensor library's plain backend (tensors are typed arrays) that also keeps copies for the kernels. */
class KernelBackend extends tf.MathBackendCPU {
  override disposeData(dataId: object, force = false): boolean {
    const isGone = super.disposeData(dataId as never, force);
    if (isGone) release(dataId);
    return isGone;
  }
}

/**
 * Where the values of a tensor are in the kernels' memory. They are copied at the first call and stay as long as the
 * tensor lives, so that full batches are copied once in a run.
 */
export const residentOf = (tensor: tf.TensorInfo): number => {
  const { dataId } = tensor;
  const held = residents.get(dataId);
  if (held !== undefined) return held;
  const values = tf.valuesOf(tensor);
  const heap = kernelHeap();
  const address = heap.allocate(values.byteLength);
  if (values instanceof Int32Array) heap.i32.set(values, address / 4);
  else heap.f32.set(values, address / 4);
  residents.set(dataId, address);
  return address;
};

let isRegistered = false;

/** Registers the backend of the kernels; false where they do not start. */
export const registerKernelBackend = (): boolean => {
  if (!startKernels()) return false;
  if (!isRegistered) {
    tf.copyRegisteredKernels('cpu', KERNELS);
    tf.registerBackend(KERNELS, () => new KernelBackend());
    isRegistered = true;
  }
  return true;
};
