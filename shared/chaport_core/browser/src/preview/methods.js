// Knows the documented methods: what each does, once it is called as documented.
import { argumentsFit } from './arguments.js';
import { assign, compare, parameter } from './assignments.js';
import { safely } from './events.js';
import { container } from './launcher.js';
import { log, warn } from './log.js';
import { clean } from './options.js';
import { collapse, expand } from './place.js';
import { definition } from './schema.js';
import { startAgain, stopSession } from './session.js';
import { settings } from './settings.js';
import { ifHashFits, ifTokenFits } from './signatures.js';
import { changed, state } from './state.js';
import { activeTrigger, findTrigger, showTrigger, switchTriggers } from './triggers.js';
import { here, countView } from './views.js';
import { setVisitor } from './visitor.js';

/** @param {boolean} isShown */
const showLauncher = (isShown) => {
  state.launcher = isShown;
  changed();
};

/** @param {typeof state.position} position @param {() => void} [callback] */
const moveTo = (position, callback) => {
  state.position = position;
  changed();
  const moves = container()?.getAnimations().map((animation) => animation.finished) ?? [];
  if (callback) Promise.allSettled(moves).then(() => safely(callback));
};

/** @param {any} rules */
const setAssignmentRules = (rules) => {
  state.assignments = clean(rules, definition('Assignments'), 'setAssignmentRules') ?? {};
  assign();
};

/** @param {any} data @param {string} [hash] */
const setVisitorData = (data, hash) => ifHashFits(data, hash, () =>
  setVisitor(clean(data, definition('Visitor'), 'setVisitorData') ?? {}, hash));

/** @type {Record<string, (...args: any) => any>} */
export const METHODS = {
  close: () => collapse(),
  compare,
  disableTriggers: (ids) => switchTriggers(false, ids),
  enableTriggers: (ids) => switchTriggers(true, ids),
  getActiveTrigger: activeTrigger,
  getParameterValue: parameter,
  getTriggerById: findTrigger,
  getWidgetState: () => state.widget,
  hideLauncher: () => showLauncher(false),
  isOnline: (callback) => { setTimeout(() => callback(settings.online)); },
  newPageView: (view) =>
    countView('newPageView', { url: view?.url ?? here().url, title: view?.title ?? here().title }),
  open: () => expand(),
  openIn: (place) => expand(place),
  showLauncher: () => showLauncher(true),
  setActiveTrigger: showTrigger,
  setAssignmentRules,
  setVisitorData,
  startSession: (user, callback) => ifTokenFits(user, () => startAgain(user, callback)),
  stopSession,
  toggle: () => (state.widget === 'expanded' ? collapse() : expand()),
  updatePosition: moveTo,
};

/** What can be done without a session. */
const OFFLINE = [
  'compare', 'disableTriggers', 'enableTriggers', 'getParameterValue', 'getTriggerById', 'getWidgetState',
  'startSession',
];

/**
 * Runs one documented method with whatever the page passed; mistakes are reported, never thrown.
 * @param {string} name @param {any[]} args @param {string} [via]
 */
export const call = (name, args, via) => {
  log('call', name, args, via);
  if (!argumentsFit(name, args)) return undefined;
  if (state.phase !== 'running' && !OFFLINE.includes(name)) {
    warn('no session', `${name}: there is no session; it was stopped`);
    return undefined;
  }
  return safely(METHODS[name], ...args);
};
