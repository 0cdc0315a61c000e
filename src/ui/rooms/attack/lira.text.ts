import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/lira', {
  title: 'U-LiRA: membership example by example',
  hint: 'Shadow models, trained with and without each example and then unlearned, show what an answer looks like in either case. This is slow; it runs in the background and can be paused.',
  axis: 'Log likelihood ratio: above 0 looks unlearned, below 0 never seen',
});
