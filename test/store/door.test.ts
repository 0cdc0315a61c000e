import { describe, expect, it } from 'vitest';
import { fileCaps } from '../../src/scenario/document/unpack.ts';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { isLink } from '../../src/scenario/links/mend.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import type { LocalFile } from '../../src/store/door.ts';
import { benchOf } from './lab-bench.ts';

const opened = () => {
  const bench = benchOf();
  bench.ready();
  return bench;
};
const fileOf = (content: unknown): LocalFile => new Blob([JSON.stringify(content)]);
const mine = (title: string, question = '') => ({ version: 1, title, question });
/** As large as that it is not parsed on the page's thread. */
const large = (title: string) => ({ ...mine(title), claims: [], runs: [], view: {}, data: LARGE });
const points = {
  x: Array.from({ length: 5000 }, (_, i) => [Math.sin(i) * 2, Math.cos(i * 3)]),
  y: Array.from({ length: 5000 }, (_, i) => i % 2),
};
const LARGE = { generator: 'inline', params: { train: points, test: points } };
const title = (bench: ReturnType<typeof benchOf>) => bench.state().draft.scenario?.title;

describe('a file of the reader’s', () => {
  it('is opened; a small one at once, a large one off the page’s thread, which says so meanwhile', async () => {
    const bench = opened();
    await bench.lab.draft.openFile(fileOf(mine('Small')));
    expect(title(bench)).toBe('Small');
    expect(bench.readings()).toBe(0);
    const seen: string[] = [];
    bench.lab.store.subscribe(({ notices }) => seen.push(...notices.map(({ kind }) => kind)));
    await bench.lab.draft.openFile(fileOf(large('Large')));
    expect(title(bench)).toBe('Large');
    expect(bench.readings()).toBe(1);
    expect(seen).toContain('reading');
    expect(bench.state().notices).toEqual([]);
  });

  it('that the browser cannot read any more is said, and what was there stays', async () => {
    const bench = opened();
    const before = bench.state().draft.scenario;
    const gone = { size: 10, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    await bench.lab.draft.openFile(gone);
    expect(bench.state().notices).toMatchObject([{ kind: 'bad-file', code: 'file/unreadable', faults: [] }]);
    expect(bench.state().draft.scenario).toBe(before);
  });

  it('that is too large is refused before a byte of it is read', async () => {
    const bench = opened();
    const read = () => {
      throw new Error('it was read');
    };
    await bench.lab.draft.openFile({ size: fileCaps.bytes + 1, arrayBuffer: read });
    expect(bench.state().notices).toMatchObject([{ kind: 'bad-file', code: 'file/too-large' }]);
  });

  it('gives way to one that is chosen while it is read, and to another address', async () => {
    const bench = opened();
    const first = bench.lab.draft.openFile(fileOf(large('First')));
    await bench.lab.draft.openFile(fileOf(mine('Second')));
    await first;
    expect(title(bench)).toBe('Second');
    const third = bench.lab.draft.openFile(fileOf(large('Third')));
    await Promise.resolve();
    bench.visit('');
    await third;
    expect(title(bench)).toBe('First'); // the first preset
  });

  it('that is chosen before the engine is there waits for it', async () => {
    const bench = benchOf();
    const opening = bench.lab.draft.openFile(fileOf(mine('Early')));
    await Promise.resolve();
    bench.ready();
    await opening;
    expect(title(bench)).toBe('Early');
  });

  it('changes nothing in a locked page', async () => {
    const bench = benchOf({ isLocked: true });
    bench.ready();
    await bench.lab.draft.openFile(fileOf(mine('Other')));
    expect(title(bench)).not.toBe('Other');
  });
});

describe('a link with a rule that somebody else wrote', () => {
  const own = [{ id: 'theirs', title: 'Their rule', terms: [{ pulls: [{ weight: '-p' }] }] }];

  it('names it as foreign, and runs it', () => {
    const bench = opened();
    bench.lab.draft.openText(JSON.stringify({ ...mine('Theirs'), own, runs: [{ method: 'theirs' }] }));
    expect(title(bench)).toBe('Theirs');
    expect(bench.state().draft.scenario?.runs.map(({ method }) => method)).toEqual(['theirs']);
    expect(bench.state().notices).toContainEqual({ kind: 'foreign-rules', titles: ['Their rule'] });
  });
});
describe('a text that is given to the page', () => {
  it('is opened where it is a link, in any form that an address may have, and undo brings back what was there', () => {
    const link = encodeLink(
      parseScenario({ ...mine('Linked'), runs: [{ method: 'ga' }] }, catalogueInfo, 'strict').scenario,
    );
    for (const text of [`https://example.org/lab/#${link}.`, link, `see <https://example.org/%23${link}> (short)`]) {
      const bench = opened();
      bench.lab.draft.openText(text);
      expect(title(bench)).toBe('Linked');
      bench.lab.draft.undo();
      expect(title(bench)).toBe('First');
    }
    const bench = opened();
    bench.lab.draft.openText('https://example.org/?p=second&utm_source=x');
    expect(title(bench)).toBe('Second');
    expect(bench.state().notices).toEqual([]);
    bench.lab.draft.openText('https://example.org/?p=second&betta=1');
    expect(bench.state().notices).toMatchObject([{ kind: 'repairs', repairs: [{ path: '?betta' }] }]);
  });

  it('is told where it is a link that cannot be read, and nothing is lost', () => {
    const bench = opened();
    bench.lab.draft.openText('https://example.org/#1.notalinkatall');
    expect(title(bench)).toBe('First');
    expect(bench.state().notices).toMatchObject([{ kind: 'bad-file', code: 'link/malformed' }]);
  });

  it('is a file where it is JSON, whatever links stand in it', () => {
    const bench = opened();
    bench.lab.draft.openText(JSON.stringify(mine('Own', 'See https://example.org/?p=second')));
    expect(title(bench)).toBe('Own');
  });
});

describe('what is a link', () => {
  it.each(['a sentence', 'Issue #12 is open', 'https://example.org/', '?', '1.5', 'p=x', '# 1. A heading'])(
    '%j is none',
    (text) => {
      expect(isLink(text)).toBe(false);
    },
  );
});
