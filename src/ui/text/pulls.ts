/** The words of the examples' pulls; a part of the catalogue in text.ts. */
export const pulls = {
  toggle: 'Pulls',
  hint: 'Draws how hard, and in which direction, each run pulls the forget examples at this step',
  legend: 'towards the class that gains',
  help: 'An arrow points to the class that gains with the next step, away from the example’s own class. A ring is a pull towards its own class. The longer the arrow, the larger the weight W; gradient ascent has W = 1. At most 60 examples are drawn; the number is the mean over all of them. The mask, the optimizer and the gradient rule come later and are not included.',
  mean: (weight: string) => `W ${weight}`,
  /** For a method that states a gradient and no weight. */
  meanGradient: (size: string) => `push ${size}`,
  none: {
    'no-terms': 'no pulls: it edits weights',
    'own-steps': 'no fixed pulls: its steps vary',
    served: 'no pulls: several networks',
    'none-on-split': 'no pull on forget points',
    wrapped: 'no own pulls: a wrapper hides them',
  },
};
