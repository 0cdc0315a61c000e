import { SimError, type WireError } from '../engine/base/errors.ts';
import { type LabDocument, readDocument } from '../scenario/document/document.ts';
import type { Library } from '../scenario/read/document-kind.ts';
import { type Alive, isAlive, type Locks, whenGone } from './life.ts';

/** What the worker that reads is told. */
export interface ReadOrder {
  readonly content: Uint8Array;
  readonly library: Library;
}

/** What it answers. */
export type ReadAnswer = { readonly document: LabDocument } | { readonly error: WireError };

/** The worker that reads, seen from outside. */
type ReaderWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

interface ReaderOptions {
  readonly spawn: () => ReaderWorker;
  readonly locks: Locks;
  /** Calls back after some ms. */
  readonly after: (ms: number, callback: () => void) => void;
}

/** How long the worker may take to load: after that the document is read without it. */
const LOAD_MS = 20_000;
/** How long one that cannot be watched may read: the largest files take a few seconds. */
const READ_MS = 120_000;

const ended = (): SimError =>
  new SimError(
    'file/malformed',
    'The reading of this file broke off, perhaps because it needs more memory than there is: close other tabs and open it again, or make the file smaller.',
  );

/**
 * Reads large documents in a worker of their own, which is ended when it has answered, or when nobody waits any more.
 * Where it does not start the document is read here: later is better than not at all. One that ends while it reads is
 * not followed by another, which would fare no better.
 *
 * @throws {SimError} as readDocument; file/malformed if the worker ended or has not answered for two minutes
 */
export const createReader =
  ({ spawn, locks, after }: ReaderOptions) =>
  (content: Uint8Array, library: Library, signal: AbortSignal): Promise<LabDocument> =>
    new Promise((resolve, reject) => {
      const worker = spawn();
      const watch = new AbortController();
      let isLoaded = false;
      const end = (): boolean => {
        if (watch.signal.aborted) return false;
        watch.abort();
        worker.terminate();
        return true;
      };
      const giveUp = (): void => {
        if (end()) reject(ended());
      };
      const readHere = (): void => {
        if (!end()) return;
        try {
          resolve(readDocument(content, 'strict', library));
        } catch (thrown) {
          reject(thrown);
        }
      };
      signal.addEventListener('abort', end, { once: true });
      worker.addEventListener('message', ({ data }: MessageEvent<Alive | ReadAnswer>) => {
        if (isAlive(data)) {
          isLoaded = true;
          if (data.lock === null) after(READ_MS, giveUp);
          else whenGone(locks, data.lock, watch.signal, giveUp);
          return;
        }
        if (!end()) return;
        if ('document' in data) resolve(data.document);
        else reject(new SimError(data.error.code, data.error.message, data.error.faults));
      });
      worker.addEventListener('error', readHere);
      after(LOAD_MS, () => {
        if (!isLoaded) readHere();
      });
      worker.postMessage({ content, library } satisfies ReadOrder);
    });
