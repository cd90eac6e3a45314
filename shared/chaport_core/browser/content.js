// Chat in the content, for pages with chat links and sites with `events: dom`: clicks become calls, the vendor's events become DOM events.
// Its parts: where the widget is; following a link; calling; events, and what a reader's machine is told; from here on. Shipped as content.min.js (`make browser`).
(() => {
  const global = /** @type {any} */ (window);
  // A router may evaluate the script of the next page, too.
  const page = /** @type {any} */ (document);
  if (page.chaportContent) return;
  page.chaportContent = 1;
  /** How long a reader waits for the widget before the link is followed, in ms. A click may open a tab for 5 s (Chromium 136, HTML Standard, "transient activation"). */
  const PATIENCE = 4000;
  const WIDGETS_SCRIPT = 'script[src*="app.chaport"],script[src*=chaport-preview]';

  // ---- Where the widget is ------------------------------------------------------------------------------------------

  /** Documentation, "Traditional Javascript API": methods are available only after the ready event. */
  const isReady = () => global.chaport?.open;
  /** Whether it failed, or was waited for in vain. @type {boolean | undefined} */
  let isLost;

  addEventListener('error', ({ target }) => {
    if (/** @type {any} */ (target).matches?.(WIDGETS_SCRIPT)) lose();
  }, true);

  // ---- Following a link ---------------------------------------------------------------------------------------------

  /** The element that waits for the widget. @type {HTMLElement | undefined} */
  let waiting;

  const rest = () => {
    if (waiting) waiting.ariaBusy = null;
    waiting = undefined;
  };

  /** @param {any} element */
  const follow = (element) => {
    const { chaport, chaportFallback } = element.dataset;
    rest();
    if (element.href) {
      // For as long as this click takes it is an ordinary link, for routers too.
      delete element.dataset.chaport;
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      element.dataset.chaport = chaport;
    } else if (chaportFallback) global.location = chaportFallback;
  };

  const lose = () => {
    isLost = true;
    if (waiting) follow(waiting);
  };

  // ---- Calling ------------------------------------------------------------------------------------------------------

  /** @param {HTMLElement} element */
  const call = (element) => {
    rest();
    const { chaport, chaportArgs } = /** @type {any} */ (element.dataset);
    try {
      global.chaport[chaport](...JSON.parse(chaportArgs || '[]'));
    } catch {
      follow(element);
    }
  };

  /** @param {any} event a click, or a key that stands for one */
  const use = (event) => {
    const element = event.target.closest?.('[data-chaport]');
    // A reader who turns to something else waits no more; a key held down asks for a tab or a window.
    if (!element || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return rest();
    // A double click and a key held down are one wish.
    if (event.detail > 1 || event.repeat) return event.preventDefault();
    let isComing = isReady();
    // The second click of a reader who would not wait follows, too.
    if (!isComing && element !== waiting) {
      const gate = !page.querySelector(WIDGETS_SCRIPT) && page.querySelector('meta[name=chaport]')?.dataset.consent;
      if (gate === 'click') page.dispatchEvent(new Event('chaport:consent'));
      isComing = !isLost && global.chaport && (!gate || gate === 'click');
    }
    rest();
    if (!isComing && element.href) return;
    event.preventDefault();
    // A router would go to a fallback on this site; everybody else may hear the click.
    if (element.host === location.host) event.stopPropagation();
    if (isReady()) call(element);
    else if (isComing) {
      waiting = element;
      element.ariaBusy = true;
      setTimeout(lose, PATIENCE);
    } else follow(element);
  };

  addEventListener('click', use, true);
  // The page may come back as it was left (bfcache).
  addEventListener('pagehide', rest);

  addEventListener('keydown', (event) => {
    const isPressed = event.key === ' ' || event.key === 'Enter';
    if (isPressed && /** @type {any} */ (event.target).matches?.('[data-chaport][role=button]')) use(event);
  });

  // ---- Events, and what a reader's machine is told --------------------------------------------------------------------

  /** @type {boolean | undefined} */
  let isHeard;
  /** The widget's state; none until it is asked for. */
  let state = '';

  /** Writes only what is new: a site's own script may watch, and write itself. */
  const describe = () => {
    if (!isHeard && global.chaport) {
      isHeard = true;
      // Where the widget was ready before this script came, it has no second `ready` for us.
      for (const name of 'ready chat.autoInvitation chat.botSent chat.onlineChange chat.started widget.stateChange'.split(' ').slice(isReady() ? 1 : 0)) {
        global.chaport.on(name, (/** @type {any} */ detail) => {
          state = '';
          describe();
          if (waiting && isReady()) call(waiting);
          page.dispatchEvent(new CustomEvent(`chaport:${name}`, { detail }));
        });
      }
    }
    // A router may have taken the element away.
    if (!waiting?.isConnected) rest();
    try {
      state ||= isReady() && global.chaport.getWidgetState();
    } catch {}
    if (!state) return;
    const isExpanded = state === 'expanded';
    const { dataset } = page.documentElement;
    if (dataset.chaportState !== state) dataset.chaportState = state;
    for (const element of page.querySelectorAll(`:is([data-chaport=open],[data-chaport=toggle]):not([aria-expanded=${isExpanded}])`)) element.ariaExpanded = isExpanded;
  };

  // ---- From here on -------------------------------------------------------------------------------------------------

  new MutationObserver(describe).observe(page, { childList: true, subtree: true });
  describe();
})();
