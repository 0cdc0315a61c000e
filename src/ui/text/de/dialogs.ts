import type { Translation } from '../../text.ts';

/** The German words of dialogs and of a method's page; a part of de.ts. */
export const share: Required<Translation>['share'] = {
  title: 'Dieses Experiment teilen',
  lead: 'Der Link ist das ganze Experiment: Daten, Netz, Forget Set, Verfahren und Seeds. Kein Konto, kein Server.',
  forms: { short: 'Kurzer Link', whole: 'Vollständiger Link' },
  formHints: {
    short:
      'Nennt das Experiment und was Sie geändert haben: leicht zu lesen, zu tippen und zu scannen. Wird das Experiment einmal überarbeitet, sagt es die Seite.',
    whole: 'Enthält das ganze Experiment: Er wird es immer so öffnen, wie es jetzt ist.',
  },
  copy: 'Link kopieren',
  copied: 'Kopiert',
  copyFailed: 'Der Browser hat das Kopieren nicht erlaubt: Markieren Sie den Link und kopieren Sie ihn von Hand.',
  atStep: (step) => `Bei diesem Schritt (${step}) öffnen, angehalten`,
  reach: {
    computer:
      'Diese Adresse gilt nur auf diesem Rechner: Andere können den Link nicht öffnen. Legen Sie die Seite auf einen Webserver, oder teilen Sie eine Datei.',
    network: 'Nur Rechner im selben Netz können diesen Link öffnen, und nur solange dieser hier die Seite ausliefert.',
  },
  cite: 'Unlearn Lab zitieren',
  citeHint:
    'Das Labor selbst, als BibTeX. Die Arbeiten hinter diesem Experiment stehen unter Datei → Bilder, Gewichte, PyTorch, Zitate.',
  qr: 'QR-Code des Links',
  qrHint: 'Richten Sie die Kamera eines Telefons darauf.',
  qrTooLong: (n, most) =>
    `${n} Zeichen sind zu viel für einen QR-Code, den eine Kamera lesen kann (bis ${most}). Kopieren Sie den Link, oder teilen Sie eine Datei.`,
  length: (n) => `${n} Zeichen`,
  withChecksum: (sum) => `Trägt die Prüfsumme ${sum}: Wer ihn öffnet, sieht, ob die Zahlen dieselben sind.`,
  withoutChecksum:
    'Trägt noch keine Prüfsumme: Der Lauf ist nicht fertig, oder die Einstellungen wurden seither geändert.',
};

export const embed: Required<Translation>['embed'] = {
  open: 'In Unlearn Lab öffnen',
  title: 'Einbetten',
  lead: 'Das Experiment als Teil Ihrer eigenen Seite: Es rechnet im Browser der Leser, behält nichts und ruht, solange es nicht zu sehen ist.',
  parts: {
    verdict: 'Ergebnis in Worten',
    grid: 'Bilder',
    trade: 'Abwägung',
    series: 'Kurven',
    claims: 'Vorhersagen',
    knob: 'Hauptregler',
    scrub: 'Uhr',
  },
  lock: 'gesperrt: Leser können es abspielen, aber nicht ändern',
  autoplay: 'spielt von selbst',
  shows: 'Zeigt',
  copy: 'HTML kopieren',
};

export const about: Required<Translation>['about'] = {
  title: 'Über Unlearn Lab',
  lead: 'Ein Simulator für Machine Unlearning, der in einem Browser-Tab lebt. Er sendet nichts irgendwohin: kein Konto, kein Server, keine Beobachtung. MIT-Lizenz.',
  offline: {
    yes: 'Diese Seite ist auf diesem Gerät gespeichert und läuft ohne Netz.',
    no: 'Diese Seite braucht das Netz: Der Browser lässt sie hier nicht speichern oder ist damit noch nicht fertig.',
  },
  licenses: 'Sie ist mit diesen Paketen gemacht:',
  loading: 'Die Lizenzen werden geladen …',
  missing: 'Die Liste der Lizenzen konnte nicht geladen werden. Sie steht in der Datei licenses.json neben der Seite.',
};

export const methodPage: Required<Translation>['methodPage'] = {
  open: (name) => `Über ${name}`,
  loading: 'Wird geladen …',
  lookFor: 'Worauf zu achten ist',
  failsWhen: 'Wann es scheitert',
  needs: 'Was es braucht',
  nothing: 'Nichts',
  need: {
    forget: 'das Forget Set',
    retain: 'das Retain Set',
    original: 'das ursprüngliche Modell',
    alternativeLabels: 'andere Labels',
    teacher: 'ein Lehrernetz',
    training: 'eine Rolle schon im Training',
    heldOut: 'zurückgehaltene Punkte wie das Forget Set',
    samples: 'Stichproben des ursprünglichen Modells statt der Daten',
  },
  steps: 'Wie es läuft',
  schedule: { iterative: 'Schritt für Schritt', 'one-shot': 'Einmal, ohne Training' },
  parameters: 'Parameter',
  noParameters: 'Keine eigenen.',
  parameter: 'Parameter',
  byDefault: 'Vorgabe',
  range: 'Bereich',
  meaning: 'Bedeutung',
  paperName: (name) => `Im Artikel oder seinem Code: ${name}.`,
  yesNo: 'ja, nein',
  flag: { yes: 'ja', no: 'nein' },
  recipes: 'Bekannte Zusammenstellungen',
  reference: 'Quelle',
  pullAxis: 'Wahrscheinlichkeit des Labels',
  pullText: (name, first, last) =>
    `${name}: Das Gewicht des Zugs am Label geht von ${first} für ein vergessenes Beispiel bis ${last} für ein sicheres.`,
  pullCaption: (original) =>
    `Wie stark ein Forget-Beispiel zu seinem Label gezogen wird, oder davon weg, wo die Kurve negativ ist, mit den Vorgaben. Gestrichelt: was das ursprüngliche Modell sagte, hier ${original}.`,
};

