import { isObject } from './json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Notes that what stands at a place of the newer form stood at another one. Both are JSON pointers. */
export type NotesMove = (to: string, from: string) => void;

/** What version 1 said where a run named a field and left some of it out. */
const ADVERSARY = { kind: 'lat', layer: 1, epsilon: 0.5, steps: 8, learningRate: 0.25 } as const;
const ANCHOR_WEIGHT = 0.1;
const ANCHORS: readonly unknown[] = ['l2', 'ewc'];

/** The fields of version 1 that became wrappers, for whoever still writes them. */
export const formerFields: Readonly<Record<string, string>> = {
  adversary: 'wrappers',
  anchor: 'wrappers',
  surgery: 'wrappers',
};

const kindOf = (item: unknown): unknown => (isObject(item) ? item['kind'] : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);

/** The kind of anchor that the settings of a run speak of: the one it has, else the first that it sweeps over. */
const anchorOf = (run: Fields): string => {
  const said = kindOf(own(run, 'anchor'));
  const sweep = own(run, 'sweep');
  const swept = isObject(sweep) ? listOf(own(sweep, 'anchor.kind')) : [];
  const there = listOf(own(run, 'wrappers')).map(kindOf);
  return ([said, ...there, ...swept].find((kind) => ANCHORS.includes(kind)) as string | undefined) ?? 'l2';
};

/** The path that a setting of a run has today, from the one that it had in version 1. Others stay as they are. */
export const currentPath = (path: string, run: Fields): string => {
  const [group, name, ...rest] = path.split('.');
  if (path === 'surgery') return 'wrappers.pcgrad.kind';
  if (rest.length > 0 || name === undefined) return path;
  if (group === 'adversary') return `wrappers.lat.${name}`;
  return group === 'anchor' ? `wrappers.${anchorOf(run)}.${name}` : path;
};

/** Whether a path of a run is one of version 1. */
export const isFormerPath = (path: string): boolean => path !== currentPath(path, {});

/** A list of wrappers with one of a slot put in, taken away or changed. */
const withWrapper = (
  list: readonly unknown[],
  slot: readonly unknown[],
  change: (there: Fields | undefined) => unknown,
): readonly unknown[] => {
  const place = list.findIndex((item) => slot.includes(kindOf(item)));
  const next = change(place < 0 ? undefined : (list[place] as Fields));
  const isNone = kindOf(next) === 'none';
  if (place < 0) return isNone ? list : [...list, next];
  return isNone ? list.filter((_, i) => i !== place) : list.map((item, i) => (i === place ? next : item));
};

/**
 * A run whose fields `adversary`, `surgery` and `anchor` are wrappers. What is no object stays one member of the list,
 * so that the check of wrappers says what is wrong with it.
 */
export const withWrappers = (run: Fields, path = '', moved: NotesMove = () => {}): Fields => {
  const { anchor, adversary, surgery, ...rest } = run;
  if (anchor === undefined && adversary === undefined && surgery === undefined) return run;
  let list = listOf(own(rest, 'wrappers'));
  const put = (
    from: string,
    slot: readonly unknown[],
    value: unknown,
    change: (value: Fields, there: Fields | undefined) => Fields,
  ): void => {
    if (value === undefined) return;
    const before = list;
    list = withWrapper(list, slot, (there) => (isObject(value) ? change(value, there) : value));
    const place = list.findIndex((item, i) => item !== before[i]);
    if (place < 0) return;
    // The rule for gradients was a word, not an object with a kind.
    moved(`${path}/wrappers/${place}${from === 'surgery' ? '/kind' : ''}`, `${path}/${from}`);
  };
  put('adversary', ['lat'], adversary, (value, there) => ({ ...ADVERSARY, ...there, ...value }));
  put('surgery', ['pcgrad'], surgery === undefined ? undefined : { kind: surgery }, (value) => value);
  put('anchor', ANCHORS, anchor, (value, there) => ({ kind: 'none', weight: ANCHOR_WEIGHT, ...there, ...value }));
  return { ...rest, wrappers: list };
};

/** A scenario some of whose runs have been given fields of version 1: by a query or a lesson that speaks of them. */
export const withFormerFields = (scenario: Fields): Fields => {
  const runs = own(scenario, 'runs');
  return Array.isArray(runs)
    ? { ...scenario, runs: runs.map((run) => (isObject(run) ? withWrappers(run) : run)) }
    : scenario;
};

/** Settings by path under today's paths. */
const withPaths = (settings: Fields, run: Fields, path: string, moved: NotesMove): Fields =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const now = currentPath(name, run);
      if (now !== name) moved(`${path}/${now}`, `${path}/${name}`);
      return [now, value];
    }),
  );

/**
 * What the sweeps of version 1 meant where a run did not have what they swept over: an adversary with its defaults, but
 * no anchor, whose lanes then were all the same.
 */
