import { type Key, normal } from '../base/random.ts';

/**
 * Random features of Zhang et al. 2024, section 4: φ(x) = relu(W x) with W [features, inputs], entries N(0, 1/inputs),
 * without biases. They are never trained, so they are computed once and the network is what comes after them.
 */
export const drawFeatures = (key: Key, features: number, inputs: number): Float32Array =>
  Float32Array.from({ length: features * inputs }, (_, i) => normal(key, i) / Math.sqrt(inputs));

/** φ of points x [N * inputs]: [N * features]. Summed in double precision, the same on every machine. */
export const featuresOf = (W: ArrayLike<number>, x: Float32Array, inputs: number): Float32Array => {
  const features = W.length / inputs;
  const rows = x.length / inputs;
  const out = new Float32Array(rows * features);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let feature = 0; feature < features; feature++) {
      let sum = 0;
      for (let d = 0; d < inputs; d++) sum += (W[feature * inputs + d] as number) * (x[row * inputs + d] as number);
      out[at++] = sum > 0 ? sum : 0;
    }
  }
  return out;
};
