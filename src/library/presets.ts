import { presets as shipped } from '../scenario/format/presets.ts';

/** The experiments that come with the lab, by id, as the JSON of their files: `{ ...presets['ga-vs-npo'], seeds: [0] }` is another one. */
export const presets: Readonly<Record<string, Readonly<Record<string, unknown>>>> = Object.fromEntries(
  shipped.map(({ id, input }) => [id, input as Readonly<Record<string, unknown>>]),
);
