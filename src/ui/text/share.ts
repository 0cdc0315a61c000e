/** The words of sharing and embedding; a part of the catalogue in text.ts. */
export const share = {
  title: 'Share this experiment',
  lead: 'The link holds the whole experiment: data, network, forget set, methods, seeds. No account, no server.',
  field: 'Link',
  copy: 'Copy link',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying: select the link and copy it by hand.',
  atStep: (step: number) => `Open at this step (${step}), paused`,
  reach: {
    computer:
      'This address works on this computer only: others cannot open the link. Put the page on a web server, or share a file.',
    network: 'Only computers in the same network can open this link, and only while this one serves the page.',
  },
  qr: 'QR code of the link',
  qrHint: 'Point a phone’s camera at it.',
  qrTooLong: (n: number, most: number) =>
    `${n} characters are too long for a QR code that a camera can read (up to ${most}). Copy the link, or share a file.`,
  length: (n: number) => `${n} characters`,
  withChecksum: (sum: string) => `Carries checksum ${sum}: whoever opens it sees whether the numbers are the same.`,
  withoutChecksum: 'Carries no checksum yet: the run has not finished, or its settings have changed since.',
};

export const embed = {
  open: 'Open in Unlearn Lab',
  title: 'Put it into another page',
  lead: 'The experiment as a part of your own page: it computes in the reader’s browser, keeps nothing, and rests while it is off screen.',
  parts: {
    verdict: 'result in words',
    grid: 'panels',
    trade: 'trade-off',
    series: 'curves',
    claims: 'claims',
    knob: 'its knob',
    scrub: 'clock',
  },
  lock: 'locked: readers can play it but not change it',
  autoplay: 'plays by itself',
  shows: 'Shows',
  snippet: 'HTML',
  copy: 'Copy HTML',
  frame: (title: string) => `Unlearn Lab: ${title}`,
};
