import { caps, featuresDefault, modelDefaults } from '../../scenario/format/defaults.ts';
import type { MlpModelSpec, ModelSpec, Scenario } from '../../scenario/format/scenario.ts';
import { setAt } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { text } from '../text.ts';
import { SelectField, TextField } from './fields.tsx';
import { KindFields } from './KindFields.tsx';
import { readWidths, writeWidths } from './lists.ts';
import { NumberField } from './NumberField.tsx';
import { OptimizerForm } from './OptimizerForm.tsx';
import { Section } from './Section.tsx';

const ACTIVATIONS = ['tanh', 'relu', 'sigmoid'].map((value) => ({ value, label: value }));
const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** A network of another kind, with that kind's defaults. */
const ofKind = (kind: string): ModelSpec => {
  if (kind === 'random-features') return { kind, features: featuresDefault };
  return kind === 'linear' ? { kind } : modelDefaults;
};

const MlpFields = ({ model }: { readonly model: MlpModelSpec }) => {
  const lab = useLab();
  return (
    <>
      <TextField
        label={text.model.hidden}
        help={text.model.hiddenHelp}
        value={model.hidden}
        read={readWidths}
        write={writeWidths}
        onChange={(hidden) => lab.draft.edit(setAt(['model', 'hidden'], hidden))}
        testId="hidden"
      />
      <SelectField
        label={text.model.activation}
        help={text.model.activationHelp}
        value={model.activation}
        options={ACTIVATIONS}
        onChange={(activation) => lab.draft.edit(setAt(['model', 'activation'], activation))}
        testId="activation"
      />
      <SelectField
        label={text.model.init}
        help={text.model.initHelp}
        value={model.init}
        options={choices(text.model.inits)}
        onChange={(init) => lab.draft.edit(setAt(['model', 'init'], init))}
        testId="init"
      />
    </>
  );
};

/** The network's shape. */
export const ModelForm = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const networks = useOffer()?.own?.networks;
  const { model } = scenario;
  if (networks && model.kind === 'network') {
    return (
      <Section title={text.model.heading} isOpen testId="model-form">
        <KindFields spec={model} place="model" kinds={networks} label={text.model.kind} />
      </Section>
    );
  }
  return (
    <Section title={text.model.heading} isOpen testId="model-form">
      <SelectField
        label={text.model.kind}
        help={text.model.kindHelp}
        value={model.kind}
        options={choices(text.model.kinds)}
        onChange={(kind) => lab.draft.edit(setAt(['model'], ofKind(kind)))}
        testId="model-kind"
      />
      {model.kind === 'mlp' ? <MlpFields model={model} /> : null}
      {model.kind === 'random-features' ? (
        <NumberField
          label={text.model.features}
          help={text.model.featuresHelp}
          value={model.features}
          range={{ min: 1, max: caps.features, scale: 'int' }}
          onChange={(features) => lab.draft.edit(setAt(['model', 'features'], features))}
          testId="features"
        />
      ) : null}
      {model.weights ? (
        <p className="hint" data-testid="imported-weights">
          {text.model.imported}{' '}
          <button type="button" onClick={() => lab.draft.edit(setAt(['model', 'weights'], undefined))}>
            {text.model.trainHere}
          </button>
        </p>
      ) : null}
    </Section>
  );
};

/** How the original and the retrained model are trained. */
export const TrainingForm = ({ scenario }: { readonly scenario: Scenario }) => (
  <Section title={text.training.heading} testId="training-form">
    <OptimizerForm values={scenario.training} path={['training']} testId="training" />
  </Section>
);
