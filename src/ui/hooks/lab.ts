import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabState } from '../../store/contracts/state.ts';
import type { Lab } from '../../store/lab.ts';

export const LabContext = createContext<Lab | null>(null);

/** The lab: its store and its actions. */
export const useLab = (): Lab => {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('useLab outside of LabContext');
  return lab;
};

/** One part of the state. The selector returns a primitive or a reference that stays the same. */
export const useLabState = <T>(selector: (state: LabState) => T): T => useStore(useLab().store, selector);
