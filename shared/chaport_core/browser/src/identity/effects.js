// Knows how what the machine decides is done: by the widget, the backend, the storage and the clock.
import { makeMark } from './mark.js';
import { fetchAnswer } from './question.js';
import { tellBackend } from './report.js';

/** @import {Effects, Settings} from './types.js' */

/** How long the chat waits for the backend, and we for the widget to forget, in ms. */
const PATIENCE = 3000;

/** @param {Settings} settings @param {boolean} isPreview @returns {Effects} */
export const makeEffects = (settings, isPreview) => {
  const { path } = settings;
  const { chaport, chaportConfig } = /** @type {any} */ (window);
  let isWarned = false;

  /** @type {Effects['wait']} */
  const wait = (then) => setTimeout(then, PATIENCE);

  /** Once a document, and never with anything of an answer. @param {string} what */
  const warn = (what) => {
    if (!isWarned) console.warn(`[chaport] identity: ${what}`);
    isWarned = true;
  };
  const warnOfCaches = () => {
    const what = "without Cache-Control: no-store, so a cache may give one reader's answer to another";
    if (isPreview) warn(`${path} answers ${what}`);
  };

  /** @type {Effects['ask']} */
  const ask = (then) => {
    const controller = new AbortController();
    /** @param {string} why */
    const fail = (why) => {
      // What is too long, or not read at all, is not fetched any further.
      controller.abort();
      then(null, `${path} ${why}; the chat is anonymous`);
    };
    wait(() => fail(`did not answer within ${PATIENCE / 1000} s`));
    fetchAnswer(path, controller.signal, warnOfCaches)
      .then(then, (error) => fail(typeof error === 'string' ? error : 'did not answer'));
    return () => controller.abort();
  };

  return {
    ask,
    warn,
    report: async (visitorId) => {
      const why = await tellBackend(settings, visitorId);
      if (why) warn(`${path} ${why}`);
    },
    queue: (user) => chaport.q('startSession', ...(user ? [user] : [])),
    start: (user, then) => chaport.startSession(user, then),
    stop: (then) => {
      try {
        chaport.stopSession(true, then);
      } catch {}
    },
    introduce: (visitor, hash) => chaport.q('setVisitorData', hash ? [visitor, hash] : [visitor]),
    wait,
    // The widget keeps one visitor for each appId.
    ...makeMark(chaportConfig?.appId),
  };
};
