// Knows how the conversation's window shows the state it is drawn for.
import { narrow, onMobile } from './device.js';
import { builder, icon, setText } from './dom.js';
import { say, team } from './language.js';
import { settings } from './settings.js';
import { state } from './state.js';

/** @import {ChatParts} from './chat.js' */
/** @import {Message} from './types.js' */

const STATUS_ICONS = /** @type {const} */ ({ sending: 'clock', unread: 'tick', read: 'ticks' });

/** @param {Document} doc @param {Message} message */
const messageNode = (doc, { from, label, text }) => {
  const h = builder(doc);
  return h('div', { class: `message ${from}` },
    h('span', { class: 'unseen' }, `${from === 'visitor' ? say('you') : team()}: `),
    ...(label ? [h('span', { class: 'label' }, label)] : []),
    h('div', { class: 'bubble' }, text), h('span', { class: 'seen' }));
};

/** @param {Document} doc @param {HTMLElement} node @param {Message} message */
const drawStatus = (doc, node, { status }) => {
  const seen = /** @type {HTMLElement} */ (node.lastChild);
  if (!status || seen.dataset.status === status) return;
  seen.dataset.status = status;
  if (state.config.appearance?.textStatuses) {
    setText(seen, say(status));
    return;
  }
  seen.setAttribute('role', 'img');
  seen.setAttribute('aria-label', say(status));
  seen.replaceChildren(icon(doc, STATUS_ICONS[status]));
};

/** @param {Document} doc @param {ChatParts} parts @param {Map<number, HTMLElement>} drawn by message id */
const drawMessages = (doc, { list, typing }, drawn) => {
  for (const [id, node] of drawn) {
    if (state.messages.some((message) => message.id === id)) continue;
    node.remove();
    drawn.delete(id);
  }
  const count = drawn.size;
  for (const message of state.messages) {
    const node = drawn.get(message.id) ?? list.insertBefore(messageNode(doc, message), typing);
    drawn.set(message.id, node);
    drawStatus(doc, node, message);
  }
  typing.hidden = !state.typing;
  if (drawn.size !== count || state.typing) list.scrollTop = list.scrollHeight;
};

/** By default where the launcher is hidden, and on mobile. @param {boolean} isOwn */
const hasCloseButton = (isOwn) => {
  const usual = !state.launcher || onMobile() || (narrow.matches && !state.inside);
  return isOwn && (state.config.closeButton ?? usual);
};

/**
 * @param {Document} doc @param {ChatParts} parts @param {Map<number, HTMLElement>} drawn
 * @param {boolean} isOwn whether it is the window's frame
 */
export const updateChat = (doc, parts, drawn, isOwn) => {
  const { appearance = {}, operators } = state.config;
  const { online } = settings;
  const names = operators?.length ? operators : ['Ada', 'Ben', 'Chioma'];
  const faces = names.slice(0, 3).map((/** @type {string} */ name) =>
    builder(doc)('span', {}, [...name][0]?.toUpperCase() ?? '?'));
  if (!parts.faces.firstChild) parts.faces.append(...faces);
  setText(parts.team, team());
  setText(parts.status, say(online ? 'online' : 'offline'));
  setText(parts.strip, say('strip'));
  const welcome = online ? appearance.onlineWelcome : appearance.offlineWelcome;
  setText(parts.welcome, welcome ?? say(online ? 'hello' : 'away'));
  doc.body.className = online ? 'online' : '';
  parts.close.hidden = !hasCloseButton(isOwn);
  parts.close.setAttribute('aria-label', say('close'));
  parts.send.setAttribute('aria-label', say('send'));
  parts.text.setAttribute('aria-label', say('write'));
  parts.list.setAttribute('aria-label', say('talk'));
  parts.text.placeholder = say('write');
  drawMessages(doc, parts, drawn);
};
