// Knows the widget's visible state, and the browser's history that goes with it on mobile.
import { onMobile } from './device.js';
import { fire } from './events.js';
import { log } from './log.js';
import { changed, state } from './state.js';
import { isMap } from './values.js';

/** @import {WidgetState} from './types.js' */

const HISTORY_MARK = 'chaportPreview';

export const hasHistoryMark = () => Boolean(history.state?.[HISTORY_MARK]);

const pushHistory = () => {
  if (!onMobile() || state.config.history === false) return;
  const before = isMap(history.state) ? history.state : {};
  try {
    history.pushState({ ...before, [HISTORY_MARK]: true }, '');
  } catch { /* sandboxed document */ }
};

/** @param {WidgetState} next */
export const setWidget = (next) => {
  const before = state.widget;
  if (next === before) return;
  state.widget = next;
  if (next !== 'unreadMessage') state.unread = [];
  if (next === 'expanded') pushHistory();
  changed();
  fire('widget.stateChange', next);
  if (before === 'expanded' && hasHistoryMark()) history.back();
};

/** Whether the widget may be seen here; else that is noted. */
export const visible = () => {
  if (!state.hidden) return true;
  log('note', 'not shown', state.hidden);
  return false;
};
