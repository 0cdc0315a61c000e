/** A fraction of 1 as whole percent, with a space that does not break; what does not exist is a dash, never NaN. */
export const percent = (fraction: number | null | undefined): string =>
  fraction === null || fraction === undefined || !Number.isFinite(fraction)
    ? '–'
    : `${Math.round(fraction * 100)}\u00a0%`;

/** `1 point`, `3 points`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (exponent: number): string =>
  `${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('')}`;

/**
 * A number as people write it, to three significant digits: `0.25`, `1 230`, `2.5·10⁷`, `10⁻⁴`; a real minus sign. What
 * does not exist is a dash.
 */
export const quantity = (value: number | null | undefined): string => {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const sign = value < 0 ? '−' : '';
  const size = Number(Math.abs(value).toPrecision(3));
  if (size >= 1e-3 && size < 1e5) {
    const [whole = '', part] = String(size).split('.');
    return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')}${part === undefined ? '' : `.${part}`}`;
  }
  const [mantissa = '', exponent = ''] = size.toExponential().split('e');
  return `${sign}${mantissa === '1' ? '' : `${mantissa}·`}10${raised(Number(exponent))}`;
};
