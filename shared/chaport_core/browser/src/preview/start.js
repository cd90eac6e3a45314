// Knows when the widget begins, and in which order it becomes ready.
import { chooseLanguage } from './language.js';
import { hiddenBecause } from './config.js';
import { fire } from './events.js';
import { render } from './launcher.js';
import { log, warn } from './log.js';
import { METHODS, call } from './methods.js';
import { actions } from './place.js';
import { obey, ownProperty } from './queue.js';
import { startSession } from './session.js';
import { ifTokenFits } from './signatures.js';
import { changed, chaport, startedAt, state } from './state.js';
import { applyTriggerOption } from './triggers.js';
import { reportWaiting } from './waiting.js';

/** @param {(details: object) => void} listener */
const callLate = (listener) => {
  warn('late listener', 'undocumented: late listener: ready had already happened; the preview calls it now');
  setTimeout(() => listener({ visitorId: state.visitorId }));
  return 0;
};

export const becomeReady = () => {
  state.isReady = true;
  for (const name of Object.keys(METHODS)) {
    chaport[name] = (/** @type {any[]} */ ...args) => call(name, args);
  }
  const waiting = chaport._q.splice(0);
  const isListener = (/** @type {any} */ entry) => entry?.[0] === 'on';
  for (const entry of waiting) if (isListener(entry)) obey(entry);
  // From here on a listener is late, one that a listener adds as well.
  chaport._l.ready ??= [];
  ownProperty(chaport._l.ready, 'push', callLate);
  fire('ready', { visitorId: state.visitorId });
  if (state.hidden) log('note', 'not shown', state.hidden);
  if (state.phase === 'running') render(actions);
  for (const entry of waiting) if (!isListener(entry)) obey(entry);
};

/** Obeys a startSession that is in the queue, ahead of the rest. */
const waitForSession = () => {
  state.phase = 'waiting';
  changed();
  const at = chaport._q.findIndex((/** @type {any} */ entry) => entry?.[0] === 'startSession');
  if (at >= 0) obey(chaport._q.splice(at, 1)[0]);
  else reportWaiting();
};

export const initialise = () => {
  if (state.phase !== 'loading') return;
  const { launcher, appearance, assignments, triggers, session } = state.config;
  state.language = chooseLanguage();
  state.hidden = hiddenBecause();
  state.launcher = launcher?.show !== false;
  state.position = appearance?.position ?? state.position;
  state.assignments = assignments ?? {};
  applyTriggerOption(triggers);
  if (session?.autoStart === false) waitForSession();
  else ifTokenFits(session?.user, () => startSession(session?.user));
};

/** @param {string} event @param {EventTarget} target */
const hasHappened = (event, target) =>
  (event === 'load' && target === window && document.readyState === 'complete')
  || (event === 'DOMContentLoaded' && document.readyState !== 'loading');

/**
 * Calls fn as the option `init` says: some time after the event, but never later than maxDelay.
 * @param {() => void} fn
 */
export const whenInitialised = (fn) => {
  const { init = {} } = state.config;
  const { event = 'load', eventTarget = window, maxDelay = 5000, delayAfterEvent = 500 } = init;
  setTimeout(fn, Math.max(0, maxDelay - (performance.now() - startedAt.time)));
  if (hasHappened(event, eventTarget)) setTimeout(fn, delayAfterEvent);
  else eventTarget.addEventListener(event, () => setTimeout(fn, delayAfterEvent), { once: true });
};
