/** The words of sharing and embedding; a part of the catalogue in text.ts. */
export const share = {
  title: 'Share this experiment',
  lead: 'The link is the whole experiment: data, network, forget set, methods and seeds. No account, no server.',
  field: 'Link',
  forms: { short: 'Short link', whole: 'Complete link' },
  formHints: {
    short:
      'Names the experiment and what you changed: easy to read, type and scan. If the experiment is ever revised, the page says so.',
    whole: 'Carries the whole experiment: it will always open as it is now.',
  },
  copy: 'Copy link',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying. Select the link and copy it yourself.',
  atStep: (step: number) => `Open at this step (${step}), paused`,
  reach: {
    computer:
      'This address works on this computer only, so others cannot open the link. Put the page on a web server, or share a file.',
    network: 'Only computers on the same network can open this link, and only while this one serves the page.',
  },
  cite: 'Cite Unlearn Lab',
  citeHint:
    'The lab itself, as BibTeX. The papers behind this experiment are under File → Pictures, weights, PyTorch, citations.',
  qr: 'QR code of the link',
  qrHint: 'Point a phone’s camera at it.',
  qrTooLong: (n: number, most: number) =>
    `With ${n} characters the link is too long for a QR code that a camera can read (${most} at most). Copy the link, or share a file.`,
  length: (n: number) => `${n} characters`,
  withChecksum: (sum: string) =>
    `Includes the checksum ${sum}: whoever opens the link sees whether they get the same numbers.`,
  withoutChecksum: 'Includes no checksum yet: the run has not finished, or the settings have changed since.',
};

export const embed = {
  open: 'Open in Unlearn Lab',
  title: 'Embed',
  lead: 'The experiment as part of your own page. It runs in the reader’s browser, stores nothing, and pauses while it is off screen.',
  parts: {
    verdict: 'result in words',
    grid: 'panels',
    trade: 'trade-off',
    series: 'curves',
    claims: 'predictions',
    knob: 'main setting',
    scrub: 'clock',
  },
  lock: 'locked: readers can play it, but not change it',
  autoplay: 'plays by itself',
  shows: 'Shows',
  snippet: 'HTML',
  copy: 'Copy HTML',
  frame: (title: string) => `Unlearn Lab: ${title}`,
};
