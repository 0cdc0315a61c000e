/** A shipped scenario as it stands in its file, still to be parsed. */
export interface Preset {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly input: unknown;
}

/** The gallery's order; others follow alphabetically. */
const first = ['ga-vs-npo', 'beta-dial', 'spiral-retain', 'random-10', 'salun-mask', 'too-confident'];

const files = import.meta.glob<Readonly<Record<string, unknown>>>('../../../seeds/*.json', {
  eager: true,
  import: 'default',
});

const rank = (id: string): number => (first.includes(id) ? first.indexOf(id) : first.length);

/** Every shipped preset, in the gallery's order. */
export const presets: readonly Preset[] = Object.entries(files)
  .map(([path, input]) => ({
    id: path.replace(/^.*\//, '').replace(/\.json$/, ''),
    title: String(input['title'] ?? ''),
    question: String(input['question'] ?? ''),
    input,
  }))
  .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
