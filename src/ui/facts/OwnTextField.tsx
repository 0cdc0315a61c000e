import { PairsField } from '../pairs/PairsField.tsx';
import { FactsField } from './FactsField.tsx';
import { NamesField } from './NamesField.tsx';
import type { OwnTextProps } from './OwnText.tsx';

/** Facts, names or pairs, as the field's declaration says. */
export const OwnTextField = ({ spec, ...props }: OwnTextProps) => {
  switch (spec.kind) {
    case 'facts':
      return <FactsField {...props} spec={spec} />;
    case 'names':
      return <NamesField {...props} spec={spec} />;
    case 'pairs':
      return <PairsField {...props} spec={spec} />;
  }
};
