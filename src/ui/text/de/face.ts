import type { words } from '../../charts/face.text.ts';
import type { Partly } from '../language.ts';

/** The German words of the trade-off plane's other face. */
export const face: Partly<typeof words> = {
  x: (title, n) => `${title}, n = ${n}`,
  counts: (n) => (n === 1 ? '1 Frage' : `${n} Fragen`),
  legend: (n) => (n === 1 ? '★ neu trainiert, □ Original' : '★ neu trainiert, □ Original; dünn: einzelne Seeds'),
  help: 'Das Bild des NPO-Artikels: wozu ein Modell noch taugt gegen die Frage, wie wenig seine Truth Ratios auf dem Forget Set von denen des neu trainierten Modells abweichen, als Exponent eines p-Werts. Jeder Weg geht durch die Schritte; Punkte stehen bei einem Zehntel, einem Fünftel, der Hälfte und allen. Rechts der gestrichelten Linie spricht der Artikel von Erfolg. Bei wenigen Fragen kann p kaum fallen: Achten Sie auf n. Mediane über die Seeds.',
  summary: (ends, retrained) =>
    `Beim letzten aufgezeichneten Schritt, Exponent der Forget Quality und Utility: ${ends}. Das neu trainierte Modell: 0 und ${retrained}.`,
  none: 'Noch ist nichts gerechnet.',
  end: (label, x, y) => `${label} ${x} / ${y}`,
  point: (step, x, y) => `Schritt ${step}, Exponent ${x}, Utility ${y}`,
  step: 'Schritt',
};
