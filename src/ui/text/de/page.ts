import { percent } from '../../format.ts';
import type { Translation } from '../../text.ts';
import { about, embed, methodPage, share, take } from './dialogs.ts';
import { forget } from './forget.ts';
import { lesson } from './lesson.ts';
import { picker } from './picker.ts';
import { plane } from './plane.ts';
import { present, shortcuts } from './present.ts';
import { pulls } from './pulls.ts';
import { listed, words, zahl } from './verdict.ts';

const dauer = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 1) return 'weniger als 1 s';
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
};

const RINGE = { range: 'Spannweite', iqr: 'mittlere Hälfte', bootstrap: '95-%-Intervall des Mittels' } as const;

/** The page's own words. */
export const page: Translation = {
  tagline: 'Lassen Sie ein kleines Netz vergessen, und sehen Sie, was es noch verliert.',
  skip: 'Zum Ergebnis springen',
  welcome: {
    what: 'Machine Unlearning: Ein trainiertes Netz soll etwas vergessen. Was verliert es noch?',
    lesson: (minutes) => `${minutes}-Minuten-Lektion starten`,
  },
  header: {
    preset: 'Experiment',
    custom: 'Eigenes Experiment',
    changed: 'gegenüber der Vorlage geändert',
    backToPreset: 'Zurück zur Vorlage',
    undo: 'Rückgängig (Strg+Z)',
    redo: 'Wiederholen (Strg+Umschalt+Z)',
    share: 'Teilen',
    file: 'Datei',
    menu: 'Menü',
    theme: (name) => `Farben: ${name}`,
    themes: { system: 'wie das System', light: 'hell', dark: 'dunkel', contrast: 'hoher Kontrast' },
    language: 'Sprache',
    shortcuts: 'Tastenkürzel',
    data: 'Daten',
    runs: 'Verfahren',
    close: 'Schließen',
    sheets: 'Einstellungen',
  },
  rooms: {
    label: 'Räume',
    loading: 'Wird geladen …',
    nothing:
      'Für Modelle dieser Art gibt es hier noch nichts. Was man mit ihnen versuchen kann, steht unter Vergleichen.',
    names: { compare: 'Vergleichen', measure: 'Messen', attack: 'Angreifen', learn: 'Lernen' },
    hints: {
      compare: 'Alle Verfahren nebeneinander, mit einer Uhr',
      measure: 'Jede Zahl, mit ihrer Streuung über die Seeds und dem Abstand zum neu trainierten Modell',
      attack: 'Ist es weg oder nur versteckt?',
      learn: 'Lektionen, Experimente und Verfahren',
    },
  },
  share,
  plane,
  picker,
  pulls,
  take,
  lesson,
  embed,
  file: {
    json: 'Ergebnisse (JSON)',
    csv: 'Ergebnisse (CSV)',
    scenario: 'Szenario (JSON)',
    open: 'Szenario-Datei öffnen …',
    drop: 'Loslassen, um es zu öffnen. „Rückgängig“ bringt zurück, was jetzt hier ist.',
    wait: 'Ergebnisse können gespeichert werden, wenn der Lauf fertig ist.',
    kept: 'Ihre anderen Experimente',
    untitled: 'Ohne Titel',
    keptNote: 'Nur auf diesem Gerät gespeichert.',
    about: 'Über das Programm, Lizenzen …',
  },
  about,
  verdict: {
    heading: 'Ergebnis',
    loading: 'Wird geladen …',
    median: (n, of, seed) => {
      if (of === 1) return `Ein Seed (${seed}).`;
      return n < of ? `Bisher ${n} von ${of} Seeds.` : `Mediane über ${of} Seeds.`;
    },
    words,
  },
  target: {
    class: (name) => `Klasse ${name}`,
    random: 'den zufällig gewählten Punkten',
    indices: (n) => (n === 1 ? 'dem gewählten Punkt' : `den ${n} gewählten Punkten`),
    disc: 'der Scheibe',
    region: 'dem Gebiet',
    component: (name) => `dem Teil „${name}“`,
    rule: 'dem Forget Set',
  },
  claims: {
    heading: 'Behauptungen dieser Vorlage',
    lead: 'Unsere Vorhersage:',
    holds: (held, of) => `gilt für ${held} von ${zahl(of, 'Seed', 'Seeds')}`,
    fails: (held, of) => `gilt nicht: ${held} von ${zahl(of, 'Seed', 'Seeds')}`,
    mean: (holds, value, n, isDifference) =>
      `${holds ? 'gilt' : 'gilt nicht'}: ${isDifference ? 'mittlere Differenz' : 'Mittelwert'} ${value}, n=${n}`,
    leftOut: (n) => `, ${n} ausgelassen`,
    held: (held, of) => `${held} von ${of}`,
    inTheMean: (value, n) => `Mittel ${value}, n=${n}`,
    changedNote: 'Sie haben das Experiment geändert; die Vorhersagen gelten der Vorlage, wie sie war.',
  },
  panel: {
    heading: 'Entscheidungskarten',
    original: 'Original',
    retrained: 'Neu trainiert',
    originalLong: 'vor dem Verlernen',
    retrainedLong: 'ohne das Forget Set',
    originalHint: 'Das Netz vor dem Verlernen, mit allen Punkten trainiert.',
    retrainedHint: 'Der Maßstab: von vorn trainiert, ohne das Forget Set.',
    classRight: (name) => `${name} noch richtig`,
    forgetRight: 'Forget Set noch richtig',
    restRight: 'Rest richtig',
    seed: 'Gezeigter Seed',
    projection: '2-D-Projektion (PCA), nach Vorhersage gefärbt',
    solo: (name) => `${name} allein: die anderen verblassen`,
    unsolo: (name) => `Alle wieder zeigen (allein: ${name})`,
    training: (step, steps) => `Training, Schritt ${step} von ${steps}`,
    describe: (name, forget, keep, chip) => `${name}: ${forget}, Rest richtig ${keep}, ${chip}`,
    legend: { retain: 'zu behalten', forget: 'zu vergessen', line: 'Entscheidungsgrenze' },
  },
  chip: {
    waiting: 'wartet',
    training: 'wird trainiert',
    trained: 'Anfang',
    target: 'Ziel',
    failed: 'lief nicht',
    diverged: (step) => `divergiert bei Schritt ${step}`,
    collapsed: (step) => `kollabiert, Schritt ${step}`,
    recovered: (step) => `erholt, Tief bei Schritt ${step}`,
    notStarted: 'noch nichts vergessen',
    forgetting: 'vergisst',
    forgot: 'gezielt vergessen',
    forgotLost: (rest) => `vergessen, Rest fiel auf ${percent(rest)}`,
    overForgot: (goal) => `zu viel vergessen: neu trainiert ${percent(goal)}`,
    underForgot: 'noch nicht wie neu trainiert',
    matches: 'wie neu trainiert',
    matchesLost: (rest) => `wie neu trainiert, Rest fiel auf ${percent(rest)}`,
    hints: {
      waiting: 'Noch keine Zahlen.',
      training: 'Dieses Netz wird gerade trainiert.',
      trained: 'Jedes Verfahren beginnt mit diesem Netz.',
      target: 'Was ein vollkommenes Verfahren erreichen würde.',
      failed: 'Dieser Lauf konnte nicht beginnen; die Meldung oben sagt warum.',
      diverged:
        'Eine Zahl ist übergelaufen. Gezeigt wird der letzte endliche Zustand. Versuchen Sie eine kleinere Lernrate.',
      collapsed:
        'Das Netz ist zerstört und hat nicht nur vergessen. Versuchen Sie einen Retain-Term oder weniger Schritte.',
      recovered: 'Es war eine Weile zerstört und kam zurück.',
      notStarted: 'Das Forget Set wird noch erkannt. Versuchen Sie eine größere Lernrate oder mehr Schritte.',
      forgetting: 'Ein Teil des Forget Sets wird nicht mehr erkannt.',
      forgot: 'Das Forget Set ist weg, und sonst ging wenig verloren.',
      forgotLost: 'Das Forget Set ist weg, und mit ihm ein Teil dessen, was bleiben sollte.',
      overForgot: 'Es ist auf dem Forget Set schlechter als ein Netz, das es nie gesehen hat.',
      underForgot: 'Es ist auf dem Forget Set noch besser als ein Netz, das es nie gesehen hat.',
      matches: 'Es behandelt das Forget Set wie ein Netz, das es nie gesehen hat.',
      matchesLost:
        'Es behandelt das Forget Set wie ein Netz, das es nie gesehen hat, hat aber einen Teil des Rests verloren.',
    },
  },
  clock: {
    label: 'Uhr',
    restart: 'Zum Anfang (Pos1)',
    back: 'Einen Schritt zurück (←)',
    forward: 'Einen Schritt weiter (→)',
    play: 'Abspielen (Leertaste)',
    pause: 'Anhalten (Leertaste)',
    end: 'Zum Ende (Ende)',
    speed: 'Geschwindigkeit',
    scrubber: 'Schritt',
    at: (step, total) => `Schritt ${step} von ${total}`,
    event: (label, what, step) => `${label} ${what} bei Schritt ${step}`,
    collapsed: 'kollabiert',
    diverged: 'divergiert',
  },
  progress: {
    waiting: 'Startet …',
    training: 'Originalmodell wird trainiert',
    retraining: 'Referenzmodell wird trainiert',
    unlearning: 'Verlernen',
    attacking: 'Angriff',
    selecting: 'wählt das Forget Set',
    left: (ms) => `noch ${dauer(ms)}`,
    background: (seeds) => `${zahl(seeds, 'weiterer Seed', 'weitere Seeds')} im Hintergrund`,
    finished: (ms, engine) => `Fertig nach ${dauer(ms)} · ${engine}`,
    engines: { kernels: 'schnelle Kerne', wasm: 'tfjs wasm', cpu: 'tfjs cpu' },
    engineHint:
      'Was gerechnet hat. Die schnellen Kerne brauchen WebAssembly mit SIMD; ohne das werden dieselben Netze aus TensorFlow.js-Operationen zusammengesetzt, was länger dauert.',
    staleShort: 'veraltet',
    next: 'wird neu gerechnet …',
    failed: 'Durch einen Fehler beendet',
    stopped: 'Angehalten',
    stop: 'Rechnen anhalten',
    again: 'Noch einmal rechnen (R)',
  },
  charts: {
    seriesTitle: 'Genauigkeit im Verlauf',
    tradeoffTitle: 'Abwägung',
    choose: 'Diagramm',
    keep: 'Genauigkeit auf dem Rest',
    forget: 'Genauigkeit auf dem Forget Set',
    oneSeed: 'ein Seed: kein Band',
    bandLabel: 'Was die Bänder umfassen',
    bands: {
      range: (n) => `Median, Spannweite, n=${n}`,
      iqr: (n) => `Median, mittlere Hälfte, n=${n}`,
      bootstrap: (n) => `Mittel, 95 % Bootstrap, n=${n}`,
    },
    eachSeed: 'jeder Seed',
    eachSeedHint: 'Jeden Seed als dünne Linie zeichnen',
    xForgotten: '← vergessen',
    yKept: 'behalten ↑',
    seriesHelp:
      'Wie viel vom Forget Set und von allem anderen noch richtig eingeordnet wird. Eine Fahne ⚑ zeigt, wo ein Lauf zuerst zusammenbrach. Die gestrichelte Linie ist das neu trainierte Modell: das Ziel.',
    tradeoffHelp:
      'Jeder Lauf beginnt bei ◌ und bewegt sich, während er verlernt; Punkte stehen nach jedem Zehntel der Schritte. Das Ziel ist das neu trainierte Modell ★, nicht die Ecke. Ein Klick auf einen Weg geht zu diesem Schritt.',
    ring: (n, spread) => (n === 1 ? '★ Ziel' : `★ Ziel ± ${RINGE[spread]}`),
    table: 'Als Tabelle zeigen',
    tableOf: (title) => `Tabelle: ${title}`,
    empty: 'Die Kurven erscheinen, sobald das Verlernen beginnt.',
    rowHeader: 'Schritt',
    seriesSummary: (total, keep, keepGoal, forget, forgetGoal) =>
      `Nach ${total} Schritten, Genauigkeit auf dem Rest: ${keep}, neu trainiert ${keepGoal}. Auf dem Forget Set: ${forget}, neu trainiert ${forgetGoal}.`,
    tradeoffSummary: (ends) => `Vergessen gegen Behalten. Am Ende: ${ends}.`,
  },
  data: {
    heading: 'Daten',
    generator: 'Punkte',
    source: 'Quelle',
    seed: 'Seed der Daten',
    perLane: 'Daten für jeden Seed neu ziehen',
    inline: 'Eigene Punkte',
    inlineNote: (train, test) => `Der Link enthält ${train} Trainings- und ${test} Testpunkte.`,
    count: (train, test, forget) => `${forget} von ${train} Trainingspunkten zu vergessen; ${test} Testpunkte`,
  },
  forget,
  model: {
    heading: 'Netz',
    hidden: 'Verborgene Schichten',
    kind: 'Art',
    kindHelp:
      'Ein mehrschichtiges Perzeptron; eine Schicht zufälliger Merkmale, die nie trainiert wird, mit trainierter Ausgabe (die Studie der NPO-Arbeit); oder die Ausgabeschicht allein. Die letzten beiden haben keine Bias-Werte, und das Logit der letzten Klasse ist immer null.',
    kinds: { mlp: 'mehrschichtiges Perzeptron', 'random-features': 'zufällige Merkmale', linear: 'linear' },
    features: 'Zufällige Merkmale',
    featuresHelp: 'Wie viele Einheiten die feste zufällige Schicht hat. Jeder Seed zieht seine eigenen.',
    imported: 'Einige Gewichte gehören zum Experiment und werden hier nicht trainiert.',
    trainHere: 'Hier trainieren',
    hiddenHelp: 'Breiten vom Eingang zum Ausgang, etwa 32-32. Eine bis sechs Schichten, je 1 bis 512 breit.',
    activation: 'Aktivierung',
    init: 'Startgewichte',
    inits: { auto: 'automatisch', glorot: 'Glorot', he: 'He' },
    activationHelp: 'Der Knick in jeder Einheit: tanh und sigmoid sind glatt, relu hat eine Ecke.',
    initHelp: 'Wie die zufälligen Startgewichte skaliert sind. Automatisch: He für relu, sonst Glorot.',
  },
  training: {
    heading: 'Training des Originals',
    full: 'alle Punkte',
    more: 'Weitere Einstellungen',
    everyHeading: 'Aufzeichnung',
    everyLabel: 'Alle … Schritte aufzeichnen',
    everyHelp: 'Wie oft Karten und Zahlen festgehalten werden.',
  },
  seeds: {
    heading: 'Seeds',
    count: 'Wie viele',
    fresh: 'Neue Seeds',
    list: (seeds) => `in Gebrauch: ${seeds.join(', ')}`,
    help: 'Jeder Seed ergibt andere Startgewichte und Batches. Alle Verfahren teilen sie: Beim selben Seed beginnen sie mit demselben Netz. Wer eine Einstellung ändert, behält die Seeds; „Neue Seeds“ ändert sonst nichts.',
  },
  runs: {
    heading: 'Verfahren',
    add: 'Neu',
    empty: 'Noch kein Verfahren. Fügen Sie eines hinzu, um es mit dem neu trainierten Modell zu vergleichen.',
    cap: (n) => `Mehr als ${n} Läufe passen nicht nebeneinander.`,
    name: 'Name',
    custom: 'eigene Zusammenstellung',
    change: 'Ändern …',
    changed: 'nicht die Vorgabe',
    more: 'Weitere Einstellungen',
    moreChanged: (n) => `${n} geändert`,
    show: (name) => `${name} zeigen`,
    hide: (name) => `${name} verbergen`,
    solo: (name) => `${name} allein`,
    duplicate: (name) => `${name} verdoppeln`,
    remove: (name) => `${name} entfernen`,
    expand: (name) => `Einstellungen von ${name}`,
    noRetain: 'keiner',
    alone:
      'Dieses Verfahren lässt sich nicht mit Retain-Term, Maske oder etwas verbinden, das um ein Verfahren herum steht.',
    oneShot: 'Dieses Verfahren ändert die Gewichte einmal: kein Retain-Term, keine Schritte, nichts um sie herum.',
    noMask: 'alle Gewichte',
    needsRetainTerm: (name) =>
      `${name} braucht einen Gradienten auf den Retain-Daten, und dieser Lauf hat keinen. Wählen Sie einen Retain-Term.`,
    sweptNote: 'Mit mehreren Werten verglichen:',
    stopSweep: 'Einen Wert nehmen',
    addSweep: 'Mehrere Werte vergleichen',
    pickSweep: 'Einstellung wählen …',
    sweepHelp: 'Zahlen mit Kommas. Jeder Wert hat sein eigenes Feld, und der Raum „Messen“ zeigt alle zusammen.',
    sweepGrid: 'Gleichmäßig',
    sweepDraw: 'Zufällig',
    stopOneSweep: (label: string) => `Nur einen Wert von ${label} nehmen`,
    formula: 'Zielfunktion (minimiert)',
  },
  methodPage,
  notices: {
    close: 'Schließen',
    repairs: {
      link: (n) => `Der Link wurde zum nächsten gültigen Experiment geändert (${zahl(n, 'Änderung', 'Änderungen')}).`,
      edit: (n) => `Angepasst, damit es gültig bleibt (${zahl(n, 'Änderung', 'Änderungen')}).`,
    },
    repair: (path, found, used, expected) =>
      `${path === '' ? 'Experiment' : path}: ${found} → ${used} (erwartet: ${expected})`,
    more: 'Zeigen, was geändert wurde',
    badLink:
      'Dieser Link war nicht zu lesen, deshalb wurde die erste Vorlage geöffnet. Der Link steht noch in der Adresszeile.',
    foreignRules: (count, titles) =>
      `${count === 1 ? 'Eine fremde Regel ist' : 'Fremde Regeln sind'} mitgekommen: ${titles}. ${count === 1 ? 'Sie ist eine Formel und kein Programm' : 'Es sind Formeln und keine Programme'}.`,
    presetChanged:
      'Dieses Experiment hat sich geändert, seit der Link gemacht wurde; Sie sehen die heutige Fassung, deren Zahlen abweichen können. Bitten Sie den Autor um den vollständigen Link: Er öffnet das Experiment immer so, wie es war.',
    badFile: (code) => {
      if (code.startsWith('link/')) return 'Dieser Link war nicht zu öffnen. Es wurde nichts geändert.';
      if (code === 'file/too-large') return 'Diese Datei ist zu groß, um geöffnet zu werden. Es wurde nichts geändert.';
      return code === 'file/unreadable'
        ? 'Der Browser konnte diese Datei nicht lesen: Sie wurde verschoben, geändert oder gelöscht, oder es ist ein Ordner. Wählen Sie sie noch einmal aus. Es wurde nichts geändert.'
        : 'Diese Datei enthält weder ein Szenario noch Ergebnisse, ein Turnier, eine Lektion oder Gewichte. Es wurde nichts geändert.';
    },
    reading: 'Eine große Datei wird gelesen. Die Seite lässt sich solange benutzen.',
    quiet: {
      loading:
        'Der Teil der Seite, der rechnet, hat noch nicht begonnen. Vielleicht ist die Verbindung langsam; es wird von selbst noch einmal versucht. Wenn nichts kommt, laden Sie die Seite neu.',
      run: 'Die Berechnung hat sich seit einer halben Minute nicht gemeldet. Vielleicht ist sie in einem langen Schritt: Sie können warten oder sie neu beginnen.',
    },
    restart: 'Neu beginnen',
    faultyLink: (n) =>
      `Was dieser Link enthält, hat ${zahl(n, 'Fehler', 'Fehler')} und wurde nicht geöffnet. Bitten Sie seinen Autor um einen neuen; der Link steht noch in der Adresszeile.`,
    newer:
      'Eine neuere Version von Unlearn Lab hat diese Datei gemacht. Laden Sie die Seite neu, um sie zu bekommen; es wurde nichts geändert.',
    faultyFile: (n) =>
      `Diese Datei hat ${zahl(n, 'Fehler', 'Fehler')}. Korrigieren Sie sie und öffnen Sie sie noch einmal; es wurde nichts geändert.`,
    failed: 'Der Lauf wurde abgebrochen.',
    failedHint:
      'Machen Sie die letzte Änderung rückgängig, oder korrigieren Sie die unten genannte Einstellung. Das letzte Ergebnis bleibt.',
    undo: 'Rückgängig',
    fault: (path, expected, found) => `${path === '' ? 'Experiment' : path}: erwartet ${expected}, gefunden ${found}`,
    same: (sum) => `Dasselbe Ergebnis ✓ wie beim Autor des Links oder der Datei (Prüfsumme ${sum}).`,
    differs: (expected, found) =>
      `Das Ergebnis ist anders als beim Autor des Links oder der Datei: Prüfsumme ${found} statt ${expected}.`,
    causes: {
      repaired: () => 'Der Link musste zu einem gültigen Experiment geändert werden, es ist also nicht ganz dasselbe.',
      version: (madeBy, engine) =>
        `Grund: eine andere Version des Rechenkerns (gemacht mit ${madeBy}, hier ${engine}). Die Zahlen hier sind die dieser Version.`,
      backend: (madeBy, engine) =>
        `Grund: ein anderer Rechenweg (gemacht mit ${madeBy}, hier ${engine}); kleine Unterschiede wachsen über viele Schritte.`,
      machine: (_, engine) =>
        `Beides rechnete ${engine}, dessen letzte Ziffern zwischen Rechnern abweichen können; kleine Unterschiede wachsen über viele Schritte.`,
      unexplained: (_, engine) =>
        `Beides rechnete ${engine}, das überall dieselben Ziffern gibt: Der Link oder die Datei wurde wohl von Hand geändert.`,
      unknown: (_, engine) =>
        `Wahrscheinlicher Grund: eine andere Version oder ein anderer Rechenweg (hier ${engine}); es steht nicht dabei, was gerechnet hat.`,
    },
    workerFailed: 'Der Rechenkern konnte nicht starten.',
    unkept:
      'Dieser Browser lässt die Seite Ihre Arbeit nicht auf dem Gerät speichern (der Speicher ist voll oder verboten). Teilen Sie einen Link oder sichern Sie eine Szenario-Datei, bevor Sie den Tab schließen.',
    previous: 'Ein anderes Experiment wurde geöffnet. Ihres ist aufgehoben.',
    openPrevious: 'Zurück zu meinem Experiment',
    update: 'Eine neuere Version von Unlearn Lab ist bereit. Ihr Experiment bleibt.',
    applyUpdate: 'Neu laden',
    long: (ms) =>
      `Das dauert auf diesem Gerät etwa ${dauer(ms)}; der erste Seed kommt zuerst. Sie können jederzeit etwas ändern oder es anhalten.`,
    stop: 'Anhalten',
    notLoaded:
      'Dieser Teil der Seite konnte nicht geladen werden: Das Netz ist weg, oder eine neuere Version ist an ihre Stelle getreten. Ihr Experiment ist aufgehoben.',
    reload: 'Seite neu laden',
    crashed: 'Dieser Teil der Seite geht nicht mehr.',
    retry: 'Noch einmal versuchen',
  },
  shortcuts,
  present,
  info: (label) => `Über ${label}`,
  value: (label) => `${label}, Wert`,
  listed,
};
