import type { Citation, ParamSpec, ParamValue } from '../../engine/base/schema.ts';
import { wellFormed } from '../../engine/base/words.ts';
import type { MaskInfo, MethodInfo, RetainInfo } from '../../engine/contracts/method.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { RunSpec } from '../format/scenario.ts';
import type { RunArtifacts } from './artifacts.ts';
import { type Carried, pythonArrays, whole } from './encode.ts';
import { comparison, type LabNumbers, labNumbers } from './lab-numbers.ts';
import { type Given, type PythonLoss, pythonRetainTerms } from './methods.ts';
import { pythonMethodOf } from './of-method.ts';
import { network, trainingLoop } from './template.ts';
import type { PythonWrappers } from './wrappers.ts';

/** What a script is made of. */
export interface ScriptSource {
  /** Of the experiment. */
  readonly title: string;
  /** The run's name with its swept setting. */
  readonly label: string;
  readonly seed: number;
  /** With swept values in their places. */
  readonly run: RunSpec;
  readonly method: MethodInfo;
  readonly retain: RetainInfo | undefined;
  readonly mask: MaskInfo | undefined;
  readonly wrapped: PythonWrappers;
  readonly artifacts: RunArtifacts;
  readonly lab: LabNumbers;
  /** The engine that computed the numbers. */
  readonly engine: string;
  /** Where the experiment can be opened, and what its results add up to. */
  readonly link?: string | undefined;
  readonly checksum?: string | undefined;
}

/** Words from elsewhere as one line that ends no string and no comment. */
const plain = (words: string): string =>
  wellFormed(words)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replaceAll('\\', '/')
    .replaceAll('"', "'")
    .trim();

const WIDTH = 110;

/** Words in lines that are not too long, behind an indent. */
const wrapped = (words: string, indent = ''): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + word.length + indent.length >= WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, indent + line];
};

const cited = (citation: Citation | undefined): string => {
  if (!citation) return 'A rule of the author’s own, without a paper.';
  const { authors, year, title, url, where } = citation;
  return plain(`${authors} (${year}). ${title}${where ? `, ${where}` : ''}. ${url}`);
};

const upper = (name: string): string => name.replaceAll(/([A-Z])/g, '_$1').toUpperCase();

/** The settings of a method as constants; choices are written into the formulas instead. */
const methodConstants = ({ params }: MethodInfo, run: RunSpec, code: string): readonly string[] =>
  Object.entries(params as Record<string, ParamSpec>).flatMap(([name, { kind, label, symbol, default: normal }]) => {
    if (kind !== 'number' && kind !== 'int') return [];
    const constant = upper(name);
    if (!new RegExp(`\\b${constant}\\b`).test(code)) return [];
    return [`${constant} = ${run.params[name] ?? normal}  # ${plain(label)}${symbol ? `, ${plain(symbol)}` : ''}`];
  });

const optimizerConstants = ({ steps, learningRate, optimizer, momentum, weightDecay, clipNorm }: RunSpec) => [
  `STEPS = ${steps}`,
  `LEARNING_RATE = ${learningRate}`,
  ...(optimizer === 'momentum' ? [`MOMENTUM = ${momentum}`] : []),
  ...(weightDecay > 0 ? [`WEIGHT_DECAY = ${weightDecay}`] : []),
  ...(clipNorm > 0 ? [`CLIP_NORM = ${clipNorm}`] : []),
];

const lossFunction = (
  name: string,
  { formula, citation }: Pick<MethodInfo, 'formula' | 'citation'>,
  { reads, body }: PythonLoss,
  run: RunSpec,
  input: readonly string[] = ['logits', 'y'],
): readonly string[] => [
  `def ${name}(${[...input, ...reads].join(', ')}):`,
  `    """${plain(formula)}`,
  '',
  ...wrapped(cited(citation), '    '),
  '    """',
  ...body(run.params).map((line) => `    ${line}`),
  '',
  '',
];

