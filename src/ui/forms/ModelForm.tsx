import type { Scenario } from '../../scenario/scenario.ts';
import { setAt } from '../../store/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { SelectField, TextField } from './fields.tsx';
import { readWidths, writeWidths } from './lists.ts';
import { OptimizerForm } from './OptimizerForm.tsx';
import { Section } from './Section.tsx';

const ACTIVATIONS = ['tanh', 'relu', 'sigmoid'].map((value) => ({ value, label: value }));
const inits = () => Object.entries(text.model.inits).map(([value, label]) => ({ value, label }));

/** The network's shape. */
export const ModelForm = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const { model } = scenario;
  return (
    <Section title={text.model.heading} isOpen testId="model-form">
      <TextField
        label={text.model.hidden}
        help={text.model.hiddenHelp}
        value={model.hidden}
        read={readWidths}
        write={writeWidths}
        onChange={(hidden) => lab.edit(setAt(['model', 'hidden'], hidden))}
        testId="hidden"
      />
      <SelectField
        label={text.model.activation}
        help={text.model.activationHelp}
        value={model.activation}
        options={ACTIVATIONS}
        onChange={(activation) => lab.edit(setAt(['model', 'activation'], activation))}
        testId="activation"
      />
      <SelectField
        label={text.model.init}
        help={text.model.initHelp}
        value={model.init}
        options={inits()}
        onChange={(init) => lab.edit(setAt(['model', 'init'], init))}
        testId="init"
      />
    </Section>
  );
};

/** How the original and the retrained model are trained. */
export const TrainingForm = ({ scenario }: { readonly scenario: Scenario }) => (
  <Section title={text.training.heading} testId="training-form">
    <OptimizerForm values={scenario.training} path={['training']} testId="training" />
  </Section>
);
