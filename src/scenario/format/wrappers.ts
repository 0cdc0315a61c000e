import type { ParamSpec, ParamValue } from '../../engine/base/schema.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { RunSpec, WrapperSpec } from './scenario.ts';

/** A wrapper of a run with every setting. */
export interface WrapperInUse<W extends WrapperInfo = WrapperInfo> {
  readonly wrapper: W;
  readonly settings: Readonly<Record<string, ParamValue>>;
  /** Its place in the run's list. */
  readonly index: number;
}

/** The wrappers of a run that are on offer. */
export const wrappersOf = <W extends WrapperInfo>(
  run: Pick<RunSpec, 'wrappers'>,
  offered: readonly W[],
): readonly WrapperInUse<W>[] =>
  run.wrappers.flatMap((spec, index) => {
    const wrapper = offered.find(({ id }) => id === spec.kind);
    if (!wrapper) return [];
    const schema = Object.entries(wrapper.params as Readonly<Record<string, ParamSpec>>);
    return [
      { wrapper, index, settings: Object.fromEntries(schema.map(([name, own]) => [name, spec[name] ?? own.default])) },
    ];
  });

/** Whether a wrapper does something under its settings; else the run is its method to the bit. */
export const isActive = ({ wrapper: { offAt = {} }, settings }: WrapperInUse): boolean => {
  const values = Object.entries(offAt);
  return values.length === 0 || values.some(([name, value]) => settings[name] !== value);
};

/** How often a step reads its batch of the forget set under some wrappers. */
export const forgetPasses = (wrappers: readonly Pick<WrapperInUse, 'wrapper' | 'settings'>[]): number =>
  wrappers.reduce((sum, { wrapper: { passes = 0 }, settings }) => {
    return sum + Number(typeof passes === 'string' ? settings[passes] : passes);
  }, 1);

/** Whether two lists have wrappers of the same kinds. */
export const hasSameKinds = (a: readonly WrapperSpec[] = [], b: readonly WrapperSpec[] = []): boolean =>
  a.length === b.length && a.every(({ kind }) => b.some((other) => other.kind === kind));
