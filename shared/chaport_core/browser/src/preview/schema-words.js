// Knows in which words an option is described to whoever got it wrong.
import { liveWords } from './live.js';
import { resolve } from './schema.js';

/** @import {Schema} from './schema.js' */

const RULES = 'a list of objects with a single key, each with true, false,'
  + ' [parameterKey, matcher, matchValue] or a function';
const COUNTRIES = 'a list of 2-letter country codes in capitals';

/** Where a pattern or a choice of types says little to a reader. @type {Record<string, string>} */
const WORDS = {
  appId: '24 hexadecimal digits',
  'appearance.position': 'a list like ["right", 20, 20]',
  'appearance.windowColor': 'a hex colour such as #a077bc, or the name of a documented colour',
  'assignments.defaultRules': RULES,
  'assignments.rules': RULES,
  'countries.exclude': COUNTRIES,
  'countries.include': COUNTRIES,
  'init.delayAfterEvent': 'a number of milliseconds',
  'init.maxDelay': 'a number of milliseconds',
  'language.use': 'a 2-letter language code in small letters',
  openIn: 'a window name such as "_blank", or an object with a selector',
  operators: 'a list of ids',
  'session.user': 'an object with id and token',
  'setAssignmentRules.defaultRules': RULES,
  'setAssignmentRules.rules': RULES,
  triggers: 'false, or an object with enabled or disabled (true, false or a list of ids)',
};

const TYPE_WORDS = /** @type {Record<string, string>} */ ({
  boolean: 'true or false', string: 'text', number: 'a number', array: 'a list', object: 'an object',
});

/** What an option must be. @param {Schema} asked @param {string} path */
export const describe = (asked, path) => {
  const words = WORDS[path.replace(/^(devices\.configs\.\w+\.)+/, '')];
  if (words) return words;
  const schema = resolve(asked);
  if (schema.doNotSuggest) return liveWords(schema.tsType);
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.items?.enum) return `a list of ${schema.items.enum.join(', ')}`;
  return TYPE_WORDS[schema.type];
};
