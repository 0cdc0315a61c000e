import { firstPreset, type Preset, type PresetFile, presetIn } from './preset.ts';

/** The gallery's order; others follow alphabetically. */
const order = [firstPreset.id, 'beta-dial', 'spiral-retain', 'random-10', 'salun-mask', 'too-confident'];

const files = import.meta.glob<PresetFile>('../../../seeds/*.json', { eager: true, import: 'default' });

const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);

/** Every shipped preset, in the gallery's order. */
export const presets: readonly Preset[] = Object.entries(files)
  .map(([path, input]) => presetIn(path, input))
  .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
