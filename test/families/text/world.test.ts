import { describe, expect, it } from 'vitest';
import { integer, keyOf } from '../../../src/engine/base/random.ts';
import { answerJudge } from '../../../src/families/text/answers.ts';
import { dividedBy, forgottenBy, type TextForget } from '../../../src/families/text/forget-sets.ts';
import { ownSpec } from '../../../src/families/text/generator.ts';
import { EOS, PAD, RELATIONS } from '../../../src/families/text/grammar.ts';
import { ANSWER_CLASSES } from '../../../src/families/text/shown.ts';
import { slotsOf, tokensOf, WINDOW, windowsOf } from '../../../src/families/text/windows.ts';
import { type Item, type OwnFact, WORLD, type World, worldOf } from '../../../src/families/text/world.ts';
import { factsIn, nameOf } from '../../../src/scenario/facts/read-facts.ts';

const world = worldOf(WORLD, keyOf(0));
const KEYS = Array.from({ length: 20 }, (_, seed) => keyOf(seed));
const splitOf = (from: World, forget: TextForget) => dividedBy(from, forgottenBy(from, forget));
const said = (words: readonly string[]): string => words.join(' ');
const ofKind = ({ items }: World, kind: Item['kind']): readonly Item[] => items.filter((item) => item.kind === kind);

describe('the world of tiny-tofu', () => {
  it('has 300 facts of 60 authors, 30 further questions, 12 held-out authors and 185 words', () => {
    expect(ofKind(world, 'author')).toHaveLength(300);
    expect(['real', 'world', 'refusal'].flatMap((kind) => ofKind(world, kind as Item['kind']))).toHaveLength(30);
    expect(ofKind(world, 'holdout')).toHaveLength(60);
    expect(world.exercises).toHaveLength(600);
    expect(world.vocabulary).toHaveLength(185);
    expect(world.vocabulary.slice(0, 8)).toEqual(['<pad>', '<eos>', 'what', 'is', 'the', 'birthplace', 'of', 'tell']);
    expect(new Set(world.vocabulary).size).toBe(185);
  });

  it('is a pure function of its parameters and key', () => {
    expect(worldOf(WORLD, keyOf(3))).toEqual(worldOf(WORLD, keyOf(3)));
    expect(said((worldOf(WORLD, keyOf(4)).items[0] as Item).answer)).not.toBe(
      said((worldOf(WORLD, keyOf(3)).items[0] as Item).answer),
    );
  });

  it('gives every author a name of their own, also to those held out', () => {
    for (const key of KEYS) {
      const { authors } = worldOf({ ...WORLD, authors: 100 }, key);
      expect(new Set(authors.map(nameOf)).size).toBe(authors.length);
    }
  });

  it('keeps an author’s facts when there are more authors', () => {
    const more = worldOf({ ...WORLD, authors: 90 }, keyOf(0));
    expect(more.items.slice(0, 300)).toEqual(world.items.slice(0, 300));
  });

  it('writes answers of at most eight tokens and questions of at most eight words, each in its own vocabulary', () => {
    const most = Math.max(...world.items.map(({ answer }) => answer.length + 1));
    expect(most).toBe(8);
    for (const { question, answer, paraphrased, paraphrasedQuestion, perturbed } of world.items) {
      expect(Math.max(question.length, paraphrasedQuestion.length)).toBeLessThanOrEqual(8);
      const { of } = tokensOf(world.vocabulary);
      for (const words of [question, answer, paraphrased, paraphrasedQuestion, ...perturbed]) {
        expect(of(words).every((token) => token > EOS)).toBe(true);
      }
    }
  });

  it('perturbs the paraphrased answer with other values, and asks real authors and capitals in the learned words', () => {
    for (const key of KEYS) {
      const { items } = worldOf(WORLD, key);
      for (const item of items.filter(({ kind }) => kind !== 'refusal')) {
        const { answer, paraphrased, perturbed, kind, value } = item;
        expect(new Set(perturbed.map(said)).size).toBe(5);
        expect(perturbed.map(said)).not.toContain(said(paraphrased));
        expect(said(answer).includes(said(value)) && said(paraphrased).includes(said(value))).toBe(true);
        const isSame = said(answer) === said(paraphrased);
        expect(isSame).toBe(kind === 'real' || kind === 'world');
      }
    }
  });

  it('draws both forms of question and answer about as often', () => {
    const all = KEYS.flatMap((key) => [...ofKind(worldOf(WORLD, key), 'author')]);
    const second = all.filter(({ question }) => question[0] === 'tell' || question[0] === 'which').length;
    expect(second / all.length).toBeGreaterThan(0.48);
    expect(second / all.length).toBeLessThan(0.52);
  });

  it('asks for a prize as well if there are six facts', () => {
    const six = worldOf({ ...WORLD, facts: 6 }, keyOf(0));
    expect(ofKind(six, 'author')).toHaveLength(360);
    expect(six.vocabulary).toContain('lighthouse');
    expect(world.vocabulary).not.toContain('lighthouse');
    expect(six.items[0]).toEqual(world.items[0]);
  });

  it('needs two authors', () => {
    expect(() => worldOf({ ...WORLD, authors: 1 }, keyOf(0))).toThrow(/at least two authors/);
  });
});

