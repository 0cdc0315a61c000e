import type { words } from '../../facts/facts.text.ts';
import type { Partly } from '../language.ts';

const authors = (count: number): string => (count === 1 ? '1 Autor' : `${count} Autoren`);
const facts = (count: number): string => (count === 1 ? '1 Fakt' : `${count} Fakten`);

/** The German words of facts and names of one's own. */
export const ownFacts: Partly<typeof words> = {
  write: 'Einfügen …',
  change: 'Ändern …',
  none: 'keine',
  has: (persons, count) => `${authors(persons)} mit ${count === 1 ? '1 Fakt' : `${count} Fakten`}`,
  title: 'Eigene Autoren',
  lead: 'Ein Fakt je Zeile: ein Name, worum es geht, und der Wert, getrennt durch Kommas, Semikolons oder Tabulatoren. Das Modell lernt sie neben den erfundenen Autoren, und nichts verlässt dieses Gerät.',
  relations: (list) => `Worum es geht, ist eines von: ${list}.`,
  relation: (relation, count) => (count === 1 ? relation : `${relation} (${count} Wörter)`),
  caps: (most, persons, letters) =>
    `Höchstens ${most} Fakten über ${persons} Autoren. Ein Name hat ein Wort oder zwei, ein Wort höchstens ${letters} Zeichen; alles wird kleingeschrieben gelesen.`,
  field: 'Fakten als Text',
  placeholder: 'Ada Lovelace,city,London',
  choose: 'Datei wählen …',
  fileInput: 'CSV-Datei',
  example: 'Beispiel einfügen',
  preview: 'Die Fakten, wie sie gelesen wurden',
  columns: { name: 'Name', relation: 'Worum es geht', value: 'Wert' },
  more: (count) => `und ${facts(count)} mehr`,
  forget: 'Damit sie vergessen werden, wählen Sie als Forget Set „Autoren nach Namen“.',
  kept: 'Nichts wurde geändert; Ihre früheren Fakten sind noch da.',
  large: (most) => `höchstens ${most}: Lassen Sie Fakten weg`,
  use: 'Diese Fakten verwenden',
  remove: 'Alle entfernen',
  add: 'Autor hinzufügen',
  choice: 'wählen …',
  some: 'Jeder Seed zieht eigene Autoren: Namen erfundener passen nur zu einem Seed. Geben Sie den Daten einen Seed, oder nennen Sie eigene Autoren.',
};
