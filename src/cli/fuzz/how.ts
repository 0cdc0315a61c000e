/** A place in a list, or a number of times, whatever stands there: every value means one. */
export const whole = (value: unknown): number => {
  const size = typeof value === 'number' ? Math.abs(Math.trunc(value)) : JSON.stringify(value ?? 0).length;
  return Number.isSafeInteger(size) ? size : 0;
};
/** A field of whatever stands there. */
export const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** One of a list, whatever stands there. */
export const chosen = <T>(list: readonly T[], value: unknown): T => list[whole(value) % list.length] as T;
