/** A dense row-major array: what leaves the tensor world. */
export interface NdArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}