const withSwept = (run: Fields, sweep: Fields): Fields => {
  const paths = Object.keys(sweep);
  const isSwept = (group: string) => paths.some((path) => path.startsWith(`${group}.`));
  const lacks = (field: string) => {
    const value = own(run, field);
    return value === undefined || kindOf(value) === 'none' || (field === 'anchor' && kindOf(value) === undefined);
  };
  return {
    ...run,
    ...(isSwept('adversary') && lacks('adversary') && { adversary: {} }),
    ...(isSwept('anchor') && lacks('anchor') && { anchor: { kind: anchorOf(run) } }),
  };
};

const sweepOf = (run: Fields, path: string, moved: NotesMove): Fields => {
  const sweep = own(run, 'sweep');
  if (!isObject(sweep)) return {};
  const kept = withPaths(sweep, run, `${path}/sweep`, moved);
  const anchor = `wrappers.${anchorOf(run)}`;
  const isAlone = Object.keys(sweep).some((name) => name.startsWith('anchor.')) && !Object.hasOwn(sweep, 'anchor.kind');
  const said = kindOf(own(run, 'anchor'));
  // Its strength alone was swept, and there was none.
  const none = isAlone && (said === undefined || said === 'none') ? { [`${anchor}.kind`]: ['none'] } : {};
  return { sweep: { ...kept, ...none } };
};

const runToVersion2 = (run: unknown, path: string, moved: NotesMove): unknown => {
  if (!isObject(run)) return run;
  const sweep = own(run, 'sweep');
  const whole = isObject(sweep) ? withSwept(run, sweep) : run;
  return { ...withWrappers(whole, path, moved), ...sweepOf(run, path, moved) };
};

/** The value that a setting had in every lane of a run, where version 1 always named it. */
const constantOf = (path: string, run: Fields): unknown => {
  const sweep = own(run, 'sweep');
  if (isObject(sweep) && Object.hasOwn(sweep, path)) return undefined;
  if (path === 'surgery') return own(run, 'surgery') ?? 'none';
  if (path !== 'adversary.kind') return undefined;
  const adversary = own(run, 'adversary');
  return isObject(adversary) ? (own(adversary, 'kind') ?? 'lat') : 'none';
};

/** `where` of a claim: what every lane has need not be said, and cannot be where there is no such wrapper. */
const whereToVersion2 = (where: unknown, run: Fields, path: string, moved: NotesMove): unknown => {
  if (!isObject(where)) return where;
  const told = Object.entries(where).filter(([name, value]) => constantOf(name, run) !== value);
  return withPaths(Object.fromEntries(told), run, path, moved);
};

const claimToVersion2 = (claim: unknown, runs: readonly unknown[], path: string, moved: NotesMove): unknown => {
  if (!isObject(claim)) return claim;
  const runOf = (name: unknown): Fields =>
    (runs.find((run) => isObject(run) && own(run, 'name') === name) as Fields | undefined) ?? {};
  const than = own(claim, 'than');
  const ownWhere = (fields: Fields, name: unknown, at: string) =>
    Object.hasOwn(fields, 'where')
      ? { where: whereToVersion2(fields['where'], runOf(name), `${at}/where`, moved) }
      : {};
  return {
    ...claim,
    ...ownWhere(claim, claim['run'], path),
    ...(isObject(than) && { than: { ...than, ...ownWhere(than, own(than, 'run') ?? claim['run'], `${path}/than`) } }),
  };
};

/** A dotted path that begins with `runs`, by a run's name. */
const dottedToVersion2 = (dotted: unknown, runs: readonly unknown[]): unknown => {
  if (typeof dotted !== 'string') return dotted;
  for (const run of runs) {
    if (!isObject(run)) continue;
    const prefix = `runs.${run['name']}.`;
    if (dotted.startsWith(prefix)) return prefix + currentPath(dotted.slice(prefix.length), run);
  }
  return dotted;
};

/** Version 1 as version 2 says it: what was wrapped around a method had a field for each kind. */
export const toVersion2 = (older: Fields, moved: NotesMove): Fields => {
  const runs = listOf(own(older, 'runs'));
  const claims = own(older, 'claims');
  const view = own(older, 'view');
  return {
    ...older,
    ...(Array.isArray(own(older, 'runs')) && {
      runs: Array.from(runs, (run, i) => runToVersion2(run, `/runs/${i}`, moved)),
    }),
    ...(Array.isArray(claims) && {
      claims: Array.from(claims, (claim, i) => claimToVersion2(claim, runs, `/claims/${i}`, moved)),
    }),
    ...(isObject(view) &&
      Object.hasOwn(view, 'hero') && { view: { ...view, hero: dottedToVersion2(view['hero'], runs) } }),
  };
};
