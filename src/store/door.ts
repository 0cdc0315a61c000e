import type { StoreApi } from 'zustand/vanilla';
import { SimError, toWire } from '../engine/base/errors.ts';
import { readAddress } from '../scenario/document/address.ts';
import { type LabDocument, readDocument } from '../scenario/document/document.ts';
import { checkSize } from '../scenario/document/unpack.ts';
import { FormulasNotLoaded, loadFormulas, withFormulas } from '../scenario/formula/loaded.ts';
import { addressIn, isLink } from '../scenario/links/mend.ts';
import type { Library } from '../scenario/read/document-kind.ts';
import type { LabEnvironment } from './contracts/environment.ts';
import type { LabState, Notice } from './contracts/state.ts';
import type { Drafting } from './draft/drafting.ts';
import { repaired } from './draft/notices.ts';
import type { Lessons } from './lesson/lesson.ts';

/** The one way in for what others made: it is read once, and goes to whoever knows what to do with its kind. */
export interface Door {
  /** Opens a text: a scenario, results, a tournament, a lesson, or weights; or a link to one of them. */
  readonly openText: (content: string) => void;
  /** Opens a file of the reader's, which holds one of these. A large one is read off the page's thread. */
  readonly openFile: (file: LocalFile) => Promise<void>;
}

/** A file that the browser has the reader's leave to read. */
export type LocalFile = Pick<Blob, 'size' | 'arrayBuffer'>;

/** Files of up to so many bytes are parsed at once: that takes no longer than a frame or two. */
const AT_ONCE = 128 * 1024;

/** What is there, at once or after the first change of the state that brings it. */
const whenThere = <T>(store: StoreApi<LabState>, get: () => T | null): Promise<T> =>
  new Promise((resolve) => {
    const known = get();
    if (known) {
      resolve(known);
      return;
    }
    const stop = store.subscribe(() => {
      const late = get();
      if (!late) return;
      stop();
      resolve(late);
    });
  });

/** Listens to the address bar, and opens the page with what it says. */
export const createDoor = (
  store: StoreApi<LabState>,
  { link, readInWorker }: LabEnvironment,
  drafting: Drafting,
  lessons: Lessons,
): Door => {
  /** Of the file that is being read. */
  let latest = new AbortController();

  const library = (): Library | null => {
    const { catalogue, presets } = store.getState();
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
      if (thrown instanceof FormulasNotLoaded) throw thrown;
      openAddress(undefined, [{ kind: 'bad-link', ...toWire(thrown) }]);
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
      } catch (thrown) {
        if (thrown instanceof FormulasNotLoaded) throw thrown;
        // The work that is kept does not need the address.
      }
      if (document?.kind === 'tournament') drafting.enterTournament(document.tournament);
      if (document?.kind === 'lesson') lessons.openDocument(document, true);
    }
    lessons.openAsked();
  };

  store.subscribe((state, before) => {
    const known = library();
    if (known && state.catalogue !== before.catalogue) withFormulas(() => begin(known));
  });
  link.listen(() => {
    latest.abort();
    const known = library();
    if (known) withFormulas(() => visit(known));
  });

  const openContent = (document: LabDocument): void => {
    if (document.kind === 'lesson') lessons.openDocument(document, false);
    else if (document.kind === 'weights') drafting.takeWeights(document);
    else drafting.openDocument(document);
  };

  /** Opens a link that came otherwise than by the address bar. */
  const openLink = (text: string, known: Library): void => {
    const document = readAddress(addressIn(text), known);
    if (!document) return;
    openContent(document);
    const isOld = document.kind === 'scenario' && document.isPresetChanged;
    drafting.notify([...(isOld ? [{ kind: 'preset-changed' } as const] : []), ...repaired('link', document.repairs)]);
  };

  const refuse = (thrown: unknown): void => {
    if (!(thrown instanceof SimError)) throw thrown;
    drafting.notify([{ kind: 'bad-file', ...toWire(thrown) }]);
  };

  /** Opens what `read` gives, unless another file was chosen meanwhile. */
  const whenRead = async (read: (signal: AbortSignal) => Promise<LabDocument>): Promise<void> => {
    latest.abort();
    latest = new AbortController();
    const { signal } = latest;
    try {
      const document = await read(signal).catch(async (thrown) => {
        if (!(thrown instanceof FormulasNotLoaded)) throw thrown;
        await loadFormulas();
        return read(signal);
      });
      if (signal.aborted) return;
      if (store.getState().notices.some(({ kind }) => kind === 'reading')) drafting.notify([]);
      openContent(document);
    } catch (thrown) {
      if (!signal.aborted) refuse(thrown);
    }
  };

  const bytesOf = async (file: LocalFile): Promise<Uint8Array> => {
    checkSize(file.size);
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch (thrown) {
      throw new SimError('file/unreadable', thrown instanceof Error ? thrown.message : String(thrown));
    }
  };

  return {
    openText: (content) => {
      const known = library();
      if (!known) return;
      withFormulas(() => {
        try {
          if (!content.trimStart().startsWith('{') && isLink(content)) openLink(content, known);
          else openContent(readDocument(content, 'strict', known));
        } catch (thrown) {
          refuse(thrown);
        }
      });
    },
    openFile: (file) =>
      whenRead(async (signal) => {
        const content = await bytesOf(file);
        const known = await whenThere(store, library);
        if (content.length <= AT_ONCE) return readDocument(content, 'strict', known);
        drafting.notify([{ kind: 'reading' }]);
        return readInWorker(content, known, signal);
      }),
  };
};
