import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParamSchema } from '../../../src/engine/base/schema.ts';
import { caps } from '../../../src/scenario/format/defaults.ts';
import { pythonMethods, pythonRetainTerms } from '../../../src/scenario/pytorch/methods.ts';
import { pytorchScript, type ScriptSource } from '../../../src/scenario/pytorch/script.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { pythonWith, runPython, startPython } from '../../support/python.ts';
import { collected, small } from '../../support/run.ts';
import { scriptsOf, sourcesOf } from './scripts.ts';

const torch = pythonWith('torch');
const python = pythonWith();

const folder = mkdtempSync(join(tmpdir(), 'pytorch-'));
beforeAll(engineForTests);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs each script as a program of its own would, all in one process since importing PyTorch takes longer than they do. */
const RUN_ALL = `
import contextlib, io, json, runpy, sys, traceback
import torch
for line in sys.stdin:
    said = {}
    for path in json.loads(line):
        out, sys.argv = io.StringIO(), [path, "--json"]
        try:
            with contextlib.redirect_stdout(out):
                runpy.run_path(path, run_name="__main__")
        except SystemExit as end:
            said[path] = {**json.loads(out.getvalue()), "code": end.code}
        except Exception:
            said[path] = {"verdict": traceback.format_exc()}
    print(json.dumps(said), flush=True)
`;

import { scaled } from '../../support/pace.ts';

const runner = torch ? startPython(torch, ['-W', 'error', '-c', RUN_ALL]) : undefined;
afterAll(() => runner?.close());

interface Said {
  readonly verdict: string;
  readonly worst: number;
  readonly metric: string;
  readonly step: number;
  readonly code: number;
}