export const take: Required<Translation>['take'] = {
  menu: 'Bilder, Gewichte, PyTorch, Zitate …',
  title: 'Exportieren',
  pictures: 'Bilder',
  lead: 'So, wie sie jetzt auf der Seite stehen, in deren Farben. Titel, Seeds, Schritt und Link stehen unter dem Bild.',
  light: 'Auf hellem Grund, zum Drucken',
  none: 'In diesem Raum ist kein Bild auf der Seite: Gehen Sie zu „Vergleichen“.',
  save: (format, name) => `${name} als ${format} speichern`,
  failed: (reason) => `Das Bild konnte nicht erstellt werden: ${reason}`,
  caption: (title, step, seeds) => `${title}. Schritt ${step}, Seeds ${seeds}.`,
  checksum: (sum) => `Prüfsumme ${sum}.`,
  stale: 'Die Einstellungen haben sich seitdem geändert: Dies ist das Ergebnis vor der Änderung.',
  weights: 'Gewichte',
  weightsLead: (step) =>
    `Zu Schritt ${step} der Uhr. „Öffnen“ liest die JSON-Datei wieder ein: Was darin steht, ist dann das ursprüngliche Modell des Experiments auf dem Bildschirm. NumPy liest die .npz: numpy.load(datei)["W1"], Eingänge in Zeilen, eine Spalte je Ausgang.`,
  weightsOf: 'Modell',
  weightsSeed: 'Seed',
  allSeeds: 'alle Seeds',
  saveWeights: (format) => `${format} speichern`,
  opened: (of, step, seeds) =>
    `Gewichte aus der Datei${of === '' ? '' : ` (${of}, Schritt ${step})`} treten unter dem Seed ${seeds} an die Stelle des Trainings. „Rückgängig“ nimmt sie wieder heraus.`,
  severalNetworks: 'Dieses Verfahren antwortet mit mehreren Netzen: Gewichte eines einzelnen gibt es nicht.',
  waitForRun: 'Warten Sie, bis der Lauf auf dem Bildschirm Zahlen hat.',
  weightsFailed: (reason) => `Die Gewichte konnten nicht geladen werden: ${reason}`,
  otherStep: (step) => `Gespeichert nach Schritt ${step}, dem nächstgelegenen, der aufbewahrt ist.`,
  pytorch: 'PyTorch',
  pytorchLead:
    'Eine Python-Datei, die einen Lauf noch einmal rechnet und sich mit den Zahlen hier vergleicht. Daten, Startgewichte und Batches stecken darin; sie braucht nur PyTorch.',
  pytorchOf: 'Lauf',
  copyPytorch: 'Als PyTorch kopieren',
  savePytorch: '.py speichern',
  pytorchWait: 'Warten Sie, bis dieser Lauf unter diesem Seed fertig ist.',
  pytorchLarge:
    'Das ist viel für ein Skript. Weniger Schritte, kleinere oder volle Batches und weniger Punkte machen es kleiner.',
  pytorchTooLarge:
    'Die Batches dieses Laufs sind zu viele für ein Skript. Mit weniger Schritten, kleineren oder vollen Batches geht es.',
  pytorchCopyFailed: 'Der Browser hat das Kopieren nicht erlaubt: Speichern Sie die Datei.',
  pytorchFailed: (reason) => `Das Skript konnte nicht erstellt werden: ${reason}`,
  refusals: {
    oneShot:
      'Für dieses Verfahren gibt es kein Skript: Es ändert die Gewichte ein Mal, nach einer Regel, die keine Verlustfunktion ist. Speichern Sie stattdessen seine Gewichte.',
    alone: 'Für dieses Verfahren gibt es noch kein Skript: Es arbeitet mit mehr als dem Netz selbst.',
    method: 'Für dieses Verfahren gibt es noch kein Skript: Es durchläuft Phasen, die das Skript nicht schreiben kann.',
    retain: 'Für diesen Retain-Term gibt es noch kein Skript.',
    setting: 'Für diese Einstellung des Verfahrens gibt es noch kein Skript (SCRUB: Zurückspulen).',
    wrapper: 'Für etwas, das um das Verfahren herum steht, gibt es noch kein Skript.',
    requests: 'Für mehrere Löschanträge nacheinander gibt es noch kein Skript.',
  },
  ofRun: 'Gewichte, PyTorch …',
  ofRunTitle: (run) => `Exportieren: ${run}`,
  citations: 'Zitate (BibTeX)',
  citationsLead:
    'Die Arbeiten hinter den Verfahren, Masken, Retain-Termen und Daten dieses Experiments. Autoren mit Nachnamen, wie der Katalog sie führt.',
  noCitations: 'Nichts in diesem Experiment zitiert eine Arbeit.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Der Browser hat das Kopieren nicht erlaubt: Markieren Sie den Text und kopieren Sie ihn von Hand.',
  saveBib: '.bib speichern',
};
