import { toWire } from '../engine/base/errors.ts';
import {
  EMBED_KEY,
  EMBED_VERSION,
  type EmbedCommand,
  isEmbedMessage,
  readEmbedCommand,
} from '../scenario/links/embed.ts';
import { type Address, addressIn } from '../scenario/links/mend.ts';
import type { Lab } from './lab.ts';
import { digestOf } from './numbers/digest.ts';

/** The page around an embedded one, or what stands for it in a test. */
export interface ParentPort {
  /** Sends to whoever is there. */
  readonly greet: (message: object) => void;
  /** Sends to who was last accepted; to nobody before. */
  readonly send: (message: object) => void;
  /** What the parent says; `accept` makes the sender the one that is answered. */
  readonly listen: (handler: (data: unknown, accept: () => void) => void) => void;
  readonly watchHeight: (handler: (height: number) => void) => void;
}

export interface EmbeddingOptions {
  readonly isLocked: boolean;
  /** Opens another experiment. */
  readonly open: (address: Address) => void;
  /** Calls back after some ms. */
  readonly after: (ms: number, callback: () => void) => void;
}

/** Steps are told at most this often. */
const TELL_MS = 100;
/** Experiments are opened at most this often: each is parsed, drawn and computed. */
const OPEN_MS = 1000;
/** Messages heard within a second; a slider that is dragged sends one for each frame. */
const MOST_HEARD = 200;
const HEARD_MS = 1000;

/** Obeys the page around and tells it what happens. Nothing that is sent is secret: the parent's own address opened it. */
export const startEmbedding = (lab: Lab, parent: ParentPort, { isLocked, open, after }: EmbeddingOptions): void => {
  const message = (type: string, content: object): object => ({ [EMBED_KEY]: EMBED_VERSION, type, ...content });
  const send = (type: string, content: object): void => parent.send(message(type, content));
  const tellState = (): void => send('state', digestOf(lab.store.getState(), lab.link.checksum()));

  let isResting = false;
  let next: string | null = null;
  /** Opens at once, or after a rest the last of what was asked for in the meantime. */
  const openInTurn = (link: string): void => {
    if (isResting) {
      next = link;
      return;
    }
    isResting = true;
    after(OPEN_MS, () => {
      isResting = false;
      const waiting = next;
      next = null;
      if (waiting !== null) openInTurn(waiting);
    });
    open(addressIn(link));
  };

  let heard = 0;
  /** Whether one more message is listened to; that it is not is said once. */
  const isHeard = (): boolean => {
    heard++;
    if (heard === 1) {
      after(HEARD_MS, () => {
        heard = 0;
      });
    }
    if (heard === MOST_HEARD + 1) {
      send('error', {
        message: `More than ${MOST_HEARD} messages within a second: the rest are passed over.`,
        faults: [],
      });
    }
    return heard <= MOST_HEARD;
  };

  const obey = (command: EmbedCommand): void => {
    switch (command.type) {
      case 'connect':
      case 'getState':
        tellState();
        return;
      case 'play':
        lab.clock.play();
        return;
      case 'pause':
        lab.clock.pause();
        return;
      case 'setStep':
        lab.clock.setStep(command.step);
        return;
      case 'open':
        if (isLocked) send('error', { message: 'open: this page was embedded with lock=1.', faults: [] });
        else openInTurn(command.link);
    }
  };

  parent.listen((data, accept) => {
    if (!isEmbedMessage(data)) return;
    accept();
    if (!isHeard()) return;
    try {
      obey(readEmbedCommand(data));
    } catch (thrown) {
      const { message: words, faults } = toWire(thrown);
      send('error', { message: words, faults });
    }
  });

  let isDue = false;
  const tellStep = (): void => {
    isDue = false;
    const { step, available, isPlaying } = lab.store.getState().view;
    send('step', { step, available, isPlaying });
  };
  lab.store.subscribe(({ run, view }, before) => {
    const isOther = run.shown !== before.run.shown || run.status !== before.run.status;
    if (isOther || run.isStale !== before.run.isStale) tellState();
    if (isDue || (view.step === before.view.step && view.isPlaying === before.view.isPlaying)) return;
    isDue = true;
    after(TELL_MS, tellStep);
  });
  parent.watchHeight((height) => send('size', { height }));
  parent.greet(message('ready', { isLocked }));
};
