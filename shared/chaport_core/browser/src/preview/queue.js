// Knows the command queue and the listeners, as the vendor's installation code writes them.
import { EVENTS } from './events.js';
import { log, warn } from './log.js';
import { METHODS, call } from './methods.js';
import { chaport, state } from './state.js';
import { isMap, isTexts, show } from './values.js';
import { reportWaiting } from './waiting.js';

/** @param {object} object @param {string} name @param {any} value */
export const ownProperty = (object, name, value) =>
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });

/** An entry of the queue: the arguments of one q(...) call. @param {any} entry @returns {any} */
export const obey = (entry) => {
  const [name, args] = typeof entry?.length === 'number' ? Array.from(entry) : [];
  if (typeof name !== 'string') {
    warn('queue', `a queued command must name a method, not ${show(name)}`);
  } else if (name === 'on') {
    const [event, listener] = Array.isArray(args) ? args : [];
    subscribe(event, listener);
  } else if (!Object.hasOwn(METHODS, name)) {
    warn('queue', `q: ${show(name)} is not in the documentation`);
  } else {
    const list = queueArguments(name, args);
    return list && call(name, list, 'q');
  }
  return undefined;
};

/**
 * The documentation writes the arguments as a list, except here: the ids of triggers, and credentials,
 * are also given bare.
 * @param {string} name @param {any} args
 */
const queueArguments = (name, args) => {
  if (args === undefined) return [];
  if (/^(en|dis)ableTriggers$/.test(name) && isTexts(args) && args.length) return [args];
  if (Array.isArray(args)) return args;
  if (name === 'startSession' && isMap(args)) return [args];
  warn('queue', `q('${name}', …): the second argument must be the list of arguments, not ${show(args)}; the`
    + ' call is left out');
  return undefined;
};

/** @param {any} event */
const reportUnknown = (event) => {
  if (!EVENTS.includes(event)) warn('event', `on: the event ${show(event)} is not in the documentation`);
};

/** @param {any} event @param {any} listener */
const subscribe = (event, listener) => {
  log('call', 'on', [event, listener]);
  reportUnknown(event);
  if (!EVENTS.includes(event)) return;
  if (typeof listener !== 'function') {
    warn('event', `on: the listener of ${event} must be a function, not ${show(listener)}`);
    return;
  }
  if (!Array.isArray(chaport._l[event])) chaport._l[event] = [];
  chaport._l[event].push(listener);
  if (state.phase === 'waiting') reportWaiting();
};

/** @param {any} entry */
const accept = (entry) => {
  if (state.isReady) return obey(entry);
  if (state.phase === 'waiting' && entry?.[0] === 'startSession') return obey(entry);
  Array.prototype.push.call(chaport._q, entry);
  if (state.phase === 'waiting') reportWaiting();
  return undefined;
};

/** Code may hold the stub's own q and on, which push to _q and _l: so those lists listen. */
export const takeOver = () => {
  if (!isMap(chaport._l)) chaport._l = {};
  const queued = Array.isArray(chaport._q) ? chaport._q : [];
  chaport._q = queued;
  for (const [event, listeners] of Object.entries(chaport._l)) {
    for (const listener of Array.isArray(listeners) ? listeners : []) log('call', 'on', [event, listener]);
    reportUnknown(event);
  }
  ownProperty(queued, 'push', (/** @type {any[]} */ ...items) => {
    for (const item of items) accept(item);
    return queued.length;
  });
  chaport.q = function q() {
    return accept(arguments);
  };
  chaport.on = subscribe;
};
