import type { Activation, RunSpec } from '../format/scenario.ts';
import type { RunArtifacts } from './artifacts.ts';
import type { Given, PythonLoss, PythonMethod } from './methods.ts';
import type { PythonWrappers } from './wrappers.ts';

const modules: Readonly<Record<Activation, string>> = { tanh: 'nn.Tanh()', relu: 'nn.ReLU()', sigmoid: 'nn.Sigmoid()' };

const indent = (lines: readonly string[], by = 4): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

/** `lines` where something holds. */
const when = (holds: unknown, ...lines: readonly string[]): readonly string[] => (holds ? lines : []);

const PINNED = [
  'class Pinned(nn.Module):',
  '    """Logits (x a, 0): no biases, and the last class has logit 0."""',
  '',
  '    def __init__(self, inputs, outputs):',
  '        super().__init__()',
  '        self.a = nn.Linear(inputs, outputs, bias=False)',
  '',
  '    def forward(self, x):',
  '        logits = self.a(x)',
  '        return torch.cat([logits, torch.zeros_like(logits[:, :1])], dim=1)',
  '',
  '',
];

/** The functions that unpack the arrays and build the network. */
export const network = ({ layout, activations, features }: RunArtifacts): readonly string[] => {
  const layers = layout
    .filter(({ shape }) => shape.length === 2)
    .map(({ shape }) => shape as readonly [number, number]);
  const isPinned = layout.some(({ name }) => name === 'a');
  const [[inputs, outputs]] = layers as [readonly [number, number]];
  const stack = layers.flatMap(([from, to], i) => {
    const activation = activations[i];
    return [`nn.Linear(${from}, ${to}),`, ...(activation ? [`${modules[activation]},`] : [])];
  });
  return [
    ...when(isPinned, ...PINNED),
    'def network():',
    ...(isPinned
      ? [`    return Pinned(${inputs}, ${outputs})`]
      : ['    return nn.Sequential(', ...indent(stack, 8), '    )']),
    '',
    '',
    '@functools.lru_cache(None)',
    'def array(name, dtype=torch.long):',
    '    """One of the arrays at the end of this file."""',
    '    kind, shape, text = ARRAYS[name]',
    '    if 0 in shape:',
    '        return torch.zeros(shape, dtype=dtype)',
    '    data = bytearray(zlib.decompress(base64.urlsafe_b64decode("".join(text.split()))))',
    '    return torch.frombuffer(data, dtype=getattr(torch, kind)).reshape(shape).to(dtype)',
    '',
    '',
    'def points(name, dtype):',
    ...(features
      ? [
          '    """What the network gets of the points, which is relu(W x) with fixed random W, and their labels."""',
          '    # The features are rounded to single precision, as where they come from.',
          '    x = torch.relu(array(name + "_x", torch.float64) @ array("features", torch.float64).T).float()',
          '    return x.to(dtype), array(name + "_y")',
        ]
      : ['    """Points and their labels."""', '    return array(name + "_x", dtype), array(name + "_y")']),
    '',
    '',
    'def like(model, name, dtype):',
    '    """An array of one number per weight, in pieces shaped like the model\'s parameters (stored as [inputs, outputs])."""',
    '    parameters = list(model.parameters())',
    '    pieces = array(name, dtype).split([p.numel() for p in parameters])',
    '    return [',
    '        piece.reshape(p.shape[::-1]).T.clone() if p.dim() == 2 else piece.clone()',
    '        for piece, p in zip(pieces, parameters)',
    '    ]',
    '',
    '',
    'def fill(parameters, values):',
    '    with torch.no_grad():',
    '        for p, value in zip(parameters, values):',
    '            p.copy_(value)',
    '',
    '',
  ];
};

const optimizerOf = ({ optimizer, weightDecay }: RunSpec): string => {
  const decay = weightDecay > 0 ? ', weight_decay=WEIGHT_DECAY' : '';
  const momentum = optimizer === 'momentum' ? ', momentum=MOMENTUM' : '';
  return `torch.optim.${optimizer === 'adam' ? 'Adam' : 'SGD'}(parameters, lr=LEARNING_RATE${momentum}${decay})`;
};

/** What a script's loop is made of. */
export interface LoopParts {
  readonly run: RunSpec;
  readonly own: PythonMethod;
  readonly keep: PythonLoss | undefined;
  readonly artifacts: RunArtifacts;
  readonly given: ReadonlySet<Given>;
  readonly wrapped: PythonWrappers;
}

