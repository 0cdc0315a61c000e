import type { Translation } from '../../text.ts';

/** The German words of the trade-off plane's front and of pinned results; a part of de.ts. */
export const plane: Required<Translation>['plane'] = {
  pin: 'Ergebnis anheften',
  pinRun: (name) => `Ergebnis anheften: ${name}`,
  pinHint: 'Lässt dieses Ergebnis als graue Linie in den Diagrammen, wenn sich die Einstellungen ändern',
  pinsFull: (most) => `Höchstens ${most} Ergebnisse sind angeheftet: Entfernen Sie zuerst eines`,
  fan: (symbol) => `Mehrere ${symbol} vergleichen`,
  fanRun: (symbol, name, label) => `Mehrere ${symbol} vergleichen: Kopien von ${name} mit anderen Werten von ${label}`,
  fanHint: (label, values) => `Fügt für jeden dieser Werte von ${label} eine Kopie des Laufs hinzu: ${values}`,
  fanFull: 'Für so viele weitere Läufe ist kein Platz: Entfernen Sie einige, oder nehmen Sie weniger Seeds',
  keys: (title) => `${title}: Pfeiltasten gehen von Punkt zu Punkt und von Linie zu Linie`,
  keysPick: (title) =>
    `${title}: Pfeiltasten gehen von Punkt zu Punkt und von Linie zu Linie, die Eingabetaste stellt die Uhr dorthin`,
  sound: 'Hören, wie viel jeder Lauf behält: höher ist mehr; die Läufe stehen von links nach rechts',
  keysNone: 'kein Punkt',
  point: (step, forget, keep) => `Schritt ${step}, vergessen ${forget}, behalten ${keep}`,
  pins: 'Angeheftete Ergebnisse',
  unpin: (name) => `Angeheftetes ${name} entfernen`,
  seeds: (n) => (n === 1 ? 'ein Seed' : `Median von ${n} Seeds`),
  fits: {
    'other-data': 'von anderen Punkten oder einem anderen Forget Set: nicht gezeichnet',
    'other-training': 'von einem anderen Netz oder Training',
  },
  pinned: (name) => `${name} (angeheftet)`,
  frontHint:
    'Die dünne gestrichelte Linie ist die Pareto-Front bei diesem Schritt: Zu allem, was darunter liegt, gibt es ein anderes Ergebnis, das mehr behält und auf dem Forget Set mindestens so nah am neu trainierten Modell liegt. Mehr zu vergessen als das neu trainierte Modell ist kein Gewinn.',
  frontSummary: (names) => `Am Ende von keinem anderen übertroffen: ${names}.`,
};
