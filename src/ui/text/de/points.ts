import type { differenceText } from '../../compare/difference.text.ts';
import type { lightText } from '../../compare/light.text.ts';
import type { csvText } from '../../csv/csv.text.ts';
import type { editText } from '../../edit/edit.text.ts';
import { className } from '../../theme/palette.ts';
import type { Partly } from '../language.ts';
import { zahl } from './verdict.ts';

const n = (value: number): string => value.toLocaleString('de');

export const difference: Partly<typeof differenceText> = {
  toggle: 'Unterschied zu „Neu trainiert“',
  hint: 'Schraffiert jede Karte dort, wo sie eine andere Klasse vorhersagt als das neu trainierte Modell',
  share: (percent) => `weicht auf ${percent} ab`,
};

export const light: Partly<typeof lightText> = {
  label: 'In jedem Bild hervorgehobener Punkt: Pfeiltasten gehen von Punkt zu Punkt',
  none: 'kein Punkt',
  reading: (label, probability) => `P(${className(label)}) ${probability}`,
  point: (index, label, isForget) =>
    `Punkt ${index}, Klasse ${className(label)}, ${isForget ? 'zu vergessen' : 'zu behalten'}`,
  model: (name, probability) => `${name} ${probability}`,
};

export const csv: Partly<typeof csvText> = {
  open: 'CSV einfügen …',
  title: 'Punkte aus einer Tabelle',
  lead: 'Ein Punkt je Zeile: seine Zahlen und seine Klasse, getrennt durch Kommas, Semikolons, Tabulatoren, senkrechte Striche oder Leerzeichen. Fügen Sie die Zeilen ein, legen Sie eine Datei hier ab, oder wählen Sie eine aus. Nichts verlässt dieses Gerät.',
  understood:
    'Verstanden werden eine Überschrift, Anführungszeichen, Dezimalpunkte oder -kommas in jeder Spalte, abgesetzte Tausender, Prozentzeichen, Kommentare, die mit #, % oder // beginnen, die Zeile sep=; von Excel, Zeilennummern von pandas und R, Tabellen in Markdown und leere Spalten am Ende. Lässt sich eine Tabelle auf zwei Arten lesen, werden Sie gefragt.',
  field: 'Tabelle als Text',
  placeholder: 'x1,x2,art\n0.5,1.2,setosa\n-0.3,0.7,virginica',
  choose: 'Datei wählen …',
  fileInput: 'CSV-Datei',
  example: 'Beispiel einfügen',
  read: (rows, columns, separator, decimal) =>
    `${n(rows)} ${rows === 1 ? 'Zeile' : 'Zeilen'}, ${zahl(columns, 'Spalte', 'Spalten')}; getrennt durch ${separator}, ${decimal} als Dezimalzeichen`,
  decimals: { '.': 'Punkt', ',': 'Komma' },
  bothDecimals: 'Punkt und Komma',
  comments: (count) => `${zahl(count, 'Kommentarzeile', 'Kommentarzeilen')} weggelassen`,
  separator: 'Trennzeichen',
  separators: {
    '': 'wie in der Tabelle',
    '\t': 'Tabulatoren',
    ';': 'Semikolons',
    ',': 'Kommas',
    '|': 'senkrechte Striche',
    ' ': 'Leerzeichen',
  },
  questions: {
    title: 'Diese Tabelle lässt sich auf mehr als eine Art lesen. Bitte sagen Sie, was gemeint ist:',
    none: 'bitte wählen',
    header: 'Was ist die erste Zeile?',
    headerIs: { names: 'Namen der Spalten', row: 'eine Zeile der Tabelle' },
    decimal: (cell, column) => `${cell} in ${column} ist`,
    number: (value) => value.toLocaleString('de', { useGrouping: false, maximumFractionDigits: 15 }),
    rowNumbers: (column) => `Was ist ${column}?`,
    rowNumbersAre: { none: 'Nummern der Zeilen: weglassen', input: 'Zahlen der Punkte: verwenden' },
    label: 'Welche Spalte nennt die Klasse?',
    unread: (cell, column) => `Was ist ${column}? ${cell} ist keine Zahl.`,
    unreadIs: { none: 'nichts für das Modell: weglassen', input: 'Zahlen: zeigen, was zu ändern ist' },
    missing: (cells) => `Was bedeutet ${cells} in der Spalte der Klasse?`,
    missingAre: {
      class: 'eine Klasse dieses Namens',
      none: 'dass die Klasse nicht bekannt ist: diese Zeilen weglassen',
    },
    alike: (groups) => `Ist das jeweils dieselbe Klasse: ${groups.map((names) => names.join(' = ')).join('; ')}?`,
    alikeAre: { same: 'dieselbe Klasse', apart: 'verschiedene Klassen' },
  },
  header: 'Erste Zeile ist eine Überschrift',
  preview: 'Erste Zeilen der Tabelle, und wozu jede Spalte dient',
  roles: { input: 'Zahl', label: 'Klasse', none: 'unbenutzt' },
  role: (column) => `Verwendung von ${column}`,
  standardize: 'Zahlen standardisieren',
  standardizeHelp:
    'Jede Spalte erhält über die Trainingspunkte den Mittelwert 0 und die Standardabweichung 1, auf vier Stellen. Mit Zahlen sehr verschiedener Größe lernen Netze schlecht.',
  share: 'Anteil der Testpunkte',
  shareHelp:
    'Dieser Anteil der Zeilen jeder Klasse wird zurückgelegt: Kein Modell wird damit trainiert; die Zahlen auf frischen Punkten kommen daher.',
  seed: 'Seed der Aufteilung',
  seedHelp: 'Bestimmt, welche Zeilen zum Testen dienen; derselbe Seed wählt immer dieselben.',
  classes: (classes) =>
    classes.map(({ letter, name, train, test }) => `${letter} = ${name} (${train} + ${test})`).join(', '),
  classesNote:
    'Klassen (Trainings- + Testpunkte). Die Seite nennt sie mit Buchstaben; ihre Namen stehen nicht im Link.',
  many: 'Ein Datensatz dieser Größe ergibt einen Link, der für manche Programme zu lang ist. Zum Weitergeben sichern Sie das Szenario als Datei.',
  faults: (count) =>
    count === 1 ? 'Bitte korrigieren Sie zuerst:' : `Bitte korrigieren Sie zuerst diese ${count} Stellen:`,
  kept: 'Es wurde nichts geändert; Ihre früheren Punkte sind noch da.',
  use: 'Diese Punkte verwenden',
};

