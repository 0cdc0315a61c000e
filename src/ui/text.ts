import type { Cause } from '../scenario/format/provenance.ts';
import type { Spread } from '../store/contracts/spread.ts';
import { counted } from './format.ts';
import { chip } from './text/chip.ts';
import { forget } from './text/forget.ts';
import { catalogue, type Partly, term, type Words } from './text/language.ts';
import { lesson } from './text/lesson.ts';
import { methodPage } from './text/method-page.ts';
import { picker } from './text/picker.ts';
import { plane } from './text/plane.ts';
import { present } from './text/present.ts';
import { pulls } from './text/pulls.ts';
import { embed, share } from './text/share.ts';
import { english as shortcuts } from './text/shortcuts.ts';
import { take } from './text/take.ts';
import { listed, target, verdictWords } from './text/verdict.ts';

/** Remaining time for people: `less than 1 s`, `12 s`, `3 min`. */
const duration = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 1) return 'less than 1 s';
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
};

const RINGS: Readonly<Record<Spread, string>> = {
  range: 'range',
  iqr: 'middle half',
  bootstrap: '95 % interval of the mean',
};

/** Every word on the page, in English. */
const english = {
  brand: 'Unlearn Lab',
  tagline: 'Make a small network forget, and watch what else it loses.',
  skip: 'Skip to the result',
  welcome: {
    what: 'Machine unlearning: make a trained network forget part of its data, and watch what else it loses.',
    lesson: (minutes: number) => `Start the ${minutes}-minute lesson`,
  },
  header: {
    preset: 'Experiment',
    custom: 'Own experiment',
    changed: 'changed from preset',
    backToPreset: 'Back to the preset',
    undo: 'Undo (Ctrl+Z)',
    redo: 'Redo (Ctrl+Shift+Z)',
    share: 'Share',
    file: 'File',
    menu: 'Menu',
    theme: (name: string) => `Colors: ${name}`,
    themes: { system: 'as the system', light: 'light', dark: 'dark', contrast: 'high contrast' },
    language: 'Language',
    shortcuts: 'Keyboard shortcuts',
    data: 'Data',
    runs: 'Methods',
    close: 'Close',
    sheets: 'Settings',
  },
  rooms: {
    label: 'Rooms',
    loading: 'Loading …',
    names: { compare: 'Compare', measure: 'Measure', attack: 'Attack', learn: 'Learn' },
    hints: {
      compare: 'All methods side by side, on one clock',
      measure: 'Every number, with its spread over seeds and its gap to the retrained model',
      attack: 'Is it gone, or only hidden?',
      learn: 'Lessons, experiments and methods',
    },
  },
  share,
  embed,
  plane,
  picker,
  pulls,
  take,
  lesson,
  file: {
    json: 'Results (JSON)',
    csv: 'Results (CSV)',
    scenario: 'Scenario (JSON)',
    open: 'Open a scenario file …',
    wait: 'Results can be saved when the run has finished.',
    kept: 'Your other experiments',
    untitled: 'Without a title',
    keptNote: 'Kept on this device only.',
    about: 'About and licenses …',
  },
  about: {
    title: 'About Unlearn Lab',
    lead: 'A machine-unlearning simulator that lives in a browser tab. It sends nothing anywhere: no account, no server, no tracking. MIT license.',
    offline: {
      yes: 'This page is stored on this device and works without a network.',
      no: 'This page needs the network: the browser does not let it be stored here, or has not finished storing it.',
    },
    licenses: 'It is made with these packages:',
    loading: 'Loading the licenses …',
    missing: 'The list of licenses could not be loaded. It is in the file licenses.json beside the page.',
  },
  verdict: {
    heading: 'Result',
    loading: 'Loading the engine …',
    median: (n: number, of: number, seed: number) => {
      if (of === 1) return `One seed (${seed}).`;
      return n < of ? `${n} of ${of} seeds so far.` : `Medians over ${of} seeds.`;
    },
    words: verdictWords,
  },
  target,
  claims: {
    heading: 'Claims of this preset',
    lead: 'We predict:',
    holds: (held: number, of: number) => `holds on ${held} of ${counted(of, 'seed')}`,
    fails: (held: number, of: number) => `does not hold: ${held} of ${counted(of, 'seed')}`,
    leftOut: (n: number) => `, ${n} left out`,
    changedNote: 'The experiment was changed: these were claimed for the preset as it was.',
  },
  panel: {
    heading: 'Decision maps',
    original: 'Original',
    retrained: 'Retrained',
    originalLong: 'before unlearning',
    retrainedLong: 'without the forget set',
    originalHint: 'The network before unlearning, trained on all points.',
    retrainedHint: 'The yardstick: trained from scratch without the forget set.',
    classRight: (name: string) => `${name} still right`,
    forgetRight: 'forget set still right',
    restRight: 'the rest right',
    seed: 'Panels show seed',
    projection: '2-D projection (PCA) coloured by prediction',
    solo: (name: string) => `Solo ${name}: fade the others`,
    unsolo: (name: string) => `Show all again (solo: ${name})`,
    training: (step: number, steps: number) => `training, step ${step} of ${steps}`,
    describe: (name: string, forget: string, keep: string, chip: string) =>
      `${name}: ${forget}, the rest right ${keep}, ${chip}`,
    legend: { retain: 'to be kept', forget: 'to be forgotten', line: 'where the prediction changes' },
  },
  chip,
  clock: {
    label: 'Clock',
    restart: 'To the start (Home)',
    back: 'One step back (←)',
    forward: 'One step on (→)',
    play: 'Play (Space)',
    pause: 'Pause (Space)',
    end: 'To the end (End)',
    speed: 'Speed',
    scrubber: 'Step',
    at: (step: number, total: number) => `Step ${step} of ${total}`,
    event: (label: string, what: string, step: number) => `${label} ${what} at step ${step}`,
    collapsed: 'collapsed',
    diverged: 'diverged',
  },
  progress: {
    waiting: 'Starting the engine …',
    training: 'training the original',
    retraining: 'training the retrained',
    unlearning: 'unlearning',
    attacking: 'attacking',
    selecting: 'choosing the forget set',
    left: (ms: number) => `${duration(ms)} left`,
    background: (seeds: number) => `${seeds} more ${seeds === 1 ? 'seed' : 'seeds'} in the background`,
    finished: (ms: number, engine: string) => `Done in ${duration(ms)} · ${engine}`,
    engines: { kernels: 'fast kernels', wasm: 'tfjs wasm', cpu: 'tfjs cpu' } as Readonly<Record<string, string>>,
    engineHint:
      'Which engine computed this. The fast kernels need WebAssembly SIMD; without it the same networks are composed from TensorFlow.js operations, which takes longer.',
    staleShort: 'stale',
    next: 'recomputing …',
    failed: 'Stopped by an error',
    stopped: 'Stopped',
    stop: 'Stop computing',
    again: 'Run again (R)',
  },
  charts: {
    seriesTitle: 'Accuracy over steps',
    tradeoffTitle: 'Trade-off',
    choose: 'Chart',
    keep: 'accuracy on the rest',
    forget: 'accuracy on the forget set',
    oneSeed: 'one seed: no band',
    bandLabel: 'What the bands span',
    bands: {
      range: (n: number) => `median, range, n=${n}`,
      iqr: (n: number) => `median, middle half, n=${n}`,
      bootstrap: (n: number) => `mean, 95 % bootstrap, n=${n}`,
    },
    eachSeed: 'seeds',
    eachSeedHint: 'Draw every seed as a thin line',
    xForgotten: '← forgotten',
    yKept: 'kept ↑',
    seriesHelp:
      'How much of the forget set and of everything else is still classified right. A flag ⚑ marks where a run first collapsed. The dashed line is the retrained model: the target.',
    tradeoffHelp:
      'Each run starts at ◌ and moves as it unlearns; dots mark every tenth of its steps. The target is the retrained model ★, not the corner. A click on a path goes to that step.',
    ring: (n: number, spread: Spread) => (n === 1 ? '★ retrained' : `★ retrained ± ${RINGS[spread]}`),
    table: 'View as table',
    empty: 'The curves appear as soon as unlearning starts.',
    rowHeader: 'Step',
    seriesSummary: (total: number, keep: string, keepGoal: string, forget: string, forgetGoal: string) =>
      `After ${total} steps, accuracy on the rest: ${keep}, retrained ${keepGoal}. Accuracy on the forget set: ${forget}, retrained ${forgetGoal}.`,
    tradeoffSummary: (ends: string) => `Accuracy on the rest against accuracy on the forget set. Ends: ${ends}.`,
  },
  data: {
    heading: 'Data',
    generator: 'Points',
    seed: 'Data seed',
    perLane: 'another draw for each seed',
    inline: 'Points given in the experiment',
    inlineNote: (train: number, test: number) => `${train} training and ${test} test points travel in the link.`,
    count: (train: number, test: number, forget: number) =>
      `${forget} of ${train} training points to forget; ${test} test points`,
  },
  forget,
  model: {
    heading: 'Network',
    kind: 'Kind',
    kindHelp:
      'A multilayer perceptron; a layer of random features that is never trained, with a trained output (the NPO paper’s study); or the output layer alone. The last two have no biases, and the last class’s logit is always zero.',
    kinds: { mlp: 'multilayer perceptron', 'random-features': 'random features', linear: 'linear' },
    features: 'Random features',
    featuresHelp: 'How many units the fixed random layer has. Each seed draws its own.',
    imported: 'Some of its weights come with the experiment and are not trained here.',
    trainHere: 'Train them here',
    hidden: 'Hidden layers',
    hiddenHelp: 'Widths from input to output, like 32-32. One to six layers, each 1 to 512 wide.',
    activation: 'Activation',
    init: 'First weights',
    inits: { auto: 'automatic', glorot: 'Glorot', he: 'He' },
    activationHelp: 'The bend in each unit: tanh and sigmoid are smooth, relu has a kink.',
    initHelp: 'How the random first weights are scaled. Automatic takes He for relu and Glorot otherwise.',
  },
  training: {
    heading: 'Training before',
    full: 'all points',
    optimizers: { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam' },
    more: 'More settings',
    everyHeading: 'Recording',
    everyLabel: 'Record every … steps',
    everyHelp: 'How often a picture and the numbers are taken.',
  },
  seeds: {
    heading: 'Seeds',
    count: 'How many',
    fresh: 'New seeds',
    list: (seeds: readonly number[]) => `in use: ${seeds.join(', ')}`,
    help: 'Each seed gives other first weights and batches. All methods share them: with the same seed they start from the same network. Changing a setting keeps the seeds; “New seeds” changes only them.',
  },
  runs: {
    heading: 'Methods',
    add: 'Add',
    empty: 'No method yet. Add one to compare it with the retrained model.',
    cap: (n: number) => `${n} runs are the most that fit side by side.`,
    name: 'Name',
    custom: 'own combination',
    change: 'Change …',
    changed: 'not the default',
    more: 'More settings',
    moreChanged: (n: number) => `${n} changed`,
    show: (name: string) => `Show ${name}`,
    hide: (name: string) => `Hide ${name}`,
    solo: (name: string) => `Solo ${name}`,
    duplicate: (name: string) => `Duplicate ${name}`,
    remove: (name: string) => `Remove ${name}`,
    expand: (name: string) => `Settings of ${name}`,
    noRetain: 'none',
    anchors: { none: 'No anchor', l2: 'L2 distance', ewc: 'Fisher-weighted distance (EWC)' },
    alone: 'This method stands alone: it takes no retain term, mask, anchor, gradient rule or adversary.',
    oneShot: 'This method changes the weights once: it takes no retain term, no anchor and no steps.',
    noMask: 'all weights move',
    surgery: { none: 'sum of both gradients', pcgrad: 'PCGrad: never against the retain gradient' },
    noRetainGradient: 'This rule protects a retain gradient, and this run has none. Choose a retain term.',
    adversary: { none: 'none', lat: 'latent adversarial training (LAT)' },
    sweptNote: 'Swept over several values:',
    stopSweep: 'Use one value',
    addSweep: 'Sweep a setting',
    pickSweep: 'Choose a setting …',
    sweepHelp: 'Numbers with commas. Each value has a panel of its own, and the Measure room shows them together.',
    sweepGrid: 'Even grid',
    sweepDraw: 'Random draw',
    stopOneSweep: (label: string) => `No sweep over ${label}`,
    formula: 'Objective (minimized)',
  },
  methodPage,
  notices: {
    close: 'Dismiss',
    repairs: {
      link: (n: number) => `The link was changed to the nearest valid experiment (${counted(n, 'repair')}).`,
      edit: (n: number) => `Adjusted to stay valid (${counted(n, 'change')}).`,
    },
    repair: (path: string, found: string, used: string, expected: string) =>
      `${path === '' ? 'experiment' : path}: ${found} → ${used} (expected ${expected})`,
    more: 'Show what was changed',
    badLink: 'This link could not be read, so the first preset was opened. The link is still in the address bar.',
    badFile: 'This file holds no scenario, tournament or lesson. Nothing was changed.',
    faultyFile: (n: number) =>
      `This file has ${counted(n, 'fault')}. Mend the file and open it again; nothing was changed.`,
    failed: 'The run stopped.',
    failedHint: 'Undo the last change, or mend the setting named below. The last result is kept.',
    undo: 'Undo',
    fault: (path: string, expected: string, found: string) =>
      `${path === '' ? 'experiment' : path}: expected ${expected}, found ${found}`,
    same: (sum: string) => `Same result ✓ as the author of the link or file saw (checksum ${sum}).`,
    differs: (expected: string, found: string) =>
      `The result differs from what the author of the link or file saw: checksum ${found} instead of ${expected}.`,
    causes: {
      repaired: () => 'The link had to be changed to a valid experiment, so this is not quite the same one.',
      version: (madeBy: string, engine: string) =>
        `Cause: another version of the engine (made with ${madeBy}, here ${engine}). The numbers shown are those of this version.`,
      backend: (madeBy: string, engine: string) =>
        `Cause: another way to compute (made with ${madeBy}, here ${engine}); small differences grow over many steps.`,
      machine: (_: string, engine: string) =>
        `Both were computed by ${engine}, whose last digits may differ between machines; small differences grow over many steps.`,
      unexplained: (_: string, engine: string) =>
        `Both were computed by ${engine}, which gives the same digits everywhere: the link or file was probably changed by hand.`,
      unknown: (_: string, engine: string) =>
        `Likely cause: another version or backend of the engine (here ${engine}); it is not said which one made it.`,
    } satisfies Readonly<Record<Cause, (madeBy: string, engine: string) => string>>,
    workerFailed: 'The engine could not start.',
    unkept:
      'This browser does not let the page keep your work on this device (its storage is full or forbidden). Share a link or save a scenario file before you close the tab.',
    previous: 'Another experiment was opened in place of yours, which is kept.',
    openPrevious: 'Back to my experiment',
    update: 'A newer version of Unlearn Lab is ready. Your experiment stays.',
    applyUpdate: 'Reload',
    long: (ms: number) =>
      `This takes about ${duration(ms)} on this device; the first seed comes first. You can change something or stop it at any time.`,
    stop: 'Stop',
    notLoaded:
      'This part of the page could not be loaded: the network is gone, or a newer version has been put in its place. Your experiment is kept.',
    reload: 'Reload the page',
    crashed: 'This part of the page stopped working.',
    retry: 'Try again',
  },
  shortcuts,
  present,
  info: (label: string) => `About ${label}`,
  listed,
  value: (label: string) => `${label}, value`,
} as const;

/** The words of the page, in the language that it is in. */
export const text: Words<typeof english> = catalogue('page', english);
/** Another language's words; what it does not say yet is said in English. */
export type Translation = Partly<typeof text>;
export { term };
