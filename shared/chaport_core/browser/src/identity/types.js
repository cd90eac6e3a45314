// Knows what the parts of `identity` hand to each other.

/**
 * Who is reading, as the backend answers; none of these where it knows no chat of the reader yet.
 * @typedef {{user?: {id: string, token: string}, visitor?: object, hash?: string}} Answer
 */

/**
 * What the site's author has set: where the backend is asked, and how it knows that a report is a page's.
 * @typedef {{path: string, csrfHeader?: string, csrfCookie?: string}} Settings
 */

/**
 * Where the session of a document is:
 *
 * - undecided: the backend is asked, and no session is started yet
 * - starting: the first session is in the widget's queue; the widget is not ready
 * - doomed: the same, and that session is ended as soon as the widget is ready
 * - running: the widget is ready and has a session
 * - ending: that session is being ended, and its visitor forgotten, to begin another
 * - stuck: the widget takes too long for that; only credentials begin another session
 * - over: consent was withdrawn; nothing begins any more
 *
 * @typedef {'undecided' | 'starting' | 'doomed' | 'running' | 'ending' | 'stuck' | 'over'} Stage
 */

/**
 * What the machine has done for it; whatever takes time calls `then`, and never at once but for the
 * widget's own calls.
 *
 * - ask: asks the backend; `then` gets its answer, null for nobody, and what was wrong with it. The
 *   result breaks the question off
 * - report: tells the backend the visitor's ID
 * - queue, start, stop: begin the first session, begin another, end one and forget its visitor
 * - introduce: tells the widget its visitor's data
 * - wait: calls after as long as the chat waits for anybody
 * - warn: writes to the console
 * - readMark, mark, unmark: the mark on this device; each marking is another value
 *
 * @typedef {{
 *   ask: (then: (answer: Answer | null, why?: string) => void) => () => void,
 *   report: (visitorId: string) => void,
 *   queue: (user: Answer['user']) => void,
 *   start: (user: Answer['user'], then: () => void) => void,
 *   stop: (then: () => void) => void,
 *   introduce: (visitor: object, hash?: string) => void,
 *   wait: (then: () => void) => void,
 *   warn: (what: string) => void,
 *   readMark: () => string | undefined,
 *   mark: () => void,
 *   unmark: () => void,
 * }} Effects
 */

/** What the widget tells its listeners. @typedef {{visitorId?: unknown}} WidgetDetails */

/**
 * What happens to it. `ready` and `chat` are the widget's events, which say its visitor's ID, `look` is said
 * when another tab may have changed the mark.
 * @typedef {{
 *   begin: (isReady: boolean) => void, ready: (details?: WidgetDetails) => void,
 *   chat: (details?: WidgetDetails) => void, login: () => void, logout: () => void, revoke: () => void,
 *   look: (isHidden: boolean) => void,
 * }} Machine
 */

export {};
