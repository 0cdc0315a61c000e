import type { words } from '../../rooms/measure/results-file.text.ts';
import type { Partly } from '../language.ts';

export const resultsFile: Partly<typeof words> = {
  title: 'Ergebnisse aus einer Datei',
  hint: 'Zeigt die Zahlen einer Ergebnisdatei, etwa einer großen Studie, die in Teilen gerechnet wurde, ohne etwas zu rechnen. Zum Nachrechnen öffnen Sie die Datei mit Datei → Öffnen.',
  choose: 'Eine Ergebnisdatei wählen',
  unread: 'Diese Datei lässt sich nicht zeigen:',
  table: (title, n) =>
    `${title}: Mittel [kleinster, größter Wert] über ${n} ${n === 1 ? 'Seed' : 'Seeds'}, nach dem letzten Schritt`,
  untitled: 'Ergebnisse',
  model: 'Modell',
  original: 'Original',
  retrained: 'Neu trainiert',
  claims: 'Behauptungen',
  holds: 'trifft zu',
  fails: 'trifft nicht zu',
  made: (engine, checksum) => `Laut der Datei: gerechnet von ${engine}, Prüfsumme ${checksum}.`,
};
