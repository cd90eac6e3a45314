// Knows how any value a page may pass is told apart and written down.

/** @param {any} value @returns {value is Record<string, any>} */
export const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {any} value @returns {value is string[]} */
export const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');

/**
 * What JSON can hold of a value; a visitor's token or hash is a secret and stays out of storage.
 * @param {any} value @param {any[]} above what it is in
 * @returns {any}
 */
export const plain = (value, above = []) => {
  if (typeof value === 'function') return '[function]';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'string' && /^[\da-f]{40}$/.test(value)) return '[hidden]';
  if (typeof value !== 'object' || value === null) return value === undefined ? null : value;
  if (above.includes(value)) return '[circular]';
  if (above.length > 6) return '[deep]';
  if (value instanceof EventTarget) return `[${value.constructor?.name ?? 'EventTarget'}]`;
  return plainParts(value, [...above, value]);
};

/** @param {Record<string, any>} value @param {any[]} above */
const plainParts = (value, above) => {
  try {
    if (Array.isArray(value)) return value.slice(0, 100).map((item) => plain(item, above));
    return Object.fromEntries(Object.keys(value).slice(0, 100)
      .map((key) => [key, key === 'token' ? '[hidden]' : plain(value[key], above)]));
  } catch {
    return '[unreadable]';
  }
};

/** @param {any} value */
export const show = (value) => JSON.stringify(plain(value));
