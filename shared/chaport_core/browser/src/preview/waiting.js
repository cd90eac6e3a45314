// Knows the session that waits for ever: for a listener to `ready`, which comes only after it.
import { warnOnce } from './log.js';
import { chaport } from './state.js';

/** Listeners to `ready` which are still in the queue. @returns {any[]} */
const queuedListeners = () => chaport._q
  .filter((/** @type {any} */ entry) => entry?.[0] === 'on' && entry[1]?.[0] === 'ready')
  .map((/** @type {any} */ entry) => entry[1][1]);

/** Warns where a listener's own text shows that it is to start the session; others wait rightly. */
export const reportWaiting = () => {
  const listeners = [...(chaport._l.ready ?? []), ...queuedListeners()];
  if (!listeners.some((listener) => /\bstartSession\b/.test(`${listener}`))) return;
  warnOnce('auto start', 'session.autoStart is false and a ready listener calls startSession: ready comes'
    + " only after the session has started. Use chaport.q('startSession')");
};
