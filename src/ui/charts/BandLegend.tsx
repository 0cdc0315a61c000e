import { SPREADS, type Spread } from '../../store/contracts/spread.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';

interface Props {
  readonly seeds: number;
  /** What a band is called, where its middle is another one. */
  readonly names?: Readonly<Record<Spread, (n: number) => string>>;
}

/** What the lines and bands are, over how many seeds, and the choice of another band or of the seeds themselves. */
export const BandLegend = ({ seeds, names = text.charts.bands }: Props) => {
  const lab = useLab();
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  if (seeds < 2) return text.charts.oneSeed;
  return (
    <span className="chart__bands">
      <select
        className="chart__choice"
        aria-label={text.charts.bandLabel}
        title={text.charts.bandLabel}
        value={spread}
        onChange={(event) => lab.view.setSpread(event.target.value as Spread)}
        data-testid="spread"
      >
        {SPREADS.map((one) => (
          <option key={one} value={one}>
            {names[one](seeds)}
          </option>
        ))}
      </select>
      <label className="chart__seeds" title={text.charts.eachSeedHint}>
        <input
          type="checkbox"
          checked={areSeedsShown}
          onChange={(event) => lab.view.showSeeds(event.target.checked)}
          data-testid="each-seed"
        />
        {text.charts.eachSeed}
      </label>
    </span>
  );
};
