interface Props {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: React.ReactNode;
  readonly testId?: string;
}

/** A part of a side panel that can be folded. */
export const Section = ({ title, isOpen = false, children, testId }: Props) => (
  <details className="section" open={isOpen} data-testid={testId}>
    <summary className="section__head">
      <h2>{title}</h2>
    </summary>
    <div className="section__body">{children}</div>
  </details>
);
