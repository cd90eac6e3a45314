// Knows what an author has chosen in the panel.
import { settingsStore } from './storage.js';
import { isMap } from './values.js';

/**
 * @typedef {{online: boolean, country: string, device: string, firstView: string, panel: string}} Settings
 */

/**
 * Each with its default and what else it may be.
 * @type {Record<keyof Settings, [any, (value: any) => boolean]>}
 */
const CHOICES = {
  online: [true, (value) => typeof value === 'boolean'],
  country: ['US', (value) => /^[A-Z]{2}$/.test(value)],
  device: ['auto', (value) => ['auto', 'desktop', 'ios', 'android'].includes(value)],
  firstView: ['ready', (value) => ['start', 'ready'].includes(value)],
  panel: ['closed', (value) => ['open', 'closed'].includes(value)],
};

const readSettings = () => {
  const stored = settingsStore.read();
  return Object.fromEntries(Object.entries(CHOICES).map(([key, [usual, isRight]]) =>
    [key, isMap(stored) && isRight(stored[key]) ? stored[key] : usual]));
};

export const settings = /** @type {Settings} */ (readSettings());

/** @param {keyof Settings} key @param {any} value */
export const setSetting = (key, value) => {
  Object.assign(settings, { [key]: value });
  settingsStore.write(settings);
};
