import { catalogue } from '../../text/language.ts';

export const words = catalogue('learn/lessons', {
  title: 'Lessons',
  hint: 'Each asks what you expect, lets you do it, and shows what happened: computed while you look. Your own experiment is put aside and can be had back.',
  minutes: (n: number) => `${n} min`,
  pages: (done: number, of: number) => (done === 0 ? `${of} pages` : `${done} of ${of} pages done`),
  finished: 'done',
  start: 'Start',
  resume: 'Go on',
  again: 'Again',
  open: 'Open',
  starts: (verb: string, title: string) => `${verb}: ${title}`,
  file: 'Open your own lesson file …',
  fileHint: 'A lesson is a JSON file that you can write yourself; docs/lessons.md in the source says how.',
} as const);
