// Knows how the widget acts according to the vendor's API documentation: a preview that talks to nobody.
import { readConfig, reportNotActedOut } from './config.js';
import { narrow, onMobile } from './device.js';
import { draw } from './launcher.js';
import { log, warn } from './log.js';
import { METHODS } from './methods.js';
import { mountPanel, watchEverything } from './panel.js';
import { collapse } from './place.js';
import { takeOver } from './queue.js';
import { whenFirst } from './session.js';
import { takeSalt } from './signatures.js';
import { becomeReady, initialise, whenInitialised } from './start.js';
import { changed, chaport, state, watch } from './state.js';
import { isMap } from './values.js';
import { hasHistoryMark } from './widget.js';

/** @param {() => void} fn */
const whenBody = (fn) => {
  if (document.body) fn();
  else document.addEventListener('DOMContentLoaded', fn, { once: true });
};

/** A call of a method that is not there yet. @param {ErrorEvent} event */
const reportEarlyCall = ({ message }) => {
  const name = /\.(\w+) is not a function/.exec(message ?? '')?.[1];
  if (name && !state.isReady && Object.hasOwn(METHODS, name)) {
    warn('before ready', `${name} was called before ready; methods are available only after the ready event`);
  }
};

const watchPage = () => {
  window.addEventListener('popstate', () => {
    if (state.widget === 'expanded' && onMobile() && !hasHistoryMark()) collapse();
  });
  window.addEventListener('error', reportEarlyCall);
  narrow.addEventListener('change', changed);
};

const begin = () => {
  watchEverything();
  watch(draw);
  whenBody(mountPanel);
  log('note', 'page', { url: location.href });
  if (!isMap(chaport)) {
    warn('stub', 'window.chaport is missing: the installation code defines it before this script is loaded');
    return;
  }
  takeSalt();
  readConfig();
  reportNotActedOut();
  changed();
  if (!state.config.appId) {
    warn('config', 'appId is missing or invalid: the widget does not start');
    return;
  }
  state.phase = 'loading';
  takeOver();
  watchPage();
  whenFirst(becomeReady);
  whenInitialised(() => whenBody(initialise));
};

const EVALUATED = Symbol.for('chaport-preview');
const page = /** @type {any} */ (document);
// A router may evaluate the script of the next page, too.
if (!page[EVALUATED]) {
  Object.defineProperty(page, EVALUATED, { value: true });
  begin();
}
