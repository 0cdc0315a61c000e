/** A shipped scenario as it stands in its file, still to be parsed. */
export interface Preset {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly input: unknown;
}

export type PresetFile = Readonly<Record<string, unknown>>;

export const presetIn = (path: string, input: PresetFile): Preset => ({
  id: path.replace(/^.*\//, '').replace(/\.json$/, ''),
  title: String(input['title'] ?? ''),
  question: String(input['question'] ?? ''),
  input,
});

const file = import.meta.glob<PresetFile>('../../../seeds/ga-vs-npo.json', { eager: true, import: 'default' });

/** What a page shows that was asked for nothing else. It is part of the first script; the others are in one of their own. */
export const firstPreset = Object.entries(file).map(([path, input]) => presetIn(path, input))[0] as Preset;
