import './generative/erasing.ts';
import './generative/objectives.ts';
import './generative/regression.ts';
import './generative/rules.ts';
import './generative/samplers.ts';
import { reference } from './generative/fixtures.ts';
import { WITHOUT_COUNTERPART } from './generative/without-counterpart.ts';
import { everyNumberIsCompared } from './reference.ts';

const RESULTS = [
  ...[
    'forward',
    'sfd',
    'losses',
    'pcgrad',
    'salun_mask',
    'ddim_eta0_w0',
    'ddim_eta0_w2',
    'ancestral_step',
    'metrics',
  ].map((name) => `diffusion/${name}`),
  ...['forward', 'losses', 'metrics'].map((name) => `regression/${name}`),
  ...['forward', 'losses'].map((name) => `gan/${name}`),
];

everyNumberIsCompared(reference, RESULTS, WITHOUT_COUNTERPART);
