import type { Translation } from '../../text.ts';

/** The German words of the forget set's form; a part of de.ts. */
export const forget: Required<Translation>['forget'] = {
  heading: 'Forget Set',
  kind: 'Was vergessen wird',
  kinds: {
    class: 'eine ganze Klasse',
    random: 'zufällige Punkte',
    indices: 'Punkte nach Nummer',
    region: 'ein Gebiet',
    component: 'ein benannter Teil',
    selector: 'von einer Regel gewählt',
    rule: 'nach einer Regel der Daten',
  },
  label: 'Klasse',
  fraction: 'Anteil der Punkte',
  seed: 'Seed der Ziehung',
  indices: 'Nummern der Trainingspunkte',
  indicesHelp: 'Durch Kommas getrennt; 5-9 heißt 5 bis 9.',
  shape: 'Form',
  disc: 'Scheibe',
  polygon: 'Vieleck',
  centerX: 'Mitte, erste Koordinate',
  centerY: 'Mitte, zweite Koordinate',
  radius: 'Radius',
  corners: 'Ecken',
  cornersHelp: 'Eine Ecke je Zeile: erste Koordinate, zweite Koordinate. Mindestens drei.',
  component: 'Teil',
  componentFraction: 'Bekannter Anteil des Teils',
  selector: 'Regel',
  selectorHelp:
    'Betrachtet das fertig trainierte Original, für jeden Seed einzeln. Die gewählten Punkte stehen in den Ergebnissen.',
  count: 'Zu vergessende Punkte',
  drag: 'Ziehen Sie auf dem Bild „Original“, um die Scheibe zu zeichnen.',
};
