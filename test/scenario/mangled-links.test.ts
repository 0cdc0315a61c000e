import { describe, expect, it } from 'vitest';
import { readAddress } from '../../src/scenario/document/address.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { addressIn, mendLocation } from '../../src/scenario/links/mend.ts';
import { scenarioFromQuery } from '../../src/scenario/links/query.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo as catalogue } from '../../src/sim/catalogue.ts';
import { readLessonQuery } from '../../src/store/lesson/address.ts';
import { readModes } from '../../src/store/present/modes.ts';

const library = { catalogue, presets };
const { scenario } = parseScenario(
  { version: 1, title: 'Mine', runs: [{ name: 'GA', method: 'ga', learningRate: 0.123 }], seeds: [3, 1] },
  catalogue,
  'strict',
);
const GOOD = encodeLink(scenario);
/** The link with something after its `at`-th character. */
const with_ = (inserted: string, at = 40): string => GOOD.slice(0, at) + inserted + GOOD.slice(at);

const AFTER = ['.', ',', ';', ':', '!', '?', ')', ').', ']', '>', '&gt;', '"', "'", '”', '»', '’.', '…', '*', '**', '`', '\\', '/', '%20', '%2E', '%29', '%22', '%E2%80%9D', '.)', '">', '</a>', ' ', '\n', '&', '?']; // biome-ignore format: short ones
const TRACKERS = ['utm_source=teams', 'utm_medium=chat&utm_campaign=x', 'fbclid=IwAR0_x-1', 'gclid=1', 'mc_cid=a&mc_eid=b', 'igshid=1', '_hsenc=p2', 'si=abc', 'ref=mail', 'msclkid=2', 'mtm_campaign=c']; // biome-ignore format: short ones
const INSIDE = [' ', '%20', '\n', '\r\n', '%0D%0A', '%0A', '\t', '\u200b', '%E2%80%8B', '\u00ad', '\ufeff', '=\r\n', '=%0D%0A', '\n> ', '\r\n> > ', '\\\n']; // biome-ignore format: short ones

const expectSame = (hash: string, search = ''): void => {
  const document = readAddress({ hash, search }, library);
  expect(document, hash).toEqual({ kind: 'scenario', scenario, repairs: [] });
};

