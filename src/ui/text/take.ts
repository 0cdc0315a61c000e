/** The words of taking pictures and citations away; a part of the catalogue in text.ts. */
export const take = {
  menu: 'Pictures and citations …',
  title: 'Pictures and citations',
  pictures: 'Pictures',
  lead: 'As they are on the page now, in the colors of the page. The title, seeds, step and link stand below the picture.',
  none: 'There is no picture on the page in this room: go to Compare.',
  save: (format: string, name: string) => `Save ${name} as ${format}`,
  failed: (reason: string) => `The picture could not be made: ${reason}`,
  caption: (title: string, step: number, seeds: string) => `${title}. Step ${step}, seeds ${seeds}.`,
  checksum: (sum: string) => `Checksum ${sum}.`,
  stale: 'The settings have changed since: this is the result before the change.',
  citations: 'Citations (BibTeX)',
  citationsLead:
    'The papers behind the methods, masks, retain terms and data of this experiment. Authors by family name, as the catalogue has them.',
  noCitations: 'Nothing in this experiment cites a paper.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying: select the text and copy it by hand.',
  saveBib: 'Save .bib',
};
