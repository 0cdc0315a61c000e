let last = 0;

/** A number that no other request to the worker has. */
export const nextRequest = (): number => ++last;
