import { useEffect, useRef } from 'react';
import temml from 'temml';

/** A formula as MathML, which browsers typeset by themselves; screen readers get it too. `plain` where that fails. */
export const Formula = ({ tex, plain }: { readonly tex: string; readonly plain: string }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    try {
      temml.render(tex, place.current, { displayMode: true, throwOnError: true, trust: false });
    } catch {
      place.current.textContent = plain; // a formula that cannot be typeset is shown as its text
    }
  }, [tex, plain]);
  return <div className="method__formula" ref={place} role="img" aria-label={plain} data-testid="formula" />;
};
