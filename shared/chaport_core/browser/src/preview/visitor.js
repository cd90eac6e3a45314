// Knows who the visitor is and what is known of the visitor, by the rule for unsigned data.
import { log } from './log.js';
import { changed, keepsMemory, state } from './state.js';
import { dataStore, visitorStore } from './storage.js';
import { isMap } from './values.js';

/** @import {Credentials, Visitor} from './types.js' */

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)),
  (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {Credentials | undefined} credentials */
export const recogniseVisitor = (credentials) => {
  const known = keepsMemory() && visitorStore.read();
  const isId = typeof known === 'string' && /^[\da-f]{24}$/.test(known);
  state.visitorId = credentials?.id || (isId ? known : newId());
  if (keepsMemory()) visitorStore.write(state.visitorId);
  state.visitor = recallData();
};

/** What was known of the visitor when the last session ended. @returns {Visitor} */
const recallData = () => {
  const kept = keepsMemory() ? dataStore.read() : null;
  return isMap(kept) && kept.visitorId === state.visitorId && isMap(kept.visitor) ? kept.visitor : {};
};

export const forgetVisitor = () => {
  visitorStore.write(null);
  dataStore.write(null);
};

/**
 * Documentation, `visitor`: without a hash, name, email, phone and notes only fill what is empty.
 * @param {Visitor} data @param {string} [hash]
 */
export const setVisitor = (data, hash) => {
  const { custom, ...fields } = data;
  for (const [key, value] of Object.entries(fields)) {
    const isKept = !hash && state.visitor[key] && state.visitor[key] !== value;
    if (isKept) log('note', 'visitor data ignored', `${key} is already set and there is no integrity hash`);
    else state.visitor = { ...state.visitor, [key]: value };
  }
  if (custom) state.visitor = { ...state.visitor, custom: { ...state.visitor.custom, ...custom } };
  if (keepsMemory()) dataStore.write({ visitorId: state.visitorId, visitor: state.visitor });
  changed();
};
