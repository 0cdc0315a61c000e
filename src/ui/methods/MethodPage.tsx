import type { Citation, ParamSpec } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import { term, text } from '../text.ts';
import { Formula } from './Formula.tsx';
import { PullPicture } from './PullPicture.tsx';

const Reference = ({ citation }: { readonly citation: Citation }) => (
  <span translate="no">
    {citation.authors}: <i>{citation.title}</i> ({citation.year}){citation.where ? `, ${citation.where}` : ''}.{' '}
    <a href={citation.url} target="_blank" rel="noreferrer">
      {citation.url.replace('https://', '')}
    </a>
  </span>
);

const rangeOf = (spec: ParamSpec): string => {
  if (spec.kind === 'choice') return spec.options.map(term).join(', ');
  if (spec.kind === 'flag') return text.methodPage.yesNo;
  return `${spec.min} – ${spec.max}`;
};

const shown = (value: ParamSpec['default']): string =>
  typeof value === 'boolean' ? text.methodPage.flag[value ? 'yes' : 'no'] : term(String(value));

const Parameters = ({ method }: { readonly method: MethodInfo }) => {
  const specs = Object.entries(method.params);
  if (specs.length === 0) return <p>{text.methodPage.noParameters}</p>;
  return (
    <div className="method__scroll">
      <table className="method__table">
        <thead>
          <tr>
            <th scope="col">{text.methodPage.parameter}</th>
            <th scope="col">{text.methodPage.byDefault}</th>
            <th scope="col">{text.methodPage.range}</th>
            <th scope="col">{text.methodPage.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {specs.map(([name, spec]) => (
            <tr key={name}>
              <th scope="row">
                {term(spec.label)}
                {spec.symbol ? ` ${spec.symbol}` : ''}
              </th>
              <td>{shown(spec.default)}</td>
              <td>{rangeOf(spec)}</td>
              <td>
                {term(spec.help)}
                {spec.paperName ? ` ${text.methodPage.paperName(spec.paperName)}` : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** A method's page, made from what its file says of itself. */
export const MethodPage = ({ method }: { readonly method: MethodInfo }) => {
  const { page, pullCurve } = method;
  const recipes = method.recipes.filter(({ isDerived }) => !isDerived);
  return (
    <article className="method" data-testid="method-page">
      <p className="method__lead">{term(page?.idea ?? method.summary)}</p>
      {page ? <Formula tex={page.tex} plain={method.formula} /> : <p className="run__math">{method.formula}</p>}
      {page ? (
        <dl className="method__facts">
          <dt>{text.methodPage.lookFor}</dt>
          <dd>{term(page.lookFor)}</dd>
          <dt>{text.methodPage.failsWhen}</dt>
          <dd>{term(page.failsWhen)}</dd>
          <dt>{text.methodPage.needs}</dt>
          <dd>
            {method.needs.length > 0
              ? method.needs.map((need) => text.methodPage.need[need]).join(', ')
              : text.methodPage.nothing}
          </dd>
          <dt>{text.methodPage.steps}</dt>
          <dd>{text.methodPage.schedule[method.schedule]}</dd>
        </dl>
      ) : null}
      {pullCurve ? <PullPicture curve={pullCurve} name={method.short} /> : null}
      <h3>{text.methodPage.parameters}</h3>
      <Parameters method={method} />
      {recipes.length > 0 ? (
        <>
          <h3>{text.methodPage.recipes}</h3>
          <ul className="method__recipes">
            {recipes.map((recipe) => (
              <li key={recipe.id}>
                <b>{term(recipe.title)}.</b> {term(recipe.summary)} <Reference citation={recipe.citation} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {method.citation ? (
        <>
          <h3>{text.methodPage.reference}</h3>
          <p>
            <Reference citation={method.citation} />
          </p>
        </>
      ) : null}
    </article>
  );
};
