import { type Fault, SimError } from '../engine/base/errors.ts';
import type { ParamSpec, ParamValue } from '../engine/base/schema.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { AnyMethod, MethodContext, Need } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { AnyWrapper, WrapperContext } from '../engine/contracts/wrapper.ts';
import { guarded } from '../families/shared/guarded.ts';
import type { RunSpec } from '../scenario/format/scenario.ts';
import { isActive, type WrapperInUse, wrappersOf } from '../scenario/format/wrappers.ts';
import type { Catalogue } from './catalogue.ts';
import type { LaneTensors } from './lane-tensors.ts';

/** A wrapper around one lane. */
export interface LaneWrapper extends WrapperInUse<AnyWrapper> {
  /** What it found at the original model, [P], if it looks. */
  readonly weighed?: Float32Array;
}

type Offered = Pick<Catalogue, 'wrappers'>;

const wrappersIn = (run: RunSpec, { wrappers }: Offered) => wrappersOf(run, [...wrappers.values()]);

/** Whether the terms of a run on the forget set see something else than the examples. */
export const hidesPulls = (run: RunSpec, catalogue: Offered): boolean =>
  wrappersIn(run, catalogue).some((own) => own.wrapper.hidesPulls && isActive(own));

const refused = (run: RunSpec, what: string, fault: Fault): SimError =>
  new SimError('method/failed', `${run.name}: ${what}`, [fault]);

/** @throws {SimError} method/failed if a run has a wrapper that its method does not take or its network does not fit */
export const checkWrappers = (run: RunSpec, method: AnyMethod, model: Network, catalogue: Offered) => {
  for (const { wrapper, settings, index } of wrappersIn(run, catalogue)) {
    const path = `/wrappers/${index}`;
    if (!wrapper.takes(method)) {
      const fitting = [...catalogue.wrappers.values()].filter((other) => other.takes(method)).map(({ id }) => id);
      throw refused(run, `${method.id} cannot be wrapped in ${wrapper.id}, which asks for ${wrapper.asks}.`, {
        path: `${path}/kind`,
        expected: fitting.length > 0 ? `a wrapper that ${method.id} takes: ${fitting.join(', ')}` : 'no wrapper',
        found: wrapper.id,
      });
    }
    const fault = wrapper.fault?.(settings, model);
    if (fault) throw refused(run, `${wrapper.id} does not fit the network.`, { ...fault, path: path + fault.path });
  }
};

/** What is wrapped around a run under one seed, once the original model is there. */
export const wrappersFor = (
  run: RunSpec,
  catalogue: Offered,
  /** The lane with a stream for a purpose of its own. */
  viewFor: (id: string) => LaneView,
): LaneWrapper[] =>
  wrappersIn(run, catalogue)
    .filter(isActive)
    .map((own) => {
      const { wrapper, settings } = own;
      if (!wrapper.weigh) return own;
      const view = guarded(viewFor(wrapper.id), new Set(wrapper.needs), `The wrapper ${wrapper.id}`);
      return { ...own, weighed: wrapper.weigh(view, settings) };
    });

/** What lanes must agree on to be stacked. */
export const wrapperKey = (wrappers: readonly LaneWrapper[] = []): unknown[] =>
  wrappers.map(({ wrapper, settings }) => [
    wrapper.id,
    ...Object.entries(wrapper.params as Record<string, ParamSpec>)
      .filter(([, { kind }]) => kind !== 'number')
      .map(([name]) => settings[name]),
  ]);

/** What wrapping needs of a lane. */
interface WrappedLane {
  readonly wrappers?: readonly LaneWrapper[];
  readonly view?: LaneView;
}

/** What is wrapped around the steps of lanes that are stacked; undefined where nothing is. */
export const wrapOf = <L extends WrappedLane>(
  lanes: readonly L[],
  cohort: Pick<WrapperContext, 'model' | 'keys' | 'steps'>,
  { column, once }: LaneTensors<L>,
): ((step: number) => NonNullable<MethodContext['wrap']>) | undefined => {
  const first = lanes[0]?.wrappers ?? [];
  if (first.length === 0) return undefined;
  const all = first.map(({ wrapper, settings: own }, place) => {
    const at = ({ wrappers }: L) => wrappers?.[place] as LaneWrapper;
    const allowed = new Set<Need>(wrapper.needs);
    const undeclared = (what: string): never => {
      throw new SimError('method/undeclared-need', `The wrapper ${wrapper.id} reads ${what} without declaring it.`);
    };
    const original = once(({ view }) => (view as LaneView).original());
    const settings = Object.fromEntries(
      Object.entries(wrapper.params as Record<string, ParamSpec>).map(([name, { kind }]) => [
        name,
        kind === 'number' ? column((lane) => at(lane).settings[name] as number) : (own[name] as ParamValue),
      ]),
    );
    const fixed: Omit<WrapperContext, 'step'> = {
      ...cohort,
      settings,
      original: () => (allowed.has('original') ? original() : undeclared('the original model')),
      weighed: once((lane) => at(lane).weighed ?? undeclared('weights of its own')),
    };
    return { wrapper, fixed };
  });
  return (step) => (gradient) =>
    all.reduce((inner, { wrapper, fixed }) => wrapper.wrap(inner, { ...fixed, step }), gradient);
};
