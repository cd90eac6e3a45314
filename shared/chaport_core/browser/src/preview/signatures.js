// Knows which tokens and hashes are forged: with a made-up salt, on this machine alone.
import { warn } from './log.js';
import { encodeAsPhp } from './php.js';

/** @import {Credentials} from './types.js' */

const NO_SALT = 'chaportPreviewSalt is for tests on this machine, with a made-up salt as text; nothing was'
  + ' checked. If that was your account\'s salt, change it in Chaport';
const NO_TOKEN = 'startSession: the token is not that of this visitor and this salt; refused';
const NO_HASH = 'setVisitorData: the hash is not that of this data and this salt; refused';

let salt = '';

/** Takes the salt out of the page: in a page of a site it would be everybody's. */
export const takeSalt = () => {
  const page = /** @type {any} */ (window);
  const given = page.chaportPreviewSalt;
  delete page.chaportPreviewSalt;
  if (given === undefined) return;
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  if (isHere && typeof given === 'string') salt = given;
  else warn('salt', NO_SALT);
};

/** @param {string} text */
const sha1 = async (text) => {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * Runs fn, at once where there is nothing to check; a forged signature is reported and nothing is run.
 * @param {string} words @param {string} signed @param {string | undefined} signature @param {() => void} fn
 */
const ifSigned = (words, signed, signature, fn) => {
  if (!salt || !signature) fn();
  else sha1(salt + signed).then((right) => (right === signature ? fn() : warn('forged', words)));
};

/** @param {Credentials | undefined} user @param {() => void} fn */
export const ifTokenFits = (user, fn) => ifSigned(NO_TOKEN, `${user?.id}`, user?.token, fn);

/** @param {any} data @param {string | undefined} hash @param {() => void} fn */
export const ifHashFits = (data, hash, fn) => ifSigned(NO_HASH, encodeAsPhp(data), hash, fn);
