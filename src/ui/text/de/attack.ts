import type { words as attackWords } from '../../rooms/attack/attack.text.ts';
import type { words as backdoorWords } from '../../rooms/attack/backdoor.text.ts';
import type { words as composeWords } from '../../rooms/attack/compose.text.ts';
import type { words as epsilonWords } from '../../rooms/attack/epsilon.text.ts';
import type { words as liraWords } from '../../rooms/attack/lira.text.ts';
import type { words as membershipWords } from '../../rooms/attack/membership.text.ts';
import type { words as othersWords } from '../../rooms/attack/others.text.ts';
import type { words as probeWords } from '../../rooms/attack/probe.text.ts';
import type { words as relearnWords } from '../../rooms/attack/relearn.text.ts';
import type { words as relearnNumbersWords } from '../../rooms/attack/relearn-numbers.text.ts';
import type { words as scoresWords } from '../../rooms/attack/scores.text.ts';
import type { Partly } from '../language.ts';

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

const seconds = (ms: number): string => {
  const s = Math.max(1, Math.round(ms / 1000));
  return s >= 90 ? `${Math.round(s / 60)} min` : `${s} s`;
};

export const attack: Partly<typeof attackWords> = {
  settings: 'Einstellungen des Angriffs',
  target: (step) => `Angriff bei Schritt ${step}:`,
  targetHint: 'Jeder Knopf greift die Gewichte an, die der Lauf beim Schritt der Uhr hat.',
  seeds: (n) => (n === 1 ? '1 Seed' : `${n} Seeds`),
  shownSeed: (seed) => `nur Seed ${seed}, weil viele Modelle trainiert werden`,
  at: (label, step) => `${label} bei Schritt ${step}`,
  progress: (label) => `Angriff auf ${label}`,
  left: (ms) => (ms === null ? 'beginnt …' : `noch etwa ${seconds(ms)}`),
  pause: 'Pause',
  resume: 'Fortsetzen',
  stop: 'Abbrechen',
  clear: 'Leeren',
  paused: 'angehalten',
  wait: 'Noch gibt es nichts anzugreifen: Der Lauf wird noch gerechnet.',
  subjects: {
    unlearned: 'verlernt',
    original: 'Original',
    retrained: 'neu trainiert',
    fresh: 'frische Gewichte',
  },
  table: 'Was die Angriffe ergaben',
  model: 'Modell',
  none: '–',
  above: (most) => `> ${most}`,
  failed: (message) => `Der Angriff konnte nicht laufen: ${message}`,
  empty: 'Wählen Sie oben einen Lauf, um ihn anzugreifen.',
  all: 'Alle Läufe',
  found: (what, runs) => `${what}: ${runs}.`,
  goal: (value) => `Das neu trainierte Modell: ${value}.`,
  nearest: (run) => `${run} kommt ihm am nächsten.`,
};

export const scores: Partly<typeof scoresWords> = {
  model: 'Modell',
  member: 'Forget-Beispiele',
  other: 'keine Mitglieder',
  threshold: 'Schwelle: Was darüber liegt, gilt als Mitglied',
  value: (threshold) => threshold.toFixed(2),
  hits: (tpr) => `Erkannte Mitglieder: ${percent(tpr)}`,
  accused: (fpr) => `Zu Unrecht verdächtigt: ${percent(fpr)}`,
  balanced: (value) => `Balancierte Genauigkeit: ${percent(value)}`,
  area: (value) => `AUC ${value.toFixed(3)}`,
  seed: (seed) => `Seed ${seed}`,
  roc: 'Erkannte Mitglieder gegen zu Unrecht Verdächtigte, für alle Schwellen',
  table: 'Werte als Tabelle',
  from: 'Wert ab',
  accusedAxis: 'Zu Unrecht verdächtigt',
  hitsAxis: 'Erkannte Mitglieder',
  histogram: (members, others) =>
    `Histogramm der Werte von ${members} Mitgliedern (gefüllt) und ${others} anderen (Umriss)`,
};

