import { percent } from '../format.ts';
import type { VerdictWords } from '../verdict.ts';

export const zahl = (n: number, einer: string, mehrere: string): string => `${n} ${n === 1 ? einer : mehrere}`;
export const punkte = (n: number): string => zahl(n, 'Punkt', 'Punkte');

export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`;

const verloren = (loss: number, isFirst: boolean): string => {
  const unit = (n: number): string => (isFirst ? punkte(n) : String(n));
  if (loss === 0) return 'nichts verloren';
  return loss > 0 ? `${unit(loss)} verloren` : `${unit(-loss)} gewonnen`;
};

export const words: VerdictWords = {
  allForgot: (names, target, worst) => {
    const all =
      names.length === 2
        ? 'Beide haben'
        : names.length > 3
          ? `Alle ${names.length} haben`
          : `${listed(names)} ${names.length === 1 ? 'hat' : 'haben'}`;
    return `${all} ${target} vergessen (Genauigkeit darauf ${worst === null ? percent(0) : `höchstens ${percent(worst)}`}).`;
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
    return `${none} ${target} ${names.length === 1 ? 'noch nicht' : 'schon'} vergessen${shown}.`;
  },
  countForgot: (done, of, target) => `${done} von ${of} haben ${target} vergessen.`,
  someForgot: (done, target, open) =>
    `${listed(done)} ${done.length === 1 ? 'hat' : 'haben'} ${target} vergessen; noch nicht ${listed(open.map(({ label, score }) => `${label} (${percent(score)})`))}.`,
  distances: (goal, target, near, far) => {
    const close = near.length === 0 ? [] : [`${listed(near)} ${near.length === 1 ? 'kommt' : 'kommen'} dem nahe`];
    const apart = far.map(
      ({ label, gap }) => `${label} liegt ${punkte(Math.abs(gap))} ${gap > 0 ? 'darüber' : 'darunter'}`,
    );
    const all = [...close, ...apart];
    const shown = all.length > 4 ? `${all.slice(0, 4).join(', ')} und so weiter` : listed(all);
    return `Null ist nicht das Ziel: Das neu trainierte Modell hat bei ${target} noch ${percent(goal)} richtig. ${shown}.`;
  },
  extremes: (best, worst, ruined, of) => {
    const fate = ruined === 0 ? '' : ` ${ruined} von ${of} sind zusammengebrochen.`;
    return `Auf allem anderen hat ${best.label} ${verloren(best.loss, true)}, ${worst.label} ${verloren(worst.loss, false)}.${fate}`;
  },
  losses: (rows) => {
    const parts = rows.map(({ label, loss, collapsedAt }, index) => {
      const fate = collapsedAt === null ? '' : `ist bei Schritt ${collapsedAt} zusammengebrochen und `;
      return `${label} ${fate}hat ${index === 0 ? 'auf allem anderen ' : ''}${verloren(loss, index === 0)}`;
    });
    return `${parts.join('; ')}.`;
  },
  failed: (label, message) => `${label} konnte nicht laufen: ${message}.`,
  diverged: (label, step) =>
    `${label} ist bei Schritt ${step} divergiert: Die Zahlen sind übergelaufen, es gibt kein Ergebnis.`,
  nothing: 'Fügen Sie ein Verfahren hinzu, um zu vergleichen.',
  unlearningNext: 'Das ursprüngliche Modell ist trainiert; das Verlernen beginnt.',
  trainingNext: 'Zuerst wird das ursprüngliche Modell mit allen Daten trainiert.',
  before: (forget, keep, target) =>
    `Vor dem Verlernen hat das Modell bei ${target} ${percent(forget)} richtig und bei allem anderen ${percent(keep)}.`,
  scores: (target, scores) =>
    `Bei ${target}: ${listed(scores.map(({ label, score }) => `${label} ${percent(score)}`))}.`,
  reference: (forget, keep) => `Das neu trainierte Modell liegt bei ${percent(forget)} / ${percent(keep)}.`,
  referenceKeep: (keep) => `Das neu trainierte Modell behält ${percent(keep)}.`,
};
