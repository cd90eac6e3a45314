// Knows the page around the machine: what happens in it becomes events, and effects are carried out in it.
import { whenWidgetArrives } from './arrival.js';
import { makeEffects } from './effects.js';
import { makeMachine } from './machine.js';

/** @import {Effects} from './types.js' */

const page = /** @type {any} */ (document);

/** The tag of this script; not one in the page's text, which may have another path. */
const findOwnTag = () => {
  // document.currentScript is also an <img name=currentScript> in the page's text.
  const current = /** @type {any} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript'));
  const { src } = current.get.call(page);
  return [...page.head.querySelectorAll('script')].find((script) => script.src === src);
};

/** The page has its widget: from here on, what happens goes to the machine. @param {Effects} effects */
const begin = (effects) => {
  const machine = makeMachine(effects);
  const { chaport } = /** @type {any} */ (window);
  const consent = page.querySelector('meta[name=chaport]')?.dataset.consent;
  const look = () => machine.look(page.visibilityState === 'hidden');
  chaport.on('ready', machine.ready);
  chaport.on('chat.started', machine.chat);
  page.addEventListener('chaport:login', machine.login);
  page.addEventListener('chaport:logout', machine.logout);
  // Consent is withdrawn, and manual-consent.js ends the session: no other one may start.
  if (consent === 'manual') page.addEventListener('chaport:revoke', machine.revoke);
  // The page comes back as it was left (bfcache), but the reader may have logged out meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && machine.login());
  addEventListener('storage', look);
  page.addEventListener('visibilitychange', look);
  machine.begin(!!chaport.open);
};

// A router may evaluate the script of the next page, too. (No element's name is a symbol.)
const guard = Symbol.for('chaport-identity');
const own = findOwnTag();
if (own && !page[guard]) {
  page[guard] = true;
  whenWidgetArrives((isPreview) => begin(makeEffects({ path: '', ...own.dataset }, isPreview)));
}
