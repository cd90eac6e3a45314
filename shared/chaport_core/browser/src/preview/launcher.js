// Knows what the widget puts on the page: launcher, popup, window.
import { fillChat } from './chat.js';
import { paint } from './colours.js';
import { builder, icon, setText } from './dom.js';
import { say, team } from './language.js';
import { stylePage } from './page-style.js';
import { settings } from './settings.js';
import { changed, state } from './state.js';
import { closeSurfaces, surfaces, updateSurfaces } from './surfaces.js';

/** @import {Actions} from './types.js' */

/** @param {Actions} actions */
const build = (actions) => {
  const h = builder(document);
  const toggle = () => (state.widget === 'expanded' ? actions.collapse() : actions.expand());
  const frame = h('iframe', { class: 'chaport-inner-iframe', load: () => fillFrame(actions) });
  const badge = h('span', { class: 'chaport-badge', 'aria-hidden': 'true' });
  const button = h('button', { type: 'button', class: 'chaport-launcher-button', click: toggle },
    icon(document, 'chat'), icon(document, 'down'), h('span', { class: 'chaport-dot' }), badge);
  const name = h('span', { class: 'chaport-popup-team' });
  const text = h('span', { class: 'chaport-popup-text' });
  const dismiss = h('button', { type: 'button', class: 'chaport-popup-close', click: actions.collapse },
    icon(document, 'cross'));
  const open = { type: 'button', class: 'chaport-popup-open', click: () => actions.expand() };
  const popup = h('div', { class: 'chaport-popup', role: 'status' }, h('button', open, name, text), dismiss);
  const container = h('div', { class: 'chaport-container', keydown: actions.escape },
    h('div', { class: 'chaport-window' }, h('div', { class: 'chaport-inner' }, frame)), popup,
    h('div', { class: 'chaport-launcher' }, button));
  return { container, button, badge, popup, name, text, dismiss, frame };
};

/** @type {ReturnType<typeof build> | null} */
let parts = null;

/** Its outermost element, where there is one. */
export const container = () => parts?.container;
export const focusLauncher = () => parts?.button.focus({ preventScroll: true });

/** @param {Actions} actions */
export const render = (actions) => {
  if (state.hidden || parts) return;
  stylePage();
  parts = build(actions);
  paint(parts.container);
  document.body.append(parts.container);
  fillFrame(actions);
  changed();
};

export const unrender = () => {
  parts?.container.remove();
  parts = null;
  closeSurfaces();
};

/** A frame that is moved in the page loads an empty document again. @param {Actions} actions */
export const fillFrame = (actions) => {
  const doc = parts?.frame.contentDocument;
  if (!doc?.body || doc.body.firstElementChild) return;
  for (const surface of surfaces) if (!surface.close) surfaces.delete(surface);
  surfaces.add(fillChat(doc, true, actions));
  changed();
};

const classNames = () => [
  'chaport-container', `chaport-${state.position[0]}`, `chaport-${state.widget}`,
  state.inside ? 'chaport-container-inside' : 'chaport-container-positioned',
  ...(state.launcher ? [] : ['chaport-no-launcher']), ...(settings.online ? ['chaport-online'] : []),
].join(' ');

/** @param {HTMLElement} element */
const position = ({ style }) => {
  const [side, x = 20, y = 20] = state.position;
  style.setProperty('left', side === 'left' ? `${x}px` : 'auto', 'important');
  style.setProperty('right', side === 'right' ? `${x}px` : 'auto', 'important');
  style.setProperty('bottom', `${y}px`, 'important');
  style.setProperty('--chaport-x', `${x}px`);
  style.setProperty('--chaport-y', `${y}px`);
};

/** One picture of the state, everywhere; for every change. */
export const draw = () => {
  if (!parts) return;
  const { button, badge, popup, name, text, dismiss, frame } = parts;
  const isExpanded = state.widget === 'expanded';
  const count = state.unread.length;
  if (parts.container.className !== classNames()) parts.container.className = classNames();
  position(parts.container);
  button.setAttribute('aria-expanded', String(isExpanded));
  const open = count ? `${say('open')}: ${say('fresh')}` : say('open');
  button.setAttribute('aria-label', isExpanded ? say('close') : open);
  setText(badge, count ? String(count) : '');
  setText(name, team());
  setText(text, state.unread.at(-1) ?? '');
  dismiss.setAttribute('aria-label', say('close'));
  popup.setAttribute('aria-label', say('fresh'));
  frame.setAttribute('title', team());
  updateSurfaces();
};
