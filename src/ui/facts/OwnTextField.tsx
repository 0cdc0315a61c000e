import { FactsField } from './FactsField.tsx';
import { NamesField } from './NamesField.tsx';
import type { OwnTextProps } from './OwnText.tsx';

/** Facts or names, as the field's declaration says. */
export const OwnTextField = ({ spec, ...props }: OwnTextProps) =>
  spec.kind === 'facts' ? <FactsField {...props} spec={spec} /> : <NamesField {...props} spec={spec} />;
