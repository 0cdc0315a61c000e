import { useEffect, useMemo, useRef, useState } from 'react';
import type { NamedArray } from '../../../scenario/format/weights.ts';
import type { ModelRef } from '../../../sim/events.ts';
import { percent, quantity } from '../../format.ts';
import { SelectField } from '../../forms/fields.tsx';
import { type Question, useAnswers } from '../../hooks/answers.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useSlowly } from '../../hooks/slow.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { text } from '../../text.ts';
import { parseHex } from '../../theme/color.ts';
import type { RoomSection } from '../room.ts';
import { words } from './weight-change.text.ts';
import { changesOf, pixelsOf, type WeightChange } from './weight-change.ts';
import './weight-change.css';

const COLORS = {
  light: { paper: parseHex('#FFFFFF'), ink: parseHex('#02299D'), frozen: parseHex('#C3C8D1') },
  dark: { paper: parseHex('#0F1419'), ink: parseHex('#7CB0FF'), frozen: parseHex('#4A535F') },
} as const;

const Picture = ({ change, most }: { readonly change: WeightChange; readonly most: number }) => {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useThemeName();
  const { name, rows, columns, size, still } = change;
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    context?.putImageData(new ImageData(pixelsOf(change, most, COLORS[theme]), columns, rows), 0, 0);
  }, [change, most, theme, columns, rows]);
  const said = words.picture(name, rows, columns, percent(still / size.length), quantity(change.most));
  return (
    <figure className="weight-change__array">
      <canvas ref={ref} width={columns} height={rows} role="img" aria-label={said} title={said} />
      <figcaption className="small">{name}</figcaption>
    </figure>
  );
};

const meanOf = ({ size }: WeightChange): number => size.reduce((a, b) => a + b, 0) / size.length;

const Table = ({ changes }: { readonly changes: readonly WeightChange[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
  <section className="measure__fits" aria-label={text.charts.tableOf(words.title)} tabIndex={0}>
    <table data-testid="weight-change-table">
      <thead>
        <tr>
          {words.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.name}>
            <th scope="row">{change.name}</th>
            <td>{change.size.length}</td>
            <td>{percent(change.still / change.size.length)}</td>
            <td>{quantity(meanOf(change))}</td>
            <td>{quantity(change.most)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const WeightChangeSection = () => {
  const lab = useLab();
  const run = useLabState((state) => state.run.shown);
  const seed = useLabState(({ run: { shown }, view }) =>
    shown?.collector.seeds.includes(view.seed) ? view.seed : shown?.collector.seeds[0],
  );
  const step = useSlowly((state) => state.view.step, 400);
  const [chosen, setChosen] = useState<string | null>(null);
  const variants = run?.collector.variants ?? [];
  const own = variants.find(({ label }) => label === chosen) ?? variants[0];
  const variant = own?.variant;
  const questions = useMemo(() => {
    if (variant === undefined || seed === undefined) return [];
    const question = (model: ModelRef, at: number): Question<readonly NamedArray[] | null> => ({
      key: `${model}/${seed}/${at}`,
      ask: async () => (await lab.run.request({ kind: 'weights', model, seed, step: at })).arrays,
    });
    return [question('original', 0), question(variant, step)];
  }, [lab, variant, seed, step]);
  const answers = useAnswers(questions);
  const [before, after] = questions.map(({ key }) => answers.get(key));
  const changes = useMemo(
    () => (before === undefined || after === undefined ? undefined : changesOf(after, before)),
    [before, after],
  );
  if (!own) return null;
  const most = changes ? Math.max(...changes.map((change) => change.most)) : 0;
  return (
    <>
      <SelectField
        label={words.run}
        value={own.label}
        options={variants.map(({ label }) => ({ value: label, label }))}
        onChange={setChosen}
        testId="weight-change-run"
      />
      {changes === undefined ? <p className="muted">{words.waiting}</p> : null}
      {changes === null ? <p className="muted">{words.otherNetwork}</p> : null}
      {changes ? (
        <>
          <div className="weight-change" data-testid="weight-change">
            {changes.map((change) => (
              <Picture key={change.name} change={change} most={most} />
            ))}
          </div>
          <p className="weight-change__legend small muted">
            {words.legend.map((word, i) => (
              <span key={word}>
                <span className={`weight-change__swatch weight-change__swatch--${i}`} aria-hidden="true" /> {word}
              </span>
            ))}
          </p>
          <Table changes={changes} />
        </>
      ) : null}
    </>
  );
};

export default {
  words,
  order: 29,
  isAvailable: ({ run }) => (run.shown?.collector.variants.length ?? 0) > 0,
  Component: WeightChangeSection,
} satisfies RoomSection;
