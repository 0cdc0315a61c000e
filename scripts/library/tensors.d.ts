// What the package's types say of the tensor library; test/library/api.test.ts holds it to src/library/tensors.ts.

/** Numbers in a shape: [K, ...], a lane along the first dimension. */
declare namespace tf {
  interface Tensor {
    readonly shape: number[];
    readonly dtype: string;
    readonly size: number;
    readonly rank: number;
    readonly isDisposed: boolean;
    dataSync(): Float32Array | Int32Array | Uint8Array;
    data(): Promise<Float32Array | Int32Array | Uint8Array>;
    dispose(): void;
  }
}

/** Operations on tensors of type T, for a loss or a step of one's own: those of TensorFlow.js 4.22, by their names. */
interface TensorOperations<T> {
  readonly add: (a: T | number, b: T | number) => T;
  readonly addN: (tensors: T[]) => T;
  readonly cast: (x: T | number, dtype: 'float32' | 'int32' | 'bool') => T;
  readonly clone: (x: T | number) => T;
  readonly concat: (tensors: T[], axis?: number) => T;
  readonly div: (a: T | number, b: T | number) => T;
  readonly exp: (x: T | number) => T;
  readonly expandDims: (x: T | number, axis?: number) => T;
  readonly gather: (x: T, indices: T, axis?: number, batchDims?: number) => T;
  readonly log: (x: T | number) => T;
  readonly logSoftmax: (logits: T, axis?: number) => T;
  readonly matMul: (a: T, b: T, transposeA?: boolean, transposeB?: boolean) => T;
  readonly max: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly maximum: (a: T | number, b: T | number) => T;
  readonly mean: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly minimum: (a: T | number, b: T | number) => T;
  readonly mul: (a: T | number, b: T | number) => T;
  readonly neg: (x: T | number) => T;
  readonly oneHot: (indices: T, depth: number, onValue?: number, offValue?: number) => T;
  readonly onesLike: (x: T) => T;
  readonly pow: (base: T | number, exponent: T | number) => T;
  readonly relu: (x: T | number) => T;
  readonly reshape: (x: T, shape: number[]) => T;
  readonly sigmoid: (x: T | number) => T;
  readonly sign: (x: T | number) => T;
  readonly slice: (x: T, begin: number | number[], size?: number | number[]) => T;
  readonly softplus: (x: T | number) => T;
  readonly sqrt: (x: T | number) => T;
  readonly square: (x: T | number) => T;
  readonly stack: (tensors: T[], axis?: number) => T;
  readonly step: (x: T | number, alpha?: number) => T;
  readonly sub: (a: T | number, b: T | number) => T;
  readonly sum: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly tanh: (x: T | number) => T;
  readonly tidy: (body: () => T) => T;
  readonly tile: (x: T, reps: number[]) => T;
  readonly transpose: (x: T, permutation?: number[]) => T;
  readonly where: (condition: T, a: T | number, b: T | number) => T;
  readonly zerosLike: (x: T) => T;
}

declare const tf: TensorOperations<tf.Tensor>;
