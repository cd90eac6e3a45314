// Knows what an answer of the site's backend has to look like; whatever is wrong is thrown as words.

/** @import {Answer} from './types.js' */

/**
 * These would change what every object has, where a script copies key by key.
 * @param {string} name @param {any} value
 */
const refuseNames = (name, value) => {
  if (/^(__proto__|constructor|prototype)$/.test(name)) throw `answered with the name ${name}`;
  return value;
};

/** @param {any} value */
const isText = (value) => value && typeof value === 'string';
/** @param {any} value */
const isMapping = (value) => value && typeof value === 'object' && !Array.isArray(value);

/** @param {any} session */
const checkSession = (session) => {
  if (session == null || (isText(session.user?.id) && isText(session.user.token))) return;
  throw 'answered with a session that has no user with id and token';
};

/** @param {any} visitor */
const checkVisitor = (visitor) => {
  if (visitor != null && !isMapping(visitor)) throw 'answered with a visitor that is no object';
  for (const name of ['name', 'email', 'phone', 'notes']) {
    if (typeof (visitor?.[name] ?? '') !== 'string') throw `answered with a visitor whose ${name} is no text`;
  }
  if (!isMapping(visitor?.custom ?? {})) throw 'answered with a visitor whose custom is no object';
};

/** @param {any} said @returns {Answer} */
const check = (said) => {
  if (!isMapping(said)) throw 'did not answer with an object';
  const { session, visitor, visitorIntegrityHash: hash } = said;
  const user = session?.user;
  checkSession(session);
  checkVisitor(visitor);
  if (hash != null && !isText(hash)) throw 'answered with a visitorIntegrityHash that is no text';
  return { user: user && { id: user.id, token: user.token }, visitor, hash };
};

/** Who is reading, from the text of an answer. @param {string} text @returns {Answer} */
export const readAnswer = (text) => {
  try {
    return check(JSON.parse(text, refuseNames));
  } catch (error) {
    // The browser's own words may repeat some of the text.
    throw typeof error === 'string' ? error : 'did not answer with JSON';
  }
};
