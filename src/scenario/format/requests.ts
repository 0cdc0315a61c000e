import type { ForgetSpec, Scenario } from './scenario.ts';

type Asking = Pick<Scenario, 'requests' | 'forget'>;

/** What a scenario asks to forget, one request after the other. */
export const requestsOf = ({ requests, forget }: Asking): readonly ForgetSpec[] => requests ?? [forget];

/** Whether the forget set, or one of several, is chosen by a rule that looks at the trained original. */
export const isSelected = (scenario: Asking): boolean => requestsOf(scenario).some(({ kind }) => kind === 'selector');
