/** What a command needs of the machine; tests hand in their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stderr is a terminal, which shows a bar. */
  readonly isTerminal: boolean;
  readonly read: (file: string) => string | Uint8Array;
  readonly write: (file: string, text: string) => void;
  readonly exists: (file: string) => boolean;
  /** A clock in ms. */
  readonly now: () => number;
}

/** A text from elsewhere as a terminal may show it: without the characters that move the cursor or turn the text around. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a terminal would obey
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

/** A fault of the caller: printed without a stack, exit code 2. */
export class UsageError extends Error {}

/** Exit codes, as the usage texts give them. */
export const exit = { done: 0, claimFailed: 1, invalid: 2, internal: 3 } as const;

/** A file's content as text. */
export const textIn = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);