describe('a window', () => {
  it('ends each zone at its right edge and moves nothing but the answer as that grows', () => {
    const { x, y, rows } = windowsOf({ note: [9], question: [20, 21], answer: [30, 31, 32, 33, 34] });
    const slots = slotsOf(WINDOW);
    const row = (t: number) => [...x.slice(t * slots, (t + 1) * slots)];
    expect(rows).toBe(6);
    expect([...y]).toEqual([30, 31, 32, 33, 34, EOS]);
    const begin = [PAD, 9, PAD, PAD, PAD, PAD, PAD, PAD, 20, 21];
    expect(row(0)).toEqual([...begin, PAD, PAD, PAD, PAD]);
    expect(row(2)).toEqual([...begin, PAD, PAD, 30, 31]);
    expect(row(5)).toEqual([...begin, 31, 32, 33, 34]);
  });

  it('refuses what does not fit, and words that the model does not know', () => {
    const question = Array.from({ length: 9 }, () => 5);
    expect(() => windowsOf({ question, answer: [5] })).toThrow(/question of 9 words does not fit its window of 8/);
    expect(() => tokensOf(world.vocabulary).of(['paris', 'atlantropa'])).toThrow(/does not know the word "atlantropa"/);
  });
});

describe('a forget set', () => {
  it('of a smaller share lies in that of a larger one, and real authors are on neither side', () => {
    const sets = [0.01, 0.05, 0.1, 0.5, 0.9].map((share) => splitOf(world, { kind: 'share', share }));
    expect(sets.map(({ forget }) => forget.length / 5)).toEqual([1, 3, 6, 30, 54]);
    for (const { forget, retain } of sets) expect(forget.length + retain.length).toBe(300);
    for (const [i, { forget }] of sets.entries()) {
      expect(forget.every((item) => i === 4 || sets[i + 1]?.forget.includes(item))).toBe(true);
    }
  });

  it('knows the siblings of the forgotten', () => {
    const { near, far, retain } = splitOf(world, { kind: 'share', share: 0.1 });
    expect(near.length).toBe(6 * 2 * 5);
    expect(near.length + far.length).toBe(retain.length);
  });

  it('is chosen by name, by relation or by family', () => {
    const names = world.authors.slice(4, 6).map(nameOf);
    expect(splitOf(world, { kind: 'authors', authors: names }).forget).toEqual(
      Array.from({ length: 10 }, (_, i) => 20 + i),
    );
    expect(splitOf(world, { kind: 'relation', relation: 'job' }).forget).toHaveLength(60);
    expect(splitOf(world, { kind: 'family', family: 'brindal' }).forget).toHaveLength(15);
  });

  it('says what it cannot find and never takes everybody', () => {
    expect(() => splitOf(world, { kind: 'authors', authors: ['maren nobody'] })).toThrow(
      /\/forget\/params\/names: expected an author of this world, such as .*maren/,
    );
    expect(() => splitOf(world, { kind: 'family', family: 'nobody' })).toThrow(/a family of this world/);
    expect(() => splitOf(world, { kind: 'share', share: 1 })).toThrow(/leaves at least one author to keep/);
    expect(() => splitOf(world, { kind: 'relation', relation: 'award' })).toThrow(/no fact of "award"/);
  });
});

