// Knows which session a reader gets: events in, effects out. No clock, no page, no storage, no widget.

/** @import {Answer, Effects, Machine, Stage, WidgetDetails} from './types.js' */

/** The machine of one document; `types.js` knows its stages. @param {Effects} act @returns {Machine} */
export const makeMachine = (act) => {
  const { readMark } = act;
  /** @type {Stage} */
  let stage = 'undecided';
  /** The last answer; null for nobody. @type {Answer | null} */
  let reader = null;
  /** Breaks the question off that waits for its answer. @type {(() => void) | undefined} */
  let asking;
  /** The mark of another tab because of which it was asked last. @type {string | undefined} */
  let echo;
  /** The known reader whose session it is, because of whom the device is marked. @type {Answer | null} */
  let owner = null;
  /** What this tab knows of the mark; another value is another tab's. @type {string | undefined} */
  let seen;
  /** The mark of the session that is being ended. @type {string | undefined} */
  let former;
  /** Whose session was started, where credentials say it. @type {string | undefined} */
  let startedId;
  /** Whom the widget takes the reader of the session for, once it has said so. @type {string | undefined} */
  let visitorId;
  /** The visitor that the backend was told of. @type {string | undefined} */
  let reported;
  let stops = 0;

  /** Whether the session is, or will be, the reader's. */
  const isOpen = () => stage === 'undecided' || stage === 'starting' || stage === 'running';

  // ---- The mark -------------------------------------------------------------------------------------

  /** Before anything of a known reader goes into a session. */
  const mark = () => {
    owner = reader;
    // The mark of the tab that made us ask stays, else two tabs would answer each other for ever.
    if (!echo || !readMark()) act.mark();
    seen = readMark();
  };

  /** Once the widget has forgotten; unless another tab has marked somebody meanwhile. */
  const unmark = () => {
    owner = null;
    if (former && former === readMark()) act.unmark();
    seen = readMark();
  };

  // ---- The session ----------------------------------------------------------------------------------

  /** Starts the first session of the document. */
  const startFirst = () => {
    const user = reader?.user;
    stage = 'starting';
    startedId = user?.id;
    if (user) mark();
    act.queue(user);
  };

  /** Starts the session of the last answer, where another one has ended. */
  const startNext = () => {
    const mine = reader;
    stage = 'running';
    startedId = mine?.user?.id;
    visitorId = reported = undefined;
    if (mine) mark();
    else unmark();
    act.start(mine?.user, () => mine === reader && introduce());
  };

  const stop = () => {
    stage = 'ending';
    const mine = ++stops;
    // A widget may call back twice, or so late that another session is being ended.
    const isMine = () => mine === stops && (stage === 'ending' || stage === 'stuck');
    act.wait(() => isMine() && stopWaiting());
    act.stop(() => isMine() && startNext());
  };

  const stopWaiting = () => {
    stage = 'stuck';
    // With credentials a session is theirs, whatever the widget remembers; else it may be the former one's.
    if (reader?.user) startNext();
    else act.warn('the widget did not forget its visitor, so there is no chat on this page');
  };

  /** Ends the session, so that the one of the last answer can begin. */
  const replace = () => {
    const before = stage;
    if (!isOpen()) return;
    former = readMark();
    stage = 'doomed';
    if (before === 'running') stop();
    // Nobody's session, because without one the widget is never ready. It may be ready at once.
    if (before === 'undecided') act.queue(undefined);
  };

  // ---- Its reader -----------------------------------------------------------------------------------

  /** Tells the session of its reader. Not ahead of `ready`: what is queued then may meet another session. */
  const introduce = () => {
    if (!reader || stage !== 'running') return;
    if (!owner) mark();
    if (reader.visitor) act.introduce(reader.visitor, reader.hash);
  };

  /** Tells the backend once a session whom the widget takes its reader for. */
  const report = () => {
    // While it is asked again, the cookies may be another reader's than the session.
    if (!reader || stage !== 'running' || asking || !visitorId) return;
    if (visitorId === reported || visitorId === reader.user?.id) return;
    act.report(reported = visitorId);
  };

  /** Makes the session that of the last answer. */
  const settle = () => {
    const user = reader?.user;
    const isOther = stage !== 'undecided' && (visitorId ?? startedId) !== user?.id;
    if (stage === 'stuck' && user) startNext();
    else if (user ? isOther : owner || readMark()) replace();
    else if (stage === 'undecided') startFirst();
    else introduce();
    report();
  };

  // ---- What happens ---------------------------------------------------------------------------------

  const drop = () => {
    asking?.();
    asking = undefined;
  };

  /** @param {string} [because] */
  const ask = (because) => {
    if (stage === 'over') return;
    echo = because;
    drop();
    const mine = asking = act.ask((answer, why) => {
      if (mine !== asking) return;
      if (why) act.warn(why);
      asking = undefined;
      reader = answer;
      settle();
    });
  };

  /** Nobody is here any more: what is asked is not waited for. */
  const leave = () => {
    drop();
    reader = null;
    replace();
  };

  /** The widget says whom it takes the reader for. @param {WidgetDetails} [details] */
  const noteVisitor = (details) => {
    if (!isOpen()) return;
    if (typeof details?.visitorId === 'string') visitorId = details.visitorId || visitorId;
    report();
  };

  /** @param {WidgetDetails} [details] */
  const ready = (details) => {
    if (stage === 'doomed') return stop();
    if (isOpen() && stage !== 'running') {
      stage = 'running';
      introduce();
    }
    return noteVisitor(details);
  };

  const revoke = () => {
    if (stage === 'over') return;
    drop();
    stage = 'over';
    reader = null;
    former = readMark();
    unmark();
  };

  /** Its reader has logged out in another tab, or somebody has logged in there. @param {boolean} isHidden */
  const look = (isHidden) => {
    const now = readMark();
    if (now === seen || (now && isHidden)) return;
    seen = now;
    if (now) ask(now);
    else if (owner) leave();
  };

  /** @param {boolean} isReady where a router brought this script late, the widget may have a session */
  const begin = (isReady) => {
    if (isReady) stage = 'running';
    seen = readMark();
    // However often it is asked again, the first session waits no longer.
    act.wait(() => stage === 'undecided' && settle());
    ask();
  };

  return { begin, ready, chat: noteVisitor, login: () => ask(), logout: leave, revoke, look };
};
