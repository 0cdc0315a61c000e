/** The order in which the lessons are best taken; others follow alphabetically. */
const first = ['ga-vs-npo', 'beta', 'good-value', 'seeds', 'masks', 'gone-or-hidden'];

const files = import.meta.glob<Readonly<Record<string, unknown>>>('../lessons/*.json', {
  eager: true,
  import: 'default',
});

const rank = (id: string): number => (first.includes(id) ? first.indexOf(id) : first.length);

/** Every lesson that comes with the page, as it stands in its file, in the order of the list. */
export const lessons: readonly { readonly id: string; readonly input: unknown }[] = Object.entries(files)
  .map(([path, input]) => ({ id: path.replace(/^.*\//, '').replace(/\.json$/, ''), input }))
  .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
