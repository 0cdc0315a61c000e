import type { words as averagingWords } from '../../rooms/measure/averaging.text.ts';
import type { words as distancesWords } from '../../rooms/measure/distances.text.ts';
import type { words as localityWords } from '../../rooms/measure/locality.text.ts';
import type { words as metricTableWords } from '../../rooms/measure/metric-table.text.ts';
import type { words as pullWeightsWords } from '../../rooms/measure/pull-weights.text.ts';
import type { words as slopesWords } from '../../rooms/measure/slopes.text.ts';
import type { sweepText } from '../../rooms/measure/sweep.text.ts';
import type { words as weightChangeWords } from '../../rooms/measure/weight-change.text.ts';
import type { Partly } from '../language.ts';

export const metricTable: Partly<typeof metricTableWords> = {
  title: 'Metriken',
  hint: 'Jede Zahl ist der Median über die Seeds; in Klammern steht die Spannweite. Darunter der Abstand zum neu trainierten Modell, Seed für Seed. Das Ziel ist der Wert des neu trainierten Modells: nicht null, und nicht möglichst hoch.',
  groups: {
    forgetting: 'Vergessen',
    keeping: 'Was vom Rest bleibt',
    membership: 'Mitgliedschaft: Ist zu erkennen, dass ein Punkt in den Daten war?',
    distance: 'Abstand zum neu trainierten Modell',
    inside: 'Im Innern des Netzes',
    summary: 'In einer Zahl, und die Kosten',
  },
  metric: 'Metrik',
  all: (n) => `Alle ${n} Metriken zeigen`,
  fewer: 'Nur die fünf wichtigsten zeigen',
  retrained: 'Neu trainiert',
  original: 'Original',
  floor: (value) => `untereinander: ${value}`,
  floorHint:
    'Wie weit die neu trainierten Modelle auseinanderliegen (Median über die Seeds, je eines gegen die anderen). Ein kleinerer Abstand ist kein Unterschied.',
  gap: (value) => `Abstand ${value}`,
  like: 'wie neu trainiert',
  atEnd: 'am Ende',
  atEndHint: 'Diese Metrik ist aufwendig und wird nur beim letzten Schritt berechnet.',
  better: {
    'match-retrained': 'Das Ziel ist der Wert des neu trainierten Modells.',
    lower: 'Weniger ist besser.',
    higher: 'Mehr ist besser.',
  },
  defined: (formula) => `Definition: ${formula}.`,
  source: (authors, year, where) => `${authors} (${year})${where === '' ? '' : `, ${where}`}.`,
  none: '–',
  missing: (n, reason) => `Kein Wert für ${n === 1 ? 'einen Seed' : `${n} Seeds`}. ${reason}`,
  missingNow: 'Noch nicht berechnet.',
  leftOut: (n) => `${n} ausgelassen`,
  partsLeftOut: (n) => (n === 1 ? 'ohne 1 Teil' : `ohne ${n} Teile`),
  partsLeftOutHint: 'Teile des Mittels, die hier nicht definiert sind, bleiben außen vor.',
  sort: (name) => `Nach dem Abstand von ${name} ordnen, den größten zuerst`,
  unsort: 'Zurück zur Ordnung nach Gruppen',
  empty: 'Die Tabelle füllt sich, sobald das Verlernen beginnt.',
  yes: 'ja',
  no: 'nein',
};

