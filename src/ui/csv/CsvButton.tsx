import { Suspense, useState } from 'react';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import { csvText } from './csv.text.ts';

const CsvDialog = lazily(async () => (await import('./CsvDialog.tsx')).CsvDialog);

/** Opens the dialog that reads points from a table. */
export const CsvButton = () => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setIsOpen(true)} data-testid="csv-open">
        {csvText.open}
      </button>
      {isOpen ? (
        <Boundary>
          <Suspense>
            <CsvDialog onClose={() => setIsOpen(false)} />
          </Suspense>
        </Boundary>
      ) : null}
    </>
  );
};
