import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HEADERS } from '../../scripts/policy.mjs';
import { filesBelow, lineOf, root, sourcesBelow, textOf } from './sources.ts';

const pages = filesBelow('.')
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: textOf(path) }));

describe('the docs', () => {
  it('link to files that exist', () => {
    const faults = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map((match) => match[1] as string)
        .filter((target) => !/^\w+:/.test(target) && !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path} links to ${target}, which does not exist. Mend the link.`),
    );
    expect(faults).toEqual([]);
  });

  it('tell a host the headers that npm start sends', () => {
    const hosting = textOf('docs/hosting.md');
    for (const [name, value] of Object.entries(HEADERS)) expect(hosting).toContain(`\n${name}: ${value}\n`);
  });

  it('name commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const faults = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)]
        .map((match) => (match[1] ?? match[2]) as string)
        .filter((name) => !(name in scripts))
        .map((name) => `${path} says npm run ${name}, but package.json has no such script.`),
    );
    expect(faults).toEqual([]);
  });

  it('name presets that exist, and all of them', () => {
    const named = [...textOf('README.md').matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
    const shipped = filesBelow('seeds')
      .filter((path) => /^seeds\/[^/]+$/.test(path))
      .map((path) => path.replace(/^.*\/|\.json$/g, ''));
    expect([...named].sort(), 'Keep the table of experiments in README.md and the files in seeds/ alike.').toEqual(
      shipped,
    );
  });

  it('keep decision records short, numbered, and in one form', () => {
    const records = pages.filter(({ path }) => path.startsWith('docs/decisions/'));
    const faults = records.flatMap(({ path, text }, i) => {
      const number = String(i + 1).padStart(4, '0');
      const parts = ['**Context.**', '**Decision.**', '**Price.**', '**Revisit when**'];
      return [
        ...(path.startsWith(`docs/decisions/${number}-`) ? [] : [`${path} should have number ${number}.`]),
        ...(text.split('\n').length > 40 ? [`${path} is longer than 40 lines.`] : []),
        ...parts.filter((part) => !text.includes(part)).map((part) => `${path} lacks ${part}`),
      ];
    });
    expect(faults).toEqual([]);
  });
});

/** What a comment cites that whoever has the repository cannot look up. */
const unknownIn = (comment: string): readonly string[] => [
  ...[...comment.matchAll(/(?<![\w./-])[\w./-]+\.md\b/g)]
    .map(([page]) => page)
    .filter((page) => !existsSync(join(root, page))),
  // Letter and number of an entry in a list that stands elsewhere, at the end of a parenthesis.
  ...[...comment.matchAll(/[(;,]\s*([A-E]\d{1,2}[a-z]?(?:#\d+)?)\)/g)].map((match) => match[1] as string),
];

describe('comments', () => {
  it('cite only documents that are here', () => {
    const faults = ['src', 'test', 'scripts']
      .flatMap(sourcesBelow)
      .flatMap(({ path, text, comments }) =>
        comments.flatMap(({ text: comment, start }) =>
          unknownIn(comment).map(
            (what) => `${path}:${lineOf(text, start)} cites ${what}. Say the fact itself, here or in docs/.`,
          ),
        ),
      );
    expect(faults).toEqual([]);
  });

  it('that cite what is not here are found', () => {
    expect(unknownIn(' as rule 3 of methods.md A5 says (D3a); see docs/tournament.md and (NPO; E8)')).toEqual([
      'methods.md',
      'D3a',
      'E8',
    ]);
  });
});
