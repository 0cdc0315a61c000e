import type { words } from '../../pairs/pairs.text.ts';
import type { Partly } from '../language.ts';

/** The German words of pairs of one's own. */
export const pairs: Partly<typeof words> = {
  none: 'noch keine',
  has: (count, inputs) => `${count} Paare, ${inputs === 1 ? 'eine Kurve' : 'eine Fläche'}`,
  write: 'Schreiben oder öffnen …',
  change: 'Ändern …',
  title: 'Eigene Paare',
  lead: 'Ein Paar je Zeile: eine Stelle aus einer Zahl oder zweien, dann die Zahl, die dort gesehen wurde. Eine Tabelle aus einem Tabellenprogramm genügt; eine Spalte namens y, value oder target ist die Zahl, sonst die letzte.',
  scaled:
    'Stellen werden auf den Bereich von -1 bis 1 gebracht, Zahlen auf Mittelwert 0 und Standardabweichung 1: Fehler sind in diesen Einheiten.',
  field: 'Paare',
  placeholder: 'x,y\n0.1,1.2\n0.2,1.5',
  choose: 'Datei öffnen …',
  fileInput: 'Eine Tabelle mit Paaren',
  large: (size) => `eine Datei von höchstens ${size}: Behalten Sie weniger Zeilen`,
  kept: 'Die Paare bleiben, wie sie waren.',
  remove: 'Entfernen',
  use: 'Diese Paare nehmen',
};