/** What scripts say of themselves, by name; where no PyTorch is found, only that each of them is Python. */
const saidBy = async (scripts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Said> | 'syntax'> => {
  const paths = new Map([...scripts.keys()].map((name, i) => [name, join(folder, `${i}.py`)]));
  for (const [name, path] of paths) writeFileSync(path, scripts.get(name) as string);
  if (!runner) {
    const { status, stderr } = runPython(python as string, ['-m', 'py_compile', ...paths.values()]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return 'syntax';
  }
  const said = JSON.parse(await runner.ask(JSON.stringify([...paths.values()]))) as Record<string, Said>;
  return new Map([...paths].map(([name, path]) => [name, said[path] as Said]));
};

/** Every script agrees with the lab, and by how much at worst. */
const expectAgreement = async (scripts: ReadonlyMap<string, string>): Promise<void> => {
  const said = await saidBy(scripts);
  if (said === 'syntax') return;
  for (const [name, { verdict, worst, metric, step, code }] of said) {
    expect({ name, verdict, code, worst: worst < 0.5 ? 'small' : [worst, metric, step] }).toEqual({
      name,
      verdict: 'agrees',
      code: 0,
      worst: 'small',
    });
  }
};

/** The scripts of more runs than a scenario may have. */
const scriptsOfMany = async (runs: readonly object[], fields: object): Promise<ReadonlyMap<string, string>> => {
  const all = new Map<string, string>();
  for (let from = 0; from < runs.length; from += caps.runs) {
    const scripts = await scriptsOf(small({ runs: runs.slice(from, from + caps.runs), ...fields }));
    for (const [name, code] of scripts) all.set(name, code);
  }
  expect(all.size).toBe(runs.length);
  return all;
};

const STEPS = { steps: 40, learningRate: 0.05 };

/** Everything beside a method that a run can be made of. */
const COMPOSITIONS: Readonly<Record<string, object>> = {
  batches: { batchSize: 7, retain: { kind: 'ce', weight: 2, batchSize: 16 } },
  momentum: { optimizer: 'momentum', momentum: 0.9, weightDecay: 0.01, learningRate: 0.01 },
  adam: { optimizer: 'adam', weightDecay: 0.02, clipNorm: 0.3, learningRate: 0.01 },
  clip: { clipNorm: 0.05, learningRate: 0.5 },
  kl: { retain: { kind: 'kl', weight: 1, batchSize: 'full' } },
  'kl-reverse': { retain: { kind: 'kl-reverse', weight: 0.5, batchSize: 10 } },
  salun: { mask: { kind: 'salun', keep: 0.3 }, optimizer: 'momentum', weightDecay: 0.05, clipNorm: 0.5 },
  'salun-soft': { mask: { kind: 'salun-soft', keep: 0.5 } },
  wagle: { mask: { kind: 'wagle', keep: 0.8 } },
  layers: { mask: { kind: 'layers', layers: 1 } },
  lat: {
    wrappers: [{ kind: 'lat', epsilon: 0.5, steps: 4 }],
    retain: { kind: 'ce', weight: 1, batchSize: 'full' },
  },
  l2: { wrappers: [{ kind: 'l2', weight: 0.3 }] },
  ewc: { wrappers: [{ kind: 'ewc', weight: 5 }] },
  pcgrad: {
    wrappers: [{ kind: 'pcgrad' }, { kind: 'l2', weight: 0.1 }],
    retain: { kind: 'ce', weight: 1, batchSize: 'full' },
  },
};

const MODELS: Readonly<Record<string, object>> = {
  'two layers of relu': { hidden: [12, 9], activation: 'relu' },
  sigmoid: { hidden: [10], activation: 'sigmoid' },
  'random features': { kind: 'random-features', features: 24 },
  linear: { kind: 'linear' },
};

describe.skipIf(!python)(
  'a run as a PyTorch script (run where PyTorch is found, else compiled by Python; skipped without)',
  { timeout: scaled(240_000) },
  () => {
    it('gives the numbers of the lab, for rules of the author’s own', async () => {
      const weights = [
        '-2*sigmoid(beta*(logP - logPRef))',
        '-p^beta*(1 - p)^0.5 / length',
        'if(p > pRef, -clamp(p, 0.1, 0.9), min(-0.1, -abs(p - pRef), beta))',
        '-max(0.2, tanh(p)) - sqrt(p)/2 + log(1 + exp(-softplus(beta)))',
        '-(p > 0.5) - 0.1',
        '-1',
      ];
      const pull = (weight: string, towards = 'label') => ({ towards, weight });
      const rule = (i: number, pulls: readonly object[], on = 'forget') => ({
        id: `mine-${i}`,
        params: { beta: { default: 0.7 } },
        terms: [{ on, pulls }],
      });
      const own = [
        ...weights.map((weight, i) => rule(i, [pull(weight)])),
        rule(6, [pull('0.5*pAlt - pRefAlt', 'alternative'), pull('0.1', 'all')]),
        rule(7, [pull('1 - p', 'original')], 'retain'),
      ];
      const scripts = await scriptsOf(small({ own, runs: own.map(({ id }) => ({ method: id, ...STEPS })) }));
      expect([...scripts.keys()]).toEqual(own.map(({ id }) => id));
      expect(scripts.get('mine-0')).toContain('weight_1 = -(2) * torch.sigmoid((BETA * (log_py - log_ref)))');
      await expectAgreement(scripts);
    });

    it('is refused for a rule that the script has no numbers for', async () => {
      const own = [{ id: 'late', terms: [{ pulls: [{ weight: '-step/steps' }] }] }];
      expect((await scriptsOf(small({ own, runs: [{ method: 'late', steps: 4 }] }))).size).toBe(0);
    });

    it('gives the numbers of the lab, for every method that has one', async () => {
      const runs = Object.keys(pythonMethods).map((method) => ({ name: method, method, ...STEPS }));
      const scripts = await scriptsOf(small({ runs }));
      expect([...scripts.keys()]).toEqual(Object.keys(pythonMethods));
      await expectAgreement(scripts);
    });

    it('gives them for every choice that a method offers, and with its numbers off their defaults', async () => {
      const short = { steps: 24, learningRate: 0.02 };
      const runs = Object.keys(pythonMethods).flatMap((method): object[] => {
        const { params } = catalogueInfo.methods.find(({ id }) => id === method) ?? { params: {} };
        const specs = Object.entries(params as ParamSchema);
        const numbers = specs.flatMap(([name, spec]) =>
          spec.kind === 'number' ? [[name, spec.min + (spec.max - spec.min) * 0.2]] : [],
        );
        const choices = specs.flatMap(([name, spec]) =>
          spec.kind === 'choice'
            ? spec.options.filter((one) => one !== spec.default).map((one) => [name, one] as const)
            : [],
        );
        return [
          ...(numbers.length > 0
            ? [{ name: `${method} numbers`, method, params: Object.fromEntries(numbers), ...short }]
            : []),
          ...choices.map(([name, one]) => ({
            name: `${method} ${name} ${one}`,
            method,
            params: { [name]: one },
            ...short,
          })),
        ];
      });
      const data = { generator: 'blobs', seed: 0, params: { classes: 4, perClass: 20, noise: 0.7, spareClass: true } };
      await expectAgreement(await scriptsOfMany(runs, { data, evaluate: { every: 8 } }));
    });

    it('gives them for every method in every wrapper of a slot that not all methods have, where it takes it', async () => {
      const ids = Object.keys(pythonMethods);
      const settings = { pcgrad: { weightDecay: 0.01 }, lat: {} };
      const runs = Object.entries(settings).flatMap(([kind, fields]) => {
        const takes = catalogueInfo.wrappers.find(({ id }) => id === kind)?.methods ?? [];
        return ids
          .filter((method) => takes.includes(method))
          .map((method) => ({
            ...{ name: `${method} ${kind}`, method, steps: 24, learningRate: 0.02, ...fields },
            retain: { kind: 'ce', weight: 1, batchSize: 'full' },
            wrappers: [kind === 'lat' ? { kind, epsilon: 0.3, steps: 3 } : { kind }],
          }));
      });
      expect(runs.length).toBeGreaterThan(25);
      await expectAgreement(await scriptsOfMany(runs, { evaluate: { every: 8 } }));
    });

    it.each(['npo', 'rl'])('gives them for %s under every optimizer, mask, retain term and wrapper', async (method) => {
      const runs = Object.entries(COMPOSITIONS).map(([name, fields]) => ({ name, method, ...STEPS, ...fields }));
      await expectAgreement(await scriptsOfMany(runs, { seeds: [3] }));
    });

    it.each(Object.entries(MODELS))('gives them for %s', async (_, model) => {
      const runs = [
        { name: 'NPO', method: 'npo', ...STEPS, retain: { kind: 'kl', weight: 1, batchSize: 20 } },
        { name: 'retrain', method: 'retrain', ...STEPS, batchSize: 11 },
      ];
      await expectAgreement(await scriptsOf(small({ runs, model })));
    });

    it('leaves out what there are no points for', async () => {
      const x = [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [2, 0],
        [2, 1],
      ];
      const points = { x, y: [0, 1, 0, 1, 0, 1] };
      const data = { generator: 'inline', params: { train: points, test: points, testForget: [0, 1, 2, 3, 4, 5] } };
      const forget = { kind: 'indices', indices: [0, 3] };
      const runs = [{ name: 'NPO', method: 'npo', ...STEPS }];
      const scripts = await scriptsOf(small({ data, forget, runs }));
      expect(scripts.get('NPO')).toMatch(/"kept test accuracy": \[\n\s+None,/);
      await expectAgreement(scripts);
    });

    it('stops as the lab does where a run diverges, between two records and at one', async () => {
      const ga = { method: 'ga', steps: 60, learningRate: 0.5 };
      const model = { hidden: [16, 16], activation: 'relu' };
      const sources = [3, 1].map((every) =>
        small({ runs: [{ name: `GA ${every}`, ...ga }], model, evaluate: { every } }),
      );
      for (const scenario of sources) {
        expect((await collected(scenario)).lane(0, 0)?.divergedAt).toBeLessThan(60);
        await expectAgreement(await scriptsOf(scenario));
      }
    });

    it.skipIf(!torch)('says that it disagrees where one setting is another', async () => {
      const scripts = await scriptsOf(small({ runs: [{ name: 'GA', method: 'ga', ...STEPS }] }));
      const changed = new Map(
        [...scripts].map(([name, code]) => [name, code.replace('LEARNING_RATE = 0.05', 'LEARNING_RATE = 0.06')]),
      );
      const said = await saidBy(changed);
      expect(said !== 'syntax' && said.get('GA')).toMatchObject({ verdict: 'differs', code: 1 });
    });

    it('keeps words from elsewhere inside its first string, whatever they are', async () => {
      const [source] = (await sourcesOf(small({ runs: [{ name: 'GA', method: 'ga', ...STEPS }] }))).values();
      const hostile = [
        '"""\nimport os\n"""',
        '\\',
        '"""',
        "'''",
        '\\N{DIGIT ONE}',
        '\u2028import os',
        'x"',
        '\ud800',
        '\0',
        '\r\nimport os',
      ];
      const words = [...hostile, ...fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 60, seed: 1 })];
      const scripts = words.map((title) =>
        pytorchScript({ ...(source as ScriptSource), title, label: title, link: title, checksum: title }),
      );
      const path = join(folder, 'hostile.json');
      writeFileSync(path, JSON.stringify(scripts));
      const check =
        'import ast, json, sys; print(json.dumps([' +
        '[type(node).__name__ for node in ast.parse(code).body] for code in json.load(open(sys.argv[1]))]))';
      const { stdout, stderr } = runPython(python as string, ['-c', check, path]);
      expect(stderr).toBe('');
      const shapes = new Set((JSON.parse(stdout) as string[][]).map((shape) => shape.join()));
      expect([...shapes]).toEqual([expect.stringMatching(/^Expr,Import,/)]);
    });

    it('has a form for every retain term and only for methods that exist', () => {
      expect(Object.keys(pythonRetainTerms)).toEqual(catalogueInfo.retain.map(({ id }) => id));
      expect(catalogueInfo.methods.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(pythonMethods)));
    });
  },
);
