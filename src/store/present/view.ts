import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../clock/clock.ts';
import type { Spread } from '../contracts/spread.ts';
import type { KeyChoice, LabState, LanguageChoice, RoomId, ThemeChoice } from '../contracts/state.ts';

/** What the reader chooses to see, and how; nothing of it changes the experiment. */
export interface View {
  readonly enter: (room: RoomId) => void;
  /** Shows the pictures and numbers of a seed. */
  readonly showSeed: (seed: number) => void;
  /** Fades all other runs out; again: shows all. */
  readonly toggleSolo: (label: string) => void;
  readonly toggleHidden: (label: string) => void;
  /** Lights a training point in every panel, or none. */
  readonly lightPoint: (index: number | null) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setLanguage: (language: LanguageChoice) => void;
  readonly setKeys: (keys: KeyChoice) => void;
  readonly setSpread: (spread: Spread) => void;
  /** Whether charts have a curve for each seed too. */
  readonly showSeeds: (areShown: boolean) => void;
}

export const createView = (store: StoreApi<LabState>, clock: Clock): View => {
  const patch = (change: Partial<LabState['view']>): void =>
    store.setState((state) => ({ view: { ...state.view, ...change } }));
  return {
    enter: (room) => patch({ room }),
    showSeed: (seed) => {
      patch({ seed });
      clock.refresh();
    },
    toggleSolo: (label) => patch({ solo: store.getState().view.solo === label ? null : label }),
    toggleHidden: (label) => {
      const { hidden } = store.getState().view;
      patch({ hidden: hidden.includes(label) ? hidden.filter((one) => one !== label) : [...hidden, label] });
      clock.refresh();
    },
    lightPoint: (point) => {
      if (point !== store.getState().view.point) patch({ point });
    },
    setTheme: (theme) => patch({ theme }),
    setLanguage: (language) => patch({ language }),
    setKeys: (keys) => patch({ keys }),
    setSpread: (spread) => patch({ spread }),
    showSeeds: (areSeedsShown) => patch({ areSeedsShown }),
  };
};
