// Knows the conversation's window: what is in it and how a reader writes.
import css from './chat.css';
import { updateChat } from './chat-update.js';
import { paint } from './colours.js';
import { adopt, builder, icon } from './dom.js';
import { spoken } from './language.js';
import { visitorSays } from './messages.js';
import { state } from './state.js';

/** @import {Actions, Surface} from './types.js' */
/** @typedef {ReturnType<typeof build>} ChatParts */

/** @param {Document} doc @param {Actions} actions */
const build = (doc, actions) => {
  const h = builder(doc);
  return {
    faces: h('div', { class: 'faces', 'aria-hidden': 'true' }),
    team: h('h1'),
    status: h('p', { class: 'status' }),
    close: h('button', { type: 'button', class: 'close', click: actions.collapse }, icon(doc, 'cross')),
    strip: h('p', { class: 'strip' }),
    list: h('div', { class: 'messages', role: 'log', tabindex: '0' }),
    welcome: h('div', { class: 'bubble' }),
    typing: h('div', { class: 'typing', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    text: h('textarea', { rows: '1' }),
    send: h('button', { type: 'submit', class: 'send' }, icon(doc, 'send')),
  };
};

/** The composer grows with its text. @param {ChatParts} parts */
const grow = ({ text, send }) => {
  text.style.setProperty('height', 'auto');
  text.style.setProperty('height', `${Math.min(text.scrollHeight, 120)}px`);
  send.classList.toggle('armed', text.value.trim() !== '');
};

/** @param {ChatParts} parts @param {Event} event */
const submit = (parts, event) => {
  event.preventDefault();
  const text = parts.text.value.trim();
  if (!text || state.phase !== 'running') return;
  parts.text.value = '';
  grow(parts);
  visitorSays(text);
};

/** @param {ChatParts} parts @param {KeyboardEvent} event */
const submitWithEnter = (parts, event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(parts, event);
};

/**
 * Draws the conversation in an empty document.
 * @param {Document} doc @param {boolean} isOwn whether it is the window's frame
 * @param {Actions} actions @returns {Surface}
 */
export const fillChat = (doc, isOwn, actions) => {
  const h = builder(doc);
  adopt(doc, css);
  doc.documentElement.lang = spoken();
  paint(doc.documentElement);
  const parts = build(doc, actions);
  const { faces, team, status, close, strip, list, welcome, typing, text, send } = parts;
  text.addEventListener('input', () => grow(parts));
  text.addEventListener('keydown', (event) => submitWithEnter(parts, event));
  list.append(h('div', { class: 'message operator welcome' }, welcome), typing);
  doc.body.append(
    h('header', {}, faces, h('div', { class: 'title' }, team, status), close), strip, list,
    h('form', { class: 'composer', submit: (event) => submit(parts, event) }, text, send),
  );
  if (isOwn) doc.addEventListener('keydown', actions.escape);
  /** @type {Map<number, HTMLElement>} */
  const drawn = new Map();
  return {
    update: () => updateChat(doc, parts, drawn, isOwn),
    focus: () => {
      doc.defaultView?.focus();
      text.focus({ preventScroll: true });
    },
  };
};
