/** The order in which the lessons are best taken; others follow alphabetically. */
const first = ['ga-vs-npo', 'beta', 'good-value', 'seeds', 'masks', 'gone-or-hidden', 'language'];

const files = import.meta.glob<Readonly<Record<string, unknown>>>('../../lessons/*.json', {
  eager: true,
  import: 'default',
});

const rank = (id: string): number => (first.includes(id) ? first.indexOf(id) : first.length);

/** A shipped lesson as it stands in its file, still to be parsed. */
export interface ShippedLesson {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly minutes: number;
  /** Names of its pages. */
  readonly pages: readonly string[];
  readonly input: unknown;
}

const pagesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((page: { readonly id?: unknown }) => String(page.id)) : [];

/** Every lesson that comes with the page, in the order of the list. */
export const lessons: readonly ShippedLesson[] = Object.entries(files)
  .map(([path, input]) => ({
    id: path.replace(/^.*\//, '').replace(/\.json$/, ''),
    title: String(input['title'] ?? ''),
    about: String(input['about'] ?? ''),
    minutes: Number(input['minutes'] ?? 0),
    pages: pagesOf(input['pages']),
    input,
  }))
  .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
