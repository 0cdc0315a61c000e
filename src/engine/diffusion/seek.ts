import { BETA1, BETA2, biasCorrection, EPSILON } from '../objective/optim.ts';

/** Adam on a few plain numbers that are changed in place: what searches for a condition. */
export const createSeeker = (values: Float32Array, rate: number) => {
  const [first, second] = [new Float64Array(values.length), new Float64Array(values.length)];
  let steps = 0;
  return {
    /** One step down a gradient of as many numbers. */
    step: (gradient: Float32Array): void => {
      steps++;
      const [scale, root] = [rate / biasCorrection(BETA1, steps), Math.sqrt(biasCorrection(BETA2, steps))];
      for (let i = 0; i < values.length; i++) {
        const slope = gradient[i] as number;
        first[i] = BETA1 * (first[i] as number) + (1 - BETA1) * slope;
        second[i] = BETA2 * (second[i] as number) + (1 - BETA2) * slope * slope;
        const size = Math.sqrt(second[i] as number) / root + EPSILON;
        values[i] = (values[i] as number) - (scale * (first[i] as number)) / size;
      }
    },
  };
};
