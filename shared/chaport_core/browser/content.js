// Chat in the content, for pages with chat links and sites with `events: dom`: clicks become calls, the vendor's events become DOM events, the launcher does not print.
// Its parts: where the widget is; following a link; calling; what a reader's machine is told; events; on paper; from here on. Shipped as content.min.js (`make runtime`).
(() => {
  const global = /** @type {any} */ (window);
  // A router may evaluate the script of the next page, too.
  if (global.chaportContent) return;
  global.chaportContent = 1;
  const page = document;
  const root = page.documentElement;
  /** How long a reader waits for the widget before the link is followed, in ms. A click may open a tab for 5 s (Chromium 136, HTML Standard, "transient activation"). */
  const PATIENCE = 4000;
  const CALLS = '[data-chaport]';
  const WIDGETS_SCRIPT = '[src*="app.chaport"],[src*=chaport-preview]';

  // ---- Where the widget is ------------------------------------------------------------------------------------------

  /** Documentation, "Traditional Javascript API": methods are available only after the ready event. */
  const isReady = () => global.chaport?.open;
  /** Whether it failed, or was waited for in vain. @type {boolean | undefined} */
  let isLost;

  addEventListener('error', ({ target }) => {
    if (/** @type {any} */ (target).matches?.(WIDGETS_SCRIPT)) lose();
  }, true);

  /** Whether a click may wait for the widget; behind `consent: click` it is what asks for it. */
  const mayCome = () => {
    const gate = !page.querySelector(WIDGETS_SCRIPT) && /** @type {HTMLElement} */ (page.querySelector('meta[name=chaport]'))?.dataset.consent;
    if (gate === 'click') page.dispatchEvent(new Event('chaport:consent'));
    return global.chaport && !isLost && (!gate || gate === 'click');
  };

  // ---- Following a link ---------------------------------------------------------------------------------------------

  /** The element that waits for the widget. @type {HTMLElement | undefined} */
  let waiting;

  /** @param {HTMLElement} element */
  const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));

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
      click(element);
      element.dataset.chaport = chaport;
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
    const { chaport, chaportArgs } = /** @type {any} */ (element.dataset);
    try {
      global.chaport[chaport](...JSON.parse(chaportArgs || '[]'));
    } catch {
      follow(element);
    }
  };

  addEventListener('click', (event) => {
    const element = /** @type {any} */ (event.target).closest?.(CALLS);
    // Another button or a key held down asks the browser for a tab, a window or a download.
    if (!element || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const isComing = isReady() || (element !== waiting && mayCome());
    // The second click of a reader who would not wait follows, too.
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
  }, true);

  addEventListener('keydown', (/** @type {any} */ event) => {
    if ((event.key === ' ' || event.key === 'Enter') && event.target.matches?.('[data-chaport][role=button]')) {
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
    for (const element of /** @type {any} */ (page.querySelectorAll('[data-chaport=open],[data-chaport=toggle]'))) element.ariaExpanded = state === 'expanded';
  };

  // ---- Events -------------------------------------------------------------------------------------------------------

  /** @type {boolean | undefined} */
  let isHeard;

  const listen = () => {
    const { chaport } = global;
    if (isHeard || !chaport) return;
    isHeard = true;
    for (const name of ['ready', 'chat.autoInvitation', 'chat.botSent', 'chat.onlineChange', 'chat.started', 'widget.stateChange']) {
      chaport.on(name, (/** @type {any} */ detail) => {
        describe();
        if (waiting && isReady()) call(waiting);
        page.dispatchEvent(new CustomEvent(`chaport:${name}`, { detail }));
      });
    }
  };

  // ---- On paper -----------------------------------------------------------------------------------------------------

  // Adopted: no policy for styles blocks it, no router takes it out of the <head> (ASSUMPTIONS.md has the name).
  const paper = new CSSStyleSheet();
  paper.replaceSync('@media print{.chaport-container{display:none!important}}');
  page.adoptedStyleSheets.push(paper);

  // ---- From here on -------------------------------------------------------------------------------------------------

  new MutationObserver(describe).observe(root, { childList: true, subtree: true });
  describe();
})();
