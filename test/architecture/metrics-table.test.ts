import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { root, textOf } from './sources.ts';

const FILE = 'docs/metrics.md';
const UPDATE = 'UPDATE_METRICS=1 npm run unit -- test/architecture/metrics-table.test.ts';

const BETTER = { higher: 'higher', lower: 'lower', 'match-retrained': 'as retrained' } as const;

const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every metric that runs have, and every value that attacks give. */
const table = (): string => {
  const { metrics, attacks } = catalogueInfo;
  const rows = metrics.map(({ id, title, summary, unit, better, when, undefinedWhen, citation }) => {
    const source = `[${citation.authors.split(',')[0]} ${citation.year}](${citation.url})${citation.where ? `, ${citation.where}` : ''}`;
    const gaps = undefinedWhen ? ` *No value:* ${undefinedWhen}` : '';
    const cells = [`\`${id}\``, title, `${summary}${gaps}`, unit, BETTER[better], when ?? 'every', source];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const values = attacks.flatMap((attack) =>
    attack.values.map(({ id, title, summary, unit }) => {
      const cells = [`\`${id}\``, title, summary, unit, `\`${attack.id}\``];
      return `| ${cells.map(cell).join(' | ')} |`;
    }),
  );
  return [
    '# Metrics',
    '',
    'What each number means, in which unit, which way is better, at which recorded steps it is computed, and where its rule comes',
    `from. Generated from the code; after a change: \`${UPDATE}\``,
    '',
    'Most are not better when higher or lower: the retrained model is the aim. The page shows each as value, beside the band of the',
    'retrained models over the seeds, and the gap between the two. A value that does not exist is left out of averages, with the',
    'count said.',
    '',
    '| id | name | meaning | unit | better | steps | source |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    'Values of [attacks](attacks.md), which claims may name too:',
    '',
    '| id | name | meaning | unit | attack |',
    '|---|---|---|---|---|',
    ...values,
    '',
  ].join('\n');
};

it(`${FILE} lists every metric and every value of an attack`, () => {
  if (process.env['UPDATE_METRICS']) writeFileSync(join(root, FILE), table());
  const found = existsSync(join(root, FILE)) ? textOf(FILE) : '';
  expect(found === table(), `${FILE} is out of date. Write it anew: ${UPDATE}`).toBe(true);
});
