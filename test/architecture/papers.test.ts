import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/engine/base/schema.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { root, textOf } from './sources.ts';

const FILE = 'docs/papers.md';
const UPDATE = 'UPDATE_PAPERS=1 npm run unit -- test/architecture/papers.test.ts';

interface Use {
  readonly what: string;
  readonly id: string;
  readonly title: string;
  readonly citation?: Citation;
}

const uses = (): readonly Use[] => {
  const { methods, retain, masks, wrappers, metrics, attacks, selectors, generators } = catalogueInfo;
  const all = (what: string, plugins: readonly Omit<Use, 'what'>[]): Use[] =>
    plugins.map(({ id, title, citation }) => ({ what, id, title, ...(citation ? { citation } : {}) }));
  return [
    ...all('method', methods),
    ...methods.flatMap(({ recipes }) => all('recipe', recipes)),
    ...all('retain term', retain),
    ...all('mask', masks),
    ...all('wrapper', wrappers),
    ...all('metric', metrics),
    ...all('attack', attacks),
    ...all('selector', selectors),
    ...all('generator', generators),
  ];
};

/** The index: one entry per paper, the newest first, with all that cites it. */
const papers = (): string => {
  const byUrl = new Map<string, { readonly citation: Citation; readonly users: string[] }>();
  for (const { what, id, title, citation } of uses()) {
    if (!citation) continue;
    const entry = byUrl.get(citation.url) ?? { citation, users: [] };
    byUrl.set(citation.url, entry);
    entry.users.push(`- ${what} \`${id}\`, ${title}${citation.where ? `: ${citation.where}` : ''}`);
  }
  const entries = [...byUrl.values()].sort(
    (a, b) => b.citation.year - a.citation.year || (a.citation.title < b.citation.title ? -1 : 1),
  );
  const body = entries.map(
    ({ citation: { authors, title, year, url }, users }) =>
      `## [${title}](${url})\n\n${authors}, ${year}\n\n${users.join('\n')}`,
  );
  return `# Papers\n\nWhere the rules come from. Generated from the citations in the code; after a change:\n\`${UPDATE}\`\n\n${body.join('\n\n')}\n`;
};

describe(FILE, () => {
  it('lists what the code cites', () => {
    if (process.env['UPDATE_PAPERS']) writeFileSync(join(root, FILE), papers());
    const found = existsSync(join(root, FILE)) ? textOf(FILE) : '';
    expect(found === papers(), `${FILE} is out of date. Write it anew: ${UPDATE}`).toBe(true);
  });

  it('calls a paper by one name everywhere', () => {
    const names = new Map<string, string>();
    const faults = uses().flatMap(({ what, id, citation }) => {
      if (!citation) return [];
      const name = `${citation.authors} (${citation.year}). ${citation.title}`;
      const first = names.get(citation.url) ?? name;
      names.set(citation.url, first);
      return first === name ? [] : [`${what} ${id} calls ${citation.url} "${name}", elsewhere it is "${first}".`];
    });
    expect(faults).toEqual([]);
  });
});
