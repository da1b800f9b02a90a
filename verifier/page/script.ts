/** What the page does beside being read: it shows what is told of a hop next to it. Without it, a hop leads there. */
export const script = `'use strict';
(() => {
const told = document.getElementById('told');
const figure = told.parentElement;
const links = figure.querySelectorAll('a');
for (const tip of figure.querySelectorAll('title')) tip.remove();
let shown;
const hide = () => { told.hidden = true; shown?.removeAttribute('aria-describedby'); shown = undefined };
const show = (link) => {
  if (shown === link) return;
  hide();
  const entry = document.getElementById(link.getAttribute('href').slice(1));
  if (!entry) return;
  told.replaceChildren(...entry.cloneNode(true).childNodes);
  told.hidden = false;
  const [around, at] = [figure.getBoundingClientRect(), link.getBoundingClientRect()];
  const left = Math.max(0, Math.min(at.left - around.left, around.width - told.offsetWidth));
  told.style.left = left + 'px';
  told.style.top = at.bottom - around.top + 6 + 'px';
  link.setAttribute('aria-describedby', 'told');
  shown = link;
};
for (const link of links) {
  link.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') show(link) });
  link.addEventListener('focus', () => show(link));
  link.addEventListener('blur', hide);
  link.addEventListener('click', (event) => { if (event.detail > 0) { event.preventDefault(); show(link) } });
}
figure.addEventListener('pointerleave', hide);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide() });
document.addEventListener('pointerdown', (event) => { if (!figure.contains(event.target)) hide() });
addEventListener('beforeprint', () => { hide(); for (const each of document.querySelectorAll('details')) each.open = true });
})();
`
