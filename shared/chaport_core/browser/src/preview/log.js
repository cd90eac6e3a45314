// Knows what has happened, over all pages of a visit, and warns of what the documentation does not have.
import { logStore } from './storage.js';
import { isMap, plain } from './values.js';

/** @import {Entry, Kind} from './types.js' */

const KEPT_ENTRIES = 500;

/** @param {any} entry */
const isEntry = (entry) =>
  isMap(entry) && [entry.kind, entry.name, entry.detail].every((part) => typeof part === 'string');

/** @returns {Entry[]} */
const readLog = () => {
  const kept = logStore.read();
  return Array.isArray(kept) ? kept.filter(isEntry) : [];
};

export const entries = readLog();
let onEntry = () => {};

/** @param {() => void} listener called after each entry */
export const watchLog = (listener) => {
  onEntry = listener;
};

/** @param {Kind} kind @param {string} name @param {any} detail @param {string} [via] */
export const log = (kind, name, detail, via) => {
  entries.push({ kind, name, detail: JSON.stringify(plain(detail)), ...(via && { via }) });
  if (entries.length > KEPT_ENTRIES) entries.splice(0, entries.length - KEPT_ENTRIES);
  logStore.write(entries);
  onEntry();
};

export const clearLog = () => {
  entries.length = 0;
  logStore.write(null);
  onEntry();
};

/** @param {string} name @param {string} message */
export const warn = (name, message) => {
  log('warning', name, message);
  console.warn(`[chaport preview] ${message}`);
};

const said = new Set();
/** @param {string} name @param {string} message */
export const warnOnce = (name, message) => {
  if (said.has(message)) return;
  said.add(message);
  warn(name, message);
};
