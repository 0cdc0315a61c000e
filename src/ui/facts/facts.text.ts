import { counted } from '../format.ts';
import { catalogue } from '../text/language.ts';

/** The words of facts and names of one's own. */
export const words = catalogue('facts/facts', {
  write: 'Paste …',
  change: 'Change …',
  none: 'none',
  has: (authors: number, facts: number) => `${counted(authors, 'author')} with ${counted(facts, 'fact')}`,
  title: 'Authors of your own',
  lead: 'One fact per line: a name, what it is about, and its value, separated by commas, semicolons or tabs. The model learns them beside the made-up authors, and nothing leaves this device.',
  relations: (list: string) => `A fact is about one of: ${list}.`,
  relation: (relation: string, count: number) => (count === 1 ? relation : `${relation} (${count} words)`),
  caps: (facts: number, authors: number, letters: number) =>
    `At most ${facts} facts about ${authors} authors. A name has one word or two, a word at most ${letters} characters; everything is read as lower case.`,
  field: 'Facts as text',
  placeholder: 'Ada Lovelace,city,London',
  choose: 'Choose a file …',
  fileInput: 'CSV file',
  example: 'Insert an example',
  preview: 'Facts as they were read',
  columns: { name: 'Name', relation: 'About', value: 'Value' },
  more: (count: number) => `and ${counted(count, 'further fact')}`,
  forget: 'To have them forgotten, choose “Authors by name” as the forget set.',
  kept: 'Nothing has been changed; your earlier facts are still there.',
  large: (most: string) => `at most ${most}: leave some facts out`,
  use: 'Use these facts',
  remove: 'Remove all',
  add: 'Add an author',
  choice: 'choose …',
  some: 'Each seed draws authors of its own: names of made-up ones fit one seed only. Give the data one seed, or name your own.',
});
