// Knows what the widget is doing; whoever shows that watches it.

/** @import {Config, Message, Trigger, Visitor, WidgetState} from './types.js' */

/** What the page has: the vendor's stub, which becomes the widget. */
export const chaport = /** @type {any} */ (window).chaport;

/** The page as it was when the script was read. */
export const startedAt = { url: location.href, title: document.title, time: performance.now() };

export const state = {
  /** @type {'stopped' | 'loading' | 'waiting' | 'running' | 'ended'} */
  phase: 'stopped',
  /** Whether `ready` has happened. */
  isReady: false,
  /** @type {Config} */
  config: {},
  /** The option `visitor` as the page wrote it, which is what a hash is of. @type {any} */
  signedVisitor: undefined,
  /** @type {WidgetState} */
  widget: 'collapsed',
  launcher: true,
  /** @type {['left' | 'right', number?, number?]} */
  position: ['right', 20, 20],
  language: 'en',
  /** Why the widget must not be seen here, or ''. */
  hidden: '',
  /** The element that the chat is drawn in, null in its corner. @type {Element | null} */
  inside: null,
  visitorId: '',
  /** @type {Visitor} */
  visitor: {},
  started: false,
  /** @type {Message[]} */
  messages: [],
  /** What an operator has said beside the closed chat. @type {string[]} */
  unread: [],
  /** Triggers that the visitor has seen, by id or message. @type {string[]} */
  shown: [],
  /** @type {Trigger | null} */
  active: null,
  typing: false,
  triggers: { all: true, named: /** @type {Map<string, boolean>} */ (new Map()) },
  /** @type {Record<string, any>} */
  assignments: {},
  assigned: '–',
  pageUrl: '',
  /** @type {string | undefined} */
  messageText: undefined,
};

/** @type {(() => void)[]} */
const watchers = [];
/** @param {() => void} watcher called after every change */
export const watch = (watcher) => watchers.push(watcher);
export const changed = () => {
  for (const watcher of watchers) watcher();
};

/** Whether the chat goes on over pages: documentation, `session.persist`. */
export const keepsMemory = () => state.config.session?.persist !== false;