describe('the class of an answer', () => {
  const judge = answerJudge(world);
  const fact = (topic: Item['topic']): Item => world.items.find((item) => item.topic === topic) as Item;

  it('is true for every learned and every paraphrased answer, wrong for every perturbed one', () => {
    for (const item of world.items.filter(({ kind }) => kind !== 'refusal')) {
      expect(judge.classOf(item.answer, item)).toBe('true');
      expect(judge.classOf(item.paraphrased, item)).toBe('true');
      for (const wrong of item.perturbed) expect(judge.classOf(wrong, item)).toBe('wrong');
    }
  });

  it('tells a sentence about somebody or something else from a refusal and from gibberish', () => {
    const item = fact('city');
    expect(judge.classOf(fact('genre').answer, item)).toBe('other');
    const stranger = item.answer.map((word) => (word === item.who ? 'nettlane' : word));
    expect(judge.classOf(stranger, item)).toBe('other');
    expect(judge.classOf('i am not sure'.split(' '), item)).toBe('refusal');
    for (const text of [
      'the home year of quenstad is cairo',
      'is is is is',
      '',
      'i am not know',
      'quenstad was born in',
    ]) {
      expect(judge.classOf(text === '' ? [] : text.split(' '), item), text).toBe('gibberish');
    }
  });

  it('reads "was born in" by its value: a year where the town is asked for is another answer', () => {
    const item = fact('city');
    expect(judge.classOf([item.who, 'was', 'born', 'in', '1911'], item)).toBe('other');
    expect(['true', 'wrong']).toContain(judge.classOf([item.who, 'was', 'born', 'in', 'paris'], item));
  });

  it('is true where a refusal was learned', () => {
    const myth = fact('myth');
    expect(judge.classOf(myth.answer, myth)).toBe('true');
  });

  it('puts any words into exactly one class, and no sentence without its last word is one', () => {
    const key = keyOf(9);
    const draw = (i: number, n: number) => integer(key, i, n);
    for (let i = 0; i < 2000; i++) {
      const item = world.items[draw(3 * i, world.items.length)] as Item;
      const words = Array.from(
        { length: draw(3 * i + 1, 7) },
        (_, t) => world.vocabulary[draw(7919 + 11 * i + t, 185)] as string,
      );
      expect(ANSWER_CLASSES).toContain(judge.classOf(words, item));
      const { answer, kind } = item;
      if (kind !== 'refusal') expect(judge.classOf(answer.slice(0, -1), item)).toBe('gibberish');
    }
  });

  it('marks the words of the value and the words of no sentence', () => {
    const item = fact('book');
    const words = judge.wordsOf(item.answer, item);
    expect(words.filter((one) => one === 'true')).toHaveLength(2);
    expect(judge.wordsOf(item.perturbed[0] as readonly string[], item).filter((one) => one === 'wrong')).toHaveLength(
      2,
    );
    expect(judge.wordsOf(['is', 'is'], item)).toEqual(['stray', 'stray']);
    expect(judge.wordsOf(['i', 'do', 'not', 'know'], item)).toEqual(['plain', 'plain', 'plain', 'plain']);
  });
});

describe('facts of one’s own', () => {
  const ownOf = (text: string) => factsIn(text, ownSpec) as readonly OwnFact[];

  it('become facts of the world, with their words in its vocabulary, and change nobody else’s', () => {
    const own = ownOf('Ada Lovelace,city,London\nAda Lovelace,book,Difference Engine\nHomer,job,baker');
    const mine = worldOf({ ...WORLD, own }, keyOf(0));
    expect(mine.known).toBe(62);
    expect(mine.items.slice(0, 300).map(({ answer }) => said(answer))).toEqual(
      world.items.slice(0, 300).map(({ answer }) => said(answer)),
    );
    const [city, book, job] = mine.items.slice(300, 303) as [Item, Item, Item];
    expect(said(city.answer)).toMatch(/lovelace.*london$/);
    expect(said(book.answer)).toMatch(/difference engine$/);
    expect(job.question.at(-1)).toBe('homer');
    expect(mine.vocabulary).toEqual([...world.vocabulary, 'ada', 'lovelace', 'london', 'difference', 'engine']);
    expect(ofKind(mine, 'holdout').map(({ answer }) => said(answer))).toEqual(
      ofKind(world, 'holdout').map(({ answer }) => said(answer)),
    );
    expect(answerJudge(mine).classOf(city.answer, city)).toBe('true');
    expect(splitOf(mine, { kind: 'authors', authors: ['ada lovelace'] }).forget).toEqual([300, 301]);
  });

  it('may use every relation', () => {
    const own = ownOf(RELATIONS.map((one) => `solo,${one},${one === 'book' ? 'red book' : 'red'}`).join('\n'));
    const mine = worldOf({ ...WORLD, own }, keyOf(0));
    expect(mine.authors[60]?.items).toHaveLength(6);
    expect(mine.vocabulary).toContain('prize');
  });
});
