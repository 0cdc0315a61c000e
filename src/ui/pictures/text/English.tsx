/** A sign that no text has: where the words of the world go. */
const PLACE = '\u{e000}';

interface Props {
  /** A text of the page around some words. */
  readonly label?: (words: string) => string;
  readonly children: string;
}

/** Words of the world, which stay English whatever the page speaks; in a text around them if there is one. */
export const English = ({ label, children }: Props) => {
  if (!label) return <span lang="en">{children}</span>;
  if (children === '') return label('');
  const [before, ...after] = label(PLACE).split(PLACE);
  return (
    <>
      {before}
      <span lang="en">{children}</span>
      {after.join('')}
    </>
  );
};
