import type { Translation } from '../text.ts';

/** The German words of the trade-off plane's front and of pinned results; a part of de.ts. */
export const plane: Required<Translation>['plane'] = {
  frontHint:
    'Die dünne gestrichelte Linie ist die Pareto-Front bei diesem Schritt: Von allem unter ihr gilt, dass ein anderes Ergebnis mehr behält und auf dem Forget Set mindestens so nah am neu trainierten Modell liegt. Mehr zu vergessen als das neu trainierte Modell ist kein Gewinn.',
  frontSummary: (names) => `Am Ende von keinem anderen übertroffen: ${names}.`,
};
