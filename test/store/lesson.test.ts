import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { packLink } from '../../src/scenario/links/link.ts';
import { setAt } from '../../src/store/draft/edits.ts';
import { readLessonQuery, withLesson } from '../../src/store/lesson/address.ts';
import { donePages, lessonAddress } from '../../src/store/lesson/progress.ts';
import { engineForTests } from '../support/engine.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { type BenchOptions, benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const input = {
  kind: 'lesson',
  version: 1,
  id: 'small',
  title: 'Small',
  about: 'A lesson.',
  minutes: 2,
  pages: [
    { id: 'read', title: 'Read', body: 'Words.', enter: { scenario: 'first', step: 0 } },
    {
      id: 'guess',
      title: 'Guess',
      body: 'Which is nearer?',
      predict: {
        question: 'Whose weights move less?',
        options: [
          { text: 'GA', when: { claim: { run: 'GA', metric: 'weightDistance', is: '<', than: { run: 'NPO' } } } },
          { text: 'NPO', when: { claim: { run: 'NPO', metric: 'weightDistance', is: '<', than: { run: 'GA' } } } },
        ],
      },
      task: 'Go to the end.',
      check: { state: 'share', is: '==', value: 1 },
      after: 'So it is.',
    },
    {
      id: 'turn',
      title: 'Turn',
      body: 'Turn the knob.',
      enter: { room: 'attack' },
      task: 'Set beta to 0.1.',
      check: { setting: 'runs.NPO.params.beta', is: '==', value: 0.1 },
    },
    {
      id: 'fact',
      title: 'Fact',
      body: 'A question.',
      enter: { scenario: 'second', room: 'compare' },
      predict: { question: 'Which?', options: [{ text: 'a' }, { text: 'b' }], right: 1 },
    },
  ],
};

const lessons = [{ id: 'small', input }];

const settle = () => vi.advanceTimersByTimeAsync(1000);

const opened = async (options: BenchOptions = {}) => {
  const bench = benchOf({ lessons, isMotionReduced: true, ...options });
  bench.ready();
  await settle();
  return bench;
};

type Bench = Awaited<ReturnType<typeof opened>>;

const slice = (bench: Bench) => bench.state().lesson;
const done = (bench: Bench) => donePages(slice(bench), slice(bench).key);
const pageOf = (bench: Bench) => slice(bench).lesson?.pages[slice(bench).page]?.id;
const title = (bench: Bench) => bench.state().draft.scenario?.title;

