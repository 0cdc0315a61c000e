import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A part of the page did not arrive. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}

/** A component that is loaded when it is first shown; where that fails, a Boundary says what to do. */
export const lazily = <Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => {
    try {
      return { default: await load() };
    } catch (thrown) {
      throw new LoadError(String(thrown));
    }
  });
