import type { words as galleryWords } from '../../rooms/learn/gallery.text.ts';
import type { words as lessonsWords } from '../../rooms/learn/lessons.text.ts';
import type { words as methodsWords } from '../../rooms/learn/methods.text.ts';
import type { Partly } from '../language.ts';
import { zahl } from './verdict.ts';

export const lessons: Partly<typeof lessonsWords> = {
  title: 'Lektionen',
  hint: 'Jede Lektion fragt, was Sie erwarten, lässt Sie es ausprobieren und zeigt, was wirklich geschieht, vor Ihren Augen gerechnet. Ihr eigenes Experiment kommt zurück, wenn Sie die Lektion verlassen.',
  minutes: (n) => `${n} min`,
  pages: (done, of) => (done === 0 ? `${of} Seiten` : `${done} von ${of} Seiten erledigt`),
  finished: 'erledigt',
  start: 'Beginnen',
  resume: 'Fortsetzen',
  again: 'Wiederholen',
  open: 'Öffnen',
  starts: (verb, title) => `${verb}: ${title}`,
  file: 'Eigene Lektion öffnen …',
  fileHint:
    'Eine Lektion ist eine JSON-Datei, die Sie selbst schreiben können: docs/lessons.md im Quelltext erklärt, wie.',
};

export const gallery: Partly<typeof galleryWords> = {
  title: 'Experimente',
  hint: 'Jedes Experiment stellt eine Frage. Öffnen Sie eines, sehen Sie zu, und ändern Sie dann seine wichtigste Einstellung.',
  knob: (label) => `Hauptregler: ${label}`,
  size: (runs, seeds) => `${zahl(runs, 'Lauf', 'Läufe')}, ${zahl(seeds, 'Seed', 'Seeds')}`,
  more: (n) => `und ${n} weitere`,
};

export const methods: Partly<typeof methodsWords> = {
  title: 'Verfahren',
  hint: 'Was jedes tut, in Worten und als Formel, worauf zu achten ist, wann es scheitert und aus welchem Artikel es stammt.',
  find: 'Ein Verfahren suchen',
  found: (n, of) => (n === of ? `${of} Verfahren` : `${n} von ${of} Verfahren`),
  none: 'Kein Verfahren enthält diese Wörter. Versuchen Sie es mit weniger.',
};
