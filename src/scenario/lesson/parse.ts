import { type Fault, faultError } from '../../engine/base/errors.ts';
import { type CatalogueInfo, offerOf } from '../format/catalogue.ts';
import { caps } from '../format/defaults.ts';
import type { Preset } from '../format/preset.ts';
import type { Scenario } from '../format/scenario.ts';
import { keysOf, setIn, valueAt } from '../format/setting-path.ts';
import { withFormerFields } from '../format/version-1.ts';
import { attackMetrics } from '../read/attacks.ts';
import {
  at,
  createReport,
  fault,
  field,
  isObject,
  openList,
  openObject,
  readChoice,
  readInt,
  readText,
  type Spot,
} from '../read/check.ts';
import { parseScenario } from '../read/parse.ts';
import { readScenarioPart } from '../read/read-part.ts';
import {
  HIGHLIGHT_KINDS,
  HIGHLIGHT_PARTS,
  LESSON_ROOMS,
  type Lesson,
  type LessonEntry,
  type LessonPage,
  lessonCaps as most,
  type PagePrediction,
  type PredictionOption,
} from './lesson.ts';
import { type ConditionContext, readCondition } from './parse-condition.ts';

interface Library {
  readonly catalogue: CatalogueInfo;
  readonly presets: readonly Preset[];
}

/** Of the format of lessons; the experiments in one have versions of their own. */
export const LESSON_VERSION = 1;

const fields = ['kind', 'version', 'id', 'title', 'about', 'minutes', 'pages'];
const pageFields = ['id', 'title', 'body', 'enter', 'highlight', 'predict', 'task', 'check', 'after'];

const readWords = (spot: Spot, limit: number, what: string): string => {
  const isBlank = spot.value === undefined || (typeof spot.value === 'string' && spot.value.trim() === '');
  return isBlank ? fault(spot, what, '') : readText(spot, limit, '');
};

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= most.name && /^[a-z0-9][a-z0-9-]*$/.test(value);

const readId = (spot: Spot, byDefault: string): string =>
  isId(spot.value) ? spot.value : fault(spot, 'a name in kebab-case, such as "first-look"', byDefault);

/** Whether a path leads to a place inside an object that is there. */
const isPlace = (scenario: Scenario, keys: readonly string[]): boolean => {
  if (keys[0] === 'runs' && keys[2] === 'wrappers') return true; // one that is not there is added
  const parent = valueAt(scenario, keys.slice(0, -1));
  return (
    typeof parent === 'object' && parent !== null && (!Array.isArray(parent) || valueAt(scenario, keys) !== undefined)
  );
};

/** `set`: values by dotted path over an experiment. */
const readOverrides = (spot: Spot, scenario: Scenario, catalogue: CatalogueInfo): Scenario => {
  if (spot.value === undefined) return scenario;
  if (!isObject(spot.value)) {
    return fault(spot, 'an object of settings, such as { "runs.NPO.params.beta": 0.1 }', scenario, 'none of them');
  }
  let changed: unknown = scenario;
  for (const [path, value] of Object.entries(spot.value)) {
    if (spot.report.isFull()) break;
    const keys = keysOf(scenario, path);
    if (keys && keys.length <= 6 && isPlace(scenario, keys)) changed = setIn(changed, keys, value);
    else {
      const place = at(spot, path, path);
      fault(place, 'the path of a setting of the experiment, such as "runs.NPO.params.beta"', undefined, 'left out');
    }
  }
  const { scenario: read, repairs } = parseScenario(
    withFormerFields(changed as Readonly<Record<string, unknown>>),
    catalogue,
    'repair',
  );
  for (const repair of repairs) spot.report.add({ ...repair, path: `${spot.path}${repair.path}` });
  return read;
};

/** What a page does when it is opened; `before` is the experiment of the pages before it. */
const readEntry = (spot: Spot, before: Scenario | undefined, { catalogue, presets }: Library): LessonEntry => {
  openObject(spot, 'an object', { fields: ['scenario', 'set', 'room', 'step'] });
  const [given, set, room, step] = ['scenario', 'set', 'room', 'step'].map((key) => field(spot, key)) as [
    Spot,
    Spot,
    Spot,
    Spot,
  ];
  const isNew = given.value !== undefined || set.value !== undefined || before === undefined;
  const enter = {
    ...(room.value === undefined ? {} : { room: readChoice(room, LESSON_ROOMS, 'compare') }),
    ...(step.value === undefined ? {} : { step: readInt(step, { min: 0, max: caps.steps }, 0) }),
  };
  if (!isNew) return enter;
  if (given.value === undefined && before === undefined) {
    fault(given, 'an experiment for the first page, or the name of a preset', undefined, 'the defaults');
  }
  const base = given.value === undefined && before ? before : readScenarioPart(given, catalogue, presets);
  const { id: _, ...scenario } = readOverrides(set, base, catalogue);
  const { step: __, ...view } = scenario.view;
  const opened = enter.step === undefined ? view : { ...view, step: enter.step };
  return { ...enter, experiment: { ...scenario, claims: [], view: opened } };
};

const readHighlight = (spot: Spot): { readonly highlight?: string } => {
  const { value } = spot;
  if (value === undefined) return {};
  const [kind = '', ...rest] = typeof value === 'string' ? value.split(':') : [];
  const name = rest.join(':');
  const isPart = rest.length === 0 && (HIGHLIGHT_PARTS as readonly string[]).includes(kind);
  const isNamed = name !== '' && name.length <= most.text && (HIGHLIGHT_KINDS as readonly string[]).includes(kind);
  if (isPart || isNamed) return { highlight: value as string };
  const kinds = HIGHLIGHT_KINDS.map((one) => `${one}:...`);
  return fault(spot, `a part of the page: one of ${[...HIGHLIGHT_PARTS, ...kinds].join(', ')}`, {}, 'left out');
};