export const distances: Partly<typeof distancesWords> = {
  title: 'Abstand zum neu trainierten Modell',
  hint: 'Forget- und Retain-Abstand sind Divergenzen KL(neu trainiert ‖ Modell) auf frischen Punkten: Bei 0 könnte niemand das Modell von einem unterscheiden, das das Forget Set nie gesehen hat. Weniger ist besser.',
  forget: 'Forget-Abstand',
  retain: 'Retain-Abstand',
  forgetAxis: 'Forget-Abstand, nats',
  retainAxis: 'Retain-Abstand, nats',
  stepAxis: 'Schritte',
  trajectory: 'Retain- gegen Forget-Abstand',
  weight: 'Wie weit sich die Gewichte bewegt haben',
  forgetHelp:
    'Auf frischen Punkten, verteilt wie das Forget Set. Eine Kurve, die fällt und wieder steigt, ist über das Ziel hinausgeschossen: zu viel verlernt.',
  retainHelp:
    'Auf frischen Punkten, verteilt wie das Retain Set. Was hier steigt, ist Schaden an dem, was bleiben soll.',
  trajectoryHelp:
    'Dieselben beiden Abstände gegeneinander, Schritt für Schritt: je weiter links unten, desto besser. Das große Zeichen markiert den Schritt der Uhr. Jeder Punkt ist der Median über die Seeds beim selben Schritt; das kann ein Verfahren schönen, siehe die Mittelwerte weiter unten.',
  scale: 'Senkrechte Achse',
  log: 'logarithmisch',
  linear: 'linear',
  summary: (name, ends) => `${name} beim letzten aufgezeichneten Schritt: ${ends}.`,
  none: 'Noch ist nichts berechnet.',
  end: (label, value) => `${label} ${value}`,
};

export const averaging: Partly<typeof averagingWords> = {
  title: 'Was das Mitteln über Seeds bewirkt',
  hint: 'Seeds vergessen verschieden schnell. Wer beide Abstände beim selben Schritt mittelt, mischt Seeds, die einen Forget-Abstand längst hinter sich haben, mit solchen, die ihn noch nicht erreicht haben; wer den Retain-Abstand beim selben Forget-Abstand mittelt, tut das nicht. Unterscheiden sich die Kurven im ersten Fall und stimmen sie im zweiten überein, so ist der Zielkonflikt ein Artefakt des Mittelns.',
  chart: 'Retain- gegen Forget-Abstand',
  choice: 'Gemittelt',
  atStep: 'beim selben Schritt',
  atDistance: 'beim selben Forget-Abstand',
  forgetAxis: 'Forget-Abstand, nats',
  retainAxis: 'Retain-Abstand, nats (Mittel)',
  help: 'Von rechts zu lesen, wo jeder Lauf beginnt. Beim selben Forget-Abstand zählt der Retain-Abstand jedes Seeds dort, wo sein Forget-Abstand zum ersten Mal auf diesen Wert fällt; eine Linie reicht so weit, wie alle Seeds kommen. Das Menü über dem Diagramm sagt, was die Balken zeigen.',
  bands: {
    range: (n) => `Mittel, Spannweite, n=${n}`,
    iqr: (n) => `Mittel, mittlere Hälfte, n=${n}`,
    bootstrap: (n) => `Mittel, 95 % Bootstrap, n=${n}`,
  },
  scale: 'Achsen',
  log: 'logarithmisch',
  linear: 'linear',
  table: 'Retain-Abstand, wenn der Forget-Abstand zum ersten Mal auf ein Zehntel des Anfangswerts fällt',
  run: 'Lauf',
  stepColumn: 'beim selben Schritt',
  distanceColumn: 'beim selben Forget-Abstand',
  never: 'nicht von jedem Seed erreicht',
  summary: (level, ends) => `Retain-Abstand bei einem Forget-Abstand von ${level}: ${ends}.`,
  none: 'Noch ist nichts berechnet.',
  at: (level) => `Forget-Abstand ${level}`,
};

export const locality: Partly<typeof localityWords> = {
  title: 'Wo es sich verändert hat',
  hint: 'Vergessen darf treffen, was nahe am Forget Set liegt, und soll den Rest in Ruhe lassen. Hier sehen Sie es nach Abstand in den Daten und nach Schicht des Netzes.',
  curve: 'Genauigkeit nach Abstand zum Forget Set',
  help: 'Frische Punkte, die zu behalten sind, in zehn Gruppen nach ihrem Abstand zum nächsten Forget-Punkt, die nächsten zuerst. Ein Verfahren, das nur vergisst, folgt dem neu trainierten Modell; Schaden neben dem Forget Set zeigt sich links, Schaden überall entlang der ganzen Kurve.',
  distanceAxis: 'Abstand zum nächsten Forget-Punkt',
  accuracyAxis: 'Genauigkeit',
  drift: 'Drift nach Schicht',
  driftHint:
    'Wie weit sich Gewichte und Bias-Werte jeder Schicht vom Originalmodell entfernt haben, im Verhältnis zu ihrer Größe dort: Median über die Seeds und Spannweite.',
  layer: (n) => `Schicht ${n}`,
  run: 'Modell',
  original: 'Original',
  retrained: 'Neu trainiert',
  waiting: 'Erscheint, wenn der Lauf fertig ist.',
  none: 'Hier gibt es nichts zu vergleichen: keine Forget-Punkte oder weniger als zehn frische Punkte zum Behalten.',
  otherNetwork: 'antwortet mit einem anderen Netz',
  summary: (ends) => `Genauigkeit auf dem nächstgelegenen Zehntel: ${ends}.`,
  end: (label, value) => `${label} ${value}`,
};

