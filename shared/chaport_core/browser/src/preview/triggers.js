// Knows the triggers, the vendor's word for invitations and chatbots, and which may be shown.
import { fire } from './events.js';
import { log } from './log.js';
import { operatorSays } from './messages.js';
import { changed, state } from './state.js';
import { isMap, isTexts } from './values.js';
import { visible } from './widget.js';

/** @import {Trigger} from './types.js' */

/** What an account might have. */
const SAMPLES = [
  {
    id: '5820a1375ddf087b2e54921d', kind: 'invitation',
    message: 'Hi there! Looking for something? We are happy to point you to the right page.',
  },
  {
    id: '5820a1375ddf087b2e54921e', kind: 'invitation',
    message: 'Still with us? Tell us what you are trying to do, and we will help.',
  },
  {
    id: '5820a1375ddf087b2e54921f', kind: 'bot',
    message: 'I am the preview bot. Shall I fetch a human, or would you rather browse on your own?',
  },
];

/** @param {Trigger} trigger @returns {Trigger} what a page gets of it */
const publicTrigger = ({ id, message }) => (id === undefined ? { message } : { id, message });
/** @param {string} id */
const isOn = (id) => state.triggers.named.get(id) ?? state.triggers.all;

/** @param {string} id */
export const findTrigger = (id) => {
  const found = SAMPLES.find((trigger) => trigger.id === id);
  return found && publicTrigger(found);
};
export const activeTrigger = () => (state.started || !state.active ? undefined : { ...state.active });

/** Which are off, in words; '' where none is. */
export const describeOff = () => {
  const off = SAMPLES.filter(({ id }) => !isOn(id)).map(({ id }) => id);
  const { all, named } = state.triggers;
  return !all && !named.size ? 'all' : off.join(', ');
};

/** @param {boolean} on @param {string[]} [ids] all without it */
export const switchTriggers = (on, ids) => {
  if (!ids) state.triggers = { all: on, named: new Map() };
  else for (const id of ids) state.triggers.named.set(id, on);
  changed();
};

/** @param {any} option the documented option `triggers` */
export const applyTriggerOption = (option) => {
  const { enabled, disabled } = isMap(option) ? option : { enabled: option };
  if (typeof enabled === 'boolean') switchTriggers(enabled);
  if (isTexts(enabled)) {
    switchTriggers(false);
    switchTriggers(true, enabled);
  }
  if (typeof disabled === 'boolean') switchTriggers(!disabled);
  if (isTexts(disabled)) switchTriggers(false, disabled);
};

/** @param {Trigger} trigger */
export const showTrigger = (trigger) => {
  if (!visible()) return;
  if (state.started) {
    log('note', 'trigger not shown', 'the chat has been started');
    return;
  }
  const key = trigger.id ?? trigger.message;
  const isFirst = !state.shown.includes(key);
  const isBot = SAMPLES.some(({ id, kind }) => id === trigger.id && kind === 'bot');
  if (isFirst) state.shown.push(key);
  state.active = publicTrigger(trigger);
  state.messages = state.messages.filter((message) => !message.trigger);
  operatorSays(trigger.message, { trigger: true });
  if (isFirst) fire(isBot ? 'chat.botSent' : 'chat.autoInvitation', publicTrigger(trigger));
};

/** @param {'invitation' | 'bot'} wanted */
export const showSample = (wanted) => {
  const fitting = SAMPLES.filter(({ id, kind }) => kind === wanted && isOn(id));
  const next = fitting.find(({ id }) => id !== state.active?.id) ?? fitting[0];
  if (next) showTrigger(next);
  else log('note', 'trigger not shown', 'switched off by triggers');
};
