import type { NumberSpec } from '../../src/engine/base/schema.ts';
import { methods } from '../../src/methods/registry.ts';
import type { OwnRule } from '../../src/scenario/formula/own.ts';

/** The methods that say what they are as a formula. */
export const TYPED: readonly string[] = [...methods.values()].flatMap(({ id, rule }) => (rule ? [id] : []));

/** A method of the lab as somebody would type it. */
export const typedRule = (id: string): OwnRule => {
  const method = methods.get(id);
  if (!method?.rule) throw new Error(`${id} does not say what it is as a formula`);
  const params = Object.entries(method.params as Readonly<Record<string, NumberSpec>>).map(
    ([name, { label, symbol, default: normal, min, max, scale }]) =>
      [name, { label, ...(symbol && { symbol }), default: normal, min, max, scale }] as const,
  );
  return { id: `my-${id}`, title: `My ${id}`, params: Object.fromEntries(params), terms: method.rule };
};