export const weightChange: Partly<typeof weightChangeWords> = {
  title: 'Welche Gewichte sich bewegt haben',
  hint: 'Jedes Gewicht des Netzes beim Schritt der Uhr, verglichen mit dem Originalmodell, für den gezeigten Seed. Je dunkler, desto weiter hat es sich bewegt. Graue Gewichte haben sich gar nicht bewegt: Eine Maske, oder ein Verfahren, das nur einige ändert, lässt sie genau, wie sie waren.',
  run: 'Lauf',
  waiting: 'Erscheint, wenn der Lauf fertig ist.',
  otherNetwork:
    'Dieses Verfahren antwortet mit einem anderen Netz; Gewicht für Gewicht lässt sich da nichts vergleichen.',
  picture: (name, rows, columns, still, most) =>
    `${name}, ${rows} mal ${columns}: ${still} unverändert, das weiteste hat sich um ${most} bewegt`,
  columns: ['Feld', 'Gewichte', 'unverändert', 'mittlere Änderung', 'größte Änderung'],
  legend: ['gar nicht', 'wenig', 'viel'],
};

export const slopes: Partly<typeof slopesWords> = {
  title: 'Wie schnell die Gewichte davonlaufen',
  hint: 'Theorem 2 des NPO-Artikels: In einem linearen Modell mit wenigen, fast orthogonalen Forget-Punkten bewegen sich die Gewichte unter Gradient Ascent proportional zur Zahl der Schritte, unter NPO zu deren Logarithmus. Beide Kurven sind an den Median über die Seeds angepasst.',
  chart: 'Abstand der Gewichte',
  stepAxis: 'Schritte',
  distanceAxis: 'L2-Abstand',
  help: 'Wie weit die Gewichte von ihrem Anfang entfernt sind. Auf einer logarithmischen Schrittachse ist ein Logarithmus eine Gerade, und eine Gerade krümmt sich nach oben; auf zwei logarithmischen Achsen bleibt eine Gerade gerade und steigt so schnell wie die Schritte. Die dünne Linie ist die bessere der beiden Anpassungen.',
  scale: 'Achsen',
  log: 'Schritte logarithmisch',
  linear: 'linear',
  both: 'beide Achsen logarithmisch',
  late: 'In der letzten Hälfte',
  lateCell: (b, c) => `b = ${b}, c = ${c}`,
  run: 'Lauf',
  line: 'Gerade: a + b·t',
  logarithm: 'Logarithmus: c·log(1 + k·t)',
  predicted: 'Theorem 2 sagt voraus',
  better: 'Passt besser',
  lineCell: (b, r2) => `b = ${b}, R² = ${r2}`,
  logCell: (c, k, r2) => `c = ${c}, k = ${k}, R² = ${r2}`,
  predictLine: (b) => `Gerade, b → ${b}`,
  predictLog: (c) => `Logarithmus, c → ${c}`,
  outside: 'nichts: gilt hier nicht',
  isLine: 'die Gerade',
  isLog: 'der Logarithmus',
  isNeither: 'keine: schneller als eine Gerade',
  tooFew: 'noch zu wenige Schritte',
  summary: (ends) => `Anpassungen: ${ends}.`,
  none: 'Noch ist nichts berechnet.',
  note: 'Die vorhergesagten Steigungen gelten für einfache Schritte mit vollem Batch auf genau orthogonalen Forget-Punkten der Länge ℓ: b → η ℓ / √n für Gradient Ascent, c → √n / (β ℓ) für NPO, bei n Forget-Punkten und Schrittweite η.',
};

