// Knows which of what a page passes is in the vendor's documentation; the rest is reported and left out.
import { warn } from './log.js';
import { fits, resolve } from './schema.js';
import { describe } from './schema-words.js';
import { isMap, show } from './values.js';

/** @import {Schema} from './schema.js' */

/** @param {string} path */
const whyUnknown = (path) => {
  const [, name] = /^devices\.(desktop|ios|android|mobile)$/.exec(path) ?? [];
  const instead = `devices.configs.${name}`;
  if (name === 'mobile') {
    return `stands in an example of the documentation, but is not one of its options: say ${instead}`;
  }
  return `is not in the documentation${name ? ` (say ${instead})` : ''}`;
};

/** @param {any} value @param {Schema} schema @param {string} path */
const checked = (value, schema, path) => {
  if (fits(schema, value)) return value;
  warn('config', `${path} must be ${describe(schema, path)}, not ${show(value)}; left out`);
  return undefined;
};

/**
 * The part of a value that the documentation knows; undefined where there is none.
 * @param {any} value @param {Schema} asked @param {string} path
 * @returns {any}
 */
export const clean = (value, asked, path) => {
  const { properties } = resolve(asked);
  if (!properties) return checked(value, asked, path);
  if (!isMap(value)) {
    warn('config', `${path} must be an object, not ${show(value)}; left out`);
    return undefined;
  }
  /** @type {Record<string, any>} */
  const kept = {};
  for (const key of Object.keys(value)) {
    const inner = path === 'chaportConfig' ? key : `${path}.${key}`;
    if (!Object.hasOwn(properties, key)) warn('config', `${inner} ${whyUnknown(inner)}; left out`);
    else if (value[key] !== undefined) {
      const part = clean(value[key], properties[key], inner);
      if (part !== undefined) kept[key] = part;
    }
  }
  if ('include' in kept && 'exclude' in kept) {
    warn('config', `${path}.include is ignored because ${path}.exclude is set`);
  }
  return kept;
};
