// How a page speaks with <unlearn-lab>. docs/embed.md describes its properties, methods and events.
const lab = document.querySelector('unlearn-lab');
const words = document.getElementById('results');
const step = document.getElementById('step');

document.getElementById('play').addEventListener('click', () => lab.play());
document.getElementById('pause').addEventListener('click', () => lab.pause());
step.addEventListener('input', () => {
  lab.step = Number(step.value);
});
lab.addEventListener('step', ({ detail }) => {
  document.getElementById('at').textContent = `step ${detail.step} of ${detail.available}`;
});
lab.addEventListener('results', ({ detail: { title, seeds, checksum } }) => {
  words.textContent = `${title}: ${seeds.length} seeds computed, checksum ${checksum}`;
});
lab.addEventListener('fault', ({ detail }) => {
  words.textContent = detail.message;
});