describe('a link to a whole experiment opens what was meant, and says nothing, with', () => {
  it.each(AFTER)('%j after it', (after) => expectSame(GOOD + after));

  it.each(TRACKERS)('%s after the payload or before it', (pairs) => {
    for (const joint of ['?', '&', '&amp;', '%3F', '%26']) expectSame(`${GOOD}${joint}${pairs}`);
    expectSame(GOOD, `?${pairs}`);
  });

  it.each(INSIDE)('%j inside', (inside) => {
    for (const at of [1, 2, 3, 40, GOOD.length - 1]) expectSame(with_(inside, at));
    expectSame(with_(inside, 40).slice(0, 60) + inside + with_(inside, 40).slice(60));
  });

  it('something before it', () => {
    for (const before of ['#', ' ', '%20', '"', '(', '<', '%22', '\u200b', '#%20']) expectSame(before + GOOD);
  });

  it('a sentence after it', () => {
    expectSame(`${GOOD}. Please have a look (it is short)!`);
    expectSame(`${GOOD} please have a look`);
  });

  it('every character escaped that may be, once or twice', () => {
    const escaped = GOOD.replaceAll(/[.\-_]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    expectSame(escaped);
    expectSame(encodeURIComponent(encodeURIComponent(escaped)));
  });
});

describe('a link that has lost something', () => {
  it('is not opened as something else', () => {
    for (const cut of [3, 20, GOOD.length - 4]) {
      expect(() => readAddress({ hash: GOOD.slice(0, cut), search: '' }, library)).toThrow(/cut short|cannot be read/);
    }
    for (const hash of ['1.', '.', 'x', '1', '%', '%%%', '1.%', '#', '..', '1.!']) {
      expect(() => readAddress({ hash, search: '' }, library), hash).toThrow(/cannot be read/);
    }
  });
});

describe('the address in what somebody calls a link', () => {
  it.each([
    ['https://example.org/lab/#', ''],
    ['https://example.org/lab/%23', ''],
    ['https://example.org/lab/%2523', '.'],
    ['<https://example.org/#', '>'],
    ['see https://example.org/?utm_source=x#', ' and say'],
    ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F%23', '&data=05%7C02&reserved=0'],
    ['#', ''],
    ['', ''],
    ['<https://example.org/#', '|my experiment>'],
    ['[my experiment](https://example.org/#', ' "a title")'],
    ['[1]: https://example.org/#', ' "a title"'],
    ['<a href="https://example.org/#', '">here</a>'],
    ['&lt;a href=&quot;https://example.org/#', '&quot;&gt;'],
    ['HTTPS://EXAMPLE.ORG/LAB/#', ''],
    ['https://example.org/##', ''],
    ['https://example.org/#/', ''],
    ['https://example.org/#!', ''],
    ['https://example.org/%252523', ''],
    ['„https://example.org/#', '“'],
    ['「https://example.org/#', '」。'],
    ['**https://example.org/#', '**'],
    ['https://example.org/#', ':~:text=hello'],
    ['https://www.google.com/url?q=https%3A%2F%2Fexample.org%2F%23', '&sa=D&source=docs'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F%23', '&h=AT0'],
    ['https://urldefense.com/v3/__https://example.org/#', '__;Iw!!AbC!xyz$'],
  ])('is found in %s…%s', (before, after) => {
    const { hash } = addressIn(`${before}${GOOD}${after}`);
    expectSame(hash);
  });

  it.each([
    ['a soft hyphen at a wrap', (link: string) => `${link.slice(0, 40)}\u00ad\n${link.slice(40)}`],
    ['an underscore that Markdown escapes', (link: string) => link.replaceAll('_', '\\_')],
    ['hyphens at which no line breaks', (link: string) => link.replaceAll('-', '\u2011')],
    ['the digits of plain base64', (link: string) => `${link.replaceAll('-', '+').replaceAll('_', '/')}==`],
    ['quoted-printable line ends', (link: string) => (link.match(/.{1,75}/g) as string[]).join('=\r\n')],
    ['the marks of a reply', (link: string) => (link.match(/.{1,60}/g) as string[]).join('\n> ')],
  ])('has a payload with %s', (_, change) => expectSame(addressIn(`https://example.org/#${change(GOOD)}`).hash));

  it.each([
    ['p=beta-dial', '?p=beta-dial'],
    ['<https://example.org/?p=beta-dial|the dial>', '?p=beta-dial|the dial>'],
    ['https://example.org/%3Fp=beta-dial', '?p=beta-dial'],
    ['https://example.org/%3Fp%3Dbeta-dial', '?p=beta-dial'],
    ['https://www.google.com/url?q=https%3A%2F%2Fexample.org%2F%3Fp%3Dbeta-dial&sa=D', '?p=beta-dial'],
    [
      'https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F%3Fp%3Dbeta-dial%26seeds%3D4&data=05',
      '?p=beta-dial&seeds=4',
    ],
  ])('is a query in %s', (link, search) => {
    expect(addressIn(link)).toEqual({ hash: '', search });
    expect(asked(search)).toMatchObject({ id: 'beta-dial', repairs: [] });
  });

  it('of the page around, or of what counts readers, is not that of the experiment', () => {
    for (const search of ['?p=beta-dial&origin=https://host.example', '?p=beta-dial&ref=https://host.example/?p=x']) {
      expect(addressIn(`https://example.org/${search}`).search).toBe(search);
    }
  });

  it('is a query where there is no hash', () => {
    expect(addressIn('https://example.org/?p=beta-dial')).toEqual({ hash: '', search: '?p=beta-dial' });
    expect(addressIn('https://example.org/')).toEqual({ hash: '', search: '' });
  });
});

describe('where the page stands', () => {
  it('is mended where the hash came into the path, and where what is said of the page came after the payload', () => {
    const at = (pathname: string, hash = '', search = '') => mendLocation(pathname, { hash, search });
    expect(at(`/lab/%23${GOOD}`)).toEqual({ pathname: '/lab/', search: '', hash: GOOD });
    expect(at(`/lab/%23${GOOD}.`, '', '?utm_source=x')).toMatchObject({ hash: GOOD, search: '?utm_source=x' });
    expect(at('/lab/', `${GOOD}&predict=1&utm_source=x`)).toEqual({
      pathname: '/lab/',
      search: '?predict=1',
      hash: GOOD,
    });
    expect(at('/lab/', `${GOOD}&lang=\ud800`)?.search).toBe('?lang=%EF%BF%BD');
    expect(at('/lab/%3Fp=beta-dial')).toEqual({ pathname: '/lab/', search: '?p=beta-dial', hash: '' });
    expect(at('/lab/', GOOD, '?lang=de')).toBeUndefined();
    expect(at('/lab/', `${GOOD}.`)).toBeUndefined();
    expect(at('/lab/%23about')).toBeUndefined();
    expect(at('/', 'x&predict=1')).toBeUndefined();
  });
});

const asked = (search: string) => {
  const parsed = scenarioFromQuery(search, presets, catalogue);
  return (
    parsed && {
      id: parsed.scenario.id,
      beta: parsed.scenario.runs.find(({ name }) => name === 'NPO')?.params['beta'],
      repairs: parsed.repairs,
    }
  );
};

describe('a readable query opens what was meant, and says nothing, with', () => {
  const dial = { id: 'beta-dial', repairs: [] };

  it.each(AFTER)('%j after it', (after) => expect(asked(`?p=beta-dial${after}`)).toMatchObject(dial));

  it.each(TRACKERS)('%s after it, before it, or alone', (pairs) => {
    for (const joint of ['&', '&amp;', '&#38;']) {
      expect(asked(`?p=beta-dial${joint}${pairs}`)).toMatchObject(dial);
      expect(asked(`?${pairs}${joint}p=beta-dial`)).toMatchObject(dial);
    }
    expect(asked(`?${pairs}`)).toBeUndefined();
  });

  it.each(INSIDE)('%j inside', (inside) => {
    const wrapped = inside.replace(/^[=\\](?=[\r\n%])/, '').replace(/[> ]+$/, ' ');
    expect(asked(`?p=beta-${wrapped}dial`)).toMatchObject(dial);
    expect(asked(`?p=${wrapped}beta-dial`)).toMatchObject(dial);
  });

  it('another case, other signs between the words, and signs around them', () => {
    for (const name of [
      'Beta-Dial',
      'BETA-DIAL',
      'beta_dial',
      'beta dial',
      'beta+dial',
      '"beta-dial"',
      '(beta-dial)',
      '“beta-dial”',
      'beta%2Ddial',
      'betadial',
    ]) {
      expect(asked(`?p=${name}`), name).toMatchObject(dial);
    }
    expect(asked('?p=beta-dial. Have a look!')).toMatchObject(dial);
    const begin = performance.now();
    expect(asked(`?p=${'.'.repeat(300_000)}x`)?.repairs).toMatchObject([{ path: '?p' }]);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(asked('?P=beta-dial')).toMatchObject(dial);
    expect(asked('??p=beta-dial')).toMatchObject(dial);
    expect(asked('?&p=beta-dial&&')).toMatchObject(dial);
  });

  it('& and = written in other ways', () => {
    const small = { beta: 0.1, repairs: [] };
    for (const search of [
      '?p=ga-vs-npo&amp;beta=0.1',
      '?p=ga-vs-npo&amp;amp;beta=0.1',
      '?p=ga-vs-npo&#38;beta=0.1',
      '?p=ga-vs-npo&#x26;beta=0.1',
      '?p=ga-vs-npo\\u0026beta=0.1',
      '?amp;beta=0.1&p=ga-vs-npo',
      '?p%3Dga-vs-npo&beta%3D0.1',
      '?p=ga-vs-npo&Beta=0.1.',
      '?p=ga-vs-npo&beta=0.%201',
      '?p=ga-vs-npo&npo.BETA=0.1)',
      '?p=ga-vs-npo;beta=0.1',
      '?p=3Dga-vs-npo&beta=3D0.1',
    ]) {
      expect(asked(search), search).toMatchObject(small);
    }
  });

  it('every key that is about the page', () => {
    const keys = new Set<string>();
    const { get } = Map.prototype;
    // Whatever the page asks its address for.
    Map.prototype.get = function (this: Map<unknown, unknown>, key) {
      if (typeof key === 'string') keys.add(key);
      return get.call(this, key);
    };
    try {
      readModes('?embed=1&present=1&predict=1&lock=1&autoplay=1&show=grid&theme=dark&lang=de&origin=x&room=y');
      readLessonQuery('?lesson=x&page=2');
    } finally {
      Map.prototype.get = get;
    }
    expect([...keys]).toEqual(expect.arrayContaining(['predict', 'origin', 'lesson', 'page', 'lang']));
    for (const key of keys) {
      expect(asked(`?p=beta-dial&${key}=1`), key).toMatchObject(dial);
      expect(asked(`?${key.toUpperCase()}=1`), key).toBeUndefined();
    }
  });
});

describe('a readable query', () => {
  it('keeps the field of an experiment that is called as what a sender adds', () => {
    expect(scenarioFromQuery('?GA.learningRate=0.3', presets, catalogue)?.scenario.runs[0]?.learningRate).toBe(0.3);
  });

  it('says what it does not know, and what seeds and widths it takes', () => {
    const repairs = (search: string) => scenarioFromQuery(search, presets, catalogue)?.repairs;
    expect(repairs('?p=beta-diel')).toMatchObject([
      { path: '?p', expected: expect.stringContaining('did you mean "beta-dial"') },
    ]);
    expect(repairs('?betta=1')).toMatchObject([{ path: '?betta', expected: expect.stringContaining('"beta"') }]);
    for (const value of ['', 'x', '1,x', '1+2', '1%202', '0-4']) {
      expect(repairs(`?seeds=${value}`)).toMatchObject([
        { path: '?seeds', expected: 'up to 32 whole numbers from 0 on, separated by commas, such as 0,1,2' },
      ]);
    }
    expect(repairs('?hidden=wide')).toMatchObject([
      { expected: 'the widths of the layers, separated by commas, such as 16,16' },
    ]);
  });

  it('with other seeds is still the preset; with another setting it is not', () => {
    expect(asked('?p=beta-dial&seeds=4,5')).toMatchObject({ id: 'beta-dial', repairs: [] });
    expect(asked('?p=beta-dial&seed=4')?.id).toBe('beta-dial');
    expect(asked('?p=ga-vs-npo&seeds=4&beta=0.1')?.id).toBeUndefined();
  });
});

describe('a mark in a page', () => {
  it('takes nothing from what the query asks for', () => {
    const opened = readAddress({ hash: 'main', search: '?p=beta-dial' }, library);
    expect(opened).toMatchObject({ kind: 'scenario', scenario: { id: 'beta-dial' }, repairs: [] });
    expect(() => readAddress({ hash: '1.abc', search: '?p=beta-dial' }, library)).toThrow(/cannot be read/);
    expect(() => readAddress({ hash: 'main', search: '' }, library)).toThrow(/cannot be read/);
  });
});

describe('what a query says of the page', () => {
  it('is understood with the same things around it', () => {
    expect(readModes('?amp;embed=1&amp;theme=Dark).&Lang=DE.')).toMatchObject({
      isEmbedded: true,
      theme: 'dark',
      language: 'de',
    });
    expect(readModes('?p=beta-dial&amp;predict=1.')).toMatchObject({ lecture: 'predict' });
    expect(readLessonQuery('?utm_source=x&amp;lesson=seeds.&amp;page=2)')).toEqual({ id: 'seeds', page: '2' });
  });
});
