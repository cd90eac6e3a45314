// Knows how the widget behaves according to the vendor's API documentation, and acts it out inside this page alone: a preview that talks to nobody.
(() => {
  'use strict';

  /** @typedef {{kind: 'call'|'event'|'view'|'note'|'warning', name: string, detail: string, via?: string}} Entry */
  /** @typedef {{id: number, from: 'visitor'|'operator', text: string, label?: string, status?: 'sending'|'unread'|'read', trigger?: boolean}} Message */
  /** @typedef {{words: string, test: (value: any) => boolean}} Leaf */

  const EVALUATED = Symbol.for('chaport-preview');
  if (document[EVALUATED]) return;
  Object.defineProperty(document, EVALUATED, { value: true });

  const ownScript = document.currentScript;
  const startedAt = { url: location.href, title: document.title, time: performance.now() };

  // ---- What the documentation names -------------------------------------------------------------------------------

  const EVENTS = ['ready', 'chat.autoInvitation', 'chat.botSent', 'chat.onlineChange', 'chat.started', 'widget.stateChange'];
  const PARAMETERS = ['page_url', 'message_text', 'country', 'language', 'referrer_url', 'utm_source', 'utm_medium', 'utm_term', 'utm_campaign', 'utm_content'];
  const COLOURS = {
    'dark-gray': '#343a40', gray: '#636b74', 'blue-gray': '#4a6078', red: '#cc2f3c', pink: '#c8296f', purple: '#7c4dbd',
    blue: '#2860d8', 'light-blue': '#0a76b5', teal: '#0b7b74', green: '#2b7f3f', orange: '#bb5210',
  };
  const MATCHERS = {
    '=': (a, b) => same(a, b), '!=': (a, b) => !same(a, b),
    contains: (a, b) => has(a, b), '!contains': (a, b) => !has(a, b),
    gt: (a, b) => a > b, lt: (a, b) => a < b, gte: (a, b) => a >= b, lte: (a, b) => a <= b,
    '>': (a, b) => a > b, '<': (a, b) => a < b, '>=': (a, b) => a >= b, '<=': (a, b) => a <= b,
  };
  const same = (a, b) => (typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b);
  const has = (a, b) => a != null && String(a).includes(String(b));

  const isMap = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
  const leaf = (words, test) => /** @type {Leaf} */ ({ words, test });
  const oneOf = (...names) => leaf(`one of ${names.join(', ')}`, (v) => names.includes(v));
  const TEXT = leaf('text', (v) => typeof v === 'string');
  const BOOL = leaf('true or false', (v) => typeof v === 'boolean');
  const MS = leaf('a number of milliseconds', (v) => Number.isFinite(v) && v >= 0);
  const FUNC = leaf('a function', (v) => typeof v === 'function');
  const ANY = leaf('anything', () => true);
  const MAP = leaf('an object', isMap);
  const isTexts = (v) => Array.isArray(v) && v.every((item) => typeof item === 'string');
  const TEXTS = leaf('a list of ids', isTexts);
  const COUNTRIES = leaf('a list of 2-letter country codes', (v) => isTexts(v) && v.every((code) => /^[a-z]{2}$/i.test(code)));
  const DEVICES = leaf('a list of desktop, ios, android, mobile', (v) => isTexts(v) && v.every((name) => /^(desktop|ios|android|mobile)$/.test(name)));
  const COLOUR = leaf(`a hex colour or one of ${Object.keys(COLOURS).join(', ')}`, (v) => Object.hasOwn(COLOURS, v) || /^#([\da-f]{3}|[\da-f]{6})$/i.test(v));
  const POSITION = leaf('a list like ["right", 20, 20]', (v) => Array.isArray(v) && v.length > 0 && v.length < 4 && /^(left|right)$/.test(v[0]) && v.slice(1).every(Number.isFinite));
  const RULES = leaf('a list of objects with a single key', (v) => Array.isArray(v) && v.every((rule) => isMap(rule) && Object.keys(rule).length === 1));
  const SWITCH = (v) => v === undefined || typeof v === 'boolean' || isTexts(v);
  const TRIGGERS = leaf('true, false, or an object with enabled or disabled (true, false or a list of ids)', (v) =>
    typeof v === 'boolean' || (isMap(v) && Object.keys(v).every((key) => key === 'enabled' || key === 'disabled') && SWITCH(v.enabled) && SWITCH(v.disabled)));
  const PLACE = leaf('a window name such as "_blank", or an object with a selector', (v) =>
    (typeof v === 'string' && v !== '') || (isMap(v) && typeof v.selector === 'string' && Object.keys(v).length === 1));
  const RULE_SET = { resolve: FUNC, rules: RULES, defaultRules: RULES };
  const VISITOR = { name: TEXT, email: TEXT, phone: TEXT, notes: TEXT, custom: MAP };
  const OPTIONS = {
    appId: leaf('24 hexadecimal digits', (v) => typeof v === 'string' && /^[\da-f]{24}$/i.test(v)),
    analytics: { google: { id: TEXT, api: oneOf('gtag', 'gtm', 'ga', 'gaq'), apiObject: ANY, enabled: BOOL } },
    appearance: { windowColor: COLOUR, teamName: TEXT, onlineWelcome: TEXT, offlineWelcome: TEXT, position: POSITION, textStatuses: BOOL },
    assignments: RULE_SET,
    closeButton: BOOL,
    countries: { include: COUNTRIES, exclude: COUNTRIES },
    devices: {
      include: DEVICES, exclude: DEVICES,
      configs: { get desktop() { return OPTIONS; }, get ios() { return OPTIONS; }, get android() { return OPTIONS; }, get mobile() { return OPTIONS; } },
    },
    history: BOOL,
    init: { event: TEXT, eventTarget: leaf('an EventTarget', (v) => typeof v?.addEventListener === 'function'), maxDelay: MS, delayAfterEvent: MS },
    language: { use: leaf('a 2-letter language code', (v) => typeof v === 'string' && /^[a-z]{2}$/i.test(v)), source: oneOf('html', 'header') },
    launcher: { show: BOOL },
    openIn: PLACE,
    operators: TEXTS,
    responsive: BOOL,
    session: { user: { id: TEXT, token: TEXT }, autoStart: BOOL, persist: BOOL, cookieDomain: TEXT },
    triggers: TRIGGERS,
    visitor: VISITOR,
    visitorIntegrityHash: TEXT,
  };

  const SAMPLE_TRIGGERS = [
    { id: '5820a1375ddf087b2e54921d', kind: 'invitation', message: 'Hi there! Looking for something? We are happy to point you to the right page.' },
    { id: '5820a1375ddf087b2e54921e', kind: 'invitation', message: 'Still with us? Tell us what you are trying to do, and we will help.' },
    { id: '5820a1375ddf087b2e54921f', kind: 'bot', message: 'I am the preview bot. Shall I fetch a human, or would you rather browse on your own?' },
  ];

  // ---- Words readers see: one line per language, in the order of WORDS ----------------------------------------------

  const WORDS = ['open', 'close', 'team', 'online', 'offline', 'hello', 'away', 'write', 'send', 'sending', 'unread', 'read', 'strip', 'label', 'reply', 'fresh', 'talk', 'you', 'typing', 'operator'];
  const LANGUAGES = {
    en: ['Open chat', 'Close chat', 'Support team', 'Online now', 'Offline, leave us a message', 'Hello! How can we help?', 'We are away right now. Leave us a message and we will get back to you.', 'Write a message…', 'Send', 'Sending', 'Unread', 'Read', 'Preview: your messages stay in this browser', 'Preview reply', 'Nobody reads this preview. On the live site your team would answer here.', 'New message', 'Conversation', 'You', 'typing', 'Hello from the preview operator.'],
    de: ['Chat öffnen', 'Chat schließen', 'Support-Team', 'Jetzt online', 'Offline – Nachricht hinterlassen', 'Hallo! Wie können wir helfen?', 'Wir sind gerade nicht da. Hinterlassen Sie eine Nachricht, wir melden uns.', 'Nachricht schreiben…', 'Senden', 'Wird gesendet', 'Ungelesen', 'Gelesen', 'Vorschau: Nachrichten bleiben in diesem Browser', 'Antwort der Vorschau', 'Diese Vorschau liest niemand. Auf der echten Website antwortet hier Ihr Team.', 'Neue Nachricht', 'Unterhaltung', 'Sie', 'schreibt', 'Hallo vom Vorschau-Operator.'],
    fr: ['Ouvrir le chat', 'Fermer le chat', 'Équipe d’assistance', 'En ligne', 'Hors ligne – laissez un message', 'Bonjour ! Comment pouvons-nous vous aider ?', 'Nous sommes absents. Laissez-nous un message et nous vous répondrons.', 'Écrivez un message…', 'Envoyer', 'Envoi', 'Non lu', 'Lu', 'Aperçu : vos messages restent dans ce navigateur', 'Réponse de l’aperçu', 'Personne ne lit cet aperçu. Sur le site en ligne, votre équipe répondrait ici.', 'Nouveau message', 'Conversation', 'Vous', 'écrit', 'Bonjour de la part de l’opérateur de l’aperçu.'],
    es: ['Abrir el chat', 'Cerrar el chat', 'Equipo de soporte', 'En línea', 'Desconectado: deje un mensaje', '¡Hola! ¿En qué podemos ayudarle?', 'Ahora no estamos. Déjenos un mensaje y le responderemos.', 'Escriba un mensaje…', 'Enviar', 'Enviando', 'No leído', 'Leído', 'Vista previa: sus mensajes no salen de este navegador', 'Respuesta de la vista previa', 'Nadie lee esta vista previa. En el sitio publicado su equipo respondería aquí.', 'Mensaje nuevo', 'Conversación', 'Usted', 'escribiendo', 'Hola de parte del operador de la vista previa.'],
    pt: ['Abrir o chat', 'Fechar o chat', 'Equipe de suporte', 'Online agora', 'Offline – deixe uma mensagem', 'Olá! Como podemos ajudar?', 'Não estamos agora. Deixe uma mensagem e responderemos.', 'Escreva uma mensagem…', 'Enviar', 'Enviando', 'Não lida', 'Lida', 'Prévia: suas mensagens ficam neste navegador', 'Resposta da prévia', 'Ninguém lê esta prévia. No site publicado, sua equipe responderia aqui.', 'Nova mensagem', 'Conversa', 'Você', 'digitando', 'Olá do operador da prévia.'],
    ru: ['Открыть чат', 'Закрыть чат', 'Служба поддержки', 'Сейчас на связи', 'Не в сети – оставьте сообщение', 'Здравствуйте! Чем можем помочь?', 'Сейчас нас нет на месте. Оставьте сообщение, и мы ответим.', 'Напишите сообщение…', 'Отправить', 'Отправляется', 'Не прочитано', 'Прочитано', 'Предпросмотр: сообщения не покидают этот браузер', 'Ответ предпросмотра', 'Предпросмотр никто не читает. На опубликованном сайте здесь ответит ваша команда.', 'Новое сообщение', 'Переписка', 'Вы', 'печатает', 'Привет от оператора предпросмотра.'],
  };
  const say = (word) => (LANGUAGES[state.language] ?? LANGUAGES.en)[WORDS.indexOf(word)];

  // ---- Storage, which may be blocked -------------------------------------------------------------------------------

  /** @param {'localStorage'|'sessionStorage'} area @param {string} key */
  const store = (area, key) => ({
    read() { try { return JSON.parse(window[area].getItem(key)); } catch { return null; } },
    write(value) { try { if (value === null) window[area].removeItem(key); else window[area].setItem(key, JSON.stringify(value)); } catch { /* blocked or full: the preview goes on without memory */ } },
  });
  const settingsStore = store('localStorage', 'chaport-preview');
  const visitorStore = store('localStorage', 'chaport-preview-visitor');
  const logStore = store('sessionStorage', 'chaport-preview-log');
  const chatStore = store('sessionStorage', 'chaport-preview-chat');

  const SETTINGS = {
    online: [true, BOOL], country: ['US', leaf('', (v) => /^[A-Z]{2}$/.test(v))], device: ['auto', oneOf('auto', 'desktop', 'ios', 'android')],
    firstView: ['ready', oneOf('start', 'ready')], panel: ['closed', oneOf('open', 'closed')],
  };
  const settings = readSettings();

  function readSettings() {
    const stored = settingsStore.read();
    return Object.fromEntries(Object.entries(SETTINGS).map(([key, [usual, check]]) => [key, isMap(stored) && check.test(stored[key]) ? stored[key] : usual]));
  }
  function setSetting(key, value) {
    settings[key] = value;
    settingsStore.write(settings);
  }

  // ---- The log ------------------------------------------------------------------------------------------------------

  const KEPT_ENTRIES = 500;
  /** @type {Entry[]} */
  const entries = readLog();

  function readLog() {
    const kept = logStore.read();
    return Array.isArray(kept) ? kept.filter((e) => isMap(e) && [e.kind, e.name, e.detail].every((part) => typeof part === 'string')) : [];
  }
  function log(kind, name, detail, via) {
    entries.push({ kind, name, detail: JSON.stringify(plain(detail)), ...(via && { via }) });
    if (entries.length > KEPT_ENTRIES) entries.splice(0, entries.length - KEPT_ENTRIES);
    logStore.write(entries);
    panel.drawLog();
  }
  function warn(name, message) {
    log('warning', name, message);
    console.warn(`[chaport preview] ${message}`);
  }
  const toldOnce = new Set();
  function warnOnce(name, message) {
    if (toldOnce.has(message)) return;
    toldOnce.add(message);
    warn(name, message);
  }

  /** What JSON can hold of any value; a visitor's token or hash is a secret and stays out of storage. */
  function plain(value, depth = 0, above = []) {
    if (typeof value === 'function') return '[function]';
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value === 'string' && /^[\da-f]{40}$/.test(value)) return '[hidden]';
    if (typeof value !== 'object' || value === null) return value === undefined ? null : value;
    if (above.includes(value)) return '[circular]';
    if (depth > 6) return '[deep]';
    if (value instanceof EventTarget) return `[${value.constructor?.name ?? 'EventTarget'}]`;
    const inner = (item) => plain(item, depth + 1, [...above, value]);
    try {
      if (Array.isArray(value)) return value.slice(0, 100).map(inner);
      return Object.fromEntries(Object.keys(value).slice(0, 100).map((key) => [key, key === 'token' ? '[hidden]' : inner(value[key])]));
    } catch { return '[unreadable]'; }
  }
  const show = (value) => JSON.stringify(plain(value));

  // ---- Signatures: with a made-up salt on this machine, forged ones are refused ---------------------------------------

  let salt = '';
  /** A salt in a page of a site would be everybody's. */
  function takeSalt() {
    const given = window.chaportPreviewSalt;
    delete window.chaportPreviewSalt;
    if (given === undefined) return '';
    if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname) && typeof given === 'string') return given;
    warn('salt', 'chaportPreviewSalt is for tests on this machine, with a made-up salt as text; nothing was checked. If that was your account\'s salt, change it in Chaport');
    return '';
  }

  /** Runs fn, at once where there is nothing to check; a signature that is none is reported and nothing is run. */
  function ifSigned(words, signed, signature, fn) {
    if (!salt || !signature) return fn();
    const bytes = new TextEncoder().encode(salt + signed);
    crypto.subtle.digest('SHA-1', bytes).then((digest) => {
      const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (found === signature) fn();
      else warn('forged', `${words}; refused`);
    });
    return undefined;
  }
  const ifTokenFits = (user, fn) => ifSigned('startSession: the token is not that of this visitor and this salt', user?.id, user?.token, fn);
  const ifHashFits = (data, hash, fn) => ifSigned('setVisitorData: the hash is not that of this data and this salt', encodeAsPhp(data), hash, fn);

  /** What PHP's json_encode makes of a value of JSON (integrity.py says more). */
  function encodeAsPhp(value) {
    if (Array.isArray(value)) return `[${value.map(encodeAsPhp)}]`;
    if (isMap(value)) return `{${Object.entries(value).map(([key, item]) => `${encodeAsPhp(key)}:${encodeAsPhp(item)}`)}}`;
    if (typeof value === 'string') return JSON.stringify(value).replaceAll('/', '\\/').replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return typeof value === 'number' ? encodeNumberAsPhp(value) : JSON.stringify(value);
  }
  function encodeNumberAsPhp(value) {
    const [digits, exponent] = value.toExponential().split('e');
    const isPlain = value === 0 || Number.isSafeInteger(value) || (exponent > -5 && exponent < 17);
    if (isPlain) return Object.is(value, -0) ? '-0' : String(value);
    return `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
  }

  // ---- The configuration --------------------------------------------------------------------------------------------

  /** The part of a value the documentation knows; everything else is reported and left out. */
  function clean(value, spec, path) {
    if (typeof spec.test === 'function') {
      if (spec.test(value)) return value;
      warn('config', `${path} must be ${spec.words}, not ${show(value)}; left out`);
      return undefined;
    }
    if (!isMap(value)) {
      warn('config', `${path} must be an object, not ${show(value)}; left out`);
      return undefined;
    }
    const kept = {};
    for (const key of Object.keys(value)) {
      const inner = path === 'chaportConfig' ? key : `${path}.${key}`;
      if (!Object.hasOwn(spec, key)) warn('config', `${inner} is not in the documentation${hint(inner)}; left out`);
      else if (value[key] !== undefined) {
        const checked = clean(value[key], spec[key], inner);
        if (checked !== undefined) kept[key] = checked;
      }
    }
    if ('include' in kept && 'exclude' in kept) warn('config', `${path}.include is ignored because ${path}.exclude is set`);
    return kept;
  }
  const hint = (path) => (/^devices\.(desktop|ios|android|mobile)$/.test(path) ? ` (say devices.configs.${path.slice(8)})` : '');

  function merge(base, over) {
    const merged = { ...base };
    for (const [key, value] of Object.entries(over ?? {})) {
      merged[key] = isMap(value) && isMap(merged[key]) && Object.getPrototypeOf(value) === Object.prototype ? merge(merged[key], value) : value;
    }
    return merged;
  }

  function readConfig() {
    let config = {};
    try { config = clean(window.chaportConfig, OPTIONS, 'chaportConfig') ?? {}; } catch (error) { warn('config', `chaportConfig could not be read: ${error}`); }
    if (isMap(config.triggers) && 'enabled' in config.triggers && 'disabled' in config.triggers) warn('config', 'triggers has both enabled and disabled; disabled wins');
    if (config.session?.user && !(config.session.user.id && config.session.user.token)) warn('config', 'session.user needs both id and token');
    const { configs, ...devices } = config.devices ?? {};
    const whole = { ...config, ...(config.devices && { devices }) };
    const own = device() === 'desktop' ? [configs?.desktop] : [configs?.mobile, configs?.[device()]];
    return own.reduce(merge, whole);
  }

  function device() {
    if (settings.device !== 'auto') return settings.device;
    const agent = navigator.userAgent;
    if (/Android/.test(agent)) return 'android';
    return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1) ? 'ios' : 'desktop';
  }
  const onMobile = () => device() !== 'desktop';

  /** Why the widget must not be seen here, or '' */
  function hiddenBecause() {
    const names = onMobile() ? [device(), 'mobile'] : ['desktop'];
    const { devices = {}, countries = {} } = config;
    const named = (list, wanted) => list.some((item) => wanted.includes(item.toUpperCase()));
    const out = (rule, wanted) => (rule.exclude ? named(rule.exclude, wanted) : rule.include ? !named(rule.include, wanted) : false);
    if (out(devices, names.map((name) => name.toUpperCase()))) return `devices hides it on ${device()}`;
    return out(countries, [settings.country]) ? `countries hides it in ${settings.country}` : '';
  }

  function chooseLanguage() {
    const { use, source } = config.language ?? {};
    const header = () => (navigator.language || 'en').split('-')[0].toLowerCase();
    if (use) return use.toLowerCase();
    if (source !== 'html') return header();
    const html = (document.documentElement.lang || '').trim().split('-')[0].toLowerCase();
    if (!html) warn('language', 'language.source is "html" but <html> has no lang; the browser\'s language is taken');
    return html || header();
  }

  // ---- State --------------------------------------------------------------------------------------------------------

  const state = {
    /** @type {'stopped'|'loading'|'waiting'|'running'|'ended'} */ phase: 'stopped',
    widget: 'collapsed', launcher: true, position: ['right', 20, 20], language: 'en', hidden: '',
    /** element the chat is drawn in, null in its corner */ inside: null,
    visitorId: '', visitor: {}, started: false, /** @type {Message[]} */ messages: [], shown: [], active: null, typing: false,
    triggers: { all: true, named: new Map() }, assignments: {}, assigned: '–', pageUrl: '', messageText: undefined,
  };
  let config = {};

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const keepsMemory = () => config.session?.persist !== false;

  function visitorFrom(credentials) {
    if (credentials?.id) return credentials.id;
    const known = keepsMemory() && visitorStore.read();
    return typeof known === 'string' && /^[\da-f]{24}$/.test(known) ? known : newId();
  }
  function recallChat() {
    const kept = keepsMemory() ? chatStore.read() : null;
    const mine = isMap(kept) && kept.visitorId === state.visitorId && Array.isArray(kept.messages) && isTexts(kept.shown);
    state.started = mine && kept.started === true;
    state.messages = mine ? kept.messages.map((m) => (m.status ? { ...m, status: 'read' } : m)) : [];
    state.shown = mine ? kept.shown : [];
    state.active = null;
    state.messages = state.messages.filter((m) => !m.trigger || state.started);
  }
  function rememberChat() {
    if (!keepsMemory()) return;
    const { visitorId, started, messages, shown } = state;
    chatStore.write({ visitorId, started, messages, shown });
  }

  function fire(event, payload) {
    log('event', event, payload);
    const listeners = chaport._l?.[event];
    if (Array.isArray(listeners)) for (const listener of [...listeners]) safely(listener, payload);
  }
  /** The page's own mistake appears as the page's own error, and nothing here stops for it. */
  function safely(fn, ...args) {
    try { return fn(...args); } catch (error) { reportError(error); return undefined; }
  }

  function setWidget(next) {
    const before = state.widget;
    if (next === before) return;
    state.widget = next;
    if (next === 'expanded') pushHistory();
    draw();
    fire('widget.stateChange', next);
    if (before === 'expanded') popHistory();
  }

  const HISTORY_MARK = 'chaportPreview';
  function pushHistory() {
    if (!onMobile() || config.history === false) return;
    try { history.pushState({ ...(isMap(history.state) ? history.state : {}), [HISTORY_MARK]: true }, ''); } catch { /* sandboxed document */ }
  }
  function popHistory() {
    if (history.state?.[HISTORY_MARK]) history.back();
  }

  // ---- Triggers, assignments, visitor, page views -------------------------------------------------------------------

  const triggerOn = (id) => state.triggers.named.get(id) ?? state.triggers.all;
  function switchTriggers(on, ids) {
    if (!ids) state.triggers = { all: on, named: new Map() };
    else for (const id of ids) state.triggers.named.set(id, on);
    panel.drawFacts();
  }
  function applyTriggerOption(option) {
    const { enabled, disabled } = isMap(option) ? option : { enabled: option };
    if (typeof enabled === 'boolean') switchTriggers(enabled);
    if (isTexts(enabled)) { switchTriggers(false); switchTriggers(true, enabled); }
    if (typeof disabled === 'boolean') switchTriggers(!disabled);
    if (isTexts(disabled)) switchTriggers(false, disabled);
  }
  const publicTrigger = ({ id, message }) => (id === undefined ? { message } : { id, message });

  function showTrigger(trigger) {
    if (!visible()) return;
    if (state.started) { log('note', 'trigger not shown', 'the chat has been started'); return; }
    const known = SAMPLE_TRIGGERS.find(({ id }) => id === trigger.id);
    const key = trigger.id ?? trigger.message;
    const first = !state.shown.includes(key);
    if (first) state.shown.push(key);
    state.active = publicTrigger(trigger);
    state.messages = state.messages.filter((m) => !m.trigger);
    operatorSays(trigger.message, { trigger: true });
    if (first) fire(known?.kind === 'bot' ? 'chat.botSent' : 'chat.autoInvitation', publicTrigger(trigger));
  }
  function showSample(kind) {
    const fitting = SAMPLE_TRIGGERS.filter((t) => t.kind === kind && triggerOn(t.id));
    const next = fitting.find((t) => t.id !== state.active?.id) ?? fitting[0];
    if (next) showTrigger(next);
    else log('note', 'trigger not shown', 'switched off by triggers');
  }

  function compare(a, matcher, b) {
    if (Object.hasOwn(MATCHERS, matcher)) return MATCHERS[matcher](a, b);
    warnOnce('matcher', `compare: the matcher ${show(matcher)} is not in the documentation`);
    return false;
  }
  function parameter(key) {
    if (!PARAMETERS.includes(key)) { warnOnce('parameter', `getParameterValue: the key ${show(key)} is not in the documentation`); return undefined; }
    const values = { page_url: state.pageUrl, message_text: state.messageText, country: settings.country, language: state.language, referrer_url: document.referrer };
    if (key in values) return values[key];
    try { return new URL(state.pageUrl, location.href).searchParams.get(key) ?? undefined; } catch { return undefined; }
  }

  /** Who a chat started now would go to, and which option said so. */
  function assignee() {
    const cp = { compare, getParameterValue: parameter };
    const { resolve, rules, defaultRules } = state.assignments;
    const guarded = (fn) => { try { return fn(cp); } catch (error) { warnOnce('assignments', `assignments: a function failed: ${error}`); return undefined; } };
    if (resolve) {
      const answer = guarded(resolve);
      if (answer === null) return { to: null, by: 'resolve' };
      if (typeof answer === 'string' || isTexts(answer)) return { to: answer, by: 'resolve' };
      if (answer !== undefined) warnOnce('assignments', `assignments.resolve must answer an id, a list of ids, null or undefined, not ${show(answer)}`);
    }
    for (const [by, list] of Object.entries({ rules, defaultRules })) {
      for (const rule of list ?? []) {
        const [[to, when]] = Object.entries(rule);
        if (matches(when, guarded)) return { to, by };
      }
    }
    return config.operators && !resolve && !rules ? { to: config.operators, by: 'operators' } : { to: 'any operator', by: 'account' };
  }
  function matches(when, guarded) {
    if (typeof when === 'boolean') return when;
    if (typeof when === 'function') return guarded(when) === true;
    if (Array.isArray(when) && when.length === 3) return compare(parameter(when[0]), when[1], when[2]);
    warnOnce('assignments', `assignments: a rule must be true, false, [parameterKey, matcher, matchValue] or a function, not ${show(when)}`);
    return false;
  }

  function assign() {
    const { to, by } = assignee();
    state.assigned = `${to === null ? 'nobody' : Array.isArray(to) ? `one of ${to.join(', ')}` : to} (${by})`;
    panel.drawFacts();
    return { to, by };
  }

  function setVisitor(data, hash) {
    const { custom, ...fields } = data;
    const kept = Object.keys(fields).filter((key) => !hash && state.visitor[key] && state.visitor[key] !== fields[key]);
    for (const key of kept) log('note', 'visitor data ignored', `${key} is already set and there is no integrity hash`);
    state.visitor = { ...state.visitor, ...Object.fromEntries(Object.entries(fields).filter(([key]) => !kept.includes(key))) };
    if (custom) state.visitor.custom = { ...state.visitor.custom, ...custom };
    panel.drawFacts();
  }

  function pageView(name, view) {
    state.pageUrl = view.url;
    log('view', name, { url: view.url, title: view.title });
    assign();
  }

  // ---- Messages -----------------------------------------------------------------------------------------------------

  function addMessage(message) {
    const id = 1 + Math.max(0, ...state.messages.map((m) => m.id));
    state.messages.push({ id, ...message });
    rememberChat();
    return state.messages.at(-1);
  }
  function operatorSays(text, more = {}) {
    addMessage({ from: 'operator', text, ...more });
    const elsewhere = [...surfaces].some((surface) => surface.closed?.() === false);
    if (state.widget === 'expanded' || elsewhere) draw();
    else { unread.push(text); setWidget('unreadMessage'); draw(); }
  }
  let unread = [];

  function visitorSays(text) {
    const first = !state.started;
    Object.assign(state, { started: true, messageText: text, active: null });
    const message = addMessage({ from: 'visitor', text, status: 'sending' });
    draw();
    if (first) {
      fire('chat.started', { visitorId: state.visitorId });
      log('note', 'assigned', assign());
    }
    answer(message, state.visitorId);
  }
  function answer(message, visitorId) {
    const step = (ms, act) => setTimeout(() => { if (state.phase === 'running' && state.visitorId === visitorId) { act(); rememberChat(); draw(); } }, ms);
    step(200, () => { message.status = 'unread'; });
    step(450, () => { state.typing = settings.online; });
    step(1000, () => { message.status = 'read'; state.typing = false; operatorSays(say('reply'), { label: say('label') }); });
  }

  // ---- Colours and building blocks ----------------------------------------------------------------------------------

  const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
  const channels = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(1 + at, 3 + at), 16));
  const light = (hex) => channels(hex).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);

  /** Text on the colour is always the better of white and near-black, and the gradient runs away from it: contrast only grows. */
  function paint(element) {
    const chosen = COLOURS[config.appearance?.windowColor] ?? config.appearance?.windowColor ?? COLOURS.blue;
    const hex = chosen.length === 4 ? `#${[...chosen.slice(1)].map((c) => c + c).join('')}` : chosen;
    const dark = 1.05 / (light(hex) + 0.05) < 4.5;
    const ink = !dark ? '#ffffff' : light(hex) > 0.23 ? '#14181d' : '#000000';
    const away = channels(hex).map((c) => Math.round(dark ? c + (255 - c) * 0.25 : c * 0.76));
    for (const [name, value] of Object.entries({ colour: hex, deep: `rgb(${away})`, ink })) element.style.setProperty(`--chaport-${name}`, value);
  }

  /** @param {Document} doc */
  const builder = (doc) => (tag, attributes = {}, ...children) => {
    const element = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') element.addEventListener(name, value);
      else if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const ICONS = {
    chat: 'M12 3.2c-5.2 0-9.3 3.5-9.3 8 0 2.3 1.1 4.3 2.8 5.8-.1 1.2-.6 2.4-1.5 3.3-.2.2 0 .6.3.6 1.9-.1 3.6-.8 4.9-1.9.9.2 1.8.3 2.8.3 5.2 0 9.3-3.6 9.3-8.1S17.2 3.2 12 3.2z',
    down: 'M5.3 9.2l6.7 6.6 6.7-6.6', cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11', send: 'M12 19V5.5M5.8 11.5L12 5.3l6.2 6.2',
    clock: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', tick: 'M5 12.5l4.5 4.5L19 7.5', ticks: 'M2.5 12.5L7 17l9-9.5M11.5 16l1 1 9-9.5',
  };
  function icon(doc, name) {
    const svg = doc.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = doc.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('class', `chaport-icon chaport-icon-${name}`);
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  }
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  function adopt(root, view, css) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  // ---- Styles -------------------------------------------------------------------------------------------------------

  /** One rule a line, since insertRule takes one at a time; every declaration becomes !important, since host pages are not kind. */
  const PAGE_CSS = `
.chaport-container.chaport-container,.chaport-container [class^="chaport-"]:where(:not(.chaport-icon)){all:initial;visibility:inherit;box-sizing:border-box;font-family:${FONT};-webkit-font-smoothing:antialiased;}
.chaport-container.chaport-container{display:block;height:auto;color-scheme:light dark;}
.chaport-container.chaport-container-positioned{position:fixed;z-index:2147483500;transition:left .3s ease,right .3s ease,bottom .3s ease;}
.chaport-container .chaport-launcher{display:block;position:relative;z-index:1;width:60px;height:60px;}
.chaport-container.chaport-no-launcher .chaport-launcher{display:none;}
.chaport-container .chaport-launcher-button{display:block;position:relative;width:60px;height:60px;border-radius:50%;cursor:pointer;color:var(--chaport-ink);background:linear-gradient(145deg,var(--chaport-colour),var(--chaport-deep));box-shadow:0 2px 6px rgba(10,20,40,.2),0 10px 28px rgba(10,20,40,.26);transition:transform .2s ease,box-shadow .2s ease;-webkit-tap-highlight-color:transparent;touch-action:manipulation;}
.chaport-container .chaport-launcher-button:hover{transform:translateY(-2px) scale(1.03);box-shadow:0 4px 10px rgba(10,20,40,.22),0 16px 36px rgba(10,20,40,.32);}
.chaport-container .chaport-launcher-button:active{transform:scale(.96);}
.chaport-container .chaport-launcher-button:focus-visible,.chaport-container .chaport-popup-open:focus-visible,.chaport-container .chaport-popup-close:focus-visible{outline:3px solid #ffffff;box-shadow:0 0 0 3px #ffffff,0 0 0 6px #12306b;}
.chaport-container .chaport-icon{display:block;position:absolute;inset:0;margin:auto;padding:0;width:30px;height:30px;max-width:none;float:none;border:0;color:inherit;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;overflow:visible;pointer-events:none;transition:opacity .2s ease,transform .25s ease;}
.chaport-container .chaport-icon path{fill:inherit;stroke:inherit;stroke-width:inherit;opacity:1;transform:none;display:inline;}
.chaport-container .chaport-icon-chat{fill:currentColor;stroke:none;}
.chaport-container .chaport-icon-down{opacity:0;transform:rotate(-60deg) scale(.6);stroke-width:2.6;}
.chaport-container.chaport-expanded .chaport-icon-chat{opacity:0;transform:rotate(60deg) scale(.6);}
.chaport-container.chaport-expanded .chaport-icon-down{opacity:1;transform:none;}
.chaport-container .chaport-dot{display:block;position:absolute;right:3px;bottom:3px;width:15px;height:15px;border:3px solid #ffffff;border-radius:50%;background:#8b95a1;transition:background .2s ease;}
.chaport-container.chaport-online .chaport-dot{background:#27b567;}
.chaport-container .chaport-badge{display:none;position:absolute;top:-3px;right:-3px;min-width:23px;height:23px;padding:0 6px;border-radius:12px;border:2px solid #ffffff;background:#c6222f;color:#ffffff;font-size:12px;font-weight:700;line-height:19px;text-align:center;}
.chaport-container.chaport-unreadMessage .chaport-badge{display:block;}
.chaport-container .chaport-window{display:block;position:absolute;bottom:76px;width:384px;height:640px;max-width:calc(100vw - 40px);max-height:calc(100vh - 96px - var(--chaport-y));border-radius:20px;background:#ffffff;box-shadow:0 0 0 1px rgba(16,26,44,.06),0 8px 24px rgba(16,26,44,.14),0 24px 64px rgba(16,26,44,.24);opacity:0;visibility:hidden;transform:translateY(14px) scale(.98);transform-origin:100% 100%;transition:opacity .2s ease,transform .26s cubic-bezier(.2,.9,.3,1.05),visibility 0s linear .26s;}
.chaport-container.chaport-right .chaport-window,.chaport-container.chaport-right .chaport-popup{right:0;}
.chaport-container.chaport-left .chaport-window,.chaport-container.chaport-left .chaport-popup{left:0;transform-origin:0 100%;}
.chaport-container.chaport-no-launcher .chaport-window,.chaport-container.chaport-no-launcher .chaport-popup{bottom:0;}
.chaport-container.chaport-expanded .chaport-window{opacity:1;visibility:visible;transform:none;transition-delay:0s;}
.chaport-container .chaport-inner{display:block;width:100%;height:100%;border-radius:inherit;overflow:hidden;}
.chaport-container .chaport-inner-iframe{display:block;width:100%;height:100%;border:0;color-scheme:light dark;}
.chaport-container .chaport-popup{display:block;position:absolute;bottom:76px;width:310px;max-width:calc(100vw - 40px);border-radius:18px;background:#ffffff;color:#1b2129;box-shadow:0 0 0 1px rgba(16,26,44,.06),0 6px 18px rgba(16,26,44,.14),0 18px 48px rgba(16,26,44,.22);opacity:0;visibility:hidden;transform:translateY(10px);transform-origin:100% 100%;transition:opacity .2s ease,transform .25s ease,visibility 0s linear .25s;}
.chaport-container.chaport-unreadMessage .chaport-popup{opacity:1;visibility:visible;transform:none;transition-delay:0s;}
.chaport-container .chaport-popup-open{display:block;width:100%;padding:16px 46px 17px 18px;border-radius:18px;color:inherit;text-align:start;cursor:pointer;}
.chaport-container .chaport-popup-team{display:block;margin:0 0 4px;font-size:13px;font-weight:650;line-height:18px;color:#56616d;}
.chaport-container .chaport-popup-text{display:block;font-size:15px;line-height:22px;color:inherit;overflow-wrap:anywhere;max-height:176px;overflow:hidden;}
.chaport-container .chaport-popup-close{display:block;position:absolute;top:8px;right:8px;width:32px;height:32px;border-radius:50%;color:#56616d;cursor:pointer;}
.chaport-container .chaport-popup-close:hover{background:rgba(100,116,139,.16);}
.chaport-container .chaport-popup-close .chaport-icon{width:18px;height:18px;}
.chaport-container.chaport-container-inside.chaport-expanded{height:var(--chaport-height);}
.chaport-container.chaport-container-inside .chaport-window{display:none;position:relative;inset:auto;width:100%;height:100%;max-width:none;max-height:none;border-radius:14px;box-shadow:0 0 0 1px rgba(100,116,139,.28),0 6px 24px rgba(16,26,44,.08);transform:none;}
.chaport-container.chaport-container-inside.chaport-expanded .chaport-window{display:block;}
.chaport-container.chaport-container-inside .chaport-launcher{position:fixed;z-index:2147483500;bottom:var(--chaport-y);}
.chaport-container.chaport-container-inside .chaport-popup{position:fixed;z-index:2147483500;bottom:calc(var(--chaport-y) + 76px);}
.chaport-container.chaport-container-inside.chaport-right .chaport-launcher,.chaport-container.chaport-container-inside.chaport-right .chaport-popup{right:var(--chaport-x);}
.chaport-container.chaport-container-inside.chaport-left .chaport-launcher,.chaport-container.chaport-container-inside.chaport-left .chaport-popup{left:var(--chaport-x);}
@media (prefers-color-scheme:dark){.chaport-container .chaport-window{background:#171b21;box-shadow:0 0 0 1px rgba(255,255,255,.13),0 16px 56px rgba(0,0,0,.6);}.chaport-container .chaport-popup{background:#20262e;color:#e9edf2;box-shadow:0 0 0 1px rgba(255,255,255,.13),0 14px 44px rgba(0,0,0,.55);}.chaport-container .chaport-popup-team,.chaport-container .chaport-popup-close{color:#aab4c0;}.chaport-container .chaport-dot,.chaport-container .chaport-badge{border-color:#20262e;}}
@media (max-width:480px){.chaport-container.chaport-container-positioned .chaport-window{position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;border-radius:0;z-index:2;}}
@media (prefers-reduced-motion:reduce){.chaport-container.chaport-container,.chaport-container .chaport-window,.chaport-container .chaport-popup,.chaport-container .chaport-icon,.chaport-container .chaport-launcher-button{transition:none;}}
@media print{.chaport-container.chaport-container{display:none;}}`;

  const CHAT_CSS = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b2129;--soft:#56616d;--line:#e5e8ed;--bubble:#f0f2f5;--strip:#f6f7f9}
@media (prefers-color-scheme:dark){:root{--bg:#171b21;--fg:#e9edf2;--soft:#aab4c0;--line:#2d343e;--bubble:#272e38;--strip:#1d222a}}
*{box-sizing:border-box}[hidden]{display:none!important}
html,body{height:100%;margin:0}
body{display:flex;flex-direction:column;overflow:hidden;background:var(--bg);color:var(--fg);font:15px/1.45 ${FONT};-webkit-font-smoothing:antialiased}
h1,p{margin:0;font:inherit}button,textarea{font:inherit;color:inherit;margin:0;border:0;background:none}
svg{display:block;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{flex:none;display:flex;align-items:center;gap:14px;padding:20px 18px;color:var(--chaport-ink);background:linear-gradient(135deg,var(--chaport-colour),var(--chaport-deep))}
.faces{display:flex;flex:none;padding-inline-start:10px}
.faces span{display:grid;place-items:center;width:40px;height:40px;margin-inline-start:-10px;border-radius:50%;border:2px solid var(--chaport-colour);background:#fff;color:#27313c;font-weight:650;font-size:15px}
.faces span:nth-child(2){background:#e4ecfa}.faces span:nth-child(3){background:#fdeedd}
.title{flex:1;min-width:0}
h1{font-size:17px;font-weight:680;line-height:1.25;letter-spacing:-.01em;overflow:hidden;text-overflow:ellipsis;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow-wrap:anywhere}
.status{display:flex;align-items:center;gap:7px;margin-top:3px;font-size:13.5px;line-height:1.35}
.status::before{content:"";flex:none;width:9px;height:9px;border-radius:50%;box-sizing:border-box;border:2px solid currentColor}
.online .status::before{background:#3ddc84;border-color:#fff}
.close{flex:none;display:grid;place-items:center;width:40px;height:40px;margin:-4px -6px -4px 0;border-radius:50%;cursor:pointer}
.close svg{width:22px;height:22px;stroke-width:2.3}
.close:hover{box-shadow:inset 0 0 0 2px currentColor}
.close:focus-visible{outline:2px solid currentColor;outline-offset:-2px}
.strip{flex:none;padding:7px 18px;font-size:12.5px;line-height:1.4;text-align:center;color:var(--soft);background:var(--strip);border-bottom:1px solid var(--line)}
.messages{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;display:flex;flex-direction:column;gap:10px;padding:18px 16px 12px;scrollbar-width:thin}
.messages:focus-visible{outline:2px solid var(--fg);outline-offset:-3px}
.message{position:relative;display:flex;flex-direction:column;align-items:flex-start;max-width:84%;animation:rise .24s ease both}
.visitor{align-self:flex-end;align-items:flex-end}
.bubble{padding:9px 14px 10px;border-radius:19px;border-end-start-radius:6px;background:var(--bubble);white-space:pre-wrap;overflow-wrap:anywhere}
.visitor .bubble{border-end-start-radius:19px;border-end-end-radius:6px;color:var(--chaport-ink);background:linear-gradient(135deg,var(--chaport-colour),var(--chaport-deep))}
.visitor .bubble,.send.armed{box-shadow:inset 0 0 0 1px rgba(128,140,155,.3)}
.label{margin:4px 0 4px 2px;padding:1px 8px;border-radius:9px;font-size:11.5px;font-weight:600;color:var(--soft);border:1px dashed color-mix(in srgb,var(--soft) 55%,transparent)}
.seen{min-height:16px;margin-top:3px;font-size:12px;line-height:16px;color:var(--soft)}.operator .seen{display:none}
.seen svg{width:16px;height:16px}
.typing{display:flex;gap:5px;padding:14px 16px;border-radius:19px;border-end-start-radius:6px;align-self:flex-start;background:var(--bubble)}
.typing i{width:7px;height:7px;border-radius:50%;background:var(--soft);animation:hop 1.1s ease-in-out infinite}.typing i:nth-child(2){animation-delay:.15s}.typing i:nth-child(3){animation-delay:.3s}
.composer{flex:none;display:flex;align-items:flex-end;gap:8px;margin:0;padding:10px 12px calc(12px + env(safe-area-inset-bottom));border-top:1px solid var(--line)}
textarea{flex:1;min-width:0;height:44px;max-height:120px;padding:11px 16px;resize:none;border-radius:22px;line-height:22px;font-size:16px;background:var(--bubble);outline:2px solid transparent;outline-offset:-2px;transition:outline-color .15s}
textarea:focus-visible{outline-color:var(--soft)}
textarea::placeholder{color:var(--soft);opacity:1}
.send{flex:none;display:grid;place-items:center;width:44px;height:44px;padding:0;border-radius:50%;cursor:pointer;color:var(--soft);background:var(--bubble);transition:transform .15s ease,background .15s ease}
.send.armed{color:var(--chaport-ink);background:linear-gradient(135deg,var(--chaport-colour),var(--chaport-deep))}
.send.armed:hover{transform:scale(1.06)}.send svg{width:22px;height:22px;stroke-width:2.4}
.send:focus-visible{outline:2px solid var(--fg);outline-offset:2px}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}@keyframes hop{40%{transform:translateY(-4px)}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}`;

  const PANEL_CSS = `
:host{all:initial!important;position:fixed!important;z-index:2147483400!important;bottom:0!important;top:0!important;width:0!important;color-scheme:light dark;--bg:#fff;--fg:#1d242c;--soft:#58636f;--line:#e2e6eb;--well:#f4f6f8;--accent:#2457c5;--call:#1f5fbf;--event:#7a3fb0;--view:#1c7340;--note:#58636f;--warning:#a8440a}
:host([data-side=left]){left:0!important}:host([data-side=right]){right:0!important}
@media (prefers-color-scheme:dark){:host{--bg:#171b21;--fg:#e6ebf1;--soft:#a5b0bc;--line:#2e3640;--well:#1f252d;--accent:#8fb4ff;--call:#8fb8ff;--event:#cfa6f7;--view:#79d39b;--note:#a5b0bc;--warning:#f7b071}}
@media print{:host{display:none!important}}
*{box-sizing:border-box}[hidden]{display:none!important}
button,select{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.tab,.drawer{position:absolute;font:13px/1.45 ${FONT};color:var(--fg);background:var(--bg);border:1px solid var(--line)}
.tab{bottom:28px;display:flex;align-items:center;gap:7px;padding:10px 5px;writing-mode:vertical-rl;font-size:12px;font-weight:600;white-space:nowrap;box-shadow:0 2px 10px rgba(15,25,45,.16)}
:host([data-side=left]) .tab{left:0;border-left:0;border-radius:0 10px 10px 0}:host([data-side=right]) .tab{right:0;border-right:0;border-radius:10px 0 0 10px}
.tab:hover{padding-inline:8px}
.count{min-width:18px;padding:3px 1px;border-radius:9px;text-align:center;font-size:11px;writing-mode:horizontal-tb;background:var(--warning);color:var(--bg)}
.drawer{top:12px;bottom:12px;width:min(380px,calc(100vw - 24px));display:flex;flex-direction:column;border-radius:14px;overflow:hidden;box-shadow:0 12px 48px rgba(15,25,45,.28)}
:host([data-side=left]) .drawer{left:12px}:host([data-side=right]) .drawer{right:12px}
@media (max-width:480px){.drawer{bottom:auto;height:calc(100vh - 120px)}}
header{flex:none;display:flex;align-items:center;gap:8px;padding:10px 10px 10px 14px;border-bottom:1px solid var(--line)}
h2{flex:1;margin:0;font-size:13.5px;font-weight:680}
.plain{padding:4px 10px;border:1px solid var(--line);border-radius:8px;background:var(--bg)}.plain:hover{background:var(--well)}
.top,ol{min-height:0;overflow-y:auto;overscroll-behavior:contain;scrollbar-width:thin}.top{flex:0 1 auto;max-height:62%}
.controls{display:grid;grid-template-columns:1fr 1fr 1fr;gap:8px;padding:12px 14px}
.controls label{display:grid;gap:3px;font-size:12px;color:var(--soft)}
select{width:100%;padding:5px 6px;border:1px solid var(--line);border-radius:8px;background:var(--well);color:var(--fg)}
.wide{grid-column:1/-1}.acts{display:flex;flex-wrap:wrap;gap:6px}
.switch{display:flex;align-items:center;gap:9px;padding:0;border:0;background:none;font-weight:600}
.switch::before{content:"";width:34px;height:20px;border-radius:10px;background:radial-gradient(circle at 10px 50%,#fff 7px,transparent 7.5px),#7c8794;transition:background .15s}
.switch[aria-checked=true]::before{background:radial-gradient(circle at 24px 50%,#fff 7px,transparent 7.5px),#1f8a4c}
details{border-top:1px solid var(--line)}summary{padding:8px 14px;font-weight:600;cursor:pointer}
dl{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:3px 12px;margin:0;padding:0 14px 12px}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}dd.long{grid-column:2/-1}
pre{margin:0;padding:0 14px 12px;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.bar{flex:none;display:flex;align-items:center;justify-content:space-between;padding:6px 10px 6px 14px;border-block:1px solid var(--line);background:var(--bg)}h3{margin:0;font-size:13px;font-weight:600}
ol{flex:1;list-style:none;margin:0;padding:4px 0}
li{display:grid;grid-template-columns:58px 1fr;gap:2px 8px;padding:5px 14px;border-bottom:1px solid var(--well)}
li[data-name=page][data-kind=note]{background:var(--well)}
.kind{font-size:11px;font-weight:680;line-height:19px;color:var(--note)}
li[data-kind=call] .kind{color:var(--call)}li[data-kind=event] .kind{color:var(--event)}li[data-kind=view] .kind{color:var(--view)}li[data-kind=warning] .kind{color:var(--warning)}
.name{font-weight:600;overflow-wrap:anywhere}code{grid-column:2;font:12px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere}
.empty{padding:10px 14px;color:var(--soft)}`;

  // ---- On the page: launcher, popup, window -------------------------------------------------------------------------

  /** @type {Record<string, any>|null} */
  let parts = null;
  /** Every document the conversation is drawn in: the window's iframe and pages opened with openIn. */
  const surfaces = new Set();
  const narrow = window.matchMedia('(max-width: 480px)');

  /** Rules go in through insertRule into an empty element, as real widgets do; a strict style policy forbids even that and leaves constructed sheets. */
  function stylePage() {
    if (document.querySelector('style.chaport-style')?.sheet?.cssRules.length) return;
    const style = builder(document)('style', { class: 'chaport-style' });
    if (ownScript?.nonce) style.nonce = ownScript.nonce;
    (document.head ?? document.documentElement).append(style);
    const rules = PAGE_CSS.trim().split('\n').map((rule) => rule.replace(/;/g, ' !important;'));
    if (style.sheet) for (const rule of rules) style.sheet.insertRule(rule, style.sheet.cssRules.length);
    else adopt(document, window, rules.join('\n'));
  }

  function render() {
    if (state.hidden || parts) return;
    stylePage();
    const h = builder(document);
    const frame = h('iframe', { class: 'chaport-inner-iframe', load: () => fillFrame() });
    const badge = h('span', { class: 'chaport-badge', 'aria-hidden': 'true' });
    const launcher = h('button', { type: 'button', class: 'chaport-launcher-button', click: () => (state.widget === 'expanded' ? collapse() : expand()) },
      icon(document, 'chat'), icon(document, 'down'), h('span', { class: 'chaport-dot' }), badge);
    const team = h('span', { class: 'chaport-popup-team' });
    const text = h('span', { class: 'chaport-popup-text' });
    const dismiss = h('button', { type: 'button', class: 'chaport-popup-close', click: () => collapse() }, icon(document, 'cross'));
    const popup = h('div', { class: 'chaport-popup', role: 'status' }, h('button', { type: 'button', class: 'chaport-popup-open', click: () => expand() }, team, text), dismiss);
    const win = h('div', { class: 'chaport-window' }, h('div', { class: 'chaport-inner' }, frame));
    const container = h('div', { class: 'chaport-container', keydown: escape }, win, popup, h('div', { class: 'chaport-launcher' }, launcher));
    parts = { container, launcher, badge, popup, team, text, dismiss, window: win, frame };
    paint(container);
    document.body.append(container);
    fillFrame();
    draw();
  }
  function unrender() {
    parts?.container.remove();
    parts = null;
    for (const surface of surfaces) surface.close?.();
    surfaces.clear();
  }

  function fillFrame() {
    const doc = parts?.frame.contentDocument;
    if (!doc?.body || doc.body.firstElementChild) return;
    for (const surface of surfaces) if (!surface.close) surfaces.delete(surface);
    surfaces.add(fillChat(doc));
    draw();
  }

  /** One picture of the state, everywhere; called after every change. */
  function draw() {
    panel.drawFacts();
    if (!parts) return;
    const { container, launcher, badge, popup, team, text, dismiss, frame } = parts;
    if (state.widget !== 'unreadMessage') unread = [];
    const expanded = state.widget === 'expanded';
    const [side, x = 20, y = 20] = state.position;
    const classes = ['chaport-container', `chaport-${side}`, `chaport-${state.widget}`, state.inside ? 'chaport-container-inside' : 'chaport-container-positioned',
      ...(state.launcher ? [] : ['chaport-no-launcher']), ...(settings.online ? ['chaport-online'] : [])].join(' ');
    if (container.className !== classes) container.className = classes;
    for (const [name, value] of Object.entries({ left: side === 'left' ? `${x}px` : 'auto', right: side === 'right' ? `${x}px` : 'auto', bottom: `${y}px` })) container.style.setProperty(name, value, 'important');
    container.style.setProperty('--chaport-x', `${x}px`);
    container.style.setProperty('--chaport-y', `${y}px`);
    launcher.setAttribute('aria-expanded', String(expanded));
    launcher.setAttribute('aria-label', expanded ? say('close') : unread.length ? `${say('open')}: ${say('fresh')}` : say('open'));
    setText(badge, unread.length ? String(unread.length) : '');
    setText(team, config.appearance?.teamName ?? say('team'));
    setText(text, unread.at(-1) ?? '');
    dismiss.setAttribute('aria-label', say('close'));
    popup.setAttribute('aria-label', say('fresh'));
    frame.setAttribute('title', config.appearance?.teamName ?? say('team'));
    for (const surface of surfaces) if (surface.closed?.()) surfaces.delete(surface); else surface.update();
  }

  function escape(event) {
    if (event.key === 'Escape' && state.widget !== 'collapsed') collapse();
  }
  function visible() {
    if (!state.hidden) return true;
    log('note', 'not shown', state.hidden);
    return false;
  }

  let focusBefore = null;
  function expand(place = config.openIn ?? 'iframe') {
    if (!visible()) return;
    if (typeof place === 'string' && place !== 'iframe') { openWindow(place); return; }
    const target = isMap(place) ? find(place.selector) : null;
    if (isMap(place) && !target) { warn('openIn', `openIn: no element matches ${show(place.selector)}`); return; }
    if (state.widget !== 'expanded') focusBefore = document.activeElement;
    // A listener to ready is called before there is anything on the page.
    render();
    moveInto(target);
    setWidget('expanded');
    draw();
    for (const surface of surfaces) if (!surface.close) surface.focus();
  }
  function find(selector) {
    try { return document.querySelector(selector); } catch { return null; }
  }
  function moveInto(target) {
    if (!parts || (state.inside === target && (!target || target.contains(parts.container)))) return;
    state.inside = target;
    parts.container.style.setProperty('--chaport-height', target && target.clientHeight < 240 ? '480px' : '100%');
    (target ?? document.body).append(parts.container);
    fillFrame();
  }
  function collapse() {
    const hadFocus = parts?.container.contains(document.activeElement);
    setWidget('collapsed');
    if (!hadFocus) return;
    if (state.launcher) parts.launcher.focus({ preventScroll: true });
    else focusBefore?.focus?.({ preventScroll: true });
  }

  function openWindow(name) {
    const itself = /^_(self|parent|top)$/.test(name);
    if (itself) warn('openIn', `openIn: ${show(name)} would replace this page; the preview opens a new window`);
    const page = window.open('about:blank', itself ? '_blank' : name, name === '_blank' || itself ? '' : 'width=420,height=640');
    if (!page) { warn('openIn', 'openIn: the browser blocked the new window'); return; }
    log('note', 'opened in a window', name);
    page.document.body.replaceChildren();
    const surface = fillChat(page.document);
    Object.assign(surface, { close: () => page.close(), closed: () => page.closed });
    surfaces.add(surface);
    page.document.title = config.appearance?.teamName ?? say('team');
    draw();
    surface.focus();
  }

  // ---- The conversation, in whatever document it stands -------------------------------------------------------------

  /** @param {Document} doc */
  function fillChat(doc) {
    const h = builder(doc);
    adopt(doc, doc.defaultView, CHAT_CSS);
    doc.documentElement.lang = LANGUAGES[state.language] ? state.language : 'en';
    paint(doc.documentElement);
    const own = doc === parts?.frame.contentDocument;
    const p = {
      faces: h('div', { class: 'faces', 'aria-hidden': 'true' }), team: h('h1'), status: h('p', { class: 'status' }),
      close: h('button', { type: 'button', class: 'close', click: () => collapse() }, icon(doc, 'cross')),
      strip: h('p', { class: 'strip' }), list: h('div', { class: 'messages', role: 'log', tabindex: '0' }),
      welcome: h('div', { class: 'bubble' }), typing: h('div', { class: 'typing', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
      text: h('textarea', { rows: '1', input: () => grow(p) }), send: h('button', { type: 'submit', class: 'send' }, icon(doc, 'send')),
    };
    const form = h('form', { class: 'composer', submit: (event) => { event.preventDefault(); submit(p); } }, p.text, p.send);
    p.text.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(p); } });
    p.list.append(h('div', { class: 'message operator welcome' }, p.welcome), p.typing);
    doc.body.append(h('header', {}, p.faces, h('div', { class: 'title' }, p.team, p.status), p.close), p.strip, p.list, form);
    if (own) doc.addEventListener('keydown', escape);
    const drawn = new Map();
    return { update: () => updateChat(doc, p, drawn, own), focus: () => { doc.defaultView?.focus(); p.text.focus({ preventScroll: true }); } };
  }
  function grow({ text, send }) {
    text.style.setProperty('height', 'auto');
    text.style.setProperty('height', `${Math.min(text.scrollHeight, 120)}px`);
    send.classList.toggle('armed', text.value.trim() !== '');
  }
  function submit(p) {
    const text = p.text.value.trim();
    if (!text || state.phase !== 'running') return;
    p.text.value = '';
    grow(p);
    visitorSays(text);
  }

  function updateChat(doc, p, drawn, own) {
    const h = builder(doc);
    const looks = config.appearance ?? {};
    const names = config.operators?.length ? config.operators : ['Ada', 'Ben', 'Chioma'];
    if (!p.faces.firstChild) p.faces.append(...names.slice(0, 3).map((name) => h('span', {}, [...name][0]?.toUpperCase() ?? '?')));
    setText(p.team, looks.teamName ?? say('team'));
    setText(p.status, settings.online ? say('online') : say('offline'));
    setText(p.strip, say('strip'));
    setText(p.welcome, (settings.online ? looks.onlineWelcome : looks.offlineWelcome) ?? say(settings.online ? 'hello' : 'away'));
    doc.body.className = settings.online ? 'online' : '';
    p.close.hidden = !own || !(config.closeButton ?? (!state.launcher || onMobile() || (narrow.matches && !state.inside)));
    for (const [element, word] of [[p.close, 'close'], [p.send, 'send'], [p.text, 'write'], [p.list, 'talk']]) element.setAttribute('aria-label', say(word));
    p.text.placeholder = say('write');
    for (const [id, node] of drawn) if (!state.messages.some((m) => m.id === id)) { node.remove(); drawn.delete(id); }
    const count = drawn.size;
    for (const message of state.messages) {
      if (!drawn.has(message.id)) drawn.set(message.id, p.list.insertBefore(messageNode(doc, message), p.typing));
      drawStatus(doc, drawn.get(message.id), message);
    }
    p.typing.hidden = !state.typing;
    if (drawn.size !== count || state.typing) p.list.scrollTop = p.list.scrollHeight;
  }
  function messageNode(doc, message) {
    const h = builder(doc);
    const who = message.from === 'visitor' ? say('you') : config.appearance?.teamName ?? say('team');
    return h('div', { class: `message ${message.from}` }, h('span', { class: 'unseen' }, `${who}: `),
      ...(message.label ? [h('span', { class: 'label' }, message.label)] : []), h('div', { class: 'bubble' }, message.text), h('span', { class: 'seen' }));
  }
  function drawStatus(doc, node, { status }) {
    const seen = node.lastChild;
    if (!status || seen.dataset.status === status) return;
    seen.dataset.status = status;
    if (config.appearance?.textStatuses) { setText(seen, say(status)); return; }
    seen.setAttribute('role', 'img');
    seen.setAttribute('aria-label', say(status));
    seen.replaceChildren(icon(doc, { sending: 'clock', unread: 'tick', read: 'ticks' }[status]));
  }

  // ---- The panel, which only authors see ----------------------------------------------------------------------------

  function makePanel() {
    const h = builder(document);
    const host = h('aside', { class: 'chaport-preview-panel', 'aria-label': 'Chaport preview', 'data-side': 'left' });
    const root = host.attachShadow({ mode: 'open' });
    adopt(root, window, PANEL_CSS);
    const count = h('span', { class: 'count', title: 'warnings', hidden: '' });
    const p = {
      tab: h('button', { type: 'button', class: 'tab', 'aria-expanded': 'false', click: () => toggleDrawer(true) }, 'Chaport preview', count),
      hide: h('button', { type: 'button', class: 'plain hide', click: () => toggleDrawer(false) }, 'Hide'),
      online: h('button', { type: 'button', class: 'switch wide', role: 'switch', click: () => setOnline(!settings.online) }, 'Operators online'),
      facts: h('dl'), config: h('pre', { class: 'config' }), list: h('ol', { class: 'log' }), empty: h('p', { class: 'empty' }, 'Nothing yet.'), count,
    };
    const drawer = h('section', { class: 'drawer', hidden: '' },
      h('header', {}, h('h2', {}, 'Chaport preview · talks to nobody'), p.hide),
      h('div', { class: 'top' }, controls(h, p),
        h('details', { open: '' }, h('summary', {}, 'Now'), p.facts),
        h('details', {}, h('summary', {}, 'Effective configuration'), p.config)),
      h('div', { class: 'bar' }, h('h3', {}, 'Log'), h('button', { type: 'button', class: 'plain clear', click: clear }, 'Clear')), p.list, p.empty);
    root.append(p.tab, drawer);
    let drawn = [];

    function toggleDrawer(open) {
      setSetting('panel', open ? 'open' : 'closed');
      showDrawer();
      (open ? p.hide : p.tab).focus();
    }
    function showDrawer() {
      const open = settings.panel === 'open';
      drawer.hidden = !open;
      p.list.scrollTop = p.list.scrollHeight;
      p.tab.hidden = open;
      p.tab.setAttribute('aria-expanded', String(open));
    }
    function clear() {
      entries.length = 0;
      logStore.write(null);
      drawLog();
    }
    function drawLog() {
      if (drawn[0] !== entries[0]) { p.list.replaceChildren(); drawn = []; }
      for (const entry of entries.slice(drawn.length)) p.list.append(logLine(h, entry));
      if (drawn.length !== entries.length) p.list.scrollTop = p.list.scrollHeight;
      drawn = [...entries];
      p.empty.hidden = drawn.length > 0;
      const warnings = drawn.filter(({ kind }) => kind === 'warning').length;
      p.count.hidden = !warnings;
      setText(p.count, warnings ? String(warnings) : '');
    }
    function drawFacts() {
      p.online.setAttribute('aria-checked', String(settings.online));
      p.facts.replaceChildren(...Object.entries(facts()).flatMap(([name, value]) => [h('dt', {}, name), h('dd', { 'data-fact': name, class: /^(visitor|assigned|triggers)/.test(name) ? 'long' : 'short' }, value)]));
    }
    return {
      drawLog, drawFacts, drawConfig: () => setText(p.config, JSON.stringify(plain(config), null, 2)),
      place: () => host.setAttribute('data-side', state.position[0] === 'left' ? 'right' : 'left'),
      mount() {
        // Outside the body, because routers that swap it would take the log away.
        document.documentElement.append(host);
        showDrawer();
        drawLog();
        drawFacts();
      },
    };
  }

  function controls(h, p) {
    const choice = (label, key, values) => {
      const select = h('select', { name: key, change: () => { setSetting(key, select.value); location.reload(); } }, ...values.map((value) => h('option', { value }, value)));
      select.value = settings[key];
      return h('label', {}, label, select);
    };
    const act = (name, label, run) => h('button', { type: 'button', class: 'plain', 'data-act': name, click: () => (state.phase === 'running' ? visible() && run() : log('note', 'no session', name)) }, label);
    const codes = new Set(['US', 'GB', 'DE', 'FR', 'ES', 'PT', 'BR', 'RU', 'IN', 'JP', 'CA', 'AU', settings.country]);
    return h('div', { class: 'controls' }, p.online,
      choice('Device', 'device', ['auto', 'desktop', 'ios', 'android']), choice('Country', 'country', [...codes].sort()), choice('First page view', 'firstView', ['ready', 'start']),
      h('div', { class: 'acts wide' }, act('message', 'Send a message as an operator', () => operatorSays(say('operator'))),
        act('invitation', 'Show invitation', () => showSample('invitation')), act('chatbot', 'Show chatbot', () => showSample('bot'))));
  }
  function setOnline(online) {
    setSetting('online', online);
    draw();
    if (state.phase === 'running') fire('chat.onlineChange', online);
  }

  function logLine(h, { kind, name, detail, via }) {
    const title = kind === 'view' ? `page view (${name})` : name;
    return h('li', { 'data-kind': kind, 'data-name': name, 'data-detail': detail, 'data-via': via }, h('span', { class: 'kind' }, kind), h('span', { class: 'name' }, title),
      ...(detail === 'null' || detail === '[]' ? [] : [h('code', {}, kind === 'warning' ? JSON.parse(detail) : detail)]));
  }
  function facts() {
    const { all, named } = state.triggers;
    const off = SAMPLE_TRIGGERS.filter(({ id }) => !triggerOn(id)).map(({ id }) => id);
    return {
      session: { stopped: 'not started', loading: 'waiting for init', waiting: 'waiting for startSession', running: 'running', ended: 'stopped' }[state.phase],
      widget: state.hidden || state.widget, device: device(), country: settings.country,
      language: LANGUAGES[state.language] ? state.language : `${state.language} (shown in en)`, launcher: state.launcher ? 'shown' : 'hidden',
      visitor: state.visitorId || '–', 'visitor data': Object.keys(state.visitor).length ? show(state.visitor) : '–',
      'assigned to': state.assigned, triggers: off.length ? `off: ${!all && !named.size ? 'all' : off.join(', ')}` : 'on',
    };
  }

  // ---- The documented methods ---------------------------------------------------------------------------------------

  const optional = (check) => ({ ...check, optional: true });
  const CREDENTIALS = leaf('an object with id and token', (v) => isMap(v) && [v.id, v.token].every((part) => typeof part === 'string' && part !== ''));
  const VIEW = leaf('an object with url and title', (v) => isMap(v) && Object.keys(v).every((key) => (key === 'url' || key === 'title') && typeof v[key] === 'string'));
  const TRIGGER = leaf('an object with a message, and an id if it has one', (v) => isMap(v) && typeof v.message === 'string' && (v.id === undefined || typeof v.id === 'string'));
  const noSession = { offline: true };
  const METHODS = {
    close: [[], () => collapse()],
    compare: [[ANY, TEXT, ANY], compare, noSession],
    disableTriggers: [[optional(TEXTS)], (ids) => switchTriggers(false, ids), noSession],
    enableTriggers: [[optional(TEXTS)], (ids) => switchTriggers(true, ids), noSession],
    getActiveTrigger: [[], () => (state.started || !state.active ? undefined : { ...state.active })],
    getParameterValue: [[TEXT], parameter, noSession],
    getTriggerById: [[TEXT], (id) => { const found = SAMPLE_TRIGGERS.find((t) => t.id === id); return found && publicTrigger(found); }, noSession],
    getWidgetState: [[], () => state.widget, noSession],
    hideLauncher: [[], () => { state.launcher = false; draw(); }],
    isOnline: [[FUNC], (callback) => { setTimeout(() => callback(settings.online)); }],
    newPageView: [[optional(VIEW)], (view) => pageView('newPageView', { url: view?.url ?? location.href, title: view?.title ?? document.title })],
    open: [[], () => expand()],
    openIn: [[PLACE], (place) => expand(place)],
    showLauncher: [[], () => { state.launcher = true; draw(); }],
    setActiveTrigger: [[TRIGGER], (trigger) => showTrigger(trigger)],
    setAssignmentRules: [[MAP], (rules) => { state.assignments = clean(rules, RULE_SET, 'setAssignmentRules') ?? {}; assign(); }],
    setVisitorData: [[MAP, optional(TEXT)], (data, hash) => ifHashFits(data, hash, () => setVisitor(clean(data, VISITOR, 'setVisitorData') ?? {}, hash))],
    startSession: [[optional(CREDENTIALS), optional(FUNC)], (credentials, callback) => ifTokenFits(credentials, () => startAgain(credentials, callback)), noSession],
    stopSession: [[optional(BOOL), optional(FUNC)], (clear, callback) => stopSession(clear, callback)],
    toggle: [[], () => (state.widget === 'expanded' ? collapse() : expand())],
    updatePosition: [[POSITION, optional(FUNC)], (position, callback) => moveTo(position, callback)],
  };

  /** Runs one documented method with whatever the page passed; mistakes are reported, never thrown. */
  function call(name, args, via) {
    log('call', name, args, via);
    const [expected, run, { offline = false } = {}] = METHODS[name];
    if (!argumentsFit(name, args, expected)) return undefined;
    if (state.phase !== 'running' && !offline) { warn('no session', `${name}: there is no session; it was stopped`); return undefined; }
    return safely(run, ...args);
  }
  function argumentsFit(name, args, expected) {
    if (args.length > expected.length) warn('arguments', `${name} takes ${expected.length || 'no'} argument${expected.length === 1 ? '' : 's'}, not ${args.length}`);
    const wrong = expected.findIndex((check, i) => !(check.optional && args[i] == null) && !(i < args.length && check.test(args[i])));
    if (wrong < 0) return true;
    warn('arguments', `${name}: argument ${wrong + 1} must be ${expected[wrong].words}, not ${show(args[wrong])}; the call is left out`);
    return false;
  }

  function moveTo(position, callback) {
    state.position = position;
    draw();
    panel.place();
    const moves = parts?.container.getAnimations().map((animation) => animation.finished) ?? [];
    if (callback) Promise.allSettled(moves).then(() => safely(callback));
  }

  /** An entry of the command queue: the arguments of one q(...) call. */
  function obey(entry) {
    const [name, args] = typeof entry?.length === 'number' ? Array.from(entry) : [];
    if (typeof name !== 'string') { warn('queue', `a queued command must name a method, not ${show(name)}`); return undefined; }
    if (name === 'on') { subscribe(...(Array.isArray(args) ? args : [])); return undefined; }
    if (!Object.hasOwn(METHODS, name)) { warn('queue', `q: ${show(name)} is not in the documentation`); return undefined; }
    const list = queueArguments(name, args);
    return list && call(name, list, 'q');
  }
  /** The documentation writes the arguments as a list, except here: the ids of triggers, and credentials, are also given bare. */
  function queueArguments(name, args) {
    if (args === undefined) return [];
    if (/^(en|dis)ableTriggers$/.test(name) && isTexts(args) && args.length) return [args];
    if (Array.isArray(args)) return args;
    if (name === 'startSession' && isMap(args)) return [args];
    warn('queue', `q('${name}', …): the second argument must be the list of arguments, not ${show(args)}; the call is left out`);
    return null;
  }

  function subscribe(event, listener) {
    log('call', 'on', [event, listener]);
    if (!EVENTS.includes(event)) { warn('event', `on: the event ${show(event)} is not in the documentation`); return; }
    if (typeof listener !== 'function') { warn('event', `on: the listener of ${event} must be a function, not ${show(listener)}`); return; }
    if (!Array.isArray(chaport._l[event])) chaport._l[event] = [];
    chaport._l[event].push(listener);
  }
  function callLate(listener) {
    warn('late listener', 'undocumented: late listener: ready had already happened; the preview calls it now');
    setTimeout(() => listener({ visitorId: state.visitorId }));
    return 0;
  }

  // ---- From script to session ---------------------------------------------------------------------------------------

  const ownProperty = (object, name, value) => Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });

  /** Code may hold the stub's own q and on, which push to _q and _l: so those lists listen, before and after ready. */
  function takeOver() {
    if (!isMap(chaport._l)) chaport._l = {};
    const queued = Array.isArray(chaport._q) ? chaport._q : [];
    chaport._q = queued;
    for (const [event, listeners] of Object.entries(chaport._l)) {
      for (const listener of Array.isArray(listeners) ? listeners : []) log('call', 'on', [event, listener]);
      if (!EVENTS.includes(event)) warn('event', `on: the event ${show(event)} is not in the documentation`);
    }
    ownProperty(queued, 'push', (...items) => { for (const item of items) accept(item); return queued.length; });
    chaport.q = function q() { return accept(arguments); };
    chaport.on = (event, listener) => subscribe(event, listener);
  }
  function accept(entry) {
    if (isReady) return obey(entry);
    if (state.phase === 'waiting' && entry?.[0] === 'startSession') return obey(entry);
    Array.prototype.push.call(chaport._q, entry);
    return undefined;
  }

  let isReady = false;
  function initialise() {
    if (state.phase !== 'loading') return;
    state.language = chooseLanguage();
    state.hidden = hiddenBecause();
    state.launcher = config.launcher?.show !== false;
    state.position = config.appearance?.position ?? state.position;
    state.assignments = config.assignments ?? {};
    applyTriggerOption(config.triggers);
    panel.place();
    if (config.session?.autoStart !== false) { ifTokenFits(config.session?.user, () => startSession(config.session?.user)); return; }
    state.phase = 'waiting';
    panel.drawFacts();
    const at = chaport._q.findIndex((entry) => entry?.[0] === 'startSession');
    if (at >= 0) obey(chaport._q.splice(at, 1)[0]);
  }

  function startSession(credentials) {
    state.phase = 'running';
    state.visitorId = visitorFrom(credentials);
    if (keepsMemory()) visitorStore.write(state.visitorId);
    recallChat();
    const { visitor, visitorIntegrityHash: hash } = config;
    if (visitor) ifHashFits(visitor, hash, () => setVisitor(visitor, hash));
    const atStart = !isReady && settings.firstView === 'start';
    pageView('automatic', atStart ? startedAt : { url: location.href, title: document.title });
    if (isReady) { render(); return; }
    isReady = true;
    for (const name of Object.keys(METHODS)) chaport[name] = (...args) => call(name, args);
    const waiting = chaport._q.splice(0);
    for (const entry of waiting.filter((e) => e?.[0] === 'on')) obey(entry);
    fire('ready', { visitorId: state.visitorId });
    chaport._l.ready ??= [];
    ownProperty(chaport._l.ready, 'push', callLate);
    if (state.hidden) log('note', 'not shown', state.hidden);
    if (state.phase === 'running') render();
    for (const entry of waiting.filter((e) => e?.[0] !== 'on')) obey(entry);
  }

  function startAgain(credentials, callback) {
    if (state.phase === 'running' && (!credentials || credentials.id === state.visitorId)) log('note', 'session', 'already running');
    else {
      if (state.phase === 'running') stopSession();
      startSession(credentials ?? config.session?.user);
    }
    if (callback) safely(callback);
  }
  function stopSession(clear, callback) {
    setWidget('collapsed');
    unrender();
    Object.assign(state, { phase: 'ended', started: false, messages: [], shown: [], active: null, typing: false, inside: null, visitor: {} });
    unread = [];
    if (clear) { visitorStore.write(null); chatStore.write(null); }
    panel.drawFacts();
    if (callback) safely(callback);
  }

  /** Calls fn when the documented init options say so: some time after the event, but never later than maxDelay. */
  function whenInitialised(fn) {
    const { event = 'load', eventTarget = window, maxDelay = 5000, delayAfterEvent = 500 } = config.init ?? {};
    const left = Math.max(0, maxDelay - (performance.now() - startedAt.time));
    const past = (event === 'load' && eventTarget === window && document.readyState === 'complete') || (event === 'DOMContentLoaded' && document.readyState !== 'loading');
    setTimeout(fn, left);
    if (past) setTimeout(fn, delayAfterEvent);
    else eventTarget.addEventListener(event, () => setTimeout(fn, delayAfterEvent), { once: true });
  }
  function whenBody(fn) {
    if (document.body) fn();
    else document.addEventListener('DOMContentLoaded', fn, { once: true });
  }

  function watchPage() {
    window.addEventListener('popstate', () => { if (state.widget === 'expanded' && onMobile() && !history.state?.[HISTORY_MARK]) collapse(); });
    window.addEventListener('error', (event) => {
      const name = /\.(\w+) is not a function/.exec(event.message ?? '')?.[1];
      if (name && !isReady && Object.hasOwn(METHODS, name)) warn('before ready', `${name} was called before ready; methods are available only after the ready event`);
    });
    narrow.addEventListener('change', () => draw());
  }

  const chaport = window.chaport;
  const panel = makePanel();
  whenBody(() => panel.mount());
  log('note', 'page', { url: location.href });
  if (!isMap(chaport)) { warn('stub', 'window.chaport is missing: the installation code defines it before this script is loaded'); return; }
  salt = takeSalt();
  config = readConfig();
  panel.drawConfig();
  if (!config.appId) { warn('config', 'appId is missing or invalid: the widget does not start'); return; }
  state.phase = 'loading';
  takeOver();
  watchPage();
  whenInitialised(() => whenBody(initialise));
})();
