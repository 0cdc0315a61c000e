/** A lesson of which every page has something else. */
export const richLesson = {
  kind: 'lesson',
  version: 1,
  id: 'rich',
  title: 'Every field',
  about: 'What a lesson may hold.',
  minutes: 3,
  pages: [
    {
      id: 'guess',
      title: 'Guess',
      body: 'Two methods.\n\nWhich one *keeps* more?',
      enter: { scenario: 'ga-vs-npo', set: { 'runs.NPO.params.beta': 0.5, seeds: [0, 1] }, step: 0, room: 'compare' },
      highlight: 'panel:NPO',
      predict: {
        question: 'Who?',
        options: [
          {
            text: 'GA',
            when: {
              claim: { run: 'GA', metric: 'retainTestAccuracy', is: '>', than: { run: 'NPO' }, seeds: 'median' },
            },
          },
          {
            text: 'NPO',
            when: {
              claim: { run: 'NPO', metric: 'retainTestAccuracy', is: '>', than: { run: 'GA' }, seeds: 'median' },
            },
          },
        ],
      },
      task: 'Go to the last step.',
      check: {
        all: [
          { finished: true },
          { state: 'share', is: '==', value: 1 },
          { run: 'GA', metric: 'retainTestAccuracy', is: '<', value: 0.9 },
        ],
      },
      after: 'There it is.',
    },
    {
      id: 'turn',
      title: 'Turn',
      body: 'Turn beta down.',
      highlight: 'knob',
      task: 'Set beta to 0.1 or less, or open the attacks.',
      check: {
        any: [
          { setting: 'runs.NPO.params.beta', is: '<=', value: 0.1 },
          { room: 'attack' },
          { attacked: 'relearn', run: 'NPO' },
          { not: { setting: 'data.generator', is: '==', value: 'blobs' } },
        ],
      },
    },
    {
      id: 'fact',
      title: 'A fact',
      body: 'One question.',
      enter: { set: { 'runs.NPO.params.beta': 1 } },
      predict: { question: 'What is the yardstick?', options: [{ text: 'Zero' }, { text: 'Retraining' }], right: 1 },
    },
  ],
};
