/** The words of the examples' pulls; a part of the catalogue in text.ts. */
export const pulls = {
  toggle: 'Pulls',
  hint: 'Draws how hard each run pulls the forget examples at this step, and where to',
  legend: 'class that gains',
  help: 'An arrow points to the class that gains when the next step is made: away from the example’s own class. A ring is a pull towards its own class. The longer the arrow, the larger the weight W: 1 is gradient ascent’s. At most 60 examples are drawn; the number is the mean over all. Masks, optimizer and gradient rule come after this and are not in it.',
  mean: (weight: string) => `W ${weight}`,
  /** For a method that states a gradient and no weight. */
  meanGradient: (size: string) => `push ${size}`,
  none: {
    'no-terms': 'no pulls: edits weights',
    'own-steps': 'no fixed pulls: its steps vary',
    served: 'no pulls: several networks',
    'none-on-split': 'no pull on forget points',
    adversary: 'not under an adversary',
  },
};
