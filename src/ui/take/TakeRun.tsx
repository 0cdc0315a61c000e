import { Suspense, useState } from 'react';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import { text } from '../text.ts';

const TakeDialog = lazily(async () => (await import('./TakeDialog.tsx')).TakeDialog);

/** Opens what can be taken of one run. */
export const TakeRun = ({ name, testId }: { readonly name: string; readonly testId: string }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button--plain small" onClick={() => setIsOpen(true)} data-testid={testId}>
        {text.take.ofRun}
      </button>
      {isOpen ? (
        <Boundary>
          <Suspense>
            <TakeDialog run={name} onClose={() => setIsOpen(false)} />
          </Suspense>
        </Boundary>
      ) : null}
    </>
  );
};
