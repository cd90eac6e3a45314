// The runtime, for sites whose theme swaps pages without loading documents: after each navigation the widget stands as if the page reached had been loaded, and one page view is reported.
// Its parts: from one configuration to another; what pages say; the widget; what routers do to its nodes; where a navigation is heard. Shipped as runtime.min.js (`make browser`).
(() => {
  /** @typedef {{[key: string]: any}} Config what window.chaportConfig holds, or a part of it */
  /** @typedef {[method: string, ...args: any[]]} Command a call of the vendor's API */
  /** @typedef {{record: HTMLMetaElement | null, config: Config | null, lang: string, title: string, content?: string | null, loader?: string}} Page what a document says */

  const global = /** @type {any} */ (window);
  // A second copy: Turbo evaluates one when its address differs (at another depth, after a deploy).
  if (global.chaportRuntime) return;
  const { head, documentElement: root } = /** @type {any} */ (document);

  // ---- From one configuration to another ----------------------------------------------------------------------------

  /** @param {any} value */
  const isMapping = (value) => value?.constructor === Object;

  /** @param {any} a @param {any} b @returns {boolean} */
  const same = (a, b) =>
    Object.is(a, b)
    || (((isMapping(a) && isMapping(b)) || (Array.isArray(a) && Array.isArray(b))) && Object.keys({ ...a, ...b }).every((key) => same(a[key], b[key])));

  /** `over` laid upon `under`, as the loader does it. @param {any} under @param {any} over @returns {any} */
  const merged = (under, over) => {
    if (!isMapping(under) || !isMapping(over)) return over;
    const result = { ...under };
    for (const key in over) result[key] = merged(under[key], over[key]);
    return result;
  };

  /**
   * Documentation, "enableTriggers": to disable all and enable some, call disableTriggers first; and the other way round.
   * @param {any} option @returns {Command[] | undefined}
   */
  const callTriggers = (option) => {
    const { enabled, disabled } = /** @type {any} */ (option === false ? { enabled: option } : option ?? {});
    const said = enabled ?? disabled;
    if (said == null) return undefined;
    const isOnFirst = Array.isArray(said) ? enabled === undefined : said === (enabled !== undefined);
    const methods = ['disableTriggers', 'enableTriggers'];
    const all = methods[+isOnFirst];
    return said.length ? [[all], [methods[+!isOnFirst], said]] : [[all]];
  };

  /**
   * What commands can change: where an option stands, and the calls that lead to its value; none where nobody set it.
   * @type {[at: (config: Config) => any, calls: (value: any, config: Config) => Command[] | undefined][]}
   */
  const COMMANDED = [
    [({ launcher }) => launcher?.show, (show) => [[show === false ? 'hideLauncher' : 'showLauncher']]],
    [({ appearance }) => appearance?.position, (position) => position && [['updatePosition', position]]],
    [({ triggers }) => triggers, callTriggers],
    [({ assignments }) => assignments, (rules) => rules && [['setAssignmentRules', rules]]],
    [({ visitor }) => visitor, (visitor, { visitorIntegrityHash: hash }) => visitor && [['setVisitorData', visitor, ...(hash ? [hash] : [])]]],
  ];

  /** A configuration without what commands can change. @param {Config} config */
  const withoutCommanded = (config) => ({
    ...config,
    launcher: 0,
    assignments: 0,
    visitor: 0,
    appearance: { ...config.appearance, position: 0 },
    // With both, the documentation does not say which of them the widget heeds.
    triggers: config.triggers?.enabled != null && config.triggers.disabled != null && config.triggers,
  });

  /** @param {Config} config @returns {Config[]} */
  const onDevices = ({ devices }) => Object.values(devices?.configs ?? {});

  /** @param {Config} config */
  const opensInElement = (config) => [config, ...onDevices(config)].some(({ openIn }) => openIn?.selector);

  /**
   * The documented commands that lead the widget from one configuration to another; none where only a document load does.
   * @param {Config} before @param {Config} after @returns {Command[] | undefined}
   */
  const transition = (before, after) => {
    // The element goes with the page's content, and the chat inside it. The method openIn would open the chat.
    if (opensInElement(before) || !same(withoutCommanded(before), withoutCommanded(after))) return undefined;
    const commands = [];
    for (const [at, calls] of COMMANDED) {
      const [left, wanted] = [before, after].map((config) => calls(at(config), config));
      if (same(left, wanted)) continue;
      const value = wanted?.[0][1];
      // Something of the old value is missing in the new one: who knows what it returns to?
      const isUnset = !same(merged(left?.[0][1], value), value);
      if (!wanted || isUnset || onDevices(after).some((config) => at(config) !== undefined)) return undefined;
      commands.push(...wanted);
    }
    return commands;
  };

  // How far the widget of this document is: no chat so far, its script on its way, or failed; its script ran, it is ready.
  const NONE = 0;
  const WAITING = 1;
  const BLOCKED = 2;
  const RUNNING = 3;
  const READY = 4;
  /** @type {number} */
  let stage = NONE;

  // ---- What pages and the site's own script say ---------------------------------------------------------------------

  /** @param {Document} source @returns {HTMLMetaElement | null} */
  const findRecord = (source) => source.querySelector('meta[name=chaport]');

  /** @param {Document} source @returns {Page} */
  const read = (source) => {
    const record = findRecord(source);
    return {
      // A copy: a node of a document that was fetched would keep all of it in memory.
      record: record && document.importNode(record),
      // '1' is the record's format that this copy reads (record.py).
      config: record?.dataset.v === '1' ? JSON.parse(record.content) : null,
      lang: record?.dataset.lang || source.documentElement.lang,
      title: source.title,
      // The script of its chat links; its address is relative to that page.
      content: source.querySelector('[src*=chaport-content]')?.getAttribute('src'),
      // Needed where the document has no chat yet.
      loader: [...source.scripts].find(({ src, text }) => !src && text.includes('meta[name=chaport]'))?.text,
    };
  };

  /**
   * What stands in window.chaportConfig and does not come from the record.
   * @param {Config} stands @param {Config} record @param {any[]} filled what the loader filled in: object, key, value in turn
   * @param {boolean} isCopy whether what equals the record is the record's
   */
  const siteLayer = (stands, record, filled, isCopy) => {
    /** @type {Config} */
    const layer = {};
    for (const [key, value] of Object.entries(stands)) {
      if (isMapping(value) && isMapping(record[key])) {
        // What the loader filled in is the record's, with all that is in it; a copy's own objects are the script's.
        const isFilled = filled.some((one, i) => i % 3 === 2 && one === value) || (isCopy && record !== page.config);
        const inner = siteLayer(value, record[key], filled, isFilled);
        if (Object.keys(inner)[0]) layer[key] = inner;
      } else if (!(isCopy && same(value, record[key])) && !filled.some((one, i) => one === stands && filled[i + 1] === key && filled[i + 2] === value)) layer[key] = value;
    }
    return layer;
  };

  // ---- The widget ---------------------------------------------------------------------------------------------------

  /** The page reached last. */
  let page = read(document);
  /** The record that this document's loader holds: it reads it once more when consent comes. */
  let held = findRecord(document);
  /** The site script's own layer, as it stood at load; none before. @type {Config} */
  let own;
  /** What the widget stands for, once its script has run. @type {Config} */
  let standing;
  /** The page that the widget stands for. */
  let settled = page;
  /** @type {boolean | undefined} */
  let isConsentGiven;
  /** @type {boolean | undefined} */
  let isConsentHeard;
  /** @type {boolean | undefined} */
  let isLeaving;

  /** The page's configuration; with `language.source: html` the page's own language belongs to it. */
  const wanted = () => {
    const config = merged(page.config, own);
    return config.language?.source === 'html' && !config.language.use ? { ...config, language: page.lang } : config;
  };

  const load = () => {
    isLeaving = true;
    location.reload();
  };

  /** @param {Command} command */
  const send = ([method, ...args]) => global.chaport[method](...args);

  /** Leads the widget to what the page wants, or loads the document. */
  const settle = () => {
    const next = wanted();
    const commands = page === settled ? [] : transition(standing, next);
    if (!commands) load();
    else if (stage === READY) {
      commands.forEach(send);
      standing = next;
      settled = page;
    }
  };

  /** @param {number} next */
  const enter = (next) => {
    if (stage === WAITING) {
      standing = wanted();
      settled = page;
    }
    stage = next;
    keepWidget();
  };

  const listen = () => {
    if (!global.chaport) return;
    stage = WAITING;
    global.chaport.on('ready', () => {
      enter(READY);
      settle();
    });
  };

  // The widget's script reads window.chaportConfig when it runs (ASSUMPTIONS.md).
  for (const type of ['load', 'error']) {
    document.addEventListener(type, (/** @type {any} */ { target: { src } }) => {
      if (stage === WAITING && /app\.chaport|chaport-preview/.test(src)) enter(type === 'load' ? RUNNING : BLOCKED);
    }, true);
  }

  const waitsForConsent = () => held?.dataset.consent && !isConsentHeard;

  const announceConsent = () => {
    if (held?.dataset.consent === 'material' && global.__md_get?.('__consent')?.chaport) isConsentGiven = true;
    if (isConsentGiven && waitsForConsent()) document.dispatchEvent(new Event('chaport:consent'));
  };

  addEventListener('chaport:consent', (event) => {
    isConsentGiven = true;
    if (page.config) isConsentHeard = true;
    // Chat is off here: the loader hears it on the next page that has chat.
    else event.stopImmediatePropagation();
  }, true);

  /** @param {'text' | 'src'} where @param {string} what */
  const run = (where, what) => {
    const script = document.createElement('script');
    script[where] = what;
    head.append(script);
  };

  /** Runs the loader of a page with chat in a document that began without. */
  const start = () => {
    held = findRecord(document);
    run('text', page.loader || '');
    listen();
    announceConsent();
  };

  /** Makes the widget stand as if `reached` had been loaded; its title stands. @param {Page} reached */
  const arrive = (reached) => {
    page = reached;
    shown = here();
    announced = location.href;
    watchNodes();
    if (root.lang !== page.lang) root.lang = page.lang;
    const { record, config } = page;
    // Turbo's error pages bring another <head>, without the widget's styles (8.0, error_renderer.js).
    if (!own || document.head !== head || (record && !config)) return load();
    if (stage === BLOCKED) return undefined;
    if (page.content && !(/** @type {any} */ (document).chaportContent)) run('src', page.content);
    if (stage === NONE) return config && start();
    if (!config) return waitsForConsent() || load();
    global.chaportConfig = merged(config, own);
    if (stage === WAITING) {
      if (held && record) held.content = record.content;
      return announceConsent();
    }
    settle();
    return isLeaving || stage !== READY || global.chaport.newPageView({ url: announced, title: document.title });
  };

  // ---- What routers do to the widget's nodes --------------------------------------------------------------------------

  /** Nodes that came with a page, not from the widget. */
  const known = new WeakSet();

  /** Best effort: by what its names and its CSS say. @param {any} node */
  const isWidgets = (node) =>
    /chaport/i.test([node.id, node.className, node.src, node.href, node.localName === 'style' && [...node.sheet?.cssRules ?? []].map(({ cssText }) => cssText)].join());

  /** Puts the widget's nodes where a router's swap leaves them alone. */
  const keepWidget = () => {
    if (stage < RUNNING) return;
    for (const node of [...(global.document$ ? head : document.body).children]) {
      if (known.has(node) || !isWidgets(node)) continue;
      // Material 9.8 removes what the next head lacks, but for this name (integrations/instant/index.ts); moving a style would lose what insertRule added.
      if (global.document$) node.setAttribute('name', 'theme-color');
      // moveBefore does not load an iframe again (Chromium 133, Firefox 144).
      else if (root.moveBefore) root.moveBefore(node, null);
      else root.append(node);
    }
  };

  /** What comes as something goes was put there by a router. @param {MutationRecord[]} changes */
  const hear = (changes) => {
    if (!global.document$ && changes.some(({ removedNodes }) => removedNodes.length)) watchNodes();
    else keepWidget();
  };
  const observer = new MutationObserver(hear);

  const watchNodes = () => {
    for (const parent of [head, document.body]) {
      [...parent.children].forEach(known.add, known);
      observer.observe(parent, { childList: true });
    }
  };

  // ---- Where a navigation is heard: one source of three ---------------------------------------------------------------

  const here = () => location.href.split('#')[0];
  /** The page whose settings and view the widget has. */
  let shown = here();
  /** The address at the last change of the history. */
  let seen = shown;
  let announced = location.href;
  const PAGE = 0;
  const MATERIAL = 1;
  const TURBO = 2;
  /** @type {number} */
  let source = PAGE;

  /** With Material and Turbo the head has changed when they say so. */
  const arriveByHead = () => {
    if (here() !== shown && !isLeaving) arrive(read(document));
  };

  const followMaterial = () => {
    if (source === MATERIAL || !global.document$?.subscribe) return;
    source = MATERIAL;
    let isReplay = true;
    global.document$.subscribe(() => isReplay || arriveByHead());
    isReplay = false;
  };

  document.addEventListener('turbo:load', () => {
    if (source === MATERIAL) return;
    source = TURBO;
    // A visit to the same address brings another <body>.
    watchNodes();
    arriveByHead();
  });

  /** What pages' own HTML says, by address; null where there is no answer. @type {{[address: string]: Page | Promise<Page | null>}} */
  const pages = { [shown]: page };

  /** @param {string} address @returns {Promise<Page | null>} */
  const fetchPage = async (address) => {
    try {
      const answer = await fetch(address, { cache: 'force-cache' });
      return answer.ok ? read(new DOMParser().parseFromString(await answer.text(), 'text/html')) : null;
    } catch {
      return null;
    }
  };

  /** Under every other router the head may be the old one. @param {boolean} [isAnnounced] by the site itself */
  const arriveByPage = async (isAnnounced) => {
    const [address, { href }] = [here(), location];
    const isNews = () => !isLeaving && (isAnnounced ? announced !== href && href === location.href : source === PAGE && shown !== address && address === here());
    if (!isNews()) return;
    const reached = await (pages[address] = pages[address] ?? fetchPage(address));
    if (!isNews()) return;
    // The router may be about to load that page itself (swup 4.9 goes back in the history first).
    if (!reached) return setTimeout(() => isNews() && load(), 1000);
    findRecord(document)?.remove();
    head.append(reached.record?.cloneNode() ?? '');
    // The router may not have said it yet, and the widget's own first view reads it here.
    if (!isAnnounced) document.title = reached.title;
    arrive(reached);
  };

  document.addEventListener('chaport:navigate', () => arriveByPage(true));

  /** The history has changed; the page not yet. @param {string | Event} how */
  const notice = (how) => {
    hear(observer.takeRecords());
    followMaterial();
    const isNoise = how === 'replaceState' && seen === shown && seen.split('?')[0] === here().split('?')[0] && source !== TURBO;
    seen = here();
    // A query that a script notes in the address of the same page is no navigation.
    if (isNoise) shown = seen;
    else arriveByPage();
  };

  for (const method of /** @type {const} */ (['pushState', 'replaceState'])) {
    const original = history[method];
    history[method] = function (...args) {
      original.apply(this, args);
      notice(method);
    };
  }
  addEventListener('popstate', notice);

  // ---- From here on -----------------------------------------------------------------------------------------------------

  const begin = () => {
    const stands = global.chaportConfig ?? {};
    const record = page.config ?? {};
    const filled = /** @type {any} */ (held)?.l ?? [];
    // An object with the app ID in it that the loader did not fill is a copy of one that it did.
    own = siteLayer(stands, record, filled, stands.appId === record.appId && !filled.includes(stands));
    listen();
  };

  // On the window, so before the loader's listener on the document fills in what the site's script left out.
  if (document.readyState === 'complete') begin();
  else addEventListener('DOMContentLoaded', begin, true);
  watchNodes();
  followMaterial();
  global.chaportRuntime = { transition };
})();