describe('a lesson in the lab', () => {
  it('opens the experiment of its page; the reader’s own work is put aside and can be had back', async () => {
    const bench = await opened();
    bench.lab.draft.edit(setAt(['title'], 'Mine'));
    await bench.lab.lesson.open('small');
    await settle();
    expect(title(bench)).toBe('First');
    expect(bench.state().draft.scenario?.claims).toEqual([]);
    const [notice] = bench.state().notices;
    expect(notice?.kind).toBe('previous');
    bench.lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 0.2));
    expect(bench.lab.kept.list().map((kept) => kept.title)).toEqual(['Mine']);
    bench.lab.lesson.leave();
    bench.lab.kept.open(notice?.kind === 'previous' ? notice.id : '');
    expect(title(bench)).toBe('Mine');
  });

  it('goes on by what the learner does: read, predict and see, change, answer', async () => {
    const bench = await opened();
    await bench.lab.lesson.open('small');
    await settle();
    await bench.run();
    expect(bench.state().view.step).toBe(0);
    expect(done(bench)).toEqual([]);
    bench.lab.lesson.next();
    expect(done(bench)).toEqual(['read']);

    bench.lab.clock.setStep(20);
    expect(done(bench), 'first the prediction').toEqual(['read']);
    bench.lab.clock.setStep(0);
    bench.lab.lesson.answer(0);
    bench.lab.lesson.answer(1);
    expect(slice(bench).answers).toEqual({ guess: 0 });
    expect(slice(bench).right).toEqual({});
    bench.lab.clock.setStep(20);
    expect(done(bench)).toEqual(['read', 'guess']);
    expect(slice(bench).right, 'computed from the run').toEqual({ guess: 1 });

    bench.lab.lesson.next();
    expect(bench.state().view.room).toBe('attack');
    expect(bench.state().draft.scenario?.title).toBe('First');
    bench.lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 0.1));
    expect(done(bench)).toContain('turn');

    bench.lab.lesson.next();
    expect(title(bench)).toBe('Second');
    bench.lab.lesson.answer(0);
    expect(slice(bench).right['fact']).toBe(1);
    expect(done(bench)).toContain('fact');
    bench.lab.lesson.next();
    expect(slice(bench).lesson).toBeNull();
    expect(bench.state().view.room).toBe('learn');
    expect(bench.state().lesson.done['small']).toHaveLength(4);
  });

  it('does not take numbers of an experiment for those of the next one', async () => {
    const bench = await opened();
    await bench.lab.lesson.open('small', 1);
    await settle();
    bench.lab.lesson.answer(1);
    expect(done(bench), 'nothing is computed yet').toEqual([]);
    await bench.run();
    bench.lab.draft.edit(setAt(['runs', '0', 'steps'], 10));
    bench.lab.clock.setStep(20);
    expect(done(bench), 'what is on screen is stale').toEqual([]);
    await settle();
    await bench.run();
    bench.lab.clock.setStep(20);
    expect(done(bench)).toEqual(['guess']);
  });

  it('does not take what was on screen before for what its page asks for', async () => {
    const waits = { ...input.pages[0], task: 'Wait.', check: { finished: true } };
    const other = { ...waits, id: 'other', enter: { scenario: 'second' } };
    const bench = await opened({ lessons: [{ id: 'small', input: { ...input, pages: [other, waits] } }] });
    await bench.run();
    await bench.lab.lesson.open('small');
    expect(done(bench), 'the experiment before the lesson').toEqual([]);
    await settle();
    await bench.run();
    expect(done(bench)).toEqual(['other']);
    bench.lab.lesson.next();
    expect(done(bench), 'the experiment of the page before').toEqual(['other']);
    await settle();
    await bench.run();
    expect(done(bench)).toEqual(['other', 'read']);
  });

  it('does not take the numbers before a change for those after it', async () => {
    const asks = {
      ...input.pages[2],
      check: {
        all: [
          { setting: 'runs.NPO.params.beta', is: '==', value: 0.1 },
          { finished: true },
          { state: 'share', is: '==', value: 1 },
        ],
      },
    };
    const bench = await opened({ lessons: [{ id: 'small', input: { ...input, pages: [input.pages[0], asks] } }] });
    await bench.lab.lesson.open('small', 1);
    await settle();
    await bench.run();
    bench.lab.clock.setStep(20);
    bench.lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 0.1));
    expect(done(bench), 'nothing is computed yet').toEqual([]);
    await settle();
    await bench.run();
    bench.lab.clock.setStep(20);
    expect(done(bench)).toEqual(['turn']);
  });

  it('remembers on this device what is done, and goes on where it was left', async () => {
    const local = memoryStorage();
    const bench = await opened({ local });
    await bench.lab.lesson.open('small');
    bench.lab.lesson.next();
    const later = await opened({ local });
    await later.lab.lesson.open('small');
    expect(pageOf(later)).toBe('guess');
    expect(donePages(later.state().lesson, 'small')).toEqual(['read']);
  });

  it.each(['', '{', '[]', '{"version":1,"done":5}', '{"version":1,"done":{"small":{"0":"read"}}}', '{"version":9}'])(
    'is not troubled by %j where its progress should be',
    async (text) => {
      const local = memoryStorage();
      local.setItem('lessons', text);
      const bench = await opened({ local });
      expect(Object.values(bench.state().lesson.done).flat()).toEqual([]);
      await bench.lab.lesson.open('small');
      expect(pageOf(bench)).toBe('read');
    },
  );

  it('that does not arrive is told of', async () => {
    const bench = await opened({ lessons: null });
    await bench.lab.lesson.open('small');
    expect(bench.state().notices).toEqual([{ kind: 'not-loaded' }]);
  });

  it('asks again when a page is opened again', async () => {
    const bench = await opened();
    await bench.lab.lesson.open('small', 3);
    bench.lab.lesson.answer(0);
    bench.lab.lesson.go(3);
    expect(slice(bench).answers).toEqual({});
    bench.lab.lesson.answer(1);
    expect(slice(bench)).toMatchObject({ answers: { fact: 1 }, right: { fact: 1 } });
  });
});

