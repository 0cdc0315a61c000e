import type { StoreApi } from 'zustand/vanilla';
import { SimError, toWire } from '../engine/base/errors.ts';
import { readAddress } from '../scenario/document/address.ts';
import { type LabDocument, readDocument } from '../scenario/document/document.ts';
import type { Library } from '../scenario/read/document-kind.ts';
import type { LabEnvironment } from './contracts/environment.ts';
import type { LabState, Notice } from './contracts/state.ts';
import type { Drafting } from './draft/drafting.ts';
import type { Lessons } from './lesson/lesson.ts';

/** The one way in for what others made: it is read once, and goes to whoever knows what to do with its kind. */
export interface Door {
  /** Opens what a file holds: a scenario, results, a tournament, a lesson, or weights. */
  readonly openFile: (content: string | Uint8Array) => void;
}

/** Listens to the address bar, and opens the page with what it says. */
export const createDoor = (
  store: StoreApi<LabState>,
  { link, presets }: LabEnvironment,
  drafting: Drafting,
  lessons: Lessons,
): Door => {
  const library = (): Library | null => {
    const { catalogue } = store.getState();
    return catalogue && { catalogue, presets };
  };

  /** Opens what the address holds. The address itself is never changed by that. */
  const openAddress = (document: LabDocument | undefined, notices: readonly Notice[] = []): void => {
    const isExperiment = document && document.kind !== 'lesson' && document.kind !== 'weights';
    drafting.openAddress(isExperiment ? document : null, notices);
    if (document?.kind === 'lesson') lessons.openDocument(document, true);
    if (document?.kind === 'weights') drafting.takeWeights(document);
  };

  const addressed = (known: Library): LabDocument | undefined =>
    readAddress({ hash: link.hash(), search: link.search() }, known);

  const visit = (known: Library): void => {
    let document: LabDocument | undefined;
    try {
      document = addressed(known);
    } catch (thrown) {
      const { message, faults } = toWire(thrown);
      openAddress(undefined, [faults.length > 0 ? { kind: 'bad-file', faults } : { kind: 'bad-link', message }]);
      return;
    }
    openAddress(document);
  };

  /** Opens the page: as the reader left it before a reload, else with what the address holds. */
  const begin = (known: Library): void => {
    if (!drafting.restore()) visit(known);
    else {
      let document: LabDocument | undefined;
      try {
        document = addressed(known);
      } catch {
        // The work that is kept does not need the address.
      }
      if (document?.kind === 'tournament') drafting.enterTournament(document.tournament);
      if (document?.kind === 'lesson') lessons.openDocument(document, true);
    }
    lessons.openAsked();
  };

  store.subscribe((state, before) => {
    const known = library();
    if (known && state.catalogue !== before.catalogue) begin(known);
  });
  link.listen(() => {
    const known = library();
    if (known) visit(known);
  });

  return {
    openFile: (content) => {
      const known = library();
      if (!known) return;
      try {
        const document = readDocument(content, 'strict', known);
        if (document.kind === 'lesson') lessons.openDocument(document, false);
        else if (document.kind === 'weights') drafting.takeWeights(document);
        else drafting.openDocument(document);
      } catch (thrown) {
        if (!(thrown instanceof SimError)) throw thrown;
        drafting.notify([{ kind: 'bad-file', faults: thrown.faults }]);
      }
    },
  };
};
