/** What a command needs of the machine; tests hand in their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stderr is a terminal, which shows a bar. */
  readonly isTerminal: boolean;
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  readonly exists: (file: string) => boolean;
  /** A clock in ms. */
  readonly now: () => number;
}

/** A fault of the caller: printed without a stack, exit code 2. */
export class UsageError extends Error {}
