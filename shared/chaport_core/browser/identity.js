// Logged-in readers, for sites with `identity`: the site's own backend says who is reading, then the session starts. Nothing of an answer is written anywhere but into the widget's calls.
// Its parts: where it asks; the question; what is an answer; the session; the report; from here on. Shipped as identity.min.js (`make runtime`).
(() => {
  /** @typedef {{user?: {id: string, token: string}, visitor?: object, hash?: string}} Answer who is reading; none of these where the backend knows nobody's chat yet */

  const global = /** @type {any} */ (window);
  const page = /** @type {any} */ (document);
  // A router may evaluate the script of the next page, too.
  if (page.chaportIdentity) return;
  page.chaportIdentity = 1;
  // document.currentScript is also an <img name=currentScript> in the page's text.
  const { path = '', csrfHeader, csrfCookie } = /** @type {any} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')).get.call(page)?.dataset ?? {};
  /** How long the chat waits for the backend, and we for the widget to forget, in ms. */
  const PATIENCE = 3000;
  const MOST_BYTES = 65536;
  /** Says that the credentials which the widget keeps on this device are a known reader's; not whose. */
  const MARK = 'chaport-identity';
  const PREVIEW = 'script[src*=chaport-preview]';

  let isWarned = false;

  /** Once a document, and never with anything of an answer. @param {string} what */
  const warn = (what) => {
    if (!isWarned) console.warn(`[chaport] identity: ${what}`);
    isWarned = true;
  };

  // ---- Where it asks ------------------------------------------------------------------------------------------------

  /** This page's own origin, whatever its <base>, or the tag of a page elsewhere, says; throws where the origin is none ("null"). */
  const address = () => {
    if (path[0] !== '/') throw 0;
    return new URL(location.origin + path).href;
  };

  /** @param {RequestInit} more */
  const request = (more) => fetch(address(), { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', ...more });

  // ---- The question: whatever goes wrong is thrown as words ---------------------------------------------------------

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

  /** What the backend says; null for nobody. @param {AbortSignal} signal @returns {Promise<Answer | null>} */
  const fetchAnswer = async (signal) => {
    const answer = await request({ headers: { Accept: 'application/json' }, signal });
    const { type, status, headers } = answer;
    if (type === 'opaqueredirect') throw 'redirects, as to a page to log in';
    if (page.querySelector(PREVIEW) && !/no-store/i.test(headers.get('cache-control') || '')) warn(`${path} answers without Cache-Control: no-store, so a cache may give one reader's answer to another`);
    if (status === 204 || status === 401) return null;
    if (status !== 200) throw `answered with status ${status}`;
    if (!/^application\/json\b/i.test(headers.get('content-type') || '')) throw 'did not answer with JSON';
    const text = await readText(answer);
    try {
      return check(JSON.parse(text, refuseNames));
    } catch (error) {
      // The browser's own words may repeat some of the text.
      throw typeof error === 'string' ? error : 'did not answer with JSON';
    }
  };

  // ---- What is an answer --------------------------------------------------------------------------------------------

  /** These would change what every object has, where a script copies key by key. @param {string} name @param {any} value */
  const refuseNames = (name, value) => {
    if (/^(__proto__|constructor|prototype)$/.test(name)) throw `answered with the name ${name}`;
    return value;
  };

  /** @param {any} value */
  const isText = (value) => typeof value === 'string' && value;
  /** @param {any} value */
  const isMapping = (value) => typeof value === 'object' && value && !Array.isArray(value);

  /** @param {any} said @returns {Answer} */
  const check = (said) => {
    if (!isMapping(said)) throw 'did not answer with an object';
    const { session, visitor, visitorIntegrityHash: hash } = said;
    const user = session?.user;
    if (session != null && !(isText(user?.id) && isText(user.token))) throw 'answered with a session that has no user with id and token';
    if (visitor != null && !isMapping(visitor)) throw 'answered with a visitor that is no object';
    for (const name of ['name', 'email', 'phone', 'notes']) if (typeof (visitor?.[name] ?? '') !== 'string') throw `answered with a visitor whose ${name} is no text`;
    if (!isMapping(visitor?.custom ?? {})) throw 'answered with a visitor whose custom is no object';
    if (hash != null && !isText(hash)) throw 'answered with a visitorIntegrityHash that is no text';
    return { user: user && { id: user.id, token: user.token }, visitor, hash };
  };

  // ---- The session --------------------------------------------------------------------------------------------------

  /** The last answer; null for nobody. @type {Answer | null} */
  let reader = null;
  let isRunning = false;
  /** Documentation, "Traditional": methods are available only after the ready event. */
  let isReady = false;
  /** Whether a session is being ended, to begin another. */
  let isStopping = false;
  let stops = 0;
  /** Whether that takes longer than it should. */
  let isStuck = false;
  /** Whether consent was withdrawn. */
  let isOver = false;
  /** Whether the running session is a known reader's. */
  let isKnown = false;
  /** Whose session was started, where credentials say it. @type {string | undefined} */
  let startedId;
  /** Whom the widget takes the reader of the running session for, once it has said so. @type {string | undefined} */
  let visitorId;
  /** The question that is not answered yet. @type {AbortController | undefined} */
  let asking;
  /** The visitor that the backend was told of. @type {string | undefined} */
  let reported;

  /** @param {boolean} value */
  const mark = (value) => {
    isKnown = value;
    try {
      if (value !== !!localStorage[MARK]) value ? localStorage[MARK] = 1 : delete localStorage[MARK];
    } catch {}
  };

  /** Whether a session without credentials would be a known reader's, who is not here any more. */
  const wouldBeKnown = () => {
    try {
      return isKnown || localStorage[MARK];
    } catch {
      return isKnown;
    }
  };

  /** Starts the first session of the document: by the queue, which is obeyed before `ready`. @param {Answer['user']} [user] */
  const startFirst = (user) => {
    isRunning = true;
    startedId = user?.id;
    if (user) mark(true);
    global.chaport.q('startSession', ...(user ? [user] : []));
  };

  /** Not ahead of `ready`: what waits in the queue then might meet another session than its own. */
  const sendVisitor = () => {
    const { visitor, hash } = reader || {};
    if (visitor && isReady) global.chaport.q('setVisitorData', hash ? [visitor, hash] : [visitor]);
  };

  /** Starts the session of the last answer, where another one has ended. */
  const startNext = () => {
    const mine = reader;
    const user = mine?.user;
    isStopping = isStuck = false;
    startedId = user?.id;
    visitorId = reported = undefined;
    mark(!!user);
    global.chaport.startSession(user, () => mine === reader && sendVisitor());
  };

  const stop = () => {
    const mine = ++stops;
    // A widget may call back twice, or so late that another session is being ended.
    const isMine = () => mine === stops && isStopping && !isOver;
    const next = () => isMine() && startNext();
    setTimeout(() => {
      if (!isMine()) return;
      isStuck = true;
      // With credentials a session is theirs, whatever the widget remembers; without, it might be the former reader's.
      if (reader?.user) next();
      else warn('the widget did not forget its visitor, so there is no chat on this page');
    }, PATIENCE);
    try {
      global.chaport.stopSession(true, next);
    } catch {}
  };

  /** Ends the running session, forgets its visitor on this device, then starts that of the last answer. */
  const replace = () => {
    if (isStopping) return;
    isStopping = true;
    if (isReady) stop();
  };

  /** Makes the session that of the last answer. */
  const settle = () => {
    const user = reader?.user;
    if (isStopping) return isStuck && user && startNext();
    const isOther = isRunning && user ? (visitorId ?? startedId) !== user.id : !user && wouldBeKnown();
    if (isOther) replace();
    // All else waits for `ready`.
    if (!isRunning) return startFirst(user);
    if (isOther) return undefined;
    sendVisitor();
    return report();
  };

  // ---- The report -----------------------------------------------------------------------------------------------------

  const readCookie = () => {
    for (const one of page.cookie.split('; ')) if (one.startsWith(`${csrfCookie}=`)) return decodeURIComponent(one.slice(csrfCookie.length + 1));
    throw `was not told the visitor ID, because there is no cookie ${csrfCookie}`;
  };

  /** Tells the backend who the widget takes its reader for: once a session, and only where it knows the reader. */
  const report = async () => {
    const id = visitorId;
    // While it is asked anew, the cookies may be another reader's than the session.
    if (!reader || !isReady || isStopping || asking || !id || id === reported) return;
    reported = id;
    try {
      const csrf = csrfHeader ? { [csrfHeader]: csrfCookie ? readCookie() : '1' } : {};
      const { ok, status } = await request({
        method: 'POST', headers: { ...csrf, 'Content-Type': 'application/json' }, body: JSON.stringify({ visitorId: id }), keepalive: true,
      });
      if (!ok) throw `did not take the visitor ID (${status ? `status ${status}` : 'it redirects'})`;
      if (reader && visitorId === id) mark(true);
    } catch (error) {
      warn(`${path} ${typeof error === 'string' ? error : 'did not take the visitor ID'}`);
    }
  };

  /** @param {any} details */
  const hear = (details) => {
    if (isStopping) return;
    if (isText(details?.visitorId)) visitorId = details.visitorId;
    report();
  };

  // ---- From here on ---------------------------------------------------------------------------------------------------

  const ask = async () => {
    asking?.abort();
    const controller = asking = new AbortController();
    let isLate = false;
    /** @type {Promise<never>} */
    const late = new Promise((_, reject) => {
      setTimeout(() => {
        isLate = true;
        controller.abort();
        reject();
      }, PATIENCE);
    });
    /** @type {Answer | null} */
    let answer = null;
    try {
      answer = await Promise.race([fetchAnswer(controller.signal), late]);
    } catch (error) {
      if (asking === controller) warn(`${path} ${isLate ? `did not answer within ${PATIENCE / 1000} s` : typeof error === 'string' ? error : 'did not answer'}; the chat is anonymous`);
    }
    // What is too long, or not read at all, is not fetched any further.
    controller.abort();
    if (asking !== controller) return;
    asking = undefined;
    reader = answer;
    settle();
  };

  /** Nobody is here any more: what is asked is not waited for. */
  const leave = () => {
    asking?.abort();
    asking = undefined;
    reader = null;
    replace();
    if (!isRunning) startFirst();
  };

  let hasBegun = false;
  /** @type {string | undefined} */
  let consent;
  /** @type {(then: () => void) => () => void} */
  const whileHere = (then) => () => hasBegun && !isOver && then();

  const begin = () => {
    hasBegun = true;
    consent = page.querySelector('meta[name=chaport]')?.dataset.consent;
    const { chaport } = global;
    // Where a router brought this script late, the widget may be there, with a session.
    isReady = isRunning = !!chaport.open;
    chaport.on('ready', (/** @type {any} */ details) => {
      const isFirst = !isReady;
      isReady = true;
      if (isStopping) return isFirst && stop();
      if (isFirst) sendVisitor();
      hear(details);
    });
    chaport.on('chat.started', hear);
    // However often it is asked anew, the first session waits no longer.
    setTimeout(() => isRunning || isOver || settle(), PATIENCE);
    ask();
  };

  page.addEventListener('chaport:login', whileHere(ask));
  page.addEventListener('chaport:logout', whileHere(leave));
  // Consent is withdrawn, and manual-consent.js ends the session: no other one may start.
  page.addEventListener('chaport:revoke', whileHere(() => {
    if (consent !== 'manual') return;
    isOver = true;
    asking?.abort();
    asking = undefined;
    reader = null;
  }));
  // The page comes back as it was left (bfcache), but the reader may have logged out meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && whileHere(ask)());
  // In another tab somebody has logged out.
  addEventListener('storage', ({ key, newValue }) => key === MARK && !newValue && isKnown && whileHere(ask)());

  // The loader adds the widget's script when consent, and all else, is there: not before that is anything asked.
  const observer = new MutationObserver(() => look());
  const look = () => {
    if (hasBegun || !page.querySelector(`script[src*="app.chaport"],${PREVIEW}`)) return;
    observer.disconnect();
    begin();
  };
  observer.observe(page.head, { childList: true });
  look();
})();
