import { pinFits } from '../../store/present/pins.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon } from '../shell/Icon.tsx';
import { Marker } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import { ghostStyle } from '../theme/series.ts';
import './run-tools.css';

/** The pinned results by name; those that the charts cannot show say why. */
export const PinList = () => {
  const lab = useLab();
  const pins = useLabState((state) => state.pins);
  const shown = useLabState((state) => state.run.shown);
  if (pins.length === 0) return null;
  return (
    <section className="pins" aria-label={text.plane.pins} data-testid="pins">
      <h3>{text.plane.pins}</h3>
      <ul>
        {pins.map((pin) => {
          const fit = shown ? pinFits(pin, shown) : 'same';
          return (
            <li key={pin.letter} data-fit={fit}>
              <Marker style={ghostStyle(pin.letter)} />
              <span className="pins__name">
                {pin.name}{' '}
                <span className="small muted">
                  {fit === 'same' ? text.plane.seeds(pin.seeds) : text.plane.fits[fit]}
                </span>
              </span>
              <button
                type="button"
                className="button button--plain button--icon"
                aria-label={text.plane.unpin(pin.name)}
                title={text.plane.unpin(pin.name)}
                onClick={() => lab.pins.remove(pin.letter)}
                data-testid="unpin"
              >
                <Icon name="close" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
