import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { RunSpec } from '../format/scenario.ts';
import { isActive, type WrapperInUse, wrappersOf } from '../format/wrappers.ts';

/** What is wrapped around a run's steps, as its script has it. */
export interface PythonWrappers {
  /** Those that do something. */
  readonly active: readonly WrapperInUse[];
  readonly functions: readonly string[];
  /** The function that gives the logits of the rows to forget; absent: the model. */
  readonly logits: string | undefined;
  /** The function that makes gradients of the two losses; absent: those of their sum. */
  readonly join: string | undefined;
  readonly before: readonly string[];
  readonly extra: readonly string[];
}

/** Lines with values in their places. */
const filled = ({ settings }: WrapperInUse, lines: readonly string[], original: string): readonly string[] =>
  lines.map((line) =>
    line.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      name === 'original' ? original : Object.hasOwn(settings, name) ? String(settings[name]) : whole,
    ),
  );

/** `original` names the array with the original model's weights. */
export const pythonWrappers = (run: RunSpec, offered: readonly WrapperInfo[], original: string): PythonWrappers => {
  const active = wrappersOf(run, offered).filter(isActive);
  const lines = (part: 'functions' | 'before' | 'extra') =>
    active.flatMap((own) => {
      const written = own.wrapper.python?.[part];
      if (!written) return [];
      return [...filled(own, written, original), ...(part === 'functions' ? ['', ''] : [])];
    });
  const last = (part: 'logits' | 'join') => active.flatMap(({ wrapper }) => wrapper.python?.[part] ?? []).at(-1);
  return {
    active,
    functions: lines('functions'),
    logits: last('logits'),
    join: last('join'),
    before: lines('before'),
    extra: lines('extra'),
  };
};

/** Whether a script can be written of a run in its wrappers. */
export const hasPython = (run: Pick<RunSpec, 'wrappers'>, offered: readonly WrapperInfo[]): boolean =>
  wrappersOf(run, offered)
    .filter(isActive)
    .every(({ wrapper }) => wrapper.python !== undefined);
