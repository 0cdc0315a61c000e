import type { FamilyInfo } from '../scenario/format/catalogue.ts';
import type { Family, FamilyEntry } from './family.ts';
import pointsFamily from './points/family.ts';
import { info as points } from './points/info.ts';

const infos = import.meta.glob<FamilyInfo>(['./*/info.ts', '!./points/info.ts'], { eager: true, import: 'info' });
const code = import.meta.glob<Family>(['./*/family.ts', '!./points/family.ts'], { import: 'default' });

/**
 * Every family of models, by id; the first is the one that a scenario means where it names none. Adding one is adding
 * its folder. The first is there at once, the others load when a scenario asks for them.
 */
export const families: ReadonlyMap<string, FamilyEntry> = new Map([
  [points.id, { info: points, load: async () => pointsFamily }],
  ...Object.entries(infos).map(([file, info]): [string, FamilyEntry] => {
    const load = code[file.replace('info.ts', 'family.ts')];
    if (!load) throw new Error(`${file}: there is no family.ts beside it`);
    return [info.id, { info, load }];
  }),
]);

/** The first family, which needs no loading. */
export const firstFamily: Family = pointsFamily;
