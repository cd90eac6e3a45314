// Knows what is said in the chat and remembers it over page loads.
import { assign } from './assignments.js';
import { fire } from './events.js';
import { say } from './language.js';
import { log } from './log.js';
import { settings } from './settings.js';
import { changed, keepsMemory, state } from './state.js';
import { chatStore } from './storage.js';
import { isOpenElsewhere } from './surfaces.js';
import { isMap, isTexts } from './values.js';
import { setWidget } from './widget.js';

/** @import {Message} from './types.js' */

/** Documentation, `chat.autoInvitation`: the same invitation reappears during navigation. */
const REAPPEARS = 'the invitation of the page before may reappear here; the preview does not show it again';

const rememberChat = () => {
  if (!keepsMemory()) return;
  const { visitorId, started, messages, shown, active } = state;
  chatStore.write({ visitorId, started, messages, shown, active });
};

/** The chat of this visitor, as the page before has left it. */
export const recallChat = () => {
  const kept = keepsMemory() ? chatStore.read() : null;
  const isMine = isMap(kept) && kept.visitorId === state.visitorId && Array.isArray(kept.messages)
    && isTexts(kept.shown);
  state.started = isMine && kept.started === true;
  /** @type {Message[]} */
  const messages = isMine ? kept.messages : [];
  state.messages = messages.filter((m) => !m.trigger || state.started)
    .map((m) => (m.status ? { ...m, status: 'read' } : m));
  state.shown = isMine ? kept.shown : [];
  state.active = null;
  if (isMine && kept.active) log('note', 'not acted out', REAPPEARS);
};

/** @param {Omit<Message, 'id'>} message */
const addMessage = (message) => {
  const added = { id: 1 + Math.max(0, ...state.messages.map((m) => m.id)), ...message };
  state.messages.push(added);
  rememberChat();
  return added;
};

/** @param {string} text @param {Partial<Message>} [more] */
export const operatorSays = (text, more = {}) => {
  addMessage({ from: 'operator', text, ...more });
  if (state.widget !== 'expanded' && !isOpenElsewhere()) {
    state.unread.push(text);
    setWidget('unreadMessage');
  }
  changed();
};

/** @param {string} text */
export const visitorSays = (text) => {
  const isFirst = !state.started;
  Object.assign(state, { started: true, messageText: text, active: null });
  const message = addMessage({ from: 'visitor', text, status: 'sending' });
  changed();
  if (isFirst) {
    fire('chat.started', { visitorId: state.visitorId });
    log('note', 'assigned', assign());
  }
  answer(message, state.visitorId);
};

/** @param {Message} message @param {string} visitorId */
const answer = (message, visitorId) => {
  /** @param {number} ms @param {() => void} act */
  const step = (ms, act) => setTimeout(() => {
    if (state.phase !== 'running' || state.visitorId !== visitorId) return;
    act();
    rememberChat();
    changed();
  }, ms);
  step(200, () => { message.status = 'unread'; });
  step(450, () => { state.typing = settings.online; });
  step(1000, () => {
    message.status = 'read';
    state.typing = false;
    operatorSays(say('reply'), { label: say('label') });
  });
};
