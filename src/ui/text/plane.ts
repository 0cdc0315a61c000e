/** The words of the trade-off plane's front and of pinned results; a part of the catalogue in text.ts. */
export const plane = {
  frontHint:
    'The thin dashed line is the Pareto front at this step: of what lies under it, another result keeps more and is at least as near to the retrained model on the forget set. Forgetting more than the retrained model is no gain.',
  frontSummary: (names: string) => `Not beaten by any other at the end: ${names}.`,
};
