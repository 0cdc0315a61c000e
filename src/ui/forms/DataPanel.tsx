import { useLabState } from '../hooks/lab.ts';
import { DataForm } from './DataForm.tsx';
import { ForgetForm } from './ForgetForm.tsx';
import { ModelForm, TrainingForm } from './ModelForm.tsx';
import { SeedsForm } from './SeedsForm.tsx';

/** What all runs share: data, forget set, network, training, seeds. */
export const DataPanel = () => {
  const scenario = useLabState((state) => state.draft.scenario);
  if (!scenario) return null;
  return (
    <>
      <DataForm scenario={scenario} />
      <ForgetForm scenario={scenario} />
      <ModelForm scenario={scenario} />
      <TrainingForm scenario={scenario} />
      <SeedsForm scenario={scenario} />
    </>
  );
};
