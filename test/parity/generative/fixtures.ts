import { flatNumbers, referenceOf } from '../reference.ts';

type Numbers = readonly number[];
type Rows = readonly Numbers[];

interface Named {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each loss has a form of its own.
  readonly [extra: string]: any;
}

interface Sampled {
  readonly x_T: Rows;
  readonly c: Numbers;
  readonly x_0: Rows;
}

interface GenerativeFixtures {
  readonly tolerance: { readonly f32: { readonly rtol: number; readonly atol: number } };
  readonly diffusion: {
    readonly C: number;
    readonly abar: Numbers;
    readonly time_features: Rows;
    readonly theta: Readonly<Record<string, unknown>>;
    readonly theta_ref: Readonly<Record<string, unknown>>;
    readonly forget: {
      readonly x0: Rows;
      readonly t: Numbers;
      readonly eps: Rows;
      readonly c: number;
      readonly substitute: number;
      readonly uniform_x0: Rows;
    };
    readonly retain: { readonly x0: Rows; readonly t: Numbers; readonly eps: Rows; readonly c: Numbers };
    readonly theta_fake: Readonly<Record<string, unknown>>;
    readonly theta_generator: Readonly<Record<string, unknown>>;
    readonly sfd: { readonly z: Rows; readonly t: Numbers; readonly t_init: number; readonly x0: Rows };
    readonly attack_condition: Rows;
    readonly forward: {
      readonly x_t_forget: Rows;
      readonly eps_theta_forget: Rows;
      readonly eps_ref_forget: Rows;
      readonly eps_theta_null: Rows;
    };
    readonly losses: readonly Named[];
    readonly pcgrad: { readonly dot: number; readonly projected: Numbers };
    readonly ddim_eta0_w0: Sampled;
    readonly ddim_eta0_w2: Sampled;
    readonly ancestral_step: {
      readonly t: number;
      readonly x_t: Rows;
      readonly c: Numbers;
      readonly noise: Rows;
      readonly x_prev: Rows;
    };
    readonly metrics: { readonly a: Rows; readonly b: Rows; readonly sliced_w1: number; readonly directions: number };
    readonly salun_mask: { readonly keep: number; readonly kept: number; readonly indices: Numbers };
  };
  readonly regression: {
    readonly theta: Readonly<Record<string, unknown>>;
    readonly theta_ref: Readonly<Record<string, unknown>>;
    readonly x: Rows;
    readonly y: Rows;
    readonly unlearn: Numbers;
    readonly theta_proxy: Readonly<Record<string, unknown>>;
    readonly y_gauss: Rows;
    readonly forward: { readonly out: Rows; readonly proxy: Rows };
    readonly losses: readonly Named[];
    readonly metrics: { readonly a: Numbers; readonly b: Numbers; readonly w1: number };
  };
  readonly gan: { readonly losses: readonly Named[] };
}

export const reference = referenceOf<GenerativeFixtures>('unlearn-families/1');
export const generative = reference.numbers;
export const tolerance = generative.tolerance.f32;

/** The kinds of models in the file. */
export const FAMILIES = ['diffusion', 'regression', 'gan'] as const;

for (const family of FAMILIES) {
  for (const { id } of generative[family].losses) reference.requireShape(`${family}/losses/${id}/value`, []);
}

/** A loss by its name. @throws {Error} if that family has none of that name */
export const lossEntry = (family: (typeof FAMILIES)[number], id: string): Named => {
  const found = generative[family].losses.find((one) => one.id === id);
  if (!found) throw new Error(`${reference.file} has no ${family}/losses/${id}.`);
  return found;
};

const PARTS = ['W1', 'b1', 'W2', 'b2', 'W3', 'b3'] as const;

/** A gradient by name of weights as one vector [P], in the file's order. */
export const flat = (weights: Readonly<Record<string, unknown>>): Float32Array =>
  Float32Array.from(PARTS.flatMap((part) => flatNumbers(weights[part])));
