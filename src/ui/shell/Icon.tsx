const PATHS = {
  play: 'M7 4.5v15l13-7.5z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  start: 'M6 5v14M19 5.5v13L9 12z',
  stop: 'M7 7h10v10H7z',
  end: 'M18 5v14M5 5.5v13L15 12z',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h3',
  share: 'M12 15V4M8 7.5L12 4l4 3.5M5 12v7h14v-7',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6',
  theme: 'M12 3a9 9 0 1 0 9 9A7 7 0 0 1 12 3z',
  help: 'M9.2 9a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.2M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z',
  info: 'M12 11v6M12 7.3v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  plus: 'M12 5v14M5 12h14',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  'eye-off':
    'M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.500a17 17 0 0 1-2.5 3.300M6.2 7.200A17 17 0 0 0 2.5 12S6 18.5 12 18.500a9 9 0 0 0 4-.9',
  solo: 'M12 4v3M12 17v3M4 12h3M17 12h3M12 8.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  more: 'M3.3 12a1.7 1.7 0 1 0 3.400 0a1.7 1.7 0 1 0-3.400 0zM10.3 12a1.7 1.7 0 1 0 3.400 0a1.7 1.7 0 1 0-3.400 0zM17.3 12a1.7 1.7 0 1 0 3.400 0a1.7 1.7 0 1 0-3.400 0z',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20v-2',
  close: 'M6 6l12 12M18 6L6 18',
  chevron: 'M6 9l6 6 6-6',
  restart: 'M4.5 12a7.5 7.5 0 1 0 2.4-5.500L4 9M4 4v5h5',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14',
  chart: 'M4 4v16h16M7 15l4-5 3 3 5-7',
  present: 'M3 4.500h18M4.5 4.500v10h15v-10M12 14.500v5M8.500 19.500h7',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
} as const;

export type IconName = keyof typeof PATHS;

const SOLID: readonly IconName[] = ['play', 'pause', 'stop', 'more'];

/** A small picture beside words, or inside a button that has a label of its own. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className={SOLID.includes(name) ? 'icon icon--solid' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
