// Knows what only a site's own script can pass, which no file can hold; the schema tells it by its type.

/** @type {Record<string, (value: any) => boolean>} */
const LIVE_TYPES = {
  any: () => true,
  string: (value) => typeof value === 'string',
  EventTarget: (value) => typeof value?.addEventListener === 'function',
};

/** Whether a type of TypeScript is, or may be, a function. @param {string} [tsType] */
export const isFunctionType = (tsType = '') => tsType === 'any' || tsType.includes('=>');

/**
 * Whether a value is of that type; undefined where the type is a definition of the schema.
 * @param {string} tsType @param {any} value
 */
export const fitsLive = (tsType, value) =>
  (isFunctionType(tsType) ? tsType === 'any' || typeof value === 'function' : LIVE_TYPES[tsType]?.(value));

/** @param {string} tsType */
export const liveWords = (tsType) => {
  if (isFunctionType(tsType)) return 'a function';
  return tsType === 'string' ? 'text' : `an ${tsType}`;
};
