import { type CatalogueInfo, offerOf } from '../../scenario/format/catalogue.ts';
import type { LabState } from '../../store/contracts/state.ts';
import { term, text } from '../text.ts';
import { useLabState } from './lab.ts';

/** What is on offer for models of the draft's family; null until the worker has told. */
export const offerIn = ({ catalogue, draft }: Pick<LabState, 'catalogue' | 'draft'>): CatalogueInfo | null =>
  catalogue && (draft.scenario ? offerOf(catalogue, draft.scenario.family, draft.scenario.own) : catalogue);

export const useOffer = (): CatalogueInfo | null => useLabState(offerIn);

/** What the two numbers of a panel and the two axes of the trade-off count. */
export const useHeadline = (): { readonly forget: string; readonly keep: string } => {
  const offer = useOffer();
  const pair = offer?.own?.headline;
  if (!pair) return { forget: text.charts.forget, keep: text.charts.keep };
  const titleOf = (metric: string) => term(offer.metrics.find(({ id }) => id === metric)?.title ?? metric);
  return { forget: titleOf(pair.forget), keep: titleOf(pair.keep) };
};
