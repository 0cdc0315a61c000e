import { useLab, useLabState } from '../hooks/lab.ts';
import { ROOMS } from '../rooms/registry.ts';
import { text } from '../text.ts';

/** The ways into the rooms. Nothing while there is one room only. */
export const RoomTabs = () => {
  const lab = useLab();
  const current = useLabState((state) => state.view.room);
  if (ROOMS.length < 2) return null;
  return (
    <nav className="rooms" aria-label={text.rooms.label}>
      {ROOMS.map((room) => (
        <button
          key={room}
          type="button"
          className="rooms__tab"
          aria-current={room === current ? 'page' : undefined}
          title={text.rooms.hints[room]}
          onClick={() => lab.view.enter(room)}
          data-testid={`enter-${room}`}
        >
          {text.rooms.names[room]}
        </button>
      ))}
    </nav>
  );
};
