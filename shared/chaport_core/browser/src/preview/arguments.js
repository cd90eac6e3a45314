// Knows what each documented method takes, and reports what it does not.
import { warn } from './log.js';
import { definition, fits } from './schema.js';
import { isMap, isTexts, show } from './values.js';

/** @typedef {{words: string, test: (value: any) => boolean, isOptional?: boolean}} Parameter */

/** @param {string} words @param {(value: any) => boolean} test @returns {Parameter} */
const parameter = (words, test) => ({ words, test });
/** @param {string} words @param {string} name of a definition of the schema @returns {Parameter} */
const defined = (words, name) => parameter(words, (value) => fits(definition(name), value));
/** @param {Parameter} one @returns {Parameter} */
const optional = (one) => ({ ...one, isOptional: true });

const text = parameter('text', (value) => typeof value === 'string');
const anything = parameter('anything', () => true);
const callback = parameter('a function', (value) => typeof value === 'function');
const map = parameter('an object', isMap);
const ids = parameter('a list of ids', isTexts);
const flag = parameter('true or false', (value) => typeof value === 'boolean');
const credentials = defined('an object with id and token', 'VisitorCredentials');
const view = defined('an object with url and title', 'PageView');
const trigger = defined('an object with a message, and an id if it has one', 'Trigger');
const { openIn, appearance } = definition('ChaportConfig').properties;
const place = parameter('a window name such as "_blank", or an object with a selector',
  (value) => fits(openIn, value));
const position = parameter('a list like ["right", 20, 20]',
  (value) => Array.isArray(value) && fits(appearance, { position: value }));

/** @type {Record<string, Parameter[]>} */
export const PARAMETERS = {
  close: [],
  compare: [anything, text, anything],
  disableTriggers: [optional(ids)],
  enableTriggers: [optional(ids)],
  getActiveTrigger: [],
  getParameterValue: [text],
  getTriggerById: [text],
  getWidgetState: [],
  hideLauncher: [],
  isOnline: [callback],
  newPageView: [optional(view)],
  open: [],
  openIn: [place],
  showLauncher: [],
  setActiveTrigger: [trigger],
  setAssignmentRules: [map],
  setVisitorData: [map, optional(text)],
  startSession: [optional(credentials), optional(callback)],
  stopSession: [optional(flag), optional(callback)],
  toggle: [],
  updatePosition: [position, optional(callback)],
};

/** @param {string} name @param {any[]} args */
export const argumentsFit = (name, args) => {
  const parameters = PARAMETERS[name];
  const count = parameters.length;
  if (args.length > count) {
    warn('arguments', `${name} takes ${count || 'no'} argument${count === 1 ? '' : 's'}, not ${args.length}`);
  }
  const wrong = parameters.findIndex(({ test, isOptional }, at) =>
    !(isOptional && args[at] == null) && !(at < args.length && test(args[at])));
  if (wrong < 0) return true;
  const what = `argument ${wrong + 1} must be ${parameters[wrong].words}, not ${show(args[wrong])}`;
  warn('arguments', `${name}: ${what}; the call is left out`);
  return false;
};
