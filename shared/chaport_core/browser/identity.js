// Logged-in readers, for sites with `identity`: the site's own backend says who is reading, then the session starts. Nothing of an answer is written anywhere but into the widget's calls.
// Its parts: where it asks; the question; what is an answer; the mark; the session; the report; from here on. Shipped as identity.min.js (`make runtime`).
(() => {
  /** @typedef {{user?: {id: string, token: string}, visitor?: object, hash?: string}} Answer who is reading; none of these where the backend knows nobody's chat yet */

  const global = /** @type {any} */ (window);
  const page = /** @type {any} */ (document);
  // document.currentScript is also an <img name=currentScript> in the page's text.
  const { src } = /** @type {any} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')).get.call(page);
  // The page's text may hold such a tag, too, with another path: what stands in <head> counts.
  const own = [...page.head.querySelectorAll('script')].find((script) => script.src === src);
  // A router may evaluate the script of the next page, too. (No element's name is a symbol.)
  const guard = Symbol.for('chaport-identity');
  if (!own || page[guard]) return;
  page[guard] = 1;
  const { path = '', csrfHeader, csrfCookie } = own.dataset;
  /** How long the chat waits for the backend, and we for the widget to forget, in ms. */
  const PATIENCE = 3000;
  const MOST_BYTES = 65536;
  /** Before an appId: says that the credentials which the widget keeps on this device are a known reader's; not whose. */
  const MARK = 'chaport-identity:';
  const VENDORS_SCRIPT = 'https://app.chaport.com/javascripts/insert.js';
  const PREVIEW = /\/chaport-preview\.[0-9a-f]{8}\.js$/;

  let isWarned = false;
  let isPreview = false;

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

  /** @param {Response} answer */
  const readAnswer = async (answer) => {
    if (!/^application\/json\b/i.test(answer.headers.get('content-type') || '')) throw 'did not answer with JSON';
    const text = await readText(answer);
    try {
      return check(JSON.parse(text, refuseNames));
    } catch (error) {
      // The browser's own words may repeat some of the text.
      throw typeof error === 'string' ? error : 'did not answer with JSON';
    }
  };

  /** What the backend says; null for nobody. @param {AbortSignal} signal @returns {Promise<Answer | null>} */
  const fetchAnswer = async (signal) => {
    const answer = await request({ headers: { Accept: 'application/json' }, signal });
    const { type, status, headers } = answer;
    if (type === 'opaqueredirect') throw 'redirects, as to a page to log in';
    const isNobody = status === 204 || status === 401;
    if (!isNobody && status !== 200) throw `answered with status ${status}`;
    const said = isNobody ? null : await readAnswer(answer);
    if (isPreview && !/no-store/i.test(headers.get('cache-control') || '')) warn(`${path} answers without Cache-Control: no-store, so a cache may give one reader's answer to another`);
    return said;
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

  // ---- The mark -----------------------------------------------------------------------------------------------------

  /** Whether the running session is a known reader's. */
  let isKnown = false;
  let markName = MARK;
  /** What this tab knows of the mark; another value is another tab's. @type {string | undefined} */
  let seen;

  /** Whether it was asked last because of another tab's mark: that one stays, else two tabs would answer each other for ever. */
  let isEcho = false;

  /** @returns {string | undefined} */
  const readMark = () => {
    try {
      return localStorage[markName];
    } catch {}
  };

  /** Before anything of a known reader goes into a session. Each time another value, which the other tabs hear. */
  const mark = () => {
    isKnown = true;
    try {
      if (!isEcho || !readMark()) localStorage[markName] = Math.random();
    } catch {}
    seen = readMark();
  };

  /** Once the widget has forgotten; unless another tab has marked somebody meanwhile. @param {string | undefined} former */
  const unmark = (former) => {
    isKnown = false;
    if (former && former === readMark()) delete localStorage[markName];
    seen = readMark();
  };

  // ---- The session --------------------------------------------------------------------------------------------------

  /** The last answer; null for nobody. @type {Answer | null} */
  let reader = null;
  let isRunning = false;
  /** Documentation, "Traditional": methods are available only after the ready event. */
  let isReady = false;
  /** Whether a session is being ended, to begin another. */
  let isStopping = false;
  /** The mark of the session that is being ended. @type {string | undefined} */
  let former;
  let stops = 0;
  /** Whether that takes longer than it should. */
  let isStuck = false;
  /** Whether consent was withdrawn. */
  let isOver = false;
  /** Whose session was started, where credentials say it. @type {string | undefined} */
  let startedId;
  /** Whom the widget takes the reader of the running session for, once it has said so. @type {string | undefined} */
  let visitorId;
  /** The question that is not answered yet. @type {AbortController | undefined} */
  let asking;
  /** The visitor that the backend was told of. @type {string | undefined} */
  let reported;

  /** Starts the first session of the document: by the queue, which is obeyed before `ready`. @param {Answer['user']} [user] */
  const startFirst = (user) => {
    isRunning = true;
    startedId = user?.id;
    if (user) mark();
    global.chaport.q('startSession', ...(user ? [user] : []));
  };

  /** Tells the running session of its reader. Not ahead of `ready`: what waits in the queue then might meet another session than its own. */
  const introduce = () => {
    if (!reader || !isReady) return;
    const { visitor, hash } = reader;
    if (!isKnown) mark();
    if (visitor) global.chaport.q('setVisitorData', hash ? [visitor, hash] : [visitor]);
  };

  /** Starts the session of the last answer, where another one has ended. */
  const startNext = () => {
    const mine = reader;
    const user = mine?.user;
    isStopping = isStuck = false;
    startedId = user?.id;
    visitorId = reported = undefined;
    mine ? mark() : unmark(former);
    global.chaport.startSession(user, () => mine === reader && introduce());
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
    former = readMark();
    if (isReady) stop();
  };

  /** Makes the session that of the last answer. */
  const settle = () => {
    const user = reader?.user;
    if (isStopping) return isStuck && user && startNext();
    const isOther = isRunning && user ? (visitorId ?? startedId) !== user.id : !user && (isKnown || readMark());
    if (isOther) replace();
    // All else waits for `ready`.
    if (!isRunning) return startFirst(user);
    if (isOther) return undefined;
    introduce();
    return report();
  };

  // ---- The report -----------------------------------------------------------------------------------------------------

  const readCookie = () => {
    for (const one of page.cookie.split('; ')) if (one.startsWith(`${csrfCookie}=`)) return decodeURIComponent(one.slice(csrfCookie.length + 1));
    throw `was not told the visitor ID, because there is no cookie ${csrfCookie}`;
  };

  /** Tells the backend whom the widget takes its reader for: once a session, where it knows the reader, and not that visitor yet. */
  const report = async () => {
    const id = visitorId;
    // While it is asked anew, the cookies may be another reader's than the session.
    if (!reader || !isReady || isStopping || asking || !id || id === reported || id === reader.user?.id) return;
    reported = id;
    try {
      const csrf = csrfHeader ? { [csrfHeader]: csrfCookie ? readCookie() : '1' } : {};
      const { ok, status } = await request({
        method: 'POST', headers: { ...csrf, 'Content-Type': 'application/json' }, body: JSON.stringify({ visitorId: id }), keepalive: true,
      });
      if (!ok) throw `did not take the visitor ID (${status ? `status ${status}` : 'it redirects'})`;
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

  const ask = async (hears = false) => {
    isEcho = hears;
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

  /** Heeds what another tab has made of the mark: its reader has logged out, or somebody has logged in. */
  const compare = () => {
    const now = readMark();
    if (now === seen || now && page.visibilityState === 'hidden') return;
    seen = now;
    if (now) ask(true);
    else if (isKnown) leave();
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
    // The widget keeps one visitor for each appId.
    markName += global.chaportConfig?.appId;
    seen = readMark();
    chaport.on('ready', (/** @type {any} */ details) => {
      const isFirst = !isReady;
      isReady = true;
      if (isStopping) return isFirst && stop();
      if (isFirst) introduce();
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
    unmark(readMark());
  }));
  // The page comes back as it was left (bfcache), but the reader may have logged out meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && whileHere(ask)());
  addEventListener('storage', whileHere(compare));
  page.addEventListener('visibilitychange', whileHere(compare));

  // The loader adds the widget's script when consent, and all else, is there: not before that is anything asked.
  const observer = new MutationObserver(() => look());
  const look = () => {
    // Only what a script has made is async without an attribute: no tag in the page is taken for the loader's.
    const found = [...page.head.querySelectorAll('script:not([async])')].find(({ async, src }) => async && (src === VENDORS_SCRIPT || PREVIEW.test(src)));
    if (hasBegun || !found) return;
    observer.disconnect();
    isPreview = found.src !== VENDORS_SCRIPT;
    begin();
  };
  observer.observe(page.head, { childList: true });
  look();
})();
