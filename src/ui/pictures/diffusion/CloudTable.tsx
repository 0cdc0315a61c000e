import { type PanelInfo, usePanels } from '../../compare/panels.ts';
import { percent } from '../../format.ts';
import { words } from './clouds.text.ts';
import { meanWhere } from './clouds.ts';
import { useClouds, useSamples } from './shown.ts';

/** A model's numbers, class by class. */
const Row = ({ panel }: { readonly panel: PanelInfo }) => {
  const clouds = useClouds();
  const picture = useSamples(panel);
  if (!clouds) return null;
  const { shown, erased } = clouds;
  return (
    <tr>
      <th scope="row">{panel.label}</th>
      {picture ? (
        <>
          {picture.hits.map((share, c) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: classes do not move
            <td key={c}>{percent(share)}</td>
          ))}
          <td>{percent(meanWhere(picture.nowhere, (c) => erased.has(c)))}</td>
        </>
      ) : (
        <td colSpan={shown.laws.length + 1}>{words.waiting}</td>
      )}
    </tr>
  );
};

/** What the pictures show, in numbers. */
export const CloudTable = () => {
  const clouds = useClouds();
  const panels = usePanels();
  if (!clouds) return null;
  const { shown, erased } = clouds;
  return (
    <details className="clouds__table" data-testid="clouds-table">
      <summary>{words.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by the keyboard */}
      <section className="clouds__scroll" aria-label={words.table} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.model}</th>
              {shown.laws.map((_, c) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: classes do not move
                <th key={c} scope="col">
                  {words.condition(c, erased.has(c))}
                </th>
              ))}
              <th scope="col">{words.nowhere}</th>
            </tr>
          </thead>
          <tbody>
            {panels.map((panel) => (
              <Row key={panel.key} panel={panel} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
};
