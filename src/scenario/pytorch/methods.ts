import type { Params } from '../../engine/base/schema.ts';
import type { Split } from '../../engine/contracts/rows.ts';

/**
 * The objectives as PyTorch writes them, beside the papers and not beside our own code: `test/scenario/pytorch.test.ts`
 * runs every one of them and holds it to the numbers that the engine computes.
 */

/** What a loss reads beside the logits and the labels `y`. */
export type Given =
  /** Alternative labels, [B]. */
  | 'other'
  /** Log-probabilities under the original model, [B, C]. */
  | 'reference'
  /** Log-probabilities under the teacher, [B, C]. */
  | 'teacher'
  /** The original model's activations at the method's hidden layer, [B, width]. */
  | 'held'
  /** A fixed direction there, [width]. */
  | 'direction';

/** A function of one batch. */
export interface PythonLoss {
  readonly reads: readonly Given[];
  /** The function's body: lines of Python that use `logits`, `y` and what it reads, and the method's settings in capitals. */
  readonly body: (params: Params) => readonly string[];
}

/** A method's own objective; the loop, the optimizer, masks and retain terms are the same for all. */
export interface PythonMethod {
  readonly forget?: PythonLoss;
  readonly retain?: PythonLoss;
  /** The hidden layer, from 1, whose activations the losses get in place of logits; the last one if there are fewer. */
  readonly layer?: (params: Params) => number;
  /** Only the last k layers move: how many. */
  readonly lastLayers?: (params: Params) => number;
  /** The factor of ‖θ‖₁ at a step, as an expression of `step`. */
  readonly l1?: string;
  /** The factor of the retain loss, where the method changes it on the way; the loss itself is then called `violation`. */
  readonly retainFactor?: string;
  /** Lines before the first step, at the beginning and at the end of each. */
  readonly before?: (params: Params) => readonly string[];
  readonly beginStep?: (params: Params) => readonly string[];
  readonly endStep?: (params: Params) => readonly string[];
  /** The body of `climbs(step)`, where steps on the forget set and on the retain set take turns. */
  readonly climbs?: (params: Params) => readonly string[];
  /** Settings that cannot be written. */
  readonly refuses?: (params: Params) => boolean;
  /** Further settings in capitals: lines of Python. `rows`: the rows of a batch. */
  readonly constants?: (rows: Readonly<Record<Split, number>>) => readonly string[];
}

const lines =
  (...body: readonly string[]): PythonLoss['body'] =>
  () =>
    body;

const crossEntropy: PythonLoss = { reads: [], body: lines('return F.cross_entropy(logits, y)') };
const towardsOther: PythonLoss = { reads: ['other'], body: lines('return F.cross_entropy(logits, other)') };
const onRetain: PythonMethod = { retain: crossEntropy };

const RATIO = 'ratio = log_p(logits, y) - pick(reference, y)  # log(p_y / p_y of the original model)';

/** f* of FLAT's divergences, each as a function of e = E[p_other] and f = E[p_y]. */
const flat: Readonly<Record<string, string>> = {
  'total variation': '(torch.tanh(f) - torch.tanh(e)) / 2',
  KL: 'torch.exp(f - 1) - e',
  'Jensen-Shannon': 'F.softplus(-e) + f + F.softplus(-f) - 2 * math.log(2)',
  Pearson: 'f + f**2 / 4 - e',
  Jeffrey: 'f + f**2 / 4 + f**3 / 16 - e',
};

/** Mean KL from the softened output of another network, given as log-probabilities. */
const distilled = (from: 'teacher' | 'reference', share: string): PythonLoss => ({
  reads: [from],
  body: ({ reduction }) => [
    `target = F.log_softmax(${from} / TEMPERATURE, dim=1)`,
    'output = F.log_softmax(logits / TEMPERATURE, dim=1)',
    `return ${share} * F.kl_div(output, target, log_target=True, reduction="batchmean")${
      reduction === 'examples' ? '' : ' / logits.shape[1]'
    }`,
  ],
});

