import { useEffect, useState } from 'react';
import { useLab } from '../hooks/lab.ts';
import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';
import { createTones, type Tones } from './tones.ts';
import { voicesOf } from './voices.ts';

/** How long a step is heard that the reader has gone to by hand. */
const HEARD_MS = 400;

/** How much each run keeps, to be heard: while the clock plays, and for a moment after each step by hand. Off at first. */
export const SoundToggle = () => {
  const lab = useLab();
  const [tones, setTones] = useState<Tones | null>(null);

  useEffect(() => {
    if (!tones) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (): void => {
      const state = lab.store.getState();
      clearTimeout(timer);
      tones.play(voicesOf(state));
      if (!state.view.isPlaying) timer = setTimeout(tones.rest, HEARD_MS);
    };
    const hide = (): void => {
      if (document.hidden) tones.rest();
    };
    follow();
    const unsubscribe = lab.store.subscribe(({ view }, { view: before }) => {
      if (before.isPlaying && !view.isPlaying) tones.rest();
      else if (view.step !== before.step || view.hidden !== before.hidden || view.solo !== before.solo) follow();
    });
    document.addEventListener('visibilitychange', hide);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', hide);
      clearTimeout(timer);
      tones.close();
    };
  }, [lab, tones]);

  if (typeof AudioContext === 'undefined') return null;
  return (
    <button
      type="button"
      className="button button--plain button--icon clock__sound"
      aria-pressed={tones !== null}
      title={text.plane.sound}
      aria-label={text.plane.sound}
      onClick={() => setTones(tones ? null : createTones(new AudioContext()))}
      data-testid="sound"
    >
      <Icon name={tones ? 'sound' : 'mute'} />
    </button>
  );
};
