import type { Translation } from '../../text.ts';

/** The German words of the examples' pulls; a part of de.ts. */
export const pulls: Required<Translation>['pulls'] = {
  toggle: 'Züge',
  hint: 'Zeichnet, wie stark jeder Lauf bei diesem Schritt an den Forget-Beispielen zieht, und wohin',
  legend: 'Klasse, die gewinnt',
  help: 'Ein Pfeil zeigt auf die Klasse, die mit dem nächsten Schritt gewinnt: weg von der eigenen Klasse des Beispiels. Ein Ring ist ein Zug zur eigenen Klasse. Je länger der Pfeil, desto größer das Gewicht W: 1 ist das von Gradient Ascent. Gezeichnet werden höchstens 60 Beispiele; die Zahl ist das Mittel über alle. Maske, Optimierer und Gradientenregel kommen danach und sind nicht enthalten.',
  mean: (weight) => `W ${weight}`,
  meanGradient: (size) => `Schub ${size}`,
  none: {
    'no-terms': 'keine Züge: ändert Gewichte',
    'own-steps': 'keine festen Züge: Schritte wechseln',
    served: 'keine Züge: mehrere Netze',
    'none-on-split': 'kein Zug an Forget-Punkten',
    wrapped: 'keine eigenen Züge: etwas steht davor',
  },
};