export const sweep: Partly<typeof sweepText> = {
  title: 'Mehrere Werte im Vergleich',
  hint: 'Ein Lauf mit vielen Einstellungen zugleich, beim Schritt der Uhr. Wählen Sie eine Einstellung mit einem Klick oder der Eingabetaste, und der Lauf übernimmt sie.',
  empty:
    'Noch vergleicht kein Lauf mehrere Werte. Beginnen Sie mit einer dieser Einstellungen, oder öffnen Sie rechts bei einem Verfahren „Mehrere Werte vergleichen“.',
  start: (run, label) => `${run}: mehrere Werte von ${label}`,
  run: 'Lauf',
  metric: 'Metrik',
  of: (label) => `über ${label}`,
  retrained: (value) => `Neu trainiertes Modell: ${value}`,
  none: 'nicht definiert',
  later: 'Diese Metrik wird nur beim letzten Schritt berechnet: Stellen Sie die Uhr ans Ende.',
  legend: 'Median über die Seeds. Je kräftiger die Farbe, desto näher am neu trainierten Modell.',
  bandLegend: 'Gestrichelt: das neu trainierte Modell.',
  diverged: (count, of) => `divergiert bei ${count} von ${of} Seeds`,
  take: (label, value) => `${label} übernehmen: ${value}`,
  summary: (name, values) => `Über ${name}: ${values}.`,
  multiples: 'Dieselben Einstellungen in anderen Metriken',
};

export const pullWeights: Partly<typeof pullWeightsWords> = {
  title: 'Gewichte der Beispiele',
  hint: 'Ein Verfahren, das Beispiel für Beispiel arbeitet, bewegt jedes Forget-Beispiel mit einem Gewicht W: Gradient Ascent hat W = 1, und 0 lässt das Beispiel in Ruhe. Wo W von selbst fällt, wie bei NPO, wird das Verlernen langsamer, bevor es den Rest zerstört.',
  curve: 'Mittleres W über die Schritte',
  help: 'Die mittlere Stärke des Zugs über das Forget Set, aus der Regel des Verfahrens an den aufgezeichneten Gewichten berechnet. Jede Linie ist der Median über die Seeds.',
  stepAxis: 'Schritte',
  weightAxis: 'mittleres W',
  histogram: 'Verteilung von W beim Schritt der Uhr',
  histogramHelp:
    'Wie viele Forget-Beispiele beim Schritt der Uhr welches W haben, für den gezeigten Seed. Die Balken eines Bildes ergeben zusammen das ganze Forget Set.',
  waiting: 'Erscheint, wenn der Lauf fertig ist.',
  reasons: {
    'no-terms': 'ändert die Gewichte als Ganzes, kein Beispiel hat also ein eigenes Gewicht',
    'own-steps': 'ändert sein Ziel von Schritt zu Schritt, es gibt also nicht das eine Gewicht',
    served: 'antwortet mit mehreren Netzen',
    'none-on-split': 'sieht das Forget Set nicht an',
    wrapped: 'steht in etwas, das verändert, worauf sich die Gewichte beziehen',
  },
  without: (label, why) => `${label} ${why}.`,
  ofGradients: (label) =>
    `${label}: Einige seiner Terme haben einen Gradienten, aber kein Gewicht; W ist dann das Höchste, um das sie eine Verteilung bewegen.`,
  summary: (ends) => `Mittleres W beim letzten aufgezeichneten Schritt: ${ends}.`,
  none: 'Kein Lauf hier hat Gewichte für einzelne Beispiele.',
  end: (label, value) => `${label} ${value}`,
  columns: ['Lauf', 'kleinstes', 'Viertel', 'Median', 'drei Viertel', 'größtes', 'unter 0.1'],
  bars: (label, median, low) => `${label}: Median von W ${median}; ${low} der Beispiele liegen unter 0.1.`,
};
