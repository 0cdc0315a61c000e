/**
 * The nearest point with 0 <= w <= 1 and Σ w = total, in the Euclidean norm, by bisection for the threshold:
 * w_i = clip(v_i - μ, 0, 1).
 *
 * @param total from 0 to the number of values
 */
export const ontoCappedSimplex = (values: Float64Array, total: number): Float64Array => {
  const at = (mu: number) => values.map((value) => Math.min(1, Math.max(0, value - mu)));
  const sum = (w: Float64Array) => w.reduce((all, value) => all + value, 0);
  let low = values.reduce((a, b) => Math.min(a, b), 0) - 1; // everything is 1
  let high = values.reduce((a, b) => Math.max(a, b), 0); // everything is 0
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) > total) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
};
