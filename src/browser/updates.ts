import type { Updates } from '../store/contracts/environment.ts';

/** How often to look for a newer version while the page stays open. */
const LOOK_EVERY_MS = 3_600_000;

/**
 * Registers the service worker beside the page and tells when a newer version of the page is ready. Where there is
 * none (an insecure address, a private window of some browsers) the page works as before, with the network.
 */
export const watchUpdates = (container: ServiceWorkerContainer | undefined): Updates => {
  let tell: () => void = () => undefined;
  let registration: ServiceWorkerRegistration | undefined;
  let isAsked = false;
  let looked = performance.now();

  const look = (): void => {
    if (document.visibilityState !== 'visible' || performance.now() - looked < LOOK_EVERY_MS) return;
    looked = performance.now();
    registration?.update().catch(() => undefined); // Without a network there is nothing new.
  };

  const watch = (found: ServiceWorkerRegistration): void => {
    registration = found;
    const check = (): void => {
      // Without a controller this is the first version, not a newer one.
      if (found.waiting && container?.controller) tell();
    };
    check();
    found.addEventListener('updatefound', () => found.installing?.addEventListener('statechange', check));
    document.addEventListener('visibilitychange', look);
  };

  container?.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
  });
  container?.register('./sw.js', { updateViaCache: 'none' }).then(watch, () => undefined);

  return {
    listen: (handler) => {
      tell = handler;
    },
    apply: () => {
      isAsked = true;
      if (registration?.waiting) registration.waiting.postMessage('take-over');
      else location.reload();
    },
  };
};
