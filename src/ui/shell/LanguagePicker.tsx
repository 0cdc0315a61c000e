import { useId } from 'react';
import { useLab } from '../hooks/lab.ts';
import { LANGUAGES, useLanguage } from '../hooks/language.ts';
import { text } from '../text.ts';

/** The page's language. Names of languages stand in their own. */
export const LanguagePicker = () => {
  const lab = useLab();
  const id = useId();
  const language = useLanguage() ?? 'en';
  return (
    <p className="menu__row">
      <label htmlFor={id}>{text.header.language}</label>
      <select
        id={id}
        className="field__select field__select--inline"
        value={language}
        onChange={(event) => lab.view.setLanguage(event.target.value)}
        data-testid="language"
      >
        {LANGUAGES.map((one) => (
          <option key={one.id} value={one.id} lang={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </p>
  );
};
