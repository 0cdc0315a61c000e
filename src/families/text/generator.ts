import type { FactsSpec } from '../../engine/base/schema.ts';
import type { Generator } from '../../engine/contracts/dataset.ts';
import { factsIn } from '../../scenario/facts/read-facts.ts';
import { RELATIONS, valueLength } from './grammar.ts';
import { type OwnFact, type World, worldOf } from './world.ts';

/** Facts of the reader's own. */
export const ownSpec: FactsSpec = {
  kind: 'facts',
  label: 'Authors of your own',
  help: 'Facts that you write: they are learned beside the others, after the made-up authors.',
  default: '',
  relations: Object.fromEntries(RELATIONS.map((relation) => [relation, valueLength(relation)])),
  most: { facts: 240, authors: 40, letters: 24 },
};

const params = {
  authors: {
    kind: 'int',
    label: 'Authors',
    help: 'Made-up people that the model reads about. There are twenty family names, so sixty authors are families of three.',
    default: 60,
    min: 20,
    max: 100,
  },
  facts: {
    kind: 'int',
    label: 'Facts per author',
    help: 'Birthplace, birth year, genre, mother’s job, first book; a prize as the sixth.',
    default: 5,
    min: 5,
    max: 6,
  },
  holdout: {
    kind: 'int',
    label: 'Held-out authors',
    help: 'Further people of whom no model ever reads: what membership attacks compare with.',
    default: 12,
    min: 2,
    max: 40,
  },
  perturbed: {
    kind: 'int',
    label: 'Wrong answers',
    help: 'How many wrong answers the truth ratio sets beside the true one.',
    default: 5,
    min: 1,
    max: 7,
  },
  own: ownSpec,
} as const;

/** Authors that never were, real ones, capitals. */
export const tinyTofu: Generator<typeof params, World> = {
  id: 'tiny-tofu',
  title: 'Tiny TOFU',
  summary:
    'Made-up authors with five facts each, some of them siblings, beside real authors and capitals: questions and answers of few words.',
  citation: {
    authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
    title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2401.06121',
    where: 'section 2.1',
  },
  params,
  generate: ({ own, ...values }, key) =>
    worldOf({ ...values, ...(own && { own: factsIn(own, ownSpec) as readonly OwnFact[] }) }, key),
};
