// A network in the style of TensorFlow Playground (Smilkov et al. 2017): objects for units and for the links between
// them, one example at a time, derivatives summed up in the links until the batch is through. Written from the
// description of that algorithm, with the softmax objectives that the jobs need.
import {
  BETA,
  type BenchJob,
  type BenchRows,
  LEARNING_RATE,
  type Objective,
  type Start,
  type Stepper,
} from './jobs.ts';

interface Link {
  readonly source: Unit;
  readonly target: Unit;
  weight: number;
  /** Sum of dLoss/dWeight over the examples since the last update. */
  slope: number;
}

interface Unit {
  readonly incoming: Link[];
  readonly outgoing: Link[];
  readonly activation: Activation;
  bias: number;
  biasSlope: number;
  total: number;
  output: number;
  /** dLoss/dOutput and dLoss/dTotal of the example at hand. */
  outputSlope: number;
  totalSlope: number;
}

interface Activation {
  readonly output: (total: number) => number;
  readonly slope: (total: number) => number;
}

const tanh: Activation = {
  output: (total) => Math.tanh(total),
  slope: (total) => {
    const output = Math.tanh(total);
    return 1 - output * output;
  },
};
const linear: Activation = { output: (total) => total, slope: () => 1 };

type Layers = readonly (readonly Unit[])[];

/** Units and links with the weights of `weights`: layer by layer, first the weights [in, out], then the biases. */
const build = (widths: readonly number[], weights: Float32Array): Layers => {
  let at = 0;
  const layers: Unit[][] = [];
  for (const [depth, width] of widths.entries()) {
    const activation = depth > 0 && depth < widths.length - 1 ? tanh : linear;
    const units = Array.from(
      { length: width },
      (): Unit => ({
        incoming: [],
        outgoing: [],
        activation,
        bias: 0,
        biasSlope: 0,
        total: 0,
        output: 0,
        outputSlope: 0,
        totalSlope: 0,
      }),
    );
    for (const source of layers.at(-1) ?? []) {
      for (const target of units) {
        const link: Link = { source, target, weight: weights[at++] as number, slope: 0 };
        source.outgoing.push(link);
        target.incoming.push(link);
      }
    }
    if (depth > 0) for (const unit of units) unit.bias = weights[at++] as number;
    layers.push(units);
  }
  return layers;
};

const forward = (layers: Layers, x: Float32Array, offset: number): void => {
  for (const [i, unit] of (layers[0] as Unit[]).entries()) unit.output = x[offset + i] as number;
  for (let depth = 1; depth < layers.length; depth++) {
    for (const unit of layers[depth] as Unit[]) {
      unit.total = unit.bias;
      for (const link of unit.incoming) unit.total += link.weight * link.source.output;
      unit.output = unit.activation.output(unit.total);
    }
  }
};

/** Takes the slopes of the outputs back through the network and adds to the sums. */
const backward = (layers: Layers): void => {
  for (let depth = layers.length - 1; depth >= 1; depth--) {
    for (const unit of layers[depth] as Unit[]) {
      unit.totalSlope = unit.outputSlope * unit.activation.slope(unit.total);
      unit.biasSlope += unit.totalSlope;
    }
    for (const unit of layers[depth] as Unit[]) {
      for (const link of unit.incoming) link.slope += unit.totalSlope * link.source.output;
    }
    if (depth === 1) continue;
    for (const unit of layers[depth - 1] as Unit[]) {
      unit.outputSlope = 0;
      for (const link of unit.outgoing) unit.outputSlope += link.weight * link.target.totalSlope;
    }
  }
};

const update = (layers: Layers): void => {
  for (const layer of layers) {
    for (const unit of layer) {
      unit.bias -= LEARNING_RATE * unit.biasSlope;
      unit.biasSlope = 0;
      for (const link of unit.incoming) {
        link.weight -= LEARNING_RATE * link.slope;
        link.slope = 0;
      }
    }
  }
};

/** Sets dLoss/dOutput = pull (p - onehot(y)) on the output units; the pull depends on log p of the label. */
const setSlopes = (outputs: readonly Unit[], label: number, pull: (logP: number) => number): void => {
  const largest = Math.max(...outputs.map(({ output }) => output));
  let sum = 0;
  for (const { output } of outputs) sum += Math.exp(output - largest);
  const logSum = largest + Math.log(sum);
  const weight = pull((outputs[label] as Unit).output - logSum);
  for (const [c, unit] of outputs.entries()) {
    unit.outputSlope = weight * (Math.exp(unit.output - logSum) - (c === label ? 1 : 0));
  }
};

const weightsOf = (layers: Layers): Float32Array =>
  Float32Array.from(
    layers
      .slice(1)
      .flatMap((units, depth) => [
        ...(layers[depth] as readonly Unit[]).flatMap(({ outgoing }) => outgoing.map(({ weight }) => weight)),
        ...units.map(({ bias }) => bias),
      ]),
  );

/** Steps of one network in that style. */
export const playgroundStepper = (job: BenchJob, objective: Objective, start: Start): Stepper => {
  const layers = build(job.widths, start.weights);
  const outputs = layers.at(-1) as readonly Unit[];
  const inputs = job.widths[0] as number;
  const visit = ({ x, y }: BenchRows, pull: (logP: number) => number) => {
    for (let row = 0; row < y.length; row++) {
      forward(layers, x, row * inputs);
      setSlopes(outputs, y[row] as number, pull);
      backward(layers);
    }
  };
  const descend = () => 1 / job.rows;
  /** NPO: -2 sigmoid(beta (log p - log reference)). */
  const letGo = (logP: number) => -2 / (1 + Math.exp(-BETA * (logP - start.logReference))) / job.rows;
  return {
    step: () => {
      if (objective === 'NPO + retain') visit(start.rows.forget, letGo);
      visit(start.rows.retain, descend);
      update(layers);
    },
    weights: () => weightsOf(layers),
    dispose: () => undefined,
  };
};
