// Knows where the chat opens: in its corner, in an element of the page, in a window; and how it closes.
import { fillChat } from './chat.js';
import { container, fillFrame, focusLauncher, render } from './launcher.js';
import { team } from './language.js';
import { log, warn } from './log.js';
import { changed, state } from './state.js';
import { surfaces } from './surfaces.js';
import { isMap, show } from './values.js';
import { setWidget, visible } from './widget.js';

/** @import {Actions} from './types.js' */

/** What had the focus before the chat. @type {Element | null} */
let focusBefore = null;

/** @param {string} selector */
const find = (selector) => {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
};

/** @param {string | {selector: string}} place documentation, `openIn` */
export const expand = (place = state.config.openIn ?? 'iframe') => {
  if (!visible()) return;
  if (typeof place === 'string' && place !== 'iframe') {
    openWindow(place);
    return;
  }
  const target = isMap(place) ? find(place.selector) : null;
  if (isMap(place) && !target) {
    warn('openIn', `openIn: no element matches ${show(place.selector)}`);
    return;
  }
  if (state.widget !== 'expanded') focusBefore = document.activeElement;
  // A listener to ready is called before there is anything on the page.
  render(actions);
  moveInto(target);
  setWidget('expanded');
  changed();
  for (const surface of surfaces) if (!surface.close) surface.focus();
};

/** @param {Element | null} target null for the corner */
const moveInto = (target) => {
  const element = container();
  if (!element || (state.inside === target && (!target || target.contains(element)))) return;
  state.inside = target;
  const isLow = target && target.clientHeight < 240;
  element.style.setProperty('--chaport-height', isLow ? '480px' : '100%');
  (target ?? document.body).append(element);
  fillFrame(actions);
};

export const collapse = () => {
  const hadFocus = container()?.contains(document.activeElement);
  setWidget('collapsed');
  if (!hadFocus) return;
  if (state.launcher) focusLauncher();
  else if (focusBefore instanceof HTMLElement) focusBefore.focus({ preventScroll: true });
};

/** @param {string} name */
const openWindow = (name) => {
  const isItself = /^_(self|parent|top)$/.test(name);
  if (isItself) {
    warn('openIn', `openIn: ${show(name)} would replace this page; the preview opens a new window`);
  }
  const isTab = name === '_blank' || isItself;
  const page = window.open('about:blank', isItself ? '_blank' : name, isTab ? '' : 'width=420,height=640');
  if (!page) {
    warn('openIn', 'openIn: the browser blocked the new window');
    return;
  }
  log('note', 'opened in a window', name);
  page.document.body.replaceChildren();
  const surface = fillChat(page.document, false, actions);
  Object.assign(surface, { close: () => page.close(), closed: () => page.closed });
  surfaces.add(surface);
  page.document.title = team();
  changed();
  surface.focus();
};

/** @type {Actions} */
export const actions = {
  expand: () => expand(),
  collapse: () => collapse(),
  escape: ({ key }) => {
    if (key === 'Escape' && state.widget !== 'collapsed') collapse();
  },
};