export const edit: Partly<typeof editText> = {
  title: 'Ihre Punkte',
  openData: 'Punkte malen …',
  openForget: 'Pinsel oder Lasso …',
  wait: 'Die Punkte werden gezeichnet …',
  plane: 'Ebene der Punkte',
  tools: {
    paint: 'Malen',
    erase: 'Radieren',
    move: 'Verschieben',
    forget: 'Vergessen',
    keep: 'Behalten',
    lasso: 'Lasso',
  },
  hints: {
    paint: 'Ziehen Sie, um Punkte der gewählten Klasse zu malen.',
    erase: 'Ziehen Sie über Punkte, um sie zu entfernen.',
    move: 'Ziehen Sie einen Punkt an eine andere Stelle.',
    forget: 'Ziehen Sie über die Punkte, die vergessen werden sollen.',
    keep: 'Ziehen Sie über Punkte, die doch behalten werden sollen.',
    lasso: 'Umfahren Sie die Punkte, die vergessen werden sollen.',
  },
  groups: { points: 'Punkte', forget: 'Forget Set' },
  classes: 'Klasse zum Malen',
  size: 'Pinselgröße',
  sizeHelp: 'Der Radius des Rings, als Anteil der Breite der Ebene.',
  density: 'Punkte je Tupfer',
  densityHelp: 'Wie viele Trainingspunkte jeder Tupfer hinzufügt; dazu kommen ebenso viele Testpunkte.',
  region: 'Das Gebiet vergessen, nicht die Punkte',
  regionHelp:
    'Der Umriss selbst wird zum Forget Set: Auch frische Testpunkte darin gelten als vergessen. Sonst werden die Punkte darin einzeln aufgeführt.',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  clear: 'Alle Punkte entfernen',
  none: 'Keinen vergessen',
  invert: 'Vergessen und Behalten tauschen',
  legend: { retain: 'Trainingspunkt', forget: 'zu vergessen', test: 'Testpunkt' },
  testNote:
    'Jeder Tupfer fügt aus demselben Ring auch Testpunkte (○) hinzu. Dieselben Striche ergeben dieselben Punkte.',
  convert: 'Mit dem ersten Strich werden die Punkte Ihre eigenen und im Link gespeichert.',
  projected:
    'Diese Punkte haben mehr als zwei Koordinaten; dies ist eine Projektion. Punkte lassen sich hier auswählen, aber nicht malen oder verschieben.',
  counts: (train, test) =>
    `${zahl(train, 'Trainingspunkt', 'Trainingspunkte')}, ${zahl(test, 'Testpunkt', 'Testpunkte')}`,
  chosen: (forget, of, classes) => `${n(forget)} von ${n(of)} zu vergessen${classes === '' ? '' : ` (${classes})`}`,
  ofClass: (name, count) => `${name}: ${n(count)}`,
  full: 'Von dieser Art gibt es so viele Punkte wie möglich. Radieren Sie einige, um weiterzumalen.',
  faults: {
    'too-few-classes':
      'Malen Sie Punkte aus mindestens zwei Klassen. Bis dahin wird nichts gerechnet, und Ihre früheren Punkte bleiben: „Rückgängig“ bringt sie zurück.',
    'no-test': 'Es gibt keine Testpunkte mehr. Malen Sie weiter: Jeder Tupfer fügt auch Testpunkte hinzu.',
    'nothing-to-forget':
      'Jetzt ist kein Punkt zu vergessen. Wählen Sie welche; bis dahin gilt das frühere Forget Set: „Rückgängig“ bringt es zurück.',
    'nothing-to-keep':
      'Jetzt sind alle Punkte zu vergessen. Lassen Sie welche übrig; bis dahin gilt das frühere Forget Set.',
  },
  keyboard:
    'Die Pfeiltasten bewegen den Ring (mit Umschalt weiter), N und P gehen zum nächsten und vorigen Punkt, + und - ändern die Größe des Rings. Die Leertaste benutzt das Werkzeug: „Verschieben“ nimmt einen Punkt auf und setzt ihn ab; „Lasso“ setzt eine Ecke, und die Eingabetaste schließt den Umriss.',
  keysTitle: 'Tastatur',
  area: (tool) => `Zeichenfläche, Werkzeug ${tool}`,
  ring: (x, y, under) => `Ring bei ${x}, ${y}: ${under}`,
  under: (count) => (count === 0 ? 'keine Punkte' : zahl(count, 'Punkt', 'Punkte')),
  corners: (count) => `${zahl(count, 'Ecke', 'Ecken')} des Umrisses`,
  taken: 'Punkt aufgenommen: Pfeiltasten bewegen ihn, die Leertaste setzt ihn ab.',
  table: {
    open: 'Punkte als Tabelle',
    caption: 'Trainingspunkte',
    index: 'Nr.',
    x: 'x₁',
    y: 'x₂',
    label: 'Klasse',
    forget: 'Vergessen',
    forgetOne: (index) => `Punkt ${index} vergessen`,
    earlier: 'Zurück',
    later: 'Weiter',
    range: (from, to, of) => `${n(from)} – ${n(to)} von ${n(of)}`,
  },
};

