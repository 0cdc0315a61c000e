import { percent } from '../../format.ts';
import { words } from './scores.text.ts';

interface Props {
  readonly low: number;
  readonly high: number;
  /** Shares of the members and of the others by bin. */
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/** The histogram in numbers, with what the threshold at the lower end of each row would recognize and accuse: the ROC curve. */
export const ScoreTable = ({ low, high, inside, outside }: Props) => {
  const width = (high - low) / inside.length;
  const from = (shares: readonly number[], bin: number): number =>
    shares.slice(bin).reduce((sum, share) => sum + share, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className="attack__scroll attack__scroll--low" aria-label={words.table} tabIndex={0}>
      <table className="attack__table">
        <thead>
          <tr>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.other}</th>
            <th scope="col">{words.hitsAxis}</th>
            <th scope="col">{words.accusedAxis}</th>
          </tr>
        </thead>
        <tbody>
          {inside.map((share, bin) => {
            const at = words.value(low + bin * width);
            return (
              <tr key={at}>
                <th scope="row">{at}</th>
                <td>{percent(share)}</td>
                <td>{percent(outside[bin])}</td>
                <td>{percent(from(inside, bin))}</td>
                <td>{percent(from(outside, bin))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};
