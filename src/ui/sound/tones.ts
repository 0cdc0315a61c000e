import type { Voice } from './voices.ts';

/** Tones that sound until they are told otherwise. */
export interface Tones {
  readonly play: (voices: readonly Voice[]) => void;
  readonly rest: () => void;
  /** Ends them and gives the sound device back. */
  readonly close: () => void;
}

const LOUDNESS = 0.16;
/** How fast a tone follows, in seconds: no clicks, no slides. */
const GLIDE = 0.02;

interface Tone {
  readonly oscillator: OscillatorNode;
  readonly gain: GainNode;
}

/** Must be made in a reader's press of a button: browsers let nothing sound before. */
export const createTones = (context: AudioContext): Tones => {
  const tones = new Map<string, Tone>();
  const toneAt = ({ label, hertz, pan }: Voice): Tone => {
    const known = tones.get(label);
    if (known) return known;
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz ?? 0 });
    const gain = new GainNode(context, { gain: 0 });
    oscillator.connect(gain).connect(new StereoPannerNode(context, { pan })).connect(context.destination);
    oscillator.start();
    const made = { oscillator, gain };
    tones.set(label, made);
    return made;
  };
  const silence = ({ gain }: Tone): void => {
    gain.gain.setTargetAtTime(0, context.currentTime, GLIDE);
  };
  const end = (label: string, { oscillator, gain }: Tone): void => {
    oscillator.stop();
    oscillator.disconnect();
    gain.disconnect();
    tones.delete(label);
  };
  return {
    play: (voices) => {
      for (const [label, tone] of tones) if (!voices.some((voice) => voice.label === label)) end(label, tone);
      const loudness = LOUDNESS / Math.sqrt(Math.max(1, voices.length));
      for (const voice of voices) {
        const tone = toneAt(voice);
        if (voice.hertz === null) {
          silence(tone);
          continue;
        }
        tone.oscillator.frequency.setTargetAtTime(voice.hertz, context.currentTime, GLIDE);
        tone.gain.gain.setTargetAtTime(loudness, context.currentTime, GLIDE);
      }
    },
    rest: () => {
      for (const tone of tones.values()) silence(tone);
    },
    close: () => {
      for (const [label, tone] of tones) end(label, tone);
      void context.close();
    },
  };
};
