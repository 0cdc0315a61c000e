/** The Content-Security-Policy of the page and its workers. */
export const POLICY: string;
/** Headers that go with every file of the built page. */
export const HEADERS: Readonly<Record<string, string>>;
