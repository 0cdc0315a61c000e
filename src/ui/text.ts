import type { ErrorCode } from '../engine/base/errors.ts';
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
  tagline: 'Make a small network forget something, and watch what else it loses.',
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
    themes: { system: 'same as system', light: 'light', dark: 'dark', contrast: 'high contrast' },
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
    nothing: 'Nothing here speaks of models of this kind yet. What can be tried on them stands in Compare.',
    names: { compare: 'Compare', measure: 'Measure', attack: 'Attack', learn: 'Learn' },
    hints: {
      compare: 'All methods side by side, on one clock',
      measure: 'Every number, its spread over the seeds and its gap to the retrained model',
      attack: 'Is it really gone, or only hidden?',
      learn: 'Lessons, experiments and method pages',
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
    drop: 'Let go to open it. Undo brings back what is here now.',
    wait: 'You can save the results once the run has finished.',
    kept: 'Your other experiments',
    untitled: 'Untitled',
    keptNote: 'Kept on this device only.',
    about: 'About, licenses …',
  },
  about: {
    title: 'About Unlearn Lab',
    lead: 'A machine-unlearning simulator that runs entirely in your browser. Nothing leaves this device: no account, no server, no tracking. MIT license.',
    offline: {
      yes: 'This page is saved on this device and works offline.',
      no: 'This page needs a network connection: the browser does not let it save itself here, or has not finished saving it.',
    },
    licenses: 'Built with these packages:',
    loading: 'Loading the licenses …',
    missing: 'The list of licenses could not be loaded. You will find it in licenses.json, next to the page.',
  },
  verdict: {
    heading: 'Result',
    loading: 'Loading …',
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
    held: (held: number, of: number) => `${held} of ${of}`,
    inTheMean: (value: string, n: number) => `mean ${value}, n=${n}`,
    mean: (holds: boolean, value: string, n: number, isDifference: boolean) =>
      `${holds ? 'holds' : 'does not hold'}: mean ${isDifference ? 'difference ' : ''}${value}, n=${n}`,
    leftOut: (n: number) => ` (${n} left out)`,
    changedNote: 'You have changed the experiment; these predictions are about the original preset.',
  },
  panel: {
    heading: 'Decision maps',
    original: 'Original',
    retrained: 'Retrained',
    originalLong: 'before unlearning',
    retrainedLong: 'without the forget set',
    originalHint: 'The network before unlearning, trained on all points.',
    retrainedHint: 'The yardstick: a network trained from scratch without the forget set.',
    classRight: (name: string) => `${name} still right`,
    forgetRight: 'forget set still right',
    restRight: 'the rest right',
    seed: 'Seed shown',
    projection: '2-D projection (PCA) coloured by prediction',
    solo: (name: string) => `Show only ${name}: fade the others`,
    unsolo: (name: string) => `Show all again (now only ${name})`,
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
    waiting: 'Starting …',
    training: 'training the original model',
    retraining: 'training the reference model',
    unlearning: 'unlearning',
    attacking: 'attacking',
    selecting: 'choosing the forget set',
    left: (ms: number) => `${duration(ms)} left`,
    background: (seeds: number) => `${seeds} more ${seeds === 1 ? 'seed' : 'seeds'} in the background`,
    finished: (ms: number, engine: string) => `Done in ${duration(ms)} · ${engine}`,
    engines: { kernels: 'fast kernels', wasm: 'tfjs wasm', cpu: 'tfjs cpu' } as Readonly<Record<string, string>>,
    engineHint:
      'The engine that computed this. The fast kernels need WebAssembly SIMD; without it, the same networks run on TensorFlow.js operations, which is slower.',
    staleShort: 'outdated',
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
    bandLabel: 'What the bands show',
    bands: {
      range: (n: number) => `median, range, n=${n}`,
      iqr: (n: number) => `median, middle half, n=${n}`,
      bootstrap: (n: number) => `mean, 95 % bootstrap, n=${n}`,
    },
    eachSeed: 'each seed',
    eachSeedHint: 'Draw each seed as a thin line',
    xForgotten: '← forgotten',
    yKept: 'kept ↑',
    seriesHelp:
      'How much of the forget set, and of everything else, is still classified correctly. A flag ⚑ marks the step at which a run first collapsed. The dashed line is the retrained model: the target.',
    tradeoffHelp:
      'Each run starts at ◌ and moves as it unlearns, with a dot at every tenth of its steps. The target is the retrained model ★, not the corner. Click a path to go to that step.',
    ring: (n: number, spread: Spread) => (n === 1 ? '★ retrained' : `★ retrained ± ${RINGS[spread]}`),
    table: 'Show as table',
    tableOf: (title: string) => `Table: ${title}`,
    empty: 'The curves appear as soon as unlearning starts.',
    rowHeader: 'Step',
    seriesSummary: (total: number, keep: string, keepGoal: string, forget: string, forgetGoal: string) =>
      `After ${total} steps, accuracy on the rest: ${keep}, retrained ${keepGoal}. Accuracy on the forget set: ${forget}, retrained ${forgetGoal}.`,
    tradeoffSummary: (ends: string) => `Accuracy on the rest against accuracy on the forget set. Ends: ${ends}.`,
  },
  data: {
    heading: 'Data',
    generator: 'Points',
    source: 'Source',
    seed: 'Data seed',
    perLane: 'redraw the data for each seed',
    inline: 'Your own points',
    inlineNote: (train: number, test: number) => `The link carries ${train} training and ${test} test points.`,
    count: (train: number, test: number, forget: number) =>
      `${forget} of ${train} training points to forget; ${test} test points`,
  },
  forget,
  model: {
    heading: 'Network',
    kind: 'Kind',
    kindHelp:
      'A multilayer perceptron; a trained output on a layer of random features that stays fixed (as in the NPO paper); or the output layer alone. The last two have no biases, and the logit of the last class is always zero.',
    kinds: { mlp: 'multilayer perceptron', 'random-features': 'random features', linear: 'linear' },
    features: 'Random features',
    featuresHelp: 'The number of units in the fixed random layer. Each seed draws its own.',
    imported: 'Some of its weights come with the experiment and are not trained here.',
    trainHere: 'Train them here',
    hidden: 'Hidden layers',
    hiddenHelp: 'Widths from input to output, such as 32-32. One to six layers of 1 to 512 units.',
    activation: 'Activation',
    init: 'Initial weights',
    inits: { auto: 'automatic', glorot: 'Glorot', he: 'He' },
    activationHelp: 'The nonlinearity of each unit: tanh and sigmoid are smooth, relu has a kink.',
    initHelp: 'How the random initial weights are scaled. Automatic means He for relu and Glorot otherwise.',
  },
  training: {
    heading: 'Training the original',
    full: 'all points',
    optimizers: { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam' },
    more: 'More settings',
    everyHeading: 'Recording',
    everyLabel: 'Record every … steps',
    everyHelp: 'How often the maps and the numbers are recorded.',
  },
  seeds: {
    heading: 'Seeds',
    count: 'How many',
    fresh: 'New seeds',
    list: (seeds: readonly number[]) => `in use: ${seeds.join(', ')}`,
    help: 'Each seed gives different initial weights and batches. All methods share them: with the same seed, they start from the same network. Changing a setting keeps the seeds; “New seeds” changes nothing else.',
  },
  runs: {
    heading: 'Methods',
    add: 'Add',
    empty: 'No method yet. Add one to compare it with the retrained model.',
    cap: (n: number) => `At most ${n} runs fit side by side.`,
    name: 'Name',
    custom: 'own combination',
    change: 'Change …',
    changed: 'not the default',
    more: 'More settings',
    moreChanged: (n: number) => `${n} changed`,
    show: (name: string) => `Show ${name}`,
    hide: (name: string) => `Hide ${name}`,
    solo: (name: string) => `Show only ${name}`,
    duplicate: (name: string) => `Duplicate ${name}`,
    remove: (name: string) => `Remove ${name}`,
    expand: (name: string) => `Settings of ${name}`,
    noRetain: 'none',
    alone: 'This method cannot be combined with a retain term, a mask or anything that is wrapped around a method.',
    oneShot:
      'This method changes the weights once, so it has no retain term, no steps and nothing wrapped around them.',
    noMask: 'all weights',
    needsRetainTerm: (name: string) =>
      `${name} needs a gradient on the retain set, but this run has none. Choose a retain term.`,
    sweptNote: 'Compared at several values:',
    stopSweep: 'Use one value',
    addSweep: 'Compare several values',
    pickSweep: 'Choose a setting …',
    sweepHelp: 'Numbers separated by commas. Each value gets its own panel, and the Measure room shows them together.',
    sweepGrid: 'Evenly spaced',
    sweepDraw: 'Random',
    stopOneSweep: (label: string) => `Use one value of ${label}`,
    formula: 'Objective (minimized)',
  },
  methodPage,
  notices: {
    close: 'Dismiss',
    repairs: {
      link: (n: number) =>
        `Parts of this link were not valid, so the nearest valid experiment was opened (${counted(n, 'repair')}).`,
      edit: (n: number) => `Adjusted to stay valid (${counted(n, 'change')}).`,
    },
    repair: (path: string, found: string, used: string, expected: string) =>
      `${path === '' ? 'experiment' : path}: ${found} → ${used} (expected ${expected})`,
    more: 'Show what was changed',
    badLink:
      'This link could not be read, so the first preset was opened instead. The link is still in the address bar.',
    foreignRules: (count: number, titles: string) =>
      `${count === 1 ? 'A rule' : 'Rules'} of the author’s own came along: ${titles}. ${count === 1 ? 'It is a formula' : 'They are formulas'} and no program.`,
    presetChanged:
      'This experiment has changed since the link was made; what you see is today’s version, and its numbers may differ. Ask the author for the complete link: it always opens the experiment as it was.',
    badFile: (code: ErrorCode) => {
      if (code.startsWith('link/')) return 'This link could not be opened. Nothing was changed.';
      if (code === 'file/too-large') return 'This file is too large to open. Nothing was changed.';
      return code === 'file/unreadable'
        ? 'The browser could not read this file: it was moved, changed or deleted, or it is a folder. Choose it again. Nothing was changed.'
        : 'There is no scenario, tournament, lesson, result or set of weights in this file. Nothing was changed.';
    },
    reading: 'A large file is being read. You can go on working meanwhile.',
    quiet: {
      loading:
        'The part of the page that computes has not started yet. The connection may be slow; it is tried again by itself. If nothing comes, reload the page.',
      run: 'The computation has said nothing for half a minute. It may be in a long step: you can wait, or start it again.',
    },
    restart: 'Start again',
    faultyLink: (n: number) =>
      `What this link holds has ${counted(n, 'error')} and was not opened. Ask whoever made it for a new one; the link is still in the address bar.`,
    newer:
      'A newer version of Unlearn Lab has made this file. Reload the page to get that version; nothing was changed.',
    faultyFile: (n: number) =>
      `This file has ${counted(n, 'error')}. Fix the file and open it again; nothing was changed.`,
    failed: 'The run stopped.',
    failedHint: 'Undo the last change, or fix the setting named below. The last result is still here.',
    undo: 'Undo',
    fault: (path: string, expected: string, found: string) =>
      `${path === '' ? 'experiment' : path}: expected ${expected}, found ${found}`,
    same: (sum: string) => `Same result ✓ as the author of the link or file got (checksum ${sum}).`,
    differs: (expected: string, found: string) =>
      `The result differs from what the author of the link or file got: checksum ${found} instead of ${expected}.`,
    causes: {
      repaired: () => 'Parts of the link were not valid, so this is not quite the same experiment.',
      version: (madeBy: string, engine: string) =>
        `Cause: a different version of the engine (made with ${madeBy}, here ${engine}). The numbers shown are from this version.`,
      backend: (madeBy: string, engine: string) =>
        `Cause: a different way of computing (made with ${madeBy}, here ${engine}); small differences grow over many steps.`,
      machine: (_: string, engine: string) =>
        `Both were computed by ${engine}, whose last digits can differ from machine to machine; small differences grow over many steps.`,
      unexplained: (_: string, engine: string) =>
        `Both were computed by ${engine}, which gives the same digits everywhere: the link or file was probably edited by hand.`,
      unknown: (_: string, engine: string) =>
        `Likely cause: a different version or backend of the engine (here ${engine}); the link does not say which one made it.`,
    } satisfies Readonly<Record<Cause, (madeBy: string, engine: string) => string>>,
    workerFailed: 'The engine could not start.',
    unkept:
      'This browser does not let the page keep your work on this device (storage is full or blocked). Copy a link or save a scenario file before you close the tab.',
    previous: 'Another experiment has been opened. Yours is kept.',
    openPrevious: 'Back to my experiment',
    update: 'A newer version of Unlearn Lab is ready. Your experiment will still be here.',
    applyUpdate: 'Reload',
    long: (ms: number) =>
      `This takes about ${duration(ms)} on this device; the first seed comes first. You can change something or stop it at any time.`,
    stop: 'Stop',
    notLoaded:
      'This part of the page could not be loaded: you are offline, or a newer version has replaced it. Your experiment is kept.',
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
