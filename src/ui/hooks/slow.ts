import { useEffect, useState } from 'react';
import type { LabState } from '../../store/contracts/state.ts';
import { useLab } from './lab.ts';

/** A part of the state that is looked at so often at most; what it ends at is always seen. The selector must not change. */
export const useSlowly = <T extends string | number>(selector: (state: LabState) => T, ms: number): T => {
  const lab = useLab();
  const [value, setValue] = useState(() => selector(lab.store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      setValue(selector(lab.store.getState()));
    };
    look();
    const unsubscribe = lab.store.subscribe(() => {
      timer ??= setTimeout(look, ms);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [lab, selector, ms]);
  return value;
};