const readOption = (spot: Spot, context: ConditionContext): PredictionOption => {
  openObject(spot, 'an object with text', { fields: ['text', 'when'] });
  const when = field(spot, 'when');
  return {
    text: readWords(field(spot, 'text'), most.text, 'the text of an answer'),
    ...(when.value === undefined ? {} : { when: readCondition(when, context) }),
  };
};

const readPrediction = (spot: Spot, context: ConditionContext): PagePrediction => {
  openObject(spot, 'an object with question and options', { fields: ['question', 'options', 'right'] });
  const list = field(spot, 'options');
  const given = openList(list, 'a list of answers') ?? [];
  if (given.length < 2 || given.length > most.options) {
    fault(list, `2 to ${most.options} answers`, undefined, 'the first of them');
  }
  const options = given.slice(0, most.options).map((value, i) => readOption(at(list, i, value), context));
  const right = field(spot, 'right');
  const computed = options.filter(({ when }) => when !== undefined).length;
  const isFact = right.value !== undefined;
  if (isFact === computed > 0 || (computed > 0 && computed < options.length)) {
    fault(spot, 'either "right", the index of the right answer, or a "when" in every answer', undefined, 'no answer');
  }
  return {
    question: readWords(field(spot, 'question'), most.text, 'a question'),
    options,
    ...(isFact ? { right: readInt(right, { min: 0, max: Math.max(0, options.length - 1) }, 0) } : {}),
  };
};

const optionalText = (spot: Spot, limit: number): string | undefined =>
  spot.value === undefined ? undefined : readWords(spot, limit, 'a text');

const readPage = (spot: Spot, before: Scenario | undefined, index: number, library: Library): LessonPage => {
  if (!isObject(spot.value)) fault(spot, 'a page, which is an object', undefined, 'an empty page');
  else openObject(spot, 'a page', { fields: pageFields });
  const enter = readEntry(field(spot, 'enter'), before, library);
  const scenario = (enter.experiment ?? before) as Scenario;
  // Conditions speak of what there is for the family of the experiment on the page.
  const catalogue = offerOf(library.catalogue, scenario.family);
  const context: ConditionContext = {
    catalogue,
    scenario,
    runs: scenario.runs,
    attackMetrics: attackMetrics(scenario.attacks, catalogue),
  };
  const [predict, check] = [field(spot, 'predict'), field(spot, 'check')];
  const task = optionalText(field(spot, 'task'), most.text);
  const after = optionalText(field(spot, 'after'), most.body);
  if (check.value !== undefined && task === undefined) {
    fault(field(spot, 'task'), 'a sentence that says what to do for the check', undefined, 'none');
  }
  if (check.value === undefined && task !== undefined) {
    fault(check, 'a condition that tells when the task is done', undefined, 'none');
  }
  return {
    id: readId(field(spot, 'id'), `page-${index + 1}`),
    title: readWords(field(spot, 'title'), most.text, 'a title'),
    body: readWords(field(spot, 'body'), most.body, 'a text'),
    enter,
    ...readHighlight(field(spot, 'highlight')),
    ...(predict.value === undefined ? {} : { predict: readPrediction(predict, context) }),
    ...(task === undefined ? {} : { task }),
    ...(check.value === undefined ? {} : { check: readCondition(check, context) }),
    ...(after === undefined ? {} : { after }),
  };
};

const readPages = (spot: Spot, library: Library): readonly LessonPage[] => {
  const given = openList(spot, 'a list of pages') ?? [];
  if (given.length === 0 || given.length > most.pages) {
    fault(spot, `1 to ${most.pages} pages`, undefined, `the first ${most.pages}`);
  }
  const pages: LessonPage[] = [];
  let before: Scenario | undefined;
  given.slice(0, most.pages).forEach((value, i) => {
    // A file that is faulty all over need not be read to its end.
    if (spot.report.isFull()) return;
    const place = at(spot, i, value);
    const page = readPage(place, before, i, library);
    if (pages.some(({ id }) => id === page.id)) fault(field(place, 'id'), 'a name that no other page has', page.id);
    pages.push(page);
    before = page.enter.experiment ?? before;
  });
  return pages;
};

/**
 * Reads what claims to be a lesson. Strict: half of a lesson would teach something else.
 *
 * @throws {SimError} scenario/invalid with every fault
 */
export const parseLesson = (input: unknown, catalogue: CatalogueInfo, presets: readonly Preset[]): Lesson => {
  const report = createReport();
  const root: Spot = { value: input, path: '', report };
  if (isObject(input)) openObject(root, 'a lesson, which is an object', { fields });
  else fault(root, 'a lesson, which is an object', undefined, 'nothing');
  const [kind, given] = [field(root, 'kind'), field(root, 'version')];
  if (kind.value !== 'lesson') fault(kind, '"lesson"', 'lesson');
  if (given.value !== LESSON_VERSION) fault(given, `${LESSON_VERSION}`, LESSON_VERSION);
  const lesson: Lesson = {
    id: readId(field(root, 'id'), 'lesson'),
    title: readWords(field(root, 'title'), most.text, 'a title'),
    about: readWords(field(root, 'about'), most.text, 'a sentence that says what the lesson is about'),
    minutes: readInt(field(root, 'minutes'), { min: 1, max: most.minutes }, 5),
    pages: readPages(field(root, 'pages'), { catalogue, presets }),
  };
  const faults = report.repairs();
  if (faults.length > 0) {
    throw faultError(
      'scenario/invalid',
      faults.map(({ path, expected, found }): Fault => ({ path, expected, found })),
    );
  }
  return lesson;
};
