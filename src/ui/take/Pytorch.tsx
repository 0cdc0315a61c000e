import { useEffect, useState } from 'react';
import { SimError } from '../../engine/base/errors.ts';
import type { VariantInfo } from '../../scenario/format/variants.ts';
import { pytorchScript } from '../../scenario/pytorch/script.ts';
import { refusalOf, scriptSource } from '../../scenario/pytorch/source.ts';
import type { Lab } from '../../store/lab.ts';
import { SelectField } from '../forms/fields.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { reachOf, shareAddress } from '../shell/address.ts';
import { fileName, saveFile } from '../shell/files.ts';
import { term, text } from '../text.ts';

/** From this size on a script is more than an editor likes to open. */
const LARGE_BYTES = 3 * 1024 * 1024;
/** A link that holds more than this holds data, which the script has too. */
const LONGEST_LINK = 2000;

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** The address of the experiment, if others can open it. */
const linkOf = (lab: Lab): string | undefined => {
  const { url } = shareAddress(lab);
  return url !== '' && url.length <= LONGEST_LINK && reachOf(url) === 'anyone' ? url : undefined;
};

/** The script of a variant under a seed, from what the worker has of it. */
const scriptOf = async (lab: Lab, variant: VariantInfo, seed: number): Promise<string> => {
  const { artifacts } = await lab.run.request({ kind: 'artifacts', model: variant.variant, seed });
  const { catalogue, run } = lab.store.getState();
  const lane = run.shown?.collector.lane(variant.variant, seed);
  if (!run.shown || !catalogue || !lane) throw new Error(text.take.pytorchWait);
  const { scenario, collector } = run.shown;
  return pytorchScript(
    scriptSource(
      { scenario, catalogue, variant },
      {
        seed,
        artifacts,
        lane,
        engine: `${collector.backend} ${collector.engineVersion}`,
        link: linkOf(lab),
        checksum: lab.link.checksum() ?? undefined,
      },
    ),
  );
};

const problemOf = (thrown: unknown): string => {
  if (thrown instanceof SimError && thrown.code === 'engine/out-of-memory') return text.take.pytorchTooLarge;
  return text.take.pytorchFailed(term(thrown instanceof Error ? thrown.message : String(thrown)));
};

type Script = { readonly code: string; readonly bytes: number } | { readonly problem: string };

/** A run as a script: made anew whenever what it is of changes, so that its size can be told. */
const Actions = ({ variant, seed }: { readonly variant: VariantInfo; readonly seed: number }) => {
  const lab = useLab();
  const [script, setScript] = useState<Script | null>(null);
  const [status, setStatus] = useState('');
  useEffect(() => {
    let isWanted = true;
    const show = (next: Script): void => {
      if (isWanted) setScript(next);
    };
    scriptOf(lab, variant, seed).then(
      (code) => show({ code, bytes: new Blob([code]).size }),
      (thrown) => show({ problem: problemOf(thrown) }),
    );
    return () => {
      isWanted = false;
    };
  }, [lab, variant, seed]);
  const made = script && 'code' in script ? script : null;
  const copy = async (): Promise<void> => {
    if (!made) return;
    try {
      await navigator.clipboard.writeText(made.code);
      setStatus(`${text.take.copied} ✓`);
    } catch {
      setStatus(text.take.pytorchCopyFailed);
    }
  };
  const title = lab.store.getState().run.shown?.scenario.title ?? '';
  return (
    <>
      <button type="button" className="button" disabled={!made} onClick={() => void copy()} data-testid="copy-pytorch">
        {text.take.copyPytorch}
      </button>
      <button
        type="button"
        className="button"
        disabled={!made}
        onClick={() =>
          made && saveFile(fileName(`${title} ${variant.label} seed ${seed}`, '.py'), 'text/x-python', made.code)
        }
        data-testid="save-pytorch"
      >
        {text.take.savePytorch}
      </button>
      <span className="small muted take__size" data-testid="pytorch-size">
        {made ? sizeOf(made.bytes) : script ? '' : '…'}
      </span>
      <p role="status" className="small take__status">
        {script && 'problem' in script ? script.problem : status}
        {made && made.bytes > LARGE_BYTES ? ` ${text.take.pytorchLarge}` : ''}
      </p>
    </>
  );
};

/** Any run as a PyTorch script, or why it cannot be one. `of`: of one run only, by its name. */
export const Pytorch = ({ of }: { readonly of?: string | undefined }) => {
  const run = useLabState((state) => state.run.shown);
  const isCurrent = useLabState((state) => state.run.shown === state.run.current && !state.run.isStale);
  const catalogue = useOffer();
  const shownSeed = useLabState((state) => state.view.seed);
  const [picked, setPicked] = useState('0');
  const [seed, setSeed] = useState(() =>
    String(run?.scenario.seeds.includes(shownSeed) === false ? run.scenario.seeds[0] : shownSeed),
  );
  const variants = isCurrent
    ? (run?.collector.variants.filter(({ name }) => of === undefined || name === of) ?? [])
    : [];
  const variant = variants[Number(picked)] ?? variants[0];
  const isDone = useLabState((state) => {
    const lane = variant && state.run.shown?.collector.lane(variant.variant, Number(seed));
    return lane?.isDone === true;
  });
  if (!run || !catalogue || !variant) return <p>{text.take.waitForRun}</p>;
  const refusal = refusalOf({ scenario: run.scenario, catalogue, variant });
  return (
    <>
      <p className="small muted">{text.take.pytorchLead}</p>
      <div className="take__choices">
        <SelectField
          label={text.take.pytorchOf}
          value={picked}
          options={variants.map(({ label }, i) => ({ value: String(i), label }))}
          onChange={setPicked}
          testId="pytorch-run"
        />
        <SelectField
          label={text.take.weightsSeed}
          value={seed}
          options={run.scenario.seeds.map((one) => ({ value: String(one), label: String(one) }))}
          onChange={setSeed}
          testId="pytorch-seed"
        />
        {refusal ? (
          <p className="small take__status" data-testid="pytorch-refusal">
            {text.take.refusals[refusal]}
          </p>
        ) : isDone ? (
          <Actions key={`${run.runId}/${variant.variant}/${seed}`} variant={variant} seed={Number(seed)} />
        ) : (
          <p className="small take__status">{text.take.pytorchWait}</p>
        )}
      </div>
    </>
  );
};
