/** Which Unlearn Lab this is: the package's version, and the commit that it was built from where that is known. */
export interface MadeBy {
  readonly version: string;
  readonly commit?: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const own = { version: textOf(import.meta.env['LAB_VERSION']), commit: textOf(import.meta.env['LAB_COMMIT']) };

/** As the build was stamped; 'unbuilt' where nothing was built. */
export const madeBy: MadeBy = {
  version: own.version || 'unbuilt',
  ...(own.commit === '' ? {} : { commit: own.commit }),
};

/** Results as a file has them: with the version and the commit of the lab that computed them. */
export const resultsFile = (results: object): string => `${JSON.stringify({ ...results, lab: madeBy }, null, 1)}\n`;

/** The lab itself as BibTeX, at the address where it is. */
export const labBibtex = (address: string, { version, commit }: MadeBy = madeBy): string =>
  [
    '@software{unlearn-lab,',
    '  author = {{The Unlearn Lab authors}},',
    '  title = {{Unlearn Lab: a machine-unlearning simulator that lives in a browser tab}},',
    `  version = {${version}${commit ? `, commit ${commit}` : ''}},`,
    `  url = {${address}},`,
    '  license = {MIT}',
    '}',
  ].join('\n');
