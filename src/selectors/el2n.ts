// ‖p - e_y‖₂ early in training. Paul, Ganguli, Dziugaite, "Deep Learning on a Data Diet", NeurIPS 2021, definition 2.2: the
// paper averages over ten networks; here it is the one of the seed, and the seeds are the repetitions.
import { norm } from '../engine/base/linear.ts';
import { endOfScale, fromEnd, selector } from '../engine/contracts/selector.ts';
import { logitsAt } from '../engine/network/serve.ts';
import { slopesFor } from '../engine/objective/slopes.ts';

export default selector({
  id: 'el2n',
  title: 'EL2N',
  summary: 'The points that are still hard early in training (highest error), or already easy (lowest).',
  citation: {
    authors: 'Paul, Ganguli, Dziugaite',
    title: 'Deep Learning on a Data Diet: Finding Important Examples Early in Training',
    year: 2021,
    url: 'https://arxiv.org/abs/2107.07075',
    where: 'definition 2.2',
  },
  params: {
    end: endOfScale('highest', 'Highest: points that take long to learn. Lowest: points that are learned at once.'),
    at: {
      kind: 'number',
      label: 'Share of the training',
      help: 'How far the training has gone when the error is measured: 0.1 is a tenth of its steps.',
      default: 0.1,
      min: 0,
      max: 1,
      scale: 'linear',
    },
  },
  checkpoints: ({ at }, steps) => [Math.round(at * steps)],
  score: ({ model, train, checkpoints }, params) => {
    const slopes = slopesFor(logitsAt(model, checkpoints[0] as Float32Array, train.x), train.y, model.classes);
    const errors = Float64Array.from(train.y, (_, row) =>
      norm(slopes.subarray(row * model.classes, (row + 1) * model.classes)),
    );
    return fromEnd(errors, params);
  },
});
