import { catalogue } from '../../text/language.ts';

export const words = catalogue('learn/lessons', {
  title: 'Lessons',
  hint: 'Each lesson asks what you expect, lets you try it, and shows what really happens, computed before your eyes. Your own experiment comes back when you exit.',
  minutes: (n: number) => `${n} min`,
  pages: (done: number, of: number) => (done === 0 ? `${of} pages` : `${done} of ${of} pages done`),
  finished: 'done',
  start: 'Start',
  resume: 'Continue',
  again: 'Repeat',
  open: 'Open',
  starts: (verb: string, title: string) => `${verb}: ${title}`,
  file: 'Open your own lesson file …',
  fileHint: 'A lesson is a JSON file. You can write your own: docs/lessons.md in the source says how.',
} as const);
