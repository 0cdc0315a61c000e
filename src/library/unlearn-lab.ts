// What the package gives to other programs. docs/library/api.d.ts is the same with all types in one file: a change there is a
// change for everybody who uses it.

export { type ErrorCode, type Fault, SimError } from '../engine/base/errors.ts';
export { exp, log, sigmoid, tanh } from '../engine/base/math.ts';
export { ENGINE_VERSION } from '../engine/base/version.ts';
export type { AnyMethod, Method, MethodContext, MethodState, StepResult } from '../engine/contracts/method.ts';
export type { Row, Rows, Term } from '../engine/contracts/rows.ts';
export { editMethod, lossGradient, rowMethod } from '../engine/method-kinds.ts';
export { version as SCENARIO_VERSION } from '../scenario/format/defaults.ts';
export type { Results } from '../scenario/format/results.ts';
export type { Scenario } from '../scenario/format/scenario.ts';
export type { RunEvent } from '../sim/events.ts';
export { presets } from './presets.ts';
export { type Simulation, type SimulationOptions, simulate } from './simulate.ts';
export * as tf from './tensors.ts';
