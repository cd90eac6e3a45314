// The stand-in of the vendor's script: for the calls that tests make, it does what the vendor's
// documentation says (quoted here), and records what it is called with.
//
// A test chooses in `document.farEnd`, before the script runs or later:
//   ready: 'held'      the widget is ready only when becomeReady() is called
//   view: 'at start'   its own first view comes when the script runs, not when the widget is ready
//   stop: 'held'       stopSession calls back only when callBack() is called; 'throws': it throws
//   begins             a function that is called before anything else
// And finds there:
//   config             the configuration that the script has read
//   recorded           each call, as {call: [name, ...arguments], at: milliseconds}, and the names of
//                      ITS_OWN in vendor.py; if there is a window.note, note(...call) is called, too
//   visitorId          whose session is running; null once it was stopped
//   isReady, becomeReady(), callBack(), emit(event, details)
//
// Callbacks are left out of a recorded call. setVisitorData has the visitor of the running session
// as its first argument.
(() => {
  const { chaport, chaportConfig } = window;
  const farEnd = (document.farEnd ??= {});
  farEnd.begins?.();
  farEnd.config = JSON.parse(JSON.stringify({ ...chaportConfig }));
  farEnd.recorded ??= [];

  const record = (...all) => {
    const call = all.filter((value) => typeof value !== 'function');
    while (call.at(-1) === undefined) call.pop();
    farEnd.recorded.push({ call, at: performance.now() });
    window.note?.(...call);
  };

  // "For normal multi-page sites, this is handled automatically."
  const view = () => record('first view', location.href, document.title);

  farEnd.emit = (name, details) => {
    for (const listener of chaport._l[name] ?? []) listener(details);
  };

  // ---- What the widget looks like ----

  let state = 'collapsed';

  const enter = (next) => {
    state = next;
    farEnd.emit('widget.stateChange', state);
  };

  // A container with a frame, and a style with rules that only its sheet has.
  const draw = () => {
    const container = document.createElement('div');
    container.className = 'chaport-container';
    container.innerHTML = '<iframe title="Chat" srcdoc="chat"></iframe>';
    const [frame] = container.children;
    frame.onload = () => { frame.loads = 1 + (frame.loads ?? 0); };
    const style = document.createElement('style');
    document.head.append(style);
    style.sheet.insertRule('.chaport-container { position: fixed; bottom: 7px }');
    document.body.append(container);
  };

  // ---- Sessions ----

  // "persist: Set to false to prevent storing credentials locally."
  const device = chaportConfig.session?.persist === false ? {} : localStorage;
  const newVisitor = () => `new-${(device.widgetCount = 1 + +(device.widgetCount ?? 0))}`;

  // "If you omit visitor credentials, Chaport uses locally stored credentials."
  const start = (user) => {
    farEnd.visitorId = device.widgetVisitor = user?.id ?? device.widgetVisitor ?? newVisitor();
    if (!farEnd.isReady) beReady(device.widgetVisitor);
  };

  const stop = (clears, callback) => {
    farEnd.visitorId = null;
    if (clears) delete device.widgetVisitor;
    farEnd.callBack = callback;
    if (farEnd.stop === 'throws') throw Error('no');
    if (farEnd.stop !== 'held') callback?.();
  };

  // ---- Methods ----

  const METHODS = {
    close: () => enter('collapsed'),
    disableTriggers() {},
    enableTriggers() {},
    hideLauncher() {},
    newPageView() {},
    open: () => enter('expanded'),
    openIn() {},
    setActiveTrigger() {},
    setAssignmentRules() {},
    setVisitorData() {},
    showLauncher() {},
    startSession: (user, callback) => (start(user), callback?.()),
    stopSession: stop,
    toggle: () => enter(state === 'expanded' ? 'collapsed' : 'expanded'),
    updatePosition: (position, callback) => callback?.(),
  };

  const obey = (name, values) => {
    record(name, ...(name === 'setVisitorData' ? [farEnd.visitorId] : []), ...values);
    METHODS[name](...values);
  };

  // Arguments come in a list; "startSession" is documented without one, too.
  const obeyQueued = ([name, given]) => {
    const values = Array.isArray(given) ? given : given ? [given] : [];
    return name === 'on' ? chaport.on(...values) : obey(name, values);
  };

  // "Fires when the Javascript API is available and the session has started, right before the
  // widget is rendered."
  const beReady = (visitorId) => {
    farEnd.isReady = true;
    for (const name in METHODS) chaport[name] = (...values) => obey(name, values);
    chaport.getWidgetState = () => state;
    chaport.q = (...call) => obeyQueued(call);
    if (farEnd.view !== 'at start') view();
    farEnd.emit('ready', { visitorId });
    chaport._q.splice(0).forEach(obeyQueued);
    draw();
  };

  farEnd.becomeReady = () => {
    if (chaportConfig.session?.autoStart !== false) {
      record('auto start');
      return start(chaportConfig.session?.user);
    }
    // Before there is a session, the queue is read for startSession alone.
    const begin = () => {
      const at = chaport._q.findIndex(([name]) => name === 'startSession');
      if (at >= 0 && !farEnd.isReady) obeyQueued(chaport._q.splice(at, 1)[0]);
    };
    const { q } = chaport;
    chaport.q = (...call) => {
      q(...call);
      begin();
    };
    begin();
  };

  record('script', location.href);
  if (farEnd.view === 'at start') view();
  if (farEnd.ready !== 'held') farEnd.becomeReady();
})();