const SETTLE = [
  'def settle(parameters, start, count):',
  '    """Puts the `count` weights that have moved least back, and lets the others come as much closer."""',
  '    if count == 0:',
  '        return',
  '    with torch.no_grad():',
  '        moved = [p - first for p, first in zip(parameters, start)]',
  '        least = torch.cat([way.abs().flatten() for way in moved]).sort().values[count - 1]',
  '        for p, first, way in zip(parameters, start, moved):',
  '            p.copy_(first + way.sign() * (way.abs() - least).clamp(min=0))',
  '',
  '',
];

/** The rows of a step. */
const batchLines = ({ artifacts, given }: LoopParts): readonly string[] => {
  const { forget, retain } = artifacts.batches;
  const isDrawnAnew = artifacts.alternatives?.isPerStep === true;
  const other = isDrawnAnew ? 'other[step]' : forget?.positions ? 'other[forget_batches[step]]' : 'other';
  return [
    ...when(forget, `rows = forget${forget?.positions ? '[forget_batches[step]]' : ''}`),
    ...when(retain, `kept = retain${retain?.positions ? '[retain_batches[step]]' : ''}`),
    ...when(given.has('other'), `labels = ${other}`),
  ];
};

const call = (
  name: string,
  { reads }: PythonLoss,
  rows: 'rows' | 'kept',
  { by, cut }: { readonly by?: string | undefined; readonly cut?: number | undefined } = {},
): string => {
  const argument = (what: Given): string =>
    what === 'other' ? 'labels' : what === 'direction' ? what : `${what}[${rows}]`;
  const more = reads.map((what) => `, ${argument(what)}`).join('');
  if (cut !== undefined) return `${name}(model[:${cut}](x[${rows}])${more})`;
  const logits = by ? `${by}(model, x[${rows}], y[${rows}])` : `model(x[${rows}])`;
  return `${name}(${logits}, y[${rows}]${more})`;
};

/** How many modules there are up to the hidden layer that a method works on. */
const cutOf = ({ layer }: PythonMethod, { params }: RunSpec, { activations }: RunArtifacts): number | undefined =>
  layer && 2 * Math.min(layer(params), activations.length);

/** Sum of terms as `loss`. */
const summed = (terms: readonly string[]): readonly string[] =>
  terms.map((term, i) => (i === 0 ? `loss = ${term}` : `loss = loss + ${term}`));

/** From the rows of a step to the gradients of the parameters. */
const gradientLines = ({ run, own, keep, artifacts, wrapped }: LoopParts): readonly string[] => {
  const cut = cutOf(own, run, artifacts);
  const forgot = own.forget ? [call('forget_loss', own.forget, 'rows', { by: wrapped.logits, cut })] : [];
  const retained = own.retain ? [call('retain_loss', own.retain, 'kept', { cut })] : [];
  const weighed = own.retainFactor ? [`${own.retainFactor} * violation`] : retained;
  // To a gradient rule, an objective on hidden activations is one and counts as that on the forget set.
  const forgetting = cut === undefined ? forgot : [...forgot, ...weighed];
  const keeping = [
    ...(cut === undefined ? weighed : []),
    ...(keep ? [`RETAIN_WEIGHT * ${call('keep_loss', keep, 'kept')}`] : []),
  ];
  const idle = own.layer
    ? [
        'for p in parameters:  # the layers above have no gradient of their own',
        '    p.grad = torch.zeros_like(p) if p.grad is None else p.grad',
      ]
    : [];
  const penalty = own.l1 ? [`${own.l1} * sum(p.abs().sum() for p in parameters)`] : [];
  return [
    'model.zero_grad()',
    ...(own.retainFactor ? [`violation = ${retained.join('')}`] : []),
    ...(wrapped.join
      ? [
          `forgetting = ${forgetting.join(' + ')}`,
          `keeping = ${keeping.join(' + ')}`,
          `${wrapped.join}(parameters, forgetting, keeping)`,
        ]
      : own.climbs
        ? ['if climbs(step):', ...indent(summed(forgetting)), 'else:', ...indent(summed(keeping)), 'loss.backward()']
        : [...summed([...forgetting, ...keeping, ...penalty]), 'loss.backward()']),
    ...idle,
    ...(wrapped.extra.length > 0 ? ['with torch.no_grad():', ...indent(wrapped.extra)] : []),
    ...when(artifacts.mask, 'for p, free in zip(model.parameters(), mask):', '    p.grad *= free'),
    ...when(run.clipNorm > 0, 'nn.utils.clip_grad_norm_(parameters, CLIP_NORM)'),
  ];
};

