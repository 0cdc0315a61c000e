import type { MethodInfo } from '../../engine/contracts/method.ts';
import { adversaryDefaults } from '../../scenario/format/defaults.ts';
import type { AdversarySpec, RunSpec } from '../../scenario/format/scenario.ts';
import { adversarySettings, surgerySetting } from '../../scenario/format/settings.ts';
import { text } from '../text.ts';
import { SettingField } from './SettingField.tsx';

interface Props {
  readonly run: RunSpec;
  readonly method: MethodInfo;
  /** Settings that the run sweeps over. */
  readonly swept: readonly string[];
  /** Settings that are not what the method or recipe has by default. */
  readonly changed: ReadonlySet<string>;
  readonly edit: (path: readonly string[], value: unknown) => void;
  readonly testId: string;
}

const NUMBERS = (Object.keys(adversarySettings) as (keyof AdversarySpec)[]).filter((name) => name !== 'kind');

/** What may be wrapped around a method: a rule for its gradients, an adversary on a hidden layer. Also shown where a file has set what the method does not take, so that it can be unset. */
export const WrapperFields = ({ run, method, swept, changed, edit, testId }: Props) => {
  const { surgery, adversary } = run;
  const takes = method.wrappers ?? [];
  const lacksRetain = surgery && run.retain.kind === 'none' && !method.needs.includes('retain');
  return (
    <>
      {takes.includes('surgery') || surgery ? (
        <SettingField
          spec={surgerySetting}
          value={surgery ?? 'none'}
          names={text.runs.surgery}
          onChange={(value) => edit(['surgery'], value === 'none' ? undefined : value)}
          isChanged={changed.has('surgery')}
          testId={`${testId}-surgery`}
        />
      ) : null}
      {lacksRetain ? <p className="small">{text.runs.noRetainGradient}</p> : null}
      {takes.includes('adversary') || adversary ? (
        <SettingField
          spec={adversarySettings.kind}
          value={adversary?.kind ?? 'none'}
          names={text.runs.adversary}
          onChange={(value) => edit(['adversary'], value === 'none' ? undefined : adversaryDefaults)}
          isChanged={changed.has('adversary.kind')}
          testId={`${testId}-adversary`}
        />
      ) : null}
      {adversary === undefined
        ? null
        : NUMBERS.filter((name) => !swept.includes(`adversary.${name}`)).map((name) => (
            <SettingField
              key={name}
              spec={adversarySettings[name]}
              value={adversary[name]}
              onChange={(value) => edit(['adversary', name], value)}
              isChanged={changed.has(`adversary.${name}`)}
              testId={`${testId}-adversary-${name}`}
            />
          ))}
    </>
  );
};
