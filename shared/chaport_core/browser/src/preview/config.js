// Knows what a page has configured, with what it has for this device laid over it.
import { device, onMobile } from './device.js';
import { log, warn } from './log.js';
import { clean } from './options.js';
import { definition } from './schema.js';
import { settings } from './settings.js';
import { state } from './state.js';
import { isMap } from './values.js';

/** @import {Config} from './types.js' */

/** Mappings merge, anything else replaces. @param {Config} base @param {Config} [over] @returns {Config} */
const merge = (base, over = {}) => {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const isPlain = isMap(value) && Object.getPrototypeOf(value) === Object.prototype;
    merged[key] = isPlain && isMap(merged[key]) ? merge(merged[key], value) : value;
  }
  return merged;
};

/** The narrower name of a device wins. @param {Config} config */
const forDevice = (config) => {
  const { configs, ...devices } = config.devices ?? {};
  const whole = { ...config, ...(config.devices && { devices }) };
  const layers = onMobile() ? [configs?.mobile, configs?.[device()]] : [configs?.desktop];
  return layers.reduce(merge, whole);
};

/** @param {Config} config */
const reportContradiction = ({ triggers }) => {
  if (isMap(triggers) && 'enabled' in triggers && 'disabled' in triggers) {
    warn('config', 'triggers has both enabled and disabled; disabled wins');
  }
};

export const readConfig = () => {
  const given = /** @type {any} */ (window).chaportConfig;
  let config = {};
  try {
    config = clean(given, definition('ChaportConfig'), 'chaportConfig') ?? {};
  } catch (error) {
    warn('config', `chaportConfig could not be read: ${error}`);
  }
  reportContradiction(config);
  state.config = forDevice(config);
  if (state.config.visitor) state.signedVisitor = forDevice(given).visitor;
};

/** Options that the preview takes and does nothing with, and why. */
const NOT_ACTED_OUT = {
  analytics: 'the preview sends no events',
  responsive: 'the preview looks the same on every site',
  'session.cookieDomain': 'the preview keeps its visitor for this origin alone',
};

export const reportNotActedOut = () => {
  for (const [path, why] of Object.entries(NOT_ACTED_OUT)) {
    const value = path.split('.').reduce((part, key) => part?.[key], state.config);
    if (value !== undefined) log('note', 'not acted out', `${path}: ${why}`);
  }
};

/** @param {string[]} list @param {string[]} wanted */
const namesAny = (list, wanted) => list.some((item) => wanted.includes(item));

/** @param {{include?: string[], exclude?: string[]}} rule @param {string[]} names */
const leavesOut = ({ include, exclude }, names) => {
  if (exclude) return namesAny(exclude, names);
  return include ? !namesAny(include, names) : false;
};

/** Why the widget must not be seen here, or ''. */
export const hiddenBecause = () => {
  const { devices = {}, countries = {} } = state.config;
  const names = onMobile() ? [device(), 'mobile'] : ['desktop'];
  if (leavesOut(devices, names)) return `devices hides it on ${device()}`;
  return leavesOut(countries, [settings.country]) ? `countries hides it in ${settings.country}` : '';
};