/** The functions that the losses use. */
const helpers = (code: string): readonly string[] => [
  ...(/\bpick\(/.test(code)
    ? [
        'def pick(values, labels):',
        '    """Of each row, the value of its label."""',
        '    return values.gather(1, labels[:, None]).squeeze(1)',
        '',
        '',
      ]
    : []),
  ...(/\bfar\(/.test(code)
    ? [
        'def far(logits, reference):',
        '    """Softened KL(original || model), as in distillation."""',
        '    target = F.log_softmax(reference / TEMPERATURE, dim=1)',
        '    output = F.log_softmax(logits / TEMPERATURE, dim=1)',
        '    return TEMPERATURE**2 * F.kl_div(output, target, log_target=True, reduction="batchmean")',
        '',
        '',
      ]
    : []),
  ...(/\blog_p\(/.test(code)
    ? [
        'def log_p(logits, labels):',
        '    """log p of each row\'s label."""',
        '    return F.log_softmax(logits, dim=1).gather(1, labels[:, None]).squeeze(1)',
        '',
        '',
      ]
    : []),
];

/** Everything that the script carries. */
const carried = (artifacts: RunArtifacts, given: ReadonlySet<Given>): Record<string, Carried> => {
  const { inputs, train, test, forget, retain, testRetain, features, batches, alternatives, mask, settled } = artifacts;
  const { start, original, teacher, weighed, direction } = artifacts;
  const n = train.y.length;
  const m = test.y.length;
  const needsOriginal = original.some((value, i) => value !== start[i]);
  return {
    train_x: { values: train.x, shape: [n, inputs] },
    train_y: whole(train.y, [n]),
    test_x: { values: test.x, shape: [m, inputs] },
    test_y: whole(test.y, [m]),
    forget: whole(forget, [forget.length]),
    retain: whole(retain, [retain.length]),
    test_retain: whole(testRetain, [testRetain.length]),
    ...(features && { features: { values: features, shape: [features.length / inputs, inputs] } }),
    start: { values: start, shape: [start.length] },
    ...(needsOriginal && { original: { values: original, shape: [original.length] } }),
    ...(direction && { direction: { values: direction, shape: [direction.length] } }),
    ...(teacher && given.has('teacher') && { teacher: { values: teacher, shape: [teacher.length] } }),
    ...Object.fromEntries(
      Object.entries(batches).flatMap(([split, { size, positions }]) =>
        positions ? [[`${split}_batches`, whole(positions, [positions.length / size, size])]] : [],
      ),
    ),
    ...(alternatives &&
      given.has('other') && {
        other: whole(
          alternatives.labels,
          alternatives.isPerStep
            ? [alternatives.labels.length / (batches.forget?.size ?? 1), batches.forget?.size ?? 1]
            : [alternatives.labels.length],
        ),
      }),
    ...(mask && { mask: { values: mask, shape: [mask.length] } }),
    ...(settled && { settled: whole(settled, [settled.length]) }),
    ...Object.fromEntries(Object.entries(weighed).map(([id, values]) => [id, { values, shape: [values.length] }])),
  };
};

/** ', strength of the anchor 0.1' */
const inWords = ({ params }: WrapperInfo, values: Readonly<Record<string, ParamValue>>): string =>
  Object.entries(params as Record<string, ParamSpec>)
    .map(([name, { label }]) => `, ${plain(label).toLowerCase()} ${values[name]}`)
    .join('');

const describe = (source: ScriptSource): readonly string[] => {
  const { title, label, seed, run, method, retain, mask, engine, link, checksum } = source;
  const settings = [
    `${run.optimizer}, learning rate ${run.learningRate}, ${run.steps} steps`,
    `batch ${run.batchSize}${source.artifacts.batches.retain ? `, retain batch ${source.artifacts.batches.retain.size}` : ''}`,
  ].join(', ');
  return [
    `"""${plain(`${label} of "${title}", seed ${seed}, in PyTorch.`)}`,
    '',
    `Method: ${plain(method.title)}.`,
    ...wrapped(cited(method.citation), '    '),
    ...(retain
      ? [
          `Retain term: ${plain(retain.title)}, weight ${run.retain.weight}.`,
          ...wrapped(cited(retain.citation), '    '),
        ]
      : []),
    ...(mask
      ? [
          `Mask: ${plain(mask.title)}; which weights may move is carried along.`,
          ...wrapped(cited(mask.citation), '    '),
        ]
      : []),
    ...source.wrapped.active.flatMap(({ wrapper, settings: values }) => [
      `In a wrapper: ${plain(wrapper.title)}${inWords(wrapper, values)}.`,
      ...wrapped(cited(wrapper.citation), '    '),
    ]),
    `Optimizer: ${settings}.`,
    '',
    'Data, first weights, drawn labels and the rows of every batch are at the end of this file: nothing in it depends on',
    'a random number generator. It needs PyTorch (1.11 or later) and nothing else, computes in double precision, and ends with a',
    'comparison with the numbers that Unlearn Lab computed in single precision. What counts as agreement stands in',
    '`tolerance`; the exit code is 1 if they disagree. Options: --float32 (as the lab computes), --json.',
    '',
    `Made by Unlearn Lab, engine ${plain(engine)}${checksum ? `, checksum ${plain(checksum)}` : ''}.`,
    ...(link ? [plain(link)] : []),
    '"""',
  ];
};

/**
 * A Python program that computes a run again and compares. The run must be one that `pytorchRefusal` has nothing against.
 */
export const pytorchScript = (source: ScriptSource): string => {
  const { run, method, artifacts } = source;
  const own = pythonMethodOf(method);
  if (!own) throw new Error(`there is no script for ${run.method}`);
  const keep = pythonRetainTerms[run.retain.kind];
  const input = own.layer ? ['hidden'] : undefined;
  const losses = [
    ...(own.forget ? lossFunction('forget_loss', method, own.forget, run, input) : []),
    ...(own.retain ? lossFunction('retain_loss', method, own.retain, run, input) : []),
    ...(keep && source.retain ? lossFunction('keep_loss', source.retain, keep, run) : []),
  ];
  const given = new Set([own.forget, own.retain, keep].flatMap((loss) => loss?.reads ?? []));
  const rows = { forget: artifacts.batches.forget?.size ?? 0, retain: artifacts.batches.retain?.size ?? 0 };
  const extra = own.constants?.(rows) ?? [];
  const loop = [own.before, own.beginStep, own.endStep, own.climbs].flatMap((part) => part?.(run.params) ?? []);
  const formulas = [...losses, own.l1 ?? '', ...loop, ...extra].join('\n');
  const help = helpers(formulas);
  const code = [...help, formulas].join('\n');
  const constants = [
    ...optimizerConstants(run),
    `EVERY = ${source.lab.steps[1] ?? run.steps}  # steps between two records of the lab`,
    ...methodConstants(method, run, code),
    ...extra,
    ...(keep ? [`RETAIN_WEIGHT = ${run.retain.weight}`] : []),
  ];
  const parts = { wrapped: source.wrapped, run, own, keep, artifacts, given };
  return [
    ...describe(source),
    'import base64',
    'import functools',
    'import json',
    ...(/\bmath\./.test(code) ? ['import math'] : []),
    'import sys',
    'import zlib',
    '',
    'import torch',
    'from torch import nn',
    'from torch.nn import functional as F',
    '',
    ...constants,
    '',
    '',
    ...help,
    ...losses,
    ...network(artifacts),
    ...trainingLoop(parts),
    ...comparison,
    ...labNumbers(source.lab, artifacts),
    ...pythonArrays(carried(artifacts, given)),
    '',
    'if __name__ == "__main__":',
    '    main()',
    '',
  ].join('\n');
};
