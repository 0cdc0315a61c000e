import { Suspense } from 'react';
import { useLabState } from '../hooks/lab.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import { text } from '../text.ts';
import { loadSections, type NamedSection } from './registry.ts';
import type { SectionRoomId } from './room.ts';

const always = (): boolean => true;

const Section = ({ room, section }: { readonly room: SectionRoomId; readonly section: NamedSection }) => {
  const isAvailable = useLabState(section.isAvailable ?? always);
  const id = `${room}-${section.id}`;
  return isAvailable ? (
    <section className="room__section" aria-labelledby={id} data-testid={id}>
      <h2 className="room__title" id={id}>
        {section.words.title}
      </h2>
      <p className="room__hint">{section.words.hint}</p>
      <Boundary>
        <section.Component />
      </Boundary>
    </section>
  ) : null;
};

/** A word in a room that has nothing to say about the models on screen. */
const Emptiness = ({ sections }: { readonly sections: readonly NamedSection[] }) => {
  const isEmpty = useLabState((state) => sections.every(({ isAvailable = always }) => !isAvailable(state)));
  return isEmpty ? <p className="room__hint">{text.rooms.nothing}</p> : null;
};

/** A room is fetched when it is first entered. */
const roomOf = (room: SectionRoomId) =>
  lazily(async () => {
    const sections = await loadSections(room);
    return () => (
      <>
        {sections.map((section) => (
          <Section key={section.id} room={room} section={section} />
        ))}
        <Emptiness sections={sections} />
      </>
    );
  });

const CONTENTS = { measure: roomOf('measure'), attack: roomOf('attack'), learn: roomOf('learn') };

/** What a room shows below the verdict, in place of the panels. */
export const Room = ({ room }: { readonly room: SectionRoomId }) => {
  const Content = CONTENTS[room];
  return (
    <div className="room" data-testid={`room-${room}`}>
      <Suspense fallback={<p>{text.rooms.loading}</p>}>
        <Content />
      </Suspense>
    </div>
  );
};
