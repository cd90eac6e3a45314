// Knows what PHP's json_encode makes of a value of JSON (integrity.py says more).
import { isMap } from './values.js';

/** @param {number} value */
const encodeNumber = (value) => {
  const [digits, exponent] = value.toExponential().split('e');
  const isShort = Number(exponent) > -5 && Number(exponent) < 17;
  const isPlain = value === 0 || Number.isSafeInteger(value) || isShort;
  if (isPlain) return Object.is(value, -0) ? '-0' : String(value);
  return `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
};

/** @param {string} value */
const encodeText = (value) => JSON.stringify(value).replaceAll('/', '\\/')
  .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param {any} value @returns {string} */
export const encodeAsPhp = (value) => {
  if (Array.isArray(value)) return `[${value.map(encodeAsPhp)}]`;
  if (isMap(value)) {
    return `{${Object.entries(value).map(([key, item]) => `${encodeText(key)}:${encodeAsPhp(item)}`)}}`;
  }
  if (typeof value === 'string') return encodeText(value);
  return typeof value === 'number' ? encodeNumber(value) : JSON.stringify(value);
};
