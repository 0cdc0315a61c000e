// How a page speaks with the experiments that it embeds. The messages are described in docs/embed.md.
const frames = [...document.querySelectorAll('iframe')];
const step = document.getElementById('step');

const send = (frame, message) => {
  // The frames are of this page's own origin. For another host, its origin stands here.
  frame.contentWindow?.postMessage({ unlearnLab: 1, ...message }, location.origin);
};

const percent = (value) => (typeof value === 'number' ? `${Math.round(100 * value)} %` : '–');

const describe = ({ title, status, step: at, models }) => {
  const words = models
    .filter(({ name }) => name !== 'original')
    .map(
      ({ name, metrics }) =>
        `${name}: forget ${percent(metrics.forgetAccuracy)}, keep ${percent(metrics.retainTestAccuracy)}`,
    );
  return `${title} (${status}), step ${at}. ${words.join('; ')}.`;
};

window.addEventListener('message', ({ data, source, origin }) => {
  const frame = frames.find(({ contentWindow }) => contentWindow === source);
  if (!frame || origin !== location.origin || data?.unlearnLab !== 1) return;
  const caption = document.querySelector(`[data-of=${frame.id}]`);
  if (data.type === 'ready') send(frame, { type: 'connect' });
  if (data.type === 'step') send(frame, { type: 'getState' });
  if (data.type === 'size') frame.style.height = `${data.height}px`;
  if (data.type === 'error') caption.textContent = data.message;
  if (data.type === 'state') {
    caption.textContent = describe(data);
    frame.dataset.status = data.status;
    frame.dataset.step = data.step;
  }
});

for (const button of document.querySelectorAll('[data-send]')) {
  button.addEventListener('click', () => {
    for (const frame of frames) send(frame, { type: button.dataset.send });
  });
}

step.addEventListener('input', () => {
  for (const frame of frames) send(frame, { type: 'setStep', step: Number(step.value) });
});

// A frame that was ready before this script was there.
for (const frame of frames) send(frame, { type: 'connect' });
