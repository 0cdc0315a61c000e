import { isObject } from './json.ts';
import type { Scenario } from './scenario.ts';
import { currentPath } from './version-1.ts';

/** Where a key leads in a list: to a place, or by its kind to what has one; beyond the end where there is nothing of that kind. */
const placeIn = (list: readonly unknown[], key: string): number => {
  if (/^\d+$/.test(key)) return Number(key);
  const place = list.findIndex((item) => isObject(item) && item['kind'] === key);
  return place < 0 ? list.length : place;
};

/**
 * A copy of JSON with the value at a path of keys set. In a list a key is a place, or the kind of what stands there; what
 * is of no kind in it yet is added at its end.
 */
export const setIn = (node: unknown, path: readonly string[], value: unknown): unknown => {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(node)) {
    const place = placeIn(node, head);
    if (place < node.length) return node.map((item, i) => (i === place ? setIn(item, rest, value) : item));
    return /^\d+$/.test(head) ? node : [...node, setIn({ kind: head }, rest, value)];
  }
  const object = (node ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [head]: setIn(object[head], rest, value) };
};

/** The keys of a run's setting, which may have the path that version 1 had for it. */
const inRun = ({ runs }: Scenario, index: number, keys: readonly string[]): readonly string[] => {
  const run = runs[index] as unknown as Readonly<Record<string, unknown>>;
  return [
    'runs',
    String(index),
    ...currentPath(keys.join('.'), run)
      .split('.')
      .filter((key) => key !== ''),
  ];
};

/** The keys of a dotted path, in which a run may stand by its name: `runs.NPO.params.beta`. */
export const keysOf = (scenario: Scenario, dotted: string): readonly string[] | null => {
  const keys = dotted.split('.');
  if (keys[0] !== 'runs') return keys;
  for (let end = 2; end <= keys.length; end++) {
    const name = keys.slice(1, end).join('.');
    const index = scenario.runs.findIndex((run) => run.name === name);
    if (index >= 0) return inRun(scenario, index, keys.slice(end));
  }
  const index = Number(keys[1]);
  return keys[1] !== undefined && scenario.runs[index] ? inRun(scenario, index, keys.slice(2)) : null;
};

/** The value at a path of keys; undefined where there is none; inherited members do not count. */
export const valueAt = (scenario: Scenario, path: readonly string[]): unknown =>
  path.reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[placeIn(node, key)];
    return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }, scenario);
