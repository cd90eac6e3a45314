// Knows how the backend is asked who is reading, and what may go wrong with that; it is thrown as words.
import { readAnswer } from './answer.js';
import { request } from './request.js';

const MOST_BYTES = 65536;

/** @param {Response} answer */
const readText = async ({ body }) => {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > MOST_BYTES) throw 'answered with more than 64 kB';
    text += decoder.decode(value, { stream: true });
  }
};

/**
 * What the backend says; null for nobody.
 * @param {string} path @param {AbortSignal} signal
 * @param {() => void} onCacheable called where a cache may give the answer to another reader
 */
export const fetchAnswer = async (path, signal, onCacheable) => {
  const answer = await request(path, { headers: { Accept: 'application/json' }, signal });
  const { type, status, headers } = answer;
  if (type === 'opaqueredirect') throw 'redirects, as to a page to log in';
  const isNobody = status === 204 || status === 401;
  if (!isNobody && status !== 200) throw `answered with status ${status}`;
  if (!isNobody && !/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
    throw 'did not answer with JSON';
  }
  const reader = isNobody ? null : readAnswer(await readText(answer));
  if (!/no-store/i.test(headers.get('cache-control') ?? '')) onCacheable();
  return reader;
};
