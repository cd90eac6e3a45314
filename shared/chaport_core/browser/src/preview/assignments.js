// Knows to whom a chat would go, in the documented order: resolve, rules, defaultRules, operators.
import { warnOnce } from './log.js';
import { settings } from './settings.js';
import { changed, state } from './state.js';
import { isTexts, show } from './values.js';

const PARAMETERS = [
  'page_url', 'message_text', 'country', 'language', 'referrer_url',
  'utm_source', 'utm_medium', 'utm_term', 'utm_campaign', 'utm_content',
];

/** @param {any} a @param {any} b */
const same = (a, b) =>
  (typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b);
/** @param {any} a @param {any} b */
const has = (a, b) => a != null && String(a).includes(String(b));

/** @type {Record<string, (a: any, b: any) => boolean>} */
const MATCHERS = {
  '=': same, '!=': (a, b) => !same(a, b), contains: has, '!contains': (a, b) => !has(a, b),
  gt: (a, b) => a > b, lt: (a, b) => a < b, gte: (a, b) => a >= b, lte: (a, b) => a <= b,
  '>': (a, b) => a > b, '<': (a, b) => a < b, '>=': (a, b) => a >= b, '<=': (a, b) => a <= b,
};

/** @param {any} a @param {string} matcher @param {any} b */
export const compare = (a, matcher, b) => {
  if (Object.hasOwn(MATCHERS, matcher)) return MATCHERS[matcher](a, b);
  warnOnce('matcher', `compare: the matcher ${show(matcher)} is not in the documentation`);
  return false;
};

/** @param {string} key @returns {any} */
export const parameter = (key) => {
  if (!PARAMETERS.includes(key)) {
    warnOnce('parameter', `getParameterValue: the key ${show(key)} is not in the documentation`);
    return undefined;
  }
  /** @type {Record<string, any>} */
  const values = {
    page_url: state.pageUrl, message_text: state.messageText, country: settings.country,
    language: state.language, referrer_url: document.referrer,
  };
  if (key in values) return values[key];
  try {
    return new URL(state.pageUrl, location.href).searchParams.get(key) ?? undefined;
  } catch {
    return undefined;
  }
};

/** What a function of the page's answers. @param {(cp: object) => any} fn */
const ask = (fn) => {
  try {
    return fn({ compare, getParameterValue: parameter });
  } catch (error) {
    warnOnce('assignments', `assignments: a function failed: ${error}`);
    return undefined;
  }
};

/** @param {any} when the condition of a rule */
const matches = (when) => {
  if (typeof when === 'function') return ask(when) === true;
  if (Array.isArray(when)) return compare(parameter(when[0]), when[1], when[2]);
  return when === true;
};

/** @param {(cp: object) => any} resolve @returns {{to: any} | undefined} */
const resolved = (resolve) => {
  const answer = ask(resolve);
  if (answer === '' || (Array.isArray(answer) && !answer.length)) {
    warnOnce('assignments', `assignments.resolve answered ${show(answer)}, which names nobody; null is the`
      + ' documented way to say so');
    return undefined;
  }
  if (answer === null || typeof answer === 'string' || isTexts(answer)) return { to: answer };
  if (answer !== undefined) {
    warnOnce('assignments', 'assignments.resolve must answer an id, a list of ids, null or undefined, not '
      + show(answer));
  }
  return undefined;
};

/** Who a chat started now would go to, and which option says so. */
const assignee = () => {
  const { resolve, rules, defaultRules } = state.assignments;
  const answer = resolve && resolved(resolve);
  if (answer) return { ...answer, by: 'resolve' };
  for (const [by, list] of Object.entries({ rules, defaultRules })) {
    for (const rule of list ?? []) {
      const [[to, when]] = Object.entries(rule);
      if (matches(when)) return { to, by };
    }
  }
  const { operators } = state.config;
  if (operators && !resolve && !rules) return { to: operators, by: 'operators' };
  return { to: 'any operator', by: 'account' };
};

export const assign = () => {
  const { to, by } = assignee();
  state.assigned = `${to === null ? 'nobody' : Array.isArray(to) ? `one of ${to.join(', ')}` : to} (${by})`;
  changed();
  return { to, by };
};
