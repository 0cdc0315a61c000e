import type { LinkBar } from '../store/contracts/environment.ts';
import type { Slots } from '../store/contracts/slots.ts';
import type { ParentPort } from '../store/embedding.ts';

/** An address that only the page around can change: an embedded page writes no history of its own. */
interface Address {
  readonly hash: string;
  readonly search: string;
}

export const createFixedBar = (hash: string, search: string): LinkBar & { readonly go: (address: Address) => void } => {
  let address = { hash, search };
  const handlers: (() => void)[] = [];
  return {
    hash: () => address.hash,
    search: () => address.search,
    push: () => undefined,
    replace: () => undefined,
    isOwn: () => false,
    listen: (handler) => handlers.push(handler),
    go: (next) => {
      address = next;
      for (const handler of handlers) handler();
    },
  };
};

/** Keeps nothing: what an embedded page shows is the work of who wrote the page around it. */
export const NO_SLOTS: Slots = {
  own: () => null,
  put: () => true,
  leave: () => '',
  list: () => [],
  get: () => null,
};

/** Whether the window, which may be a frame far down another page, is on screen. */
export const watchFrame = (onChange: () => void): (() => boolean) => {
  let isSeen = true;
  const observer = new IntersectionObserver((entries) => {
    const next = entries.at(-1)?.isIntersecting ?? true;
    if (next === isSeen) return;
    isSeen = next;
    onChange();
  });
  observer.observe(document.documentElement);
  return () => isSeen;
};

/**
 * The way to the page around: its messages only, and of `allowed` only where an origin is named. The greeting goes to
 * whoever is there; all else goes to the origin that has spoken last and to no other.
 */
export const connectParent = (allowed: string | null): ParentPort | null => {
  const { parent } = window;
  if (parent === window) return null;
  let partner: string | null = null;
  return {
    greet: (message) => parent.postMessage(message, allowed ?? '*'),
    send: (message) => {
      if (partner !== null) parent.postMessage(message, partner);
    },
    listen: (handler) =>
      window.addEventListener('message', ({ data, source, origin }: MessageEvent<unknown>) => {
        if (source !== parent || (allowed !== null && origin !== allowed)) return;
        handler(data, () => {
          // A page without an origin, such as a sandboxed one, can only be answered by the wildcard.
          partner = origin === 'null' ? '*' : origin;
        });
      }),
    watchHeight: (handler) => {
      const tell = (): void => handler(document.documentElement.scrollHeight);
      new ResizeObserver(tell).observe(document.body);
    },
  };
};
