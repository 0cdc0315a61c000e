import type { words } from '../../rooms/measure/leaderboard.text.ts';
import type { Partly } from '../language.ts';

export const leaderboard: Partly<typeof words> = {
  title: 'Rangliste zum Nachrechnen',
  hint: 'Jeder Eintrag ist ein Verfahren mit allen Einstellungen, auf Daten, die jeder Seed neu zieht, und sagt, wie weit vom neu trainierten Modell es endet. Niemandem muss man glauben: Diese Seite rechnet jeden Eintrag nach und vergleicht.',
  gap: (value) => `Abstand ${value}`,
  gapHelp:
    'Mittlerer Abstand vom neu trainierten Modell über die Metriken, die im Turnier entscheiden, und über fünf Seeds: 0 ist ein Treffer. Kleine Unterschiede können Zufall sein; das entscheidet ein Turnier.',
  none: 'keine Platzierung',
  by: (name) => `eingetragen von ${name}`,
  checksum: (sum) => `Prüfsumme ${sum}`,
  again: 'Nachrechnen',
  againOf: (title) => `Nachrechnen: ${title}`,
  all: 'Alle nachrechnen',
  stop: 'Anhalten',
  open: 'Öffnen',
  openOf: (title) => `Als Experiment öffnen: ${title}`,
  waiting: 'wartet, bis es dran ist',
  running: (percent) => `rechnet, ${percent} %`,
  same: (gap, sum) => `Dasselbe Ergebnis: Abstand ${gap}, Prüfsumme ${sum}`,
  differs: (gap, sum) => `Nicht dasselbe Ergebnis: Hier ist der Abstand ${gap}, Prüfsumme ${sum}.`,
  edited: 'Die Prüfsumme stimmt, der Abstand nicht: Die Angabe wurde von Hand geändert.',
  failed: (message) => `Es ließ sich nicht rechnen: ${message}`,
  unclaimed: (gap) => `Der Eintrag behauptet nichts. Hier ist der Abstand ${gap}.`,
  unreadable: (file) => `${file} lässt sich mit dieser Version nicht lesen:`,
  steps: (n) => `${n} ${n === 1 ? 'Schritt' : 'Schritte'}`,
  summary: (same, of) => `${same} von ${of} ergaben dasselbe.`,
};
