/** What can go wrong, by a name that tests and callers may rely on. */
export type ErrorCode =
  | 'scenario/invalid'
  | 'scenario/newer-version'
  | 'file/malformed'
  | 'file/too-large'
  | 'file/unreadable'
  | 'link/malformed'
  | 'link/too-large'
  | 'link/newer-version'
  | 'message/invalid'
  | 'data/invalid'
  | 'forget/invalid'
  | 'method/undeclared-need'
  | 'method/failed'
  | 'attack/refused'
  | 'engine/no-backend'
  | 'engine/out-of-memory'
  | 'worker/unknown-query'
  | 'worker/internal';

/** One fault of an input: where it stands (a JSON pointer), what was expected there and what was found. */
export interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** An error in the form in which it crosses a worker boundary. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
}

/** An error that a caller can cause, with a stable code and the faults that led to it. */
export class SimError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'SimError';
    this.code = code;
    this.faults = faults;
  }
}

/** A fault as one line: `/runs/0/params/beta: expected a number in [0.01, 10], found -1`. */
export const faultLine = (fault: Fault): string =>
  `${fault.path === '' ? '/' : fault.path}: expected ${fault.expected}, found ${fault.found}`;

/** A SimError with a message made from its faults. */
export const faultError = (code: ErrorCode, faults: readonly Fault[]): SimError =>
  new SimError(code, faults.map(faultLine).join('\n'), faults);

/** Any thrown value as a wire error; what is not a SimError becomes `worker/internal`. */
export const toWire = (thrown: unknown): WireError =>
  thrown instanceof SimError
    ? { code: thrown.code, message: thrown.message, faults: thrown.faults }
    : { code: 'worker/internal', message: thrown instanceof Error ? thrown.message : String(thrown), faults: [] };

/** A value as it is shown in a fault: short, on one line. */
export const shown = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** Marks a case that the types rule out. */
export const assertNever = (value: never): never => {
  throw new Error(`unreachable: ${String(value)}`);
};