/** The run itself, and what is said of the model on the way. */
export const trainingLoop = (parts: LoopParts): readonly string[] => {
  const { run, own, artifacts, given, wrapped } = parts;
  const { batches, mask, settled, original, start } = artifacts;
  const isElsewhere = original.some((value, i) => value !== start[i]);
  const last = own.lastLayers?.(run.params);
  const layers = artifacts.layout.filter(({ shape }) => shape.length === 2).length;
  const frozen = last === undefined ? 0 : 2 * Math.max(0, layers - last);
  const begins = own.beginStep?.(run.params) ?? [];
  const network = (name: string) => [
    `${name}_model = network().to(dtype)`,
    `fill(${name}_model.parameters(), like(${name}_model, "${name === 'reference' ? (isElsewhere ? 'original' : 'start') : name}", dtype))`,
    `${name} = F.log_softmax(${name}_model(x), dim=1).detach()  # log-probabilities of every training point`,
  ];
  return [
    ...wrapped.functions,
    ...(own.climbs
      ? [
          'def climbs(step):',
          '    """Whether a step moves away from the teacher on the forget set; the others repair on the retain set."""',
          ...indent(own.climbs(run.params)),
          '',
          '',
        ]
      : []),
    ...(settled ? SETTLE : []),
    'def run(dtype):',
    '    """The whole run in one precision: what the model says at each step that the lab has numbers of."""',
    ...indent([
      'x, y = points("train", dtype)',
      'forget, retain = array("forget"), array("retain")  # rows of x',
      ...when(batches.forget?.positions, 'forget_batches = array("forget_batches")  # rows of forget, for every step'),
      ...when(batches.retain?.positions, 'retain_batches = array("retain_batches")  # rows of retain, for every step'),
      ...when(given.has('other'), 'other = array("other")'),
      'model = network().to(dtype)',
      'start = like(model, "start", dtype)',
      'fill(model.parameters(), start)',
      'recorded = start',
      ...(given.has('reference') ? network('reference') : []),
      ...(given.has('teacher') ? network('teacher') : []),
      ...when(given.has('direction'), 'direction = array("direction", dtype)'),
      ...when(
        given.has('held'),
        'original_model = network().to(dtype)',
        `fill(original_model.parameters(), like(original_model, "${isElsewhere ? 'original' : 'start'}", dtype))`,
        `held = original_model[:${cutOf(own, run, artifacts)}](x).detach()  # activations of the original model`,
      ),
      ...when(mask, 'mask = like(model, "mask", dtype)  # 1 where a weight may move'),
      ...when(settled, 'settled = array("settled")'),
      ...wrapped.before,
      frozen > 0
        ? `parameters = list(model.parameters())[${frozen}:]  # the last ${last === 1 ? 'layer' : `${last} layers`}`
        : 'parameters = list(model.parameters())',
      `optimizer = ${optimizerOf(run)}`,
      ...(own.before?.(run.params) ?? []),
      'said = {0: evaluate(model, dtype)}',
      'for step in range(STEPS):',
      ...indent([
        ...batchLines(parts),
        ...begins,
        ...gradientLines(parts),
        'before = [p.detach().clone() for p in model.parameters()]',
        'optimizer.step()',
        ...when(
          mask,
          'with torch.no_grad():  # frozen weights stay exactly: momentum and decay do not leak into them',
          '    for p, free, first in zip(model.parameters(), mask, start):',
          '        p.copy_(torch.where(free > 0, p, first))',
        ),
        ...when(settled, 'settle(parameters, start, int(settled[step]))'),
        ...(own.endStep?.(run.params) ?? []),
        'if not all(bool((p.abs() <= 1e6).all()) for p in parameters):',
        '    # It has diverged: the lab goes on showing what it recorded last, or, if it records now, the last finite weights.',
        '    fill(model.parameters(), before if (step + 1) % EVERY == 0 else recorded)',
        '    break',
        'if (step + 1) % EVERY == 0:',
        '    recorded = [p.detach().clone() for p in model.parameters()]',
        'if step + 1 in LAB["step"]:',
        '    said[step + 1] = evaluate(model, dtype)',
      ]),
      'end = evaluate(model, dtype)',
      'return [said.get(step, end) for step in LAB["step"]]',
    ]),
    '',
    '',
  ];
};