describe('a lesson in the address', () => {
  it('opens at its page, with the experiment of the pages before', async () => {
    const bench = await opened({ search: '?lesson=small&page=3' });
    expect(pageOf(bench)).toBe('turn');
    expect(title(bench)).toBe('First');
    expect(bench.state().view.room).toBe('attack');
    expect(lessonAddress(slice(bench))).toEqual({ id: 'small', page: 3 });
  });

  it('leaves an experiment that the address holds as it is', async () => {
    const first = await opened();
    first.lab.draft.edit(setAt(['title'], 'Mine'));
    const bench = await opened({ search: '?lesson=small&page=2', hash: first.lab.link.shareHash() });
    expect(pageOf(bench)).toBe('guess');
    expect(title(bench)).toBe('Mine');
  });

  it.each([
    ['?lesson=smal', null, '?lesson', 'small'],
    ['?lesson=small&page=9', 'fact', '?page', 'a page from 1 to 4'],
    ['?lesson=small&page=x', 'read', '?page', 'a page from 1 to 4'],
  ])('%s is mended in words', async (search, page, path, expected) => {
    const bench = await opened({ search });
    expect(pageOf(bench) ?? null).toBe(page);
    const notice = bench.state().notices.find(({ kind }) => kind === 'repairs');
    expect(notice).toMatchObject({ repairs: [{ path, expected: expect.stringContaining(expected) }] });
  });

  it('is nothing to a page that is part of another, nor to a locked one', async () => {
    expect(slice(await opened({ search: '?lesson=small', isEmbedded: true })).lesson).toBeNull();
    expect(slice(await opened({ search: '?lesson=small', isLocked: true })).lesson).toBeNull();
  });

  it('takes its place in a query and leaves the rest as it was written', () => {
    expect(withLesson('?lang=de&lesson=a&page=2&x=%2B', { id: 'b', page: 1 })).toBe('?lang=de&x=%2B&lesson=b&page=1');
    expect(withLesson('?lesson=a', null)).toBe('');
    expect(withLesson('', null)).toBe('');
    expect(readLessonQuery('?page=2')).toBeNull();
    expect(readLessonQuery('?lesson=a&page=2')).toEqual({ id: 'a', page: '2' });
  });
});

describe('a lesson from a file', () => {
  it('opens, and has no address that would open it elsewhere', async () => {
    const bench = await opened();
    bench.lab.draft.openText(`\uFEFF${JSON.stringify({ ...input, id: 'own' })}`);
    await settle();
    expect(slice(bench).lesson?.id).toBe('own');
    expect(lessonAddress(slice(bench))).toBeNull();
    bench.lab.lesson.next();
    expect(bench.local.getItem('lessons')).toBe('{"version":1,"done":{}}');
  });

  it('is passed on as a link, which opens it without a step that Back would have to undo', async () => {
    const bench = await opened();
    bench.lab.draft.openText(JSON.stringify({ ...input, id: 'own' }));
    await settle();
    const hash = bench.lab.lesson.shareHash() ?? '';
    const other = await opened({ hash });
    await settle();
    expect(slice(other).lesson).toEqual(slice(bench).lesson);
    expect(title(other)).toBe('First');
    expect(other.state().notices).toEqual([]);
    expect(other.history()).toHaveLength(1);
    expect(other.address()).not.toBe(hash);
    other.visit(hash);
    await settle();
    expect(pageOf(other)).toBe('read');
    await other.lab.lesson.open('small');
    expect(other.lab.lesson.shareHash()).toBeNull();
  });

  it('that is faulty in a link is told, and a lesson has no place in a page of another', async () => {
    const faulty = packLink({ ...input, minutes: 0 });
    const bench = await opened({ hash: faulty });
    await settle();
    expect(slice(bench).lesson).toBeNull();
    expect(title(bench)).toBe('First');
    expect(bench.state().notices).toMatchObject([{ kind: 'bad-link', faults: [{ path: '/minutes' }] }]);
    const embedded = await opened({ hash: packLink(input), isEmbedded: true });
    await settle();
    expect(slice(embedded).lesson).toBeNull();
  });

  it('that is faulty is refused with every fault, and nothing is lost', async () => {
    const bench = await opened();
    await bench.lab.lesson.open('small', 2);
    const before = bench.state().draft.scenario;
    bench.lab.draft.openText(JSON.stringify({ ...input, minutes: 'five', pages: [{ ...input.pages[0], body: 7 }] }));
    await settle();
    expect(bench.state().draft.scenario).toBe(before);
    expect(pageOf(bench)).toBe('turn');
    const notice = bench.state().notices.find(({ kind }) => kind === 'bad-file');
    expect(notice).toMatchObject({ faults: [{ path: '/minutes' }, { path: '/pages/0/body' }] });
  });
});
