import { faultError } from '../../engine/base/errors.ts';
import { caps } from '../format/defaults.ts';
import { createReport, field, isObject, openObject, readChoice, readInt, readText, type Spot } from '../read/check.ts';

/** The version of the messages between an embedded page and the page around it. docs/embed.md describes them. */
export const EMBED_VERSION = 1;
/** The member that tells these messages from those of others; its value is the version. */
export const EMBED_KEY = 'unlearnLab';

/** What the page around may ask of an embedded one. */
export type EmbedCommand =
  /** From now on, tell the sender what happens. */
  | { readonly type: 'connect' }
  | { readonly type: 'getState' }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  | { readonly type: 'setStep'; readonly step: number }
  /** Opens another experiment: what stands after '#' in a link, or after '?' in a short one. */
  | { readonly type: 'open'; readonly link: string };

const TYPES = ['connect', 'getState', 'play', 'pause', 'setStep', 'open'] as const satisfies EmbedCommand['type'][];
const FIELDS = { connect: [], getState: [], play: [], pause: [], setStep: ['step'], open: ['link'] } as const;

const MOST_LINK = 400_000;

/** Whether a message is meant for this page at all: many others cross a window. */
export const isEmbedMessage = (data: unknown): boolean => isObject(data) && Object.hasOwn(data, EMBED_KEY);

const commandOf = (spot: Spot): EmbedCommand => {
  readInt(field(spot, EMBED_KEY), { min: EMBED_VERSION, max: EMBED_VERSION }, EMBED_VERSION);
  const found = field(spot, 'type');
  const type =
    found.value === undefined
      ? readChoice({ ...found, value: null }, TYPES, 'getState')
      : readChoice(found, TYPES, 'getState');
  openObject(spot, 'a message', { fields: [EMBED_KEY, 'type', ...FIELDS[type]] });
  const needed = (key: string): Spot => {
    const member = field(spot, key);
    return member.value === undefined ? { ...member, value: null } : member;
  };
  if (type === 'setStep') return { type, step: readInt(needed('step'), { min: 0, max: caps.steps }, 0) };
  if (type === 'open') return { type, link: readText(needed('link'), MOST_LINK, '') };
  return { type };
};

/**
 * A message from the page around.
 *
 * @throws {SimError} message/invalid, with every fault
 */
export const readEmbedCommand = (data: unknown): EmbedCommand => {
  const report = createReport();
  const command = commandOf({ value: data, path: '', report });
  if (report.count() > 0) throw faultError('message/invalid', report.repairs());
  return command;
};