export const pythonMethods: Readonly<Record<string, PythonMethod>> = {
  ga: { forget: { reads: [], body: lines('return log_p(logits, y).mean()') } },
  npo: {
    forget: { reads: ['reference'], body: lines(RATIO, 'return -(2 / BETA) * F.logsigmoid(-BETA * ratio).mean()') },
  },
  simnpo: {
    forget: {
      reads: [],
      body: lines(
        'margin = log_p(logits, y) + DELTA',
        'return FORGET_WEIGHT * -(2 / BETA) * F.logsigmoid(-BETA * margin).mean()',
      ),
    },
  },
  dpo: {
    forget: {
      reads: ['other', 'reference'],
      body: ({ factor }) => [
        'preferred = log_p(logits, other) - pick(reference, other)',
        'rejected = log_p(logits, y) - pick(reference, y)',
        `return -(${factor === '1/β' ? 1 : 2} / BETA) * F.logsigmoid(BETA * (preferred - rejected)).mean()`,
      ],
    },
  },
  kto: {
    forget: {
      reads: ['other', 'reference'],
      body: ({ form }) => [
        RATIO,
        ...(form === 'KL of the forget set'
          ? [
              'log_q = F.log_softmax(logits, dim=1)',
              'z0 = BETA * (log_q.exp() * (log_q - reference)).sum(1).mean().detach()',
            ]
          : ['z0 = (log_p(logits, other) - pick(reference, other)).mean().detach()']),
        form === 'sigmoid'
          ? 'return -(2 / BETA) * torch.sigmoid(z0 - BETA * ratio).mean()'
          : 'return -(2 / BETA) * F.logsigmoid(z0 - BETA * ratio).mean()',
      ],
    },
  },
  idk: {
    forget: {
      reads: ['other'],
      body: ({ target }) => [
        target === 'uniform'
          ? 'return -F.log_softmax(logits, dim=1).mean(1).mean()'
          : 'return F.cross_entropy(logits, other)',
      ],
    },
  },
  rl: { forget: towardsOther },
  'boundary-shrink': { forget: towardsOther },
  wga: {
    forget: {
      reads: [],
      body: lines(
        'log_py = log_p(logits, y)',
        'weight = log_py.detach().exp() ** BETA',
        'return (weight * log_py).mean()',
      ),
    },
  },
  satimp: {
    forget: {
      reads: [],
      body: lines(
        'log_py = log_p(logits, y)',
        'p = log_py.detach().exp()',
        'return (p**SATURATION * (1 - p) ** IMPORTANCE * log_py).mean()',
      ),
    },
  },
  ceu: {
    forget: {
      reads: [],
      body: lines(
        'others = logits.detach().scatter(1, y[:, None], -math.inf)',
        'return -(F.softmax(others, dim=1) * F.log_softmax(logits, dim=1)).sum(1).mean()',
      ),
    },
  },
  undial: {
    forget: {
      reads: ['reference'],
      body: lines(
        'lowered = reference - BETA * F.one_hot(y, reference.shape[1])',
        'return -(F.softmax(lowered, dim=1) * F.log_softmax(logits, dim=1)).sum(1).mean()',
      ),
    },
  },
  flat: {
    forget: {
      reads: ['other'],
      body: ({ divergence }) => [
        'e, f = log_p(logits, other).exp().mean(), log_p(logits, y).exp().mean()',
        `return ${flat[String(divergence)]}`,
      ],
    },
  },
  'negrad-plus': {
    forget: { reads: [], body: lines('return (1 - ALPHA) * log_p(logits, y).mean()') },
    retain: { reads: [], body: lines('return ALPHA * F.cross_entropy(logits, y)') },
  },
  'bad-teacher': {
    forget: distilled('teacher', '(1 - RETAIN_PART)'),
    retain: distilled('reference', 'RETAIN_PART'),
    constants: ({ forget, retain }) => [
      `RETAIN_PART = RETAIN_SHARE * ${retain} / (${forget} + RETAIN_SHARE * ${retain})  # the mean over both sets`,
    ],
  },
  pdu: {
    forget: {
      reads: [],
      body: lines('spread = logits.max(1).values - logits.mean(1)', 'return (spread**2).mean()'),
    },
    retain: crossEntropy,
    retainFactor: 'dual',
    before: lines('dual = DUAL_START  # the weight of the retain loss'),
    endStep: lines('dual = max(0.0, dual + DUAL_STEP * (violation.item() - TOLERANCE))'),
  },
  rmu: {
    layer: ({ layer }) => Number(layer),
    forget: {
      reads: ['direction'],
      body: lines('return F.mse_loss(hidden, (COEFFICIENT * direction).expand_as(hidden))'),
    },
    retain: { reads: ['held'], body: lines('return ALPHA * F.mse_loss(hidden, held)') },
  },
  scrub: {
    forget: {
      reads: ['reference'],
      body: ({ climb }) => [
        'distance = far(logits, reference)',
        climb === 'distance' ? 'return -distance' : 'return -F.cross_entropy(logits, y) - ALPHA * distance',
      ],
    },
    retain: {
      reads: ['reference'],
      body: lines('return GAMMA * F.cross_entropy(logits, y) + ALPHA * far(logits, reference)'),
    },
    climbs: ({ start, order }) => [
      ...(start === 'min steps' ? ['step -= MIN_STEPS  # the first steps leave the plateau at the teacher'] : []),
      `if step < 0 or step >= MAX_ROUNDS * ${order === 'all max first' ? 'MAX_STEPS' : '(MAX_STEPS + MIN_STEPS)'}:`,
      '    return False',
      order === 'all max first'
        ? 'return True'
        : order === 'max first'
          ? 'return step % (MAX_STEPS + MIN_STEPS) < MAX_STEPS'
          : 'return step % (MAX_STEPS + MIN_STEPS) >= MIN_STEPS',
    ],
    refuses: ({ rewind }) => rewind === true,
  },
  ft: onRetain,
  retrain: onRetain,
  euk: {
    ...onRetain,
    lastLayers: ({ k }) => Number(k),
    beginStep: ({ fresh }) =>
      fresh === 'every pass'
        ? [
            'if step > 0 and step * len(kept) // len(retain) > (step - 1) * len(kept) // len(retain):',
            '    fill(parameters, start[-len(parameters) :])  # a new pass: new weights again',
          ]
        : [],
  },
  cfk: { ...onRetain, lastLayers: ({ k }) => Number(k) },
  'l1-ft': { ...onRetain, l1: 'ALPHA * max(0.0, 1 - step / STEPS / (1 - REST_SHARE))' },
};

/** The terms that keep the retain set. */
export const pythonRetainTerms: Readonly<Record<string, PythonLoss>> = {
  ce: crossEntropy,
  kl: {
    reads: ['reference'],
    body: lines(
      'return F.kl_div(F.log_softmax(logits, dim=1), reference, log_target=True, reduction="batchmean")  # KL(original || model)',
    ),
  },
  'kl-reverse': {
    reads: ['reference'],
    body: lines(
      'log_q = F.log_softmax(logits, dim=1)',
      'return (log_q.exp() * (log_q - reference)).sum(1).mean()  # KL(model || original)',
    ),
  },
};
