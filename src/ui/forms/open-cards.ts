import { useState } from 'react';

/**
 * Which cards are open, by name: those that are opened, and at first those that are open by themselves. A card that
 * gets another name, by hand or with another method, stays as it is.
 */
export const useOpenCards = (names: readonly string[], isOpenAtFirst: (name: string) => boolean) => {
  const [state, setState] = useState({ names, open: names.filter(isOpenAtFirst) });
  let { open } = state;
  if (state.names.join('\n') !== names.join('\n')) {
    const formerly = (name: string, index: number): string | undefined => {
      if (state.names.includes(name)) return name;
      const former = names.length === state.names.length ? state.names[index] : undefined;
      return former !== undefined && !names.includes(former) ? former : undefined;
    };
    open = names.filter((name, index) => {
      const former = formerly(name, index);
      const isNew = former !== name;
      return (former !== undefined && state.open.includes(former)) || (isNew && isOpenAtFirst(name));
    });
    setState({ names, open });
  }
  const toggle = (name: string): void =>
    setState({ names, open: open.includes(name) ? open.filter((one) => one !== name) : [...open, name] });
  return { open, toggle };
};
