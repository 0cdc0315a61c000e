import './losses/objectives.ts';
import './losses/distillation.ts';
import './losses/relabelling.ts';
import './losses/surgery.ts';
import './losses/updates.ts';
import './losses/wrappers.ts';
import './losses/several-networks.ts';
import './losses/selectors.ts';
import './losses/metrics.ts';
import './losses/membership.ts';
import './losses/theorem2.ts';
import { reference } from './losses/fixtures.ts';
import { WITHOUT_COUNTERPART } from './losses/without-counterpart.ts';
import { everyNumberIsCompared } from './reference.ts';

everyNumberIsCompared(reference, ['forward', 'losses', 'updates', 'metrics', 'uld_combined'], WITHOUT_COUNTERPART);
