/** What one tab left in the browser's storage. */
export interface Slot {
  readonly id: string;
  /** When it was saved, in ms since 1970. */
  readonly savedMs: number;
  readonly text: string;
}

/** Texts that outlive the tab, a slot for each tab. Nothing here throws: storage may be full, forbidden or gone. */
export interface Slots {
  /** What this tab kept before it was reloaded, or null. */
  readonly own: () => string | null;
  /** Keeps a text in this tab's slot; false if the browser refuses. */
  readonly put: (text: string) => boolean;
  /** Leaves the slot as it is and goes on with a new one; the name of the one that was left. */
  readonly leave: () => string;
  /** All other slots, saved last first. */
  readonly list: () => readonly Slot[];
  readonly get: (id: string) => string | null;
}
