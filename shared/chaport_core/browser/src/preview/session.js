// Knows how a session begins and ends.
import { safely } from './events.js';
import { render, unrender } from './launcher.js';
import { log } from './log.js';
import { recallChat } from './messages.js';
import { actions } from './place.js';
import { settings } from './settings.js';
import { ifHashFits } from './signatures.js';
import { changed, startedAt, state } from './state.js';
import { chatStore } from './storage.js';
import { countView, here } from './views.js';
import { forgetVisitor, recogniseVisitor, setVisitor } from './visitor.js';
import { setWidget } from './widget.js';

/** @import {Credentials} from './types.js' */

let onFirst = () => {};
/** @param {() => void} listener called once, when the first session has begun */
export const whenFirst = (listener) => {
  onFirst = listener;
};

/** @param {Credentials} [credentials] */
export const startSession = (credentials) => {
  state.phase = 'running';
  recogniseVisitor(credentials);
  recallChat();
  const { visitor, visitorIntegrityHash: hash } = state.config;
  // A hash is of what the page has written, whatever of it the documentation knows.
  if (visitor) ifHashFits(state.signedVisitor, hash, () => setVisitor(visitor, hash));
  const isEarly = !state.isReady && settings.firstView === 'start';
  countView('automatic', isEarly ? startedAt : here());
  if (state.isReady) render(actions);
  else onFirst();
};

/** @param {boolean} [clear] @param {() => void} [callback] */
export const stopSession = (clear, callback) => {
  setWidget('collapsed');
  unrender();
  Object.assign(state, {
    phase: 'ended', started: false, messages: [], shown: [], active: null, typing: false, inside: null,
    visitor: {}, unread: [],
  });
  if (clear) {
    forgetVisitor();
    chatStore.write(null);
  }
  changed();
  if (callback) safely(callback);
};

/** @param {Credentials} [credentials] @param {() => void} [callback] */
export const startAgain = (credentials, callback) => {
  if (state.phase === 'running' && (!credentials || credentials.id === state.visitorId)) {
    log('note', 'session', 'already running');
  } else {
    if (state.phase === 'running') stopSession();
    startSession(credentials ?? state.config.session?.user);
  }
  if (callback) safely(callback);
};
