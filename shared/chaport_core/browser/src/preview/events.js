// Knows the documented events and calls their listeners.
import { log } from './log.js';
import { chaport } from './state.js';

export const EVENTS = [
  'ready', 'chat.autoInvitation', 'chat.botSent', 'chat.onlineChange', 'chat.started', 'widget.stateChange',
];

/**
 * The page's own mistake appears as the page's own error, and nothing here stops for it.
 * @param {(...args: any) => any} fn @param {any[]} args
 */
export const safely = (fn, ...args) => {
  try {
    return fn(...args);
  } catch (error) {
    reportError(error);
    return undefined;
  }
};

/** @param {string} event @param {any} payload */
export const fire = (event, payload) => {
  log('event', event, payload);
  const listeners = chaport._l?.[event];
  if (Array.isArray(listeners)) for (const listener of [...listeners]) safely(listener, payload);
};
