import { Suspense, useState } from 'react';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import { editText } from './edit.text.ts';

const PointEditor = lazily(async () => (await import('./PointEditor.tsx')).PointEditor);

/** Opens the point editor to paint points, or to choose which ones are to be forgotten. */
export const EditButton = ({ purpose }: { readonly purpose: 'data' | 'forget' }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-keyshortcuts={purpose === 'forget' ? 'D' : undefined}
        onClick={() => setIsOpen(true)}
        data-testid={`edit-${purpose}`}
      >
        {purpose === 'data' ? editText.openData : editText.openForget}
      </button>
      {isOpen ? (
        <Boundary>
          <Suspense>
            <PointEditor initial={purpose === 'data' ? 'paint' : 'forget'} onClose={() => setIsOpen(false)} />
          </Suspense>
        </Boundary>
      ) : null}
    </>
  );
};
