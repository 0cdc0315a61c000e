import type { Scenario } from './scenario.ts';

/** A copy of JSON with the value at a path of keys set. */
export const setIn = (node: unknown, path: readonly string[], value: unknown): unknown => {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(node)) return node.map((item, i) => (String(i) === head ? setIn(item, rest, value) : item));
  const object = (node ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [head]: setIn(object[head], rest, value) };
};

/** The keys of a dotted path, in which a run may stand by its name: `runs.NPO.params.beta`. */
export const keysOf = (scenario: Scenario, dotted: string): readonly string[] | null => {
  const keys = dotted.split('.');
  if (keys[0] !== 'runs') return keys;
  for (let end = 2; end <= keys.length; end++) {
    const name = keys.slice(1, end).join('.');
    const index = scenario.runs.findIndex((run) => run.name === name);
    if (index >= 0) return ['runs', String(index), ...keys.slice(end)];
  }
  return keys[1] !== undefined && scenario.runs[Number(keys[1])] ? keys : null;
};

/** The value at a path of keys; undefined where there is none; inherited members do not count. */
export const valueAt = (scenario: Scenario, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Readonly<Record<string, unknown>>)[key]
        : undefined,
    scenario,
  );
