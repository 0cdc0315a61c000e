import { useState } from 'react';
import { SimError } from '../../engine/base/errors.ts';
import { npz } from '../../scenario/files/npz.ts';
import { weightsFile } from '../../scenario/files/weights-file.ts';
import type { NamedArray } from '../../scenario/format/weights.ts';
import type { ModelRef } from '../../sim/events.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import type { Lab } from '../../store/lab.ts';
import { SelectField } from '../forms/fields.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { fileName, saveFile } from '../shell/files.ts';
import { term, text } from '../text.ts';

const LAYOUT =
  'W1, b1, W2, ...: a layer gives x W + b, W [inputs, outputs]. Random features: W [features, inputs], a [features, classes - 1]; the last class has logit 0.';
const ALL = 'all';

interface Choice {
  readonly model: ModelRef;
  readonly label: string;
}

/** The models of an experiment, or of one of its runs. */
const choicesOf = ({ collector }: LabRun, of: string | undefined): readonly Choice[] => {
  const runs = collector.variants
    .filter(({ name }) => of === undefined || name === of)
    .map(({ variant, label }) => ({ model: variant, label }));
  if (of !== undefined) return runs;
  return [
    { model: 'original', label: text.panel.original },
    ...runs,
    { model: 'retrained', label: text.panel.retrained },
  ];
};

/** The weights of a model under some seeds, as files in two formats. */
const filesOf = async (lab: Lab, run: LabRun, { model, label }: Choice, seeds: readonly number[], step: number) => {
  const answers = await Promise.all(seeds.map((seed) => lab.run.request({ kind: 'weights', model, seed, step })));
  const models = answers.flatMap(({ arrays }, i) => (arrays ? [{ seed: seeds[i] as number, arrays }] : []));
  if (models.length === 0) throw new SimError('method/failed', text.take.severalNetworks);
  const found = typeof model === 'number' ? (answers[0]?.step ?? step) : step;
  const about = {
    title: run.scenario.title,
    model: typeof model === 'number' ? label : model,
    step: typeof model === 'number' ? found : 0,
    layout: LAYOUT,
    engine: run.collector.backend,
  };
  const named = ({ seed, arrays }: (typeof models)[number]): readonly NamedArray[] =>
    models.length === 1 ? arrays : arrays.map((array) => ({ ...array, name: `seed${seed}.${array.name}` }));
  return {
    found,
    json: () => weightsFile(about, model === 'retrained' ? 'retrained' : 'original', models),
    npz: () => npz(models.flatMap(named)),
  };
};

/** Weights of the run on screen at the clock's step. */
export const Weights = ({ of }: { readonly of?: string | undefined }) => {
  const lab = useLab();
  const run = useLabState((state) => state.run.shown);
  const isCurrent = useLabState((state) => state.run.shown === state.run.current && !state.run.isStale);
  const step = useLabState((state) => state.view.step);
  const shownSeed = useLabState((state) => state.view.seed);
  const [picked, setPicked] = useState('0');
  const [seed, setSeed] = useState(() =>
    String(run?.scenario.seeds.includes(shownSeed) === false ? run.scenario.seeds[0] : shownSeed),
  );
  const [status, setStatus] = useState('');
  const choices = run && isCurrent && run.collector.variants.length > 0 ? choicesOf(run, of) : [];
  if (!run || choices.length === 0) return <p>{text.take.waitForRun}</p>;
  const choice = choices[Number(picked)] ?? (choices[0] as Choice);
  const { seeds } = run.scenario;
  const save = async (format: 'json' | 'npz'): Promise<void> => {
    try {
      const chosen = seed === ALL ? seeds : [Number(seed)];
      const files = await filesOf(lab, run, choice, chosen, step);
      const suffix = seed === ALL ? '' : ` seed ${seed}`;
      const name = fileName(`${run.scenario.title} ${choice.label}${suffix} weights`, `.${format}`);
      if (format === 'json') saveFile(name, 'application/json', files.json());
      else saveFile(name, 'application/octet-stream', new Blob([files.npz() as Uint8Array<ArrayBuffer>]));
      setStatus(files.found === step ? '' : text.take.otherStep(files.found));
    } catch (thrown) {
      setStatus(text.take.weightsFailed(term(thrown instanceof Error ? thrown.message : String(thrown))));
    }
  };
  return (
    <>
      <p className="small muted">{text.take.weightsLead(step)}</p>
      <div className="take__choices">
        <SelectField
          label={text.take.weightsOf}
          value={picked}
          options={choices.map(({ label }, i) => ({ value: String(i), label }))}
          onChange={setPicked}
          testId="weights-model"
        />
        <SelectField
          label={text.take.weightsSeed}
          value={seed}
          options={[
            ...seeds.map((one) => ({ value: String(one), label: String(one) })),
            ...(seeds.length > 1 ? [{ value: ALL, label: text.take.allSeeds }] : []),
          ]}
          onChange={setSeed}
          testId="weights-seed"
        />
        {(['json', 'npz'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            onClick={() => void save(format)}
            data-testid={`save-weights-${format}`}
          >
            {text.take.saveWeights(`.${format}`)}
          </button>
        ))}
      </div>
      <p role="status" className="small">
        {status}
      </p>
    </>
  );
};
