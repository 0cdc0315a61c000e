import { percent } from '../../format.ts';
import type { VerdictWords } from '../verdict-words.ts';

export const zahl = (n: number, einer: string, mehrere: string): string => `${n} ${n === 1 ? einer : mehrere}`;

export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`;

/** Alle beginnen beim selben Modell, also sagt nur das erste, woher. */
const veraendert = ({ before, now }: { readonly before: number; readonly now: number }, isFirst: boolean): string => {
  const [from, to] = [percent(before), percent(now)];
  const start = isFirst ? `von ${from} ` : '';
  if (from === to) return `bleibt bei ${to}`;
  return now < before ? `fällt ${start}auf ${to}` : `steigt ${start}auf ${to}`;
};

export const words: VerdictWords = {
  allForgot: (names, target, worst) => {
    const all =
      names.length === 2
        ? 'Beide haben'
        : names.length > 3
          ? `Alle ${names.length} haben`
          : `${listed(names)} ${names.length === 1 ? 'hat' : 'haben'}`;
    return `${all} vergessen: Bei ${target} ist noch ${worst === null ? percent(0) : `höchstens ${percent(worst)}`} richtig.`;
  },
  noneForgot: (names, target, scores) => {
    const none =
      names.length === 1
        ? `${names[0]} hat`
        : names.length === 2
          ? 'Keines der beiden hat'
          : `Keines der ${names.length} hat`;
    const shown =
      scores.length <= 3 ? ` (${scores.map(({ label, score }) => `${label} ${percent(score)}`).join(', ')})` : '';
    return `${none} ${names.length === 1 ? 'noch nicht' : 'bisher'} vergessen, was bei ${target} gelernt war${shown}.`;
  },
  countForgot: (done, of, target) => `${done} von ${of} haben vergessen, was bei ${target} gelernt war.`,
  someForgot: (done, target, open) =>
    `${listed(done)} ${done.length === 1 ? 'hat' : 'haben'} vergessen, was bei ${target} gelernt war; noch nicht ${listed(open.map(({ label, score }) => `${label} (${percent(score)})`))}.`,
  distances: (goal, target, near, far) => {
    const close = near.length === 0 ? [] : [`${listed(near)} ${near.length === 1 ? 'kommt' : 'kommen'} dem nahe`];
    const apart = far.map(({ label, score }) => `${label} hat ${(score ?? 0) < goal ? 'nur ' : ''}${percent(score)}`);
    const all = [...close, ...apart];
    const shown = all.length > 4 ? `${all.slice(0, 4).join(', ')} und so weiter` : listed(all);
    return `Null ist nicht das Ziel: Das neu trainierte Modell hat bei ${target} noch ${percent(goal)} richtig. ${shown}.`;
  },
  extremes: (best, worst, ruined, of) => {
    const fate = ruined === 0 ? '' : ` ${ruined} von ${of} sind kollabiert.`;
    return `Bei allem anderen: ${best.label} ${veraendert(best, true)}, ${worst.label} ${veraendert(worst, false)}.${fate}`;
  },
  changes: (rows) => {
    const parts = rows.map((row, index) => {
      const fate = row.collapsedAt === null ? '' : `kollabiert bei Schritt ${row.collapsedAt} und `;
      return `${row.label} ${fate}${veraendert(row, index === 0)}`;
    });
    return `Bei allem anderen: ${parts.join('; ')}.`;
  },
  failed: (label, message) => `${label} konnte nicht laufen: ${message}.`,
  diverged: (label, step) =>
    `${label} ist bei Schritt ${step} divergiert: Die Zahlen sind übergelaufen, es gibt kein Ergebnis.`,
  trainingDiverged: ({ model, step, seeds, of }) => {
    const where = of === 1 ? '' : ` unter ${seeds} von ${of} Seeds`;
    const [which, what] =
      model === 'original'
        ? ['ursprünglichen', 'was von ihm ausgeht, sagt nichts aus']
        : ['neu trainierten', 'es taugt nicht als Maßstab'];
    return `Das Training des ${which} Modells ist bei Schritt ${step}${where} divergiert: Die Zahlen sind übergelaufen, ${what}.`;
  },
  tryLess: 'Versuchen Sie eine kleinere Lernrate.',
  nothing: 'Fügen Sie ein Verfahren hinzu, um zu vergleichen.',
  unlearningNext: 'Das ursprüngliche Modell ist trainiert; das Verlernen beginnt.',
  trainingNext: 'Zuerst wird das ursprüngliche Modell mit allen Daten trainiert.',
  before: (forget, keep, target) =>
    `Vor dem Verlernen hat das Modell bei ${target} ${percent(forget)} richtig und bei allem anderen ${percent(keep)}.`,
  scores: (target, scores) =>
    `Bei ${target}: ${listed(scores.map(({ label, score }) => `${label} ${percent(score)}`))}.`,
  reference: (forget, keep, target) =>
    `Das neu trainierte Modell hat bei ${target} ${percent(forget)} richtig und bei allem anderen ${percent(keep)}.`,
  referenceKeep: (keep) => `Das neu trainierte Modell hat bei allem anderen ${percent(keep)} richtig.`,
  original: 'das Original',
  ownForget: (title, scores, goal) => {
    const all = scores.map(({ label, score }) => `${label} ${percent(score)}`).join(', ');
    return `${title}: ${all}${goal === null ? '' : `; neu trainiert ${percent(goal)}`}.`;
  },
  ownKeep: (title, rows) => `${title}: ${rows.map((row) => `${row.label} ${veraendert(row, true)}`).join('; ')}.`,
  ownReference: (title, keep) => `${title}, neu trainiert: ${percent(keep)}.`,
};
