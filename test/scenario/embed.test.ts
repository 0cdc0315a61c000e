import { describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { isEmbedMessage, readEmbedCommand } from '../../src/scenario/links/embed.ts';

const faultsOf = (data: unknown): readonly string[] => {
  try {
    readEmbedCommand(data);
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults.map(({ path, expected }) => `${path}: ${expected}`);
    throw thrown;
  }
  return [];
};

describe('a message to an embedded page', () => {
  it('is read if it is one of version 1', () => {
    expect(readEmbedCommand({ unlearnLab: 1, type: 'play' })).toEqual({ type: 'play' });
    expect(readEmbedCommand({ unlearnLab: 1, type: 'setStep', step: 40 })).toEqual({ type: 'setStep', step: 40 });
    expect(readEmbedCommand({ unlearnLab: 1, type: 'open', link: '?p=beta-dial' })).toEqual({
      type: 'open',
      link: '?p=beta-dial',
    });
  });

  it('is told from the messages of others by its key', () => {
    expect(isEmbedMessage({ unlearnLab: 2 })).toBe(true);
    for (const other of [null, undefined, 'unlearnLab', 1, [], { type: 'play' }, Object.create({ unlearnLab: 1 })]) {
      expect(isEmbedMessage(other)).toBe(false);
    }
  });

  it('of another version, type or form is refused with the place and what was expected there', () => {
    expect(faultsOf({ unlearnLab: 2, type: 'play' })).toEqual(['/unlearnLab: a whole number in [1, 1]']);
    expect(faultsOf({ unlearnLab: 1 })).toEqual([expect.stringMatching(/^\/type: one of connect, /)]);
    expect(faultsOf({ unlearnLab: 1, type: 'stop' })).toEqual([expect.stringMatching(/^\/type: one of /)]);
    expect(faultsOf({ unlearnLab: 1, type: 'setStep' })).toEqual([expect.stringMatching(/^\/step: a whole number/)]);
    expect(faultsOf({ unlearnLab: 1, type: 'setStep', step: -1 })).toHaveLength(1);
    expect(faultsOf({ unlearnLab: 1, type: 'open', link: 7 })).toEqual(['/link: a text']);
    expect(faultsOf({ unlearnLab: 1, type: 'play', step: 4 })).toEqual([
      expect.stringMatching(/^\/step: a known field/),
    ]);
  });
});