export const numbers = {
  legend: 'Kreise: Paare, die bleiben. Kreuze: Paare, die vergessen werden sollen; wo sie liegen, ist getönt.',
  lines: 'Dünn: die Kurve hinter den Daten. Gestrichelt: das neu trainierte Modell.',
  bands: (seeds: number) =>
    `Bänder: das Kleinste und das Größte von ${seeds} Seeds, des Modells in seiner Farbe, des neu trainierten in Grau.`,
  surface: 'Farbe: was das Modell sagt. Kreuze: Paare, die vergessen werden sollen.',
  scale: (low: string, high: string) => `Von ${low} (blau) bis ${high} (orange).`,
  place: 'Stelle x',
  across: 'Stelle x₁',
  up: 'x₂',
  says: (value: string) => `sagt ${value}`,
  between: (low: string, high: string) => `${low} bis ${high}`,
  at: (place: string) => `x = ${place}`,
  draw: 'Forget Set einzeichnen',
  drawHint:
    'Ziehen Sie in einem der Bilder eine Linie um die Paare, die vergessen werden sollen. Die Ecken lassen sich auch im Formular schreiben.',
  drawing: 'Um die Paare herum zeichnen',
  table: 'Was die Modelle sagen, als Tabelle',
  column: 'x',
  truth: 'Hinter den Daten',
};

export const clouds = {
  large: 'Groß',
  condition: (label: number, isErased: boolean) => (isErased ? `Klasse ${label}, soll weg` : `Klasse ${label}`),
  none: 'keine Klasse',
  legend:
    'Grau: wo jede Klasse wirklich liegt, bis drei Standardabweichungen; dunkler die Klasse, nach der gefragt ist. Punkte: Stichproben des Modells, immer aus demselben Rauschen.',
  arrows: 'Linien: von der Stichprobe des Originals zu der dieses Modells aus demselben Rauschen.',
  summary: (erased: string, nowhere: string, kept: string) =>
    `Nach der gelöschten Klasse gefragt, liegen ${erased} der Stichproben dort, wo sie war, und ${nowhere} in keiner Klasse. Nach einer anderen gefragt, liegen ${kept} dort, wo sie hingehören.`,
  table: 'Stichproben, die liegen, wo sie hingehören',
  model: 'Modell',
  nowhere: 'gelöscht: in keiner Klasse',
  waiting: 'noch keine Stichproben',
};
