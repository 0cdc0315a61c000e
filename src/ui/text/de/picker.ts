import type { Translation } from '../../text.ts';

export const picker: NonNullable<Translation['picker']> = {
  add: 'Verfahren hinzufügen',
  change: (run) => `Ein anderes Verfahren für ${run}`,
  find: 'Nach Namen oder Wirkung suchen',
  families: 'Arten von Verfahren',
  suggested: 'Vorschläge',
  all: 'Alle Verfahren',
  masked: 'Mit Gewichtsmaske',
  names: {
    ascent: 'Von der Antwort wegdrücken',
    preference: 'Wegdrücken, dann loslassen',
    relabel: 'Eine andere Antwort lehren',
    teacher: 'Von einem Lehrer lernen',
    hidden: 'Verborgene Schichten stören',
    retain: 'Nur mit dem Rest trainieren',
    edit: 'Gewichte einmal ändern',
    beside: 'Neben das Modell etwas stellen',
    exact: 'Neu trainieren oder nichts tun',
    others: 'Andere',
  },
  found: (n) => (n === 1 ? '1 Verfahren' : `${n} Verfahren`),
  none: 'Kein Verfahren enthält alle diese Wörter.',
  compared: 'schon im Vergleich',
  keys: '↑ ↓ wählen, Eingabe übernimmt, Esc schließt',
};
