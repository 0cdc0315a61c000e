/** The nearest whole number, a half to the even one. */
const roundHalfEven = (x: number): number => {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
};

/**
 * Weights as `bits` bits would hold them: each tensor is rounded to whole multiples of its largest absolute value over
 * 2^(bits - 1) - 1. Biases stay. Zhang et al. 2024, "Catastrophic Failure of LLM Unlearning via Quantization".
 */
export const quantized = (
  params: ArrayLike<number>,
  layout: readonly { readonly shape: readonly number[]; readonly offset: number; readonly size: number }[],
  bits: number,
): Float32Array => {
  const out = Float32Array.from(params);
  for (const { shape, offset, size } of layout) {
    if (shape.length < 2) continue;
    let largest = 0;
    for (let i = offset; i < offset + size; i++) largest = Math.max(largest, Math.abs(params[i] as number));
    const scale = largest / ((1 << (bits - 1)) - 1);
    if (scale === 0) continue;
    for (let i = offset; i < offset + size; i++) out[i] = roundHalfEven((params[i] as number) / scale) * scale;
  }
  return out;
};
