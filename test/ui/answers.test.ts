import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { AnswersPicture, ShownQuestions } from '../../src/families/text/shown.ts';
import { Answer } from '../../src/ui/pictures/text/Answer.tsx';
import { AnswerBars } from '../../src/ui/pictures/text/AnswerBars.tsx';
import { answerAt } from '../../src/ui/pictures/text/answer.ts';
import { words } from '../../src/ui/pictures/text/answers.text.ts';
import { answerRows, answersCsv, answersJson } from '../../src/ui/pictures/text/answers-file.ts';
import { QuestionPicker } from '../../src/ui/pictures/text/QuestionPicker.tsx';

const shown: ShownQuestions = {
  kind: 'questions',
  authors: [],
  vocabulary: ['<pad>', '<eos>', 'dorvane', 'writes', 'poetry', 'novels'],
  questions: [
    {
      item: 7,
      set: 'forget',
      topic: 'genre',
      about: 'leif dorvane',
      question: 'what is the genre of leif dorvane',
      answer: 'dorvane writes poetry novels',
      value: 'poetry',
    },
    {
      item: 90,
      set: 'world',
      topic: 'world',
      about: 'peru',
      question: 'what is the capital of peru',
      answer: 'the capital of peru is lima',
      value: 'lima',
    },
  ],
};

/** To the first question a whole sentence, to the second nothing but its end. */
const picture: AnswersPicture = {
  kind: 'answers',
  starts: Int32Array.from([0, 5, 6]),
  tokens: Int16Array.from([2, 3, 4, 5, 1, 1]),
  p: Float32Array.from([0.9, 0.8, 0.25, 0.7, 0.6, 0.5]),
  likeliest: Int16Array.from([2, 4, -1, -1, -1, 3, -1, -1, -1, -1, 4, 5, 2, 3, 1, ...new Array(15).fill(-1)]),
  likeliestP: Float32Array.from([
    0.9,
    0.1,
    0,
    0,
    0,
    0.8,
    0,
    0,
    0,
    0,
    0.25,
    0.2,
    0.1,
    0.05,
    0.01,
    ...new Array(15).fill(0),
  ]),
  marks: Uint8Array.from([0, 0, 1, 0, 0, 0]),
  classes: Uint8Array.from([0, 4]),
};

describe('an answer', () => {
  it('is read from the picture word by word, its end named, with what else was likely', () => {
    const answer = answerAt(shown, picture, 0, '(end)');
    expect(answer).toMatchObject({ sentence: 'dorvane writes poetry novels', is: 'true' });
    expect(answer?.words.map(({ word }) => word)).toEqual(['dorvane', 'writes', 'poetry', 'novels', '(end)']);
    expect(answer?.words[2]).toMatchObject({ mark: 'true', p: 0.25 });
    expect(answer?.words[2]?.likeliest.map(({ word }) => word)).toEqual([
      'poetry',
      'novels',
      'dorvane',
      'writes',
      '(end)',
    ]);
    expect(answer?.words[0]?.likeliest).toHaveLength(2);
    expect(answerAt(shown, picture, 1, '(end)')).toMatchObject({ sentence: '', is: 'gibberish' });
    expect(answerAt(shown, picture, 2, '(end)')).toBeUndefined();
  });

  it('is heard as question, sentence, words with their probability, and kind of answer, in this order', () => {
    const answer = answerAt(shown, picture, 0, words.end);
    const html = renderToStaticMarkup(createElement(Answer, { question: shown.questions[0]?.question ?? '', answer }));
    const heard = html.replace(/<\/?span[^>]*>/g, '').replaceAll('\u00a0', ' ');
    const places = ['what is the genre of leif dorvane? Says: dorvane writes poetry novels.', 'poetry, 25 %', '✓'].map(
      (text) => heard.indexOf(text),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('has one stop for the keyboard, whatever its length', () => {
    const answer = answerAt(shown, picture, 0, words.end);
    const html = renderToStaticMarkup(createElement(Answer, { question: '', answer }));
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
    expect(html.match(/tabindex="-1"/g)).toHaveLength(4);
  });

  it('says the words of the world in English, and what stands around them in the language of the page', () => {
    const answer = answerAt(shown, picture, 0, words.end);
    const html = renderToStaticMarkup(createElement(Answer, { question: 'what is the genre of leif dorvane', answer }));
    expect(html).toContain('<span lang="en">what is the genre of leif dorvane?</span>');
    expect(html).toContain('Says: <span lang="en">dorvane writes poetry novels</span>.');
    const spoken = [...html.matchAll(/<button([^>]*)>([^<]*)</g)].map(([, attributes, word]) => [
      word,
      /lang="en"/.test(attributes ?? ''),
    ]);
    expect(spoken).toEqual([
      ['dorvane', true],
      ['writes', true],
      ['poetry', true],
      ['novels', true],
      ['(end)', false],
    ]);
    const silent = renderToStaticMarkup(
      createElement(Answer, { question: '', answer: answerAt(shown, picture, 1, '') }),
    );
    expect(silent).toContain('Says nothing.');
  });

  it('is missing in words as long as the model has not answered', () => {
    const html = renderToStaticMarkup(createElement(Answer, { question: '', answer: undefined }));
    expect(html).toContain('no answer yet');
  });
});

describe('the bars of answer classes', () => {
  const columns = [0, 10, 20].map((step, i) => ({
    step,
    shares: { true: 1 - i / 2, wrong: 0, other: 0, refusal: 0, gibberish: i / 2 },
  }));

  it('say the shares of the last recorded step at the clock', () => {
    const html = renderToStaticMarkup(createElement(AnswerBars, { title: 'the forget set', columns, step: 15 }));
    expect(html.replaceAll('\u00a0', ' ')).toContain('Step 10: 50 % true, 50 % gibberish');
    expect(html.match(/answer-bars__mark/g)).toHaveLength(1);
  });
});

describe('the question picker', () => {
  it('offers sets that have questions, and those of the chosen set', () => {
    const html = renderToStaticMarkup(
      createElement(QuestionPicker, {
        questions: shown.questions,
        index: 1,
        way: 'note',
        onWay: () => {},
        onAsk: () => {},
        face: 'answers',
        onFace: () => {},
        tools: null,
      }),
    );
    expect(html).toContain('capitals');
    expect(html).toContain('forgotten authors');
    expect(html).not.toContain('real authors');
    expect(html).toContain('peru: capital');
    expect(html).not.toContain('leif dorvane:');
  });
});

describe('answers that are taken away', () => {
  const rows = answerRows({ model: 'GA', seed: 3, step: 100 }, shown, picture);

  it('have the words, their probabilities and the class of each', () => {
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      set: 'forget',
      learned: 'dorvane writes poetry novels',
      said: 'dorvane writes poetry novels',
      probabilities: [0.9, 0.8, 0.25, 0.7, 0.6],
    });
    expect(rows[1]).toMatchObject({ about: 'peru', said: '', probabilities: [0.5] });
  });

  it('are a table, and the same as JSON', () => {
    const [head, first] = answersCsv(rows).split(/\r?\n/);
    expect(head).toBe('model,seed,step,set,about,question,learned,said,is,probabilities');
    expect(first).toMatch(/^GA,3,100,forget,leif dorvane,.*,0\.9 0\.8 0\.25 0\.7 0\.6$/);
    expect(JSON.parse(answersJson({ title: 'x' }, rows))).toEqual({
      kind: 'answers',
      version: 1,
      title: 'x',
      answers: rows,
    });
  });
});
