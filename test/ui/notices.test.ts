import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/store/contracts/state.ts';
import { LabContext } from '../../src/ui/hooks/lab.ts';
import { Notices } from '../../src/ui/shell/Notices.tsx';
import { text } from '../../src/ui/text.ts';
import { benchOf } from '../store/lab-bench.ts';

const drawn = (notice: Notice): string => {
  const { lab } = benchOf();
  // A server draws the state that a store begins with.
  const store = { ...lab.store, getInitialState: () => ({ ...lab.store.getState(), notices: [notice] }) };
  return renderToStaticMarkup(createElement(LabContext, { value: { ...lab, store } }, createElement(Notices)));
};

describe('a notice', () => {
  it('of a link says link, and what of a newer version can be done', () => {
    const faults = [{ path: '/minutes', expected: 'a whole number', found: '0' }];
    const faulty = { kind: 'bad-link', code: 'scenario/invalid', message: '', faults } as const;
    expect(drawn(faulty)).toContain(text.notices.faultyLink(1));
    expect(drawn(faulty)).toContain('/minutes');
    expect(drawn({ ...faulty, code: 'link/newer-version', message: 'made by a newer version' })).toContain(
      'newer version',
    );
    expect(drawn({ ...faulty, kind: 'bad-file', code: 'scenario/newer-version' })).toContain(text.notices.newer);
  });

  it.each<[Notice, string, string]>([
    [{ kind: 'reading' }, text.notices.reading, ''],
    [{ kind: 'preset-changed' }, text.notices.presetChanged, ''],
    [{ kind: 'quiet', of: 'run' }, text.notices.quiet.run, text.notices.restart],
    [{ kind: 'quiet', of: 'loading' }, text.notices.quiet.loading, text.notices.reload],
  ])('%j says what it is about, and what can be done', (notice, words, action) => {
    const html = drawn(notice).replaceAll('&#x27;', "'");
    expect(html).toContain(words);
    expect(html.includes(`act-${notice.kind}`)).toBe(action !== '');
    expect(html).toContain(action);
  });
});
