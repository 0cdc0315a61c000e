import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import german from '../../src/ui/text/de/language.ts';
import { englishTerms } from '../support/english-texts.ts';

it('x', () => {
  writeFileSync(
    '/tmp/dump/terms.json',
    JSON.stringify([...englishTerms()].filter(([e]) => german.term(e) === undefined)),
  );
});
