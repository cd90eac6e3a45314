// Knows how the backend is told whom the widget takes its reader for.
import { request } from './request.js';

/** @param {string} name */
const readCookie = (name) => {
  for (const one of document.cookie.split('; ')) {
    if (one.startsWith(`${name}=`)) return decodeURIComponent(one.slice(name.length + 1));
  }
  throw `was not told the visitor ID, because there is no cookie ${name}`;
};

/** @import {Settings} from './types.js' */

/**
 * What is wrong with that, in words; undefined where nothing is.
 * @param {Settings} settings @param {string} visitorId @returns {Promise<string | undefined>}
 */
export const tellBackend = async ({ path, csrfHeader, csrfCookie }, visitorId) => {
  try {
    const csrf = csrfHeader ? { [csrfHeader]: csrfCookie ? readCookie(csrfCookie) : '1' } : {};
    const headers = { ...csrf, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ visitorId });
    const { ok, status } = await request(path, { method: 'POST', headers, body, keepalive: true });
    if (!ok) throw `did not take the visitor ID (${status ? `status ${status}` : 'it redirects'})`;
  } catch (error) {
    return typeof error === 'string' ? error : 'did not take the visitor ID';
  }
};
