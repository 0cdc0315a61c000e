import type { RoomId } from '../../store/contracts/state.ts';
import type { RoomSection, SectionRoomId } from './room.ts';

type Load = () => Promise<{ readonly default: RoomSection }>;

const FILES = import.meta.glob<{ readonly default: RoomSection }>('./{measure,attack,learn}/*.section.tsx');

const loadersOf = (room: SectionRoomId): readonly (readonly [path: string, load: Load])[] =>
  Object.entries(FILES).filter(([path]) => path.startsWith(`./${room}/`));

const SECTION_ROOMS = ['measure', 'attack', 'learn'] as const satisfies readonly SectionRoomId[];

/** The rooms that have something in them. */
export const ROOMS: readonly RoomId[] = ['compare', ...SECTION_ROOMS.filter((room) => loadersOf(room).length > 0)];

/** A section with its file's name, which is unique within the room. */
export interface NamedSection extends RoomSection {
  readonly id: string;
}

/** A room's sections, in their order. */
export const loadSections = async (room: SectionRoomId): Promise<readonly NamedSection[]> => {
  const loaded = loadersOf(room).map(async ([path, load]) => ({
    ...(await load()).default,
    id: path.replace(/^.*\//, '').replace('.section.tsx', ''),
  }));
  return (await Promise.all(loaded)).sort((a, b) => a.order - b.order);
};
