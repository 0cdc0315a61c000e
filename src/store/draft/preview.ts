import type { Preset } from '../../scenario/format/preset.ts';
import { isObject } from '../../scenario/read/check.ts';

/** As much of a preset as can be shown before the engine has said what is on offer. */
export interface Preview {
  readonly question: string;
  readonly runs: readonly {
    readonly name: string;
    readonly method: string;
    readonly retain: string;
    readonly mask: string;
  }[];
  readonly claims: readonly string[];
}

type Loose = Readonly<Record<string, unknown>>;

const objects = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);
const word = (value: unknown, byDefault = ''): string => (typeof value === 'string' ? value : byDefault);
const kindOf = (value: unknown): string => word(isObject(value) ? value['kind'] : undefined, 'none');

/** Names, markers and claims hold their places from the first paint on; nothing moves when the engine answers. */
export const previewOf = (preset: Preset | undefined): Preview => {
  const input = isObject(preset?.input) ? preset.input : {};
  return {
    question: preset?.question ?? '',
    runs: objects(input['runs']).map((run) => ({
      name: word(run['name']),
      method: word(run['method']),
      retain: kindOf(run['retain']),
      mask: kindOf(run['mask']),
    })),
    claims: objects(input['claims']).map((claim) => word(claim['text'])),
  };
};
