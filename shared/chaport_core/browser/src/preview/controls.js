// Knows what an author can do in the panel: choose, and act as an operator.
import { builder } from './dom.js';
import { fire } from './events.js';
import { say } from './language.js';
import { log } from './log.js';
import { operatorSays } from './messages.js';
import { setSetting, settings } from './settings.js';
import { changed, state } from './state.js';
import { showSample } from './triggers.js';
import { visible } from './widget.js';

const h = builder(document);

/** @param {string} label @param {'device' | 'country' | 'firstView'} key @param {string[]} values */
const choice = (label, key, values) => {
  const choose = () => {
    setSetting(key, select.value);
    location.reload();
  };
  const options = values.map((value) => h('option', { value }, value));
  const select = h('select', { name: key, change: choose }, ...options);
  select.value = settings[key];
  return h('label', {}, label, select);
};

/** @param {string} name @param {string} label @param {() => void} run */
const act = (name, label, run) => {
  const click = () => {
    if (state.phase !== 'running') log('note', 'no session', name);
    else if (visible()) run();
  };
  return h('button', { type: 'button', class: 'plain', 'data-act': name, click }, label);
};

/** Switches the operators on or off. @param {boolean} online */
const setOnline = (online) => {
  setSetting('online', online);
  changed();
  if (state.phase === 'running') fire('chat.onlineChange', online);
};

export const online = h('button',
  { type: 'button', class: 'switch wide', role: 'switch', click: () => setOnline(!settings.online) },
  'Operators online');

export const controls = () => {
  const usual = ['US', 'GB', 'DE', 'FR', 'ES', 'PT', 'BR', 'RU', 'IN', 'JP', 'CA', 'AU'];
  const codes = [...new Set([...usual, settings.country])].sort();
  return h('div', { class: 'controls' }, online,
    choice('Device', 'device', ['auto', 'desktop', 'ios', 'android']),
    choice('Country', 'country', codes),
    choice('First page view', 'firstView', ['ready', 'start']),
    h('div', { class: 'acts wide' },
      act('message', 'Send a message as an operator', () => operatorSays(say('operator'))),
      act('invitation', 'Show invitation', () => showSample('invitation')),
      act('chatbot', 'Show chatbot', () => showSample('bot'))));
};
