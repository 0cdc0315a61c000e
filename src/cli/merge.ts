import type { CatalogueInfo } from '../scenario/format/catalogue.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import { type Collector, createCollector } from '../sim/collector.ts';
import { dealt, shardName } from './deal.ts';
import { type StudyPart, toldEvent } from './part.ts';
import { UsageError } from './terminal/io.ts';

/** A part and the file that it stands in. */
export interface NamedPart {
  readonly file: string;
  readonly part: StudyPart;
}

const listed = (words: readonly string[]): string =>
  words.length > 8 ? `${words.slice(0, 8).join(', ')} and ${words.length - 8} more` : words.join(', ');

/** @throws {UsageError} unless all are parts of one study, computed by one version, and each shard is there once */
const check = (parts: readonly NamedPart[]): void => {
  const [first, ...others] = parts;
  if (!first) throw new UsageError('expected the files of all parts');
  const scenario = JSON.stringify(first.part.scenario);
  const { shard } = first.part;
  // A shard without lanes has computed nothing.
  const made = parts.filter(({ part }) => part.events.length > 0);
  const engine = made[0]?.part.engine;
  for (const { file, part } of others) {
    if (JSON.stringify(part.scenario) !== scenario) {
      throw new UsageError(`${file} is a part of another scenario than ${first.file}`);
    }
    if (part.events.length > 0 && engine) {
      const [own, all] = [part.engine, engine].map(({ backend, version }) => `${backend} ${version}`);
      if (own !== all) {
        throw new UsageError(`${file} was computed by ${own}, ${made[0]?.file} by ${all}: the numbers may differ`);
      }
    }
    if (part.shard.of !== shard.of) {
      throw new UsageError(
        `${file} is shard ${shardName(part.shard)}, ${first.file} is ${shardName(shard)}: not one deal`,
      );
    }
  }
  const found = new Map<number, string>();
  for (const { file, part } of parts) {
    const before = found.get(part.shard.index);
    if (before !== undefined)
      throw new UsageError(`shard ${shardName(part.shard)} is there twice: ${before} and ${file}`);
    found.set(part.shard.index, file);
  }
  const missing = Array.from({ length: shard.of }, (_, i) => i + 1).filter((index) => !found.has(index));
  if (missing.length > 0) {
    const names = listed(missing.map((index) => shardName({ index, of: shard.of })));
    throw new UsageError(`${missing.length === 1 ? 'a shard is' : 'shards are'} missing: ${names}`);
  }
};

/** The lanes that a part should hold and does not. */
const lacking = ({ part }: NamedPart, variants: number): readonly string[] => {
  const ended = new Set(
    part.events.filter(({ type }) => type === 'lane').map((one) => `${one['variant']}/${one['seed']}`),
  );
  const failed = new Set(part.events.filter(({ type }) => type === 'variantFailed').map((one) => one['variant']));
  return dealt(part.scenario, variants, part.shard)
    .lanes.filter(({ variant, seed }) => !failed.has(variant) && !ended.has(`${variant}/${seed}`))
    .map(({ variant, seed }) => `run ${variant + 1} under seed ${seed}`);
};

/** Two parts that trained the same model have to have the same numbers of it. */
const checkReferences = (parts: readonly NamedPart[]): void => {
  const known = new Map<string, { readonly file: string; readonly values: string }>();
  for (const { file, part } of parts) {
    for (const { type, model, seed, values } of part.events) {
      if (type !== 'metrics' || typeof model === 'number') continue;
      const [key, text] = [`the ${model} model under seed ${seed}`, JSON.stringify(values)];
      const before = known.get(key);
      if (before && before.values !== text) {
        throw new UsageError(
          `${before.file} and ${file} have other numbers of ${key}: they are of machines that compute differently`,
        );
      }
      known.set(key, { file, values: text });
    }
  }
};

/**
 * What the whole study has found, from its parts in any order: bit for bit what it gives unsharded, but for the times.
 *
 * @throws {UsageError} that names what is missing, doubled or not of this study
 */
export const mergeParts = (parts: readonly NamedPart[], catalogue: CatalogueInfo): Collector => {
  check(parts);
  const inOrder = [...parts].sort((a, b) => a.part.shard.index - b.part.shard.index);
  const [{ part: first }] = inOrder as [NamedPart, ...NamedPart[]];
  const variants = expandRuns(first.scenario, catalogue).length;
  for (const one of inOrder) {
    const lanes = lacking(one, variants);
    if (lanes.length > 0) throw new UsageError(`${one.file} is cut short: it lacks ${listed(lanes)}`);
  }
  checkReferences(inOrder);
  const collector = createCollector(first.scenario);
  const all = inOrder.flatMap(({ part }) => part.events);
  const started = all.find(({ type }) => type === 'started');
  if (started) collector.take(toldEvent(started, 0));
  const failures = all
    .filter(({ type }) => type === 'variantFailed')
    .sort((a, b) => Number(a['variant']) - Number(b['variant']));
  const once = new Map(failures.map((event) => [event['variant'], event]));
  const rest = all.filter(({ type }) => type !== 'started' && type !== 'variantFailed');
  [...rest, ...once.values()].forEach((event, i) => {
    collector.take(toldEvent(event, i + 1));
  });
  return collector;
};