export const others: Partly<typeof othersWords> = {
  title: 'Ist es weg, oder nur nicht zu sehen?',
  hint: 'Jeder Angriff wird auch am neu trainierten Modell versucht, das das Vergessene nie gelesen hat: Dessen Zahl ist das Ziel, nicht null.',
  summary: (value, ends) => `${value}, am Ende: ${ends}.`,
};

export const relearn: Partly<typeof relearnWords> = {
  title: 'Wiedererlernen',
  hint: 'Ein Angreifer trainiert jedes Modell mit einigen vergessenen Beispielen nach. Kommen die übrigen schneller zurück als in einem Netz mit frischen Gewichten, waren sie versteckt, nicht weg. Das Menü über dem Diagramm sagt, was Linien und Bänder zeigen.',
  axis: 'Schritte des Angreifers',
  summary: (ends) => `Genauigkeit am Ende auf Forget-Beispielen, die der Angreifer nicht hat: ${ends}.`,
};

export const membership: Partly<typeof membershipWords> = {
  title: 'Mitgliedschaft am Loss erkennen',
  hint: 'Forget-Beispiele gegen frische Punkte derselben Verteilung: Verrät eine Schwelle, welche in den Trainingsdaten waren? Ziehen Sie sie, oder benutzen Sie die Pfeiltasten.',
  axis: 'log p des Labels: wie sicher das Modell ist',
};

export const lira: Partly<typeof liraWords> = {
  title: 'U-LiRA: Mitgliedschaft, Beispiel für Beispiel',
  hint: 'Schattenmodelle, mit und ohne jedes Beispiel trainiert und dann verlernt, zeigen, wie eine Antwort in beiden Fällen aussieht. Das dauert lange; es läuft im Hintergrund und lässt sich anhalten.',
  axis: 'Log-Likelihood-Quotient: über 0 sieht nach verlernt aus, unter 0 nach nie gesehen',
};

export const backdoor: Partly<typeof backdoorWords> = {
  title: 'Hintertür',
  hint: 'Der Auslöser wird auf saubere Testpunkte gesetzt. Neu zu trainieren ist hier nicht das Ziel: Vergiftete Punkte, die niemand fand, halten die Hintertür offen.',
};

export const probe: Partly<typeof probeWords> = {
  title: 'Lineare Sonde',
  hint: 'Ein linearer Klassifikator liest die eingefrorenen Aktivierungen jeder Schicht. Was er mehr findet als bei frischen und neu trainierten Gewichten, steckt noch im Netz, was immer die Ausgaben sagen.',
  axis: 'Schicht: 0 sind die Eingänge, dann die verborgenen Schichten, zuletzt die Ausgaben',
  summary: (ends) => `Genauigkeit einer Sonde an den Ausgaben: ${ends}.`,
};

export const epsilon: Partly<typeof epsilonWords> = {
  title: 'ε des Vergessens',
  hint: 'Verlernt und trainiert viele Male neu: Wie gut unterscheidet eine Schwelle die beiden, Beispiel für Beispiel? Das war das Maß des NeurIPS-Wettbewerbs 2023.',
};

export const relearnNumbers: Partly<typeof relearnNumbersWords> = {
  title: 'Wiedererlernen',
  hint: 'Jedes Modell trainiert weiter, und man zählt die Schritte, bis es auf dem Forget Set so gut ist wie das Original war. Ist eines viel früher so weit als das neu trainierte, hatte es nicht losgelassen.',
  axis: 'Trainingsschritte',
  summary: (ends) => `Forget-R² am Ende: ${ends}.`,
};

export const compose: Partly<typeof composeWords> = {
  title: 'Zusammensetzen',
  hint: 'Die vergessene Frage wird nicht gestellt. Stattdessen werden zwei harmlose gestellt und ihre Antworten zusammengesetzt: Was selbst ein neu trainiertes Modell so verrät, lag nie im Forget Set allein.',
};
