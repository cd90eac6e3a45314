// Knows the schema of the vendor's options, and whether a value that a script passes is as it says.
import { definitions } from '../../../schema/options.json';
import { fitsLive, isFunctionType } from './live.js';
import { isMap } from './values.js';

/** A JSON Schema, or a part of one. @typedef {Record<string, any>} Schema */

/** @param {string} name @returns {Schema} */
export const definition = (name) => /** @type {Record<string, Schema>} */ (definitions)[name];

/** @param {Schema} schema whether it is what files have instead of a value that only a script can pass */
const isLive = ({ type, doNotSuggest }) => type === 'null' && doNotSuggest;

/**
 * What a schema asks for: references are followed, and null, by which a file says nothing, is left out.
 * @param {Schema} schema @returns {Schema}
 */
export const resolve = (schema) => {
  if (schema.$ref) return resolve(definition(schema.$ref.split('/').at(-1)));
  const choices = choicesOf(schema)?.filter((one) => one.type !== 'null' || isLive(one));
  if (!choices) return schema;
  return choices.length === 1 ? resolve(choices[0]) : { ...schema, anyOf: choices };
};

/** @param {Schema} schema @returns {Schema[] | undefined} */
const choicesOf = ({ anyOf, oneOf }) => anyOf ?? oneOf;

/** @type {Record<string, (schema: Schema, value: any) => boolean>} */
const TYPES = {
  boolean: (_, value) => typeof value === 'boolean',
  string: ({ pattern = '' }, value) => typeof value === 'string' && new RegExp(pattern).test(value),
  number: ({ minimum = -Infinity }, value) => Number.isFinite(value) && value >= minimum,
  array: (schema, value) => Array.isArray(value) && fitsList(schema, value),
  object: (schema, value) => isMap(value) && fitsMap(schema, value),
};

/** @param {Schema} schema @param {any[]} list */
const fitsList = ({ items, additionalItems, minItems = 0, maxItems = Infinity }, list) => {
  if (list.length < minItems || list.length > maxItems) return false;
  const itemAt = (/** @type {number} */ at) => (Array.isArray(items) ? items[at] ?? additionalItems : items);
  return list.every((item, at) => !itemAt(at) || fits(itemAt(at), item));
};

/** @param {Schema} schema @param {Record<string, any>} map a key without a value is as good as missing */
const fitsMap = (schema, map) => {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const { minProperties = 0, maxProperties = Infinity } = schema;
  const keys = Object.keys(map).filter((key) => map[key] !== undefined);
  if (keys.length < minProperties || keys.length > maxProperties) return false;
  if (!required.every((/** @type {string} */ key) => keys.includes(key))) return false;
  return keys.every((key) => {
    const inner = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    return typeof inner === 'boolean' ? inner : fits(inner, map[key]);
  });
};

/** @param {Schema} asked @param {any} value @returns {boolean} */
export const fits = (asked, value) => {
  const schema = resolve(asked);
  const { tsType, type } = schema;
  if (isLive(schema)) return fitsLive(tsType, value) ?? fits(definition(tsType), value);
  if (typeof value === 'function') return isFunctionType(tsType);
  const choices = choicesOf(schema);
  if (choices) return choices.some((one) => fits(one, value));
  if ('const' in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  return !type || TYPES[type](schema, value);
};
