// Chat in the content, for pages with chat links and sites with `events: dom`: clicks become calls, the vendor's events become DOM events.
// Its parts: where the widget is; following a link; calling; what a reader's machine is told; events; from here on. Shipped as content.min.js (`make runtime`).
(() => {
  const global = /** @type {any} */ (window);
  // A router may evaluate the script of the next page, too.
  if (global.chaportContent) return;
  global.chaportContent = 1;
  const { documentElement: root } = document;
  /** How long a reader waits for the widget before the link is followed, in ms. A click may open a tab for 5 s (Chromium 136, HTML Standard, "transient activation"). */
  const PATIENCE = 4000;
  const CALLS = '[data-chaport]';

  // ---- Where the widget is ------------------------------------------------------------------------------------------

  /** Documentation, "Traditional Javascript API": methods are available only after the ready event. */
  const isReady = () => global.chaport?.open;
  const isAsked = () => document.querySelector('[src*="app.chaport"],[src*=chaport-preview]');
  /** Whether it failed, or was waited for in vain. @type {boolean | undefined} */
  let isLost;

  addEventListener('error', ({ target }) => {
    if (/app\.chaport|chaport-preview/.test(/** @type {any} */ (target).src)) lose();
  }, true);

  /** Whether a click may wait for the widget; behind `consent: click` it is what asks for it. */
  const mayCome = () => {
    const gate = !isAsked() && /** @type {HTMLElement} */ (document.querySelector('meta[name=chaport]'))?.dataset.consent;
    if (gate === 'click') document.dispatchEvent(new Event('chaport:consent'));
    return global.chaport && !isLost && (!gate || gate === 'click');
  };

  // ---- Following a link ---------------------------------------------------------------------------------------------

  /** The link that the browser shall follow. @type {HTMLElement | undefined} */
  let passing;
  /** The element that waits for the widget. @type {HTMLElement | undefined} */
  let waiting;
  let timer = 0;

  /** @param {HTMLElement} element */
  const isLink = (element) => element.matches('[*|href]');

  /** @param {HTMLElement} element */
  const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));

  const rest = () => {
    clearTimeout(timer);
    if (waiting) waiting.ariaBusy = null;
    waiting = undefined;
  };

  /** @param {HTMLElement} element */
  const follow = (element) => {
    const { chaportFallback } = element.dataset;
    rest();
    if (isLink(element)) {
      passing = element;
      click(element);
    } else if (chaportFallback) location.assign(chaportFallback);
  };

  const lose = () => {
    isLost = true;
    if (waiting) follow(waiting);
  };

  // ---- Calling ------------------------------------------------------------------------------------------------------

  /** @param {HTMLElement} element */
  const call = (element) => {
    rest();
    const { chaport, chaportArgs } = element.dataset;
    try {
      global.chaport[chaport || ''](...JSON.parse(chaportArgs || '[]'));
    } catch {
      follow(element);
    }
  };

  addEventListener('click', (event) => {
    const element = /** @type {any} */ (event.target).closest?.(CALLS);
    const isFollowed = element === passing;
    passing = undefined;
    // Another button or a key held down asks the browser for a tab, a window or a download.
    if (!element || isFollowed || ['button', 'metaKey', 'ctrlKey', 'shiftKey', 'altKey'].some((key) => event[/** @type {'button'} */ (key)])) return;
    const isComing = isReady() || (element !== waiting && mayCome());
    // The second click of a reader who would not wait follows, too.
    rest();
    if (!isComing && isLink(element)) return;
    event.preventDefault();
    // A router would go to a fallback on this site; everybody else may hear the click.
    if (element.host === location.host) event.stopPropagation();
    if (isReady()) call(element);
    else if (isComing) {
      waiting = element;
      element.ariaBusy = true;
      timer = setTimeout(lose, PATIENCE);
    } else follow(element);
  }, true);

  addEventListener('keydown', (/** @type {any} */ event) => {
    if (/^( |Enter)$/.test(event.key) && event.target.matches('[data-chaport][role=button]')) {
      event.preventDefault();
      if (!event.repeat) click(event.target);
    }
  });

  // ---- What a reader's machine is told ------------------------------------------------------------------------------

  const describe = () => {
    listen();
    const state = isReady() && global.chaport.getWidgetState();
    if (!state) return;
    root.dataset.chaportState = state;
    for (const element of /** @type {any} */ (document.querySelectorAll('[data-chaport=open],[data-chaport=toggle]'))) element.ariaExpanded = state === 'expanded';
  };

  // ---- Events -------------------------------------------------------------------------------------------------------

  /** @type {boolean | undefined} */
  let isHeard;

  const listen = () => {
    const { chaport } = global;
    if (isHeard || !chaport) return;
    isHeard = true;
    for (const name of ['ready', 'chat.autoInvitation', 'chat.botSent', 'chat.onlineChange', 'chat.started', 'widget.stateChange']) {
      const tell = (/** @type {any} */ detail) => {
        describe();
        if (waiting && isReady()) call(waiting);
        document.dispatchEvent(new CustomEvent(`chaport:${name}`, { detail }));
      };
      chaport.on(name, tell);
      // It was ready before this script came.
      if (name === 'ready' && isReady()) tell(undefined);
    }
  };

  // ---- From here on -------------------------------------------------------------------------------------------------

  new MutationObserver(describe).observe(root, { childList: true, subtree: true });
  describe();
})();
