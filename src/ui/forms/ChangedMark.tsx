import { text } from '../text.ts';

/** Beside the name of a setting that is not at its default. */
export const ChangedMark = ({ isChanged = false }: { readonly isChanged?: boolean | undefined }) =>
  isChanged ? (
    <span className="field__changed" title={text.runs.changed}>
      <span aria-hidden="true"> ●</span>
      <span className="hidden-text"> ({text.runs.changed})</span>
    </span>
  ) : null;
