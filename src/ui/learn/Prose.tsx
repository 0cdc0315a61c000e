const EMPHASIS = /\*([^*\n]+)\*/;

const Words = ({ children }: { readonly children: string }) =>
  // Every second part stood between asterisks.
  children.split(EMPHASIS).map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text keep their places
    i % 2 === 1 ? <strong key={i}>{part}</strong> : <span key={i}>{part}</span>,
  );

/** What an author wrote: paragraphs with an empty line between them, *emphasis*, and nothing else. */
export const Prose = ({ children }: { readonly children: string }) =>
  children
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of a text keep their places
      <p key={i} className="prose">
        <Words>{paragraph}</Words>
      </p>
    ));
