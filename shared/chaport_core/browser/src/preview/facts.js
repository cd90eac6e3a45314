// Knows what the panel says of the widget as it is now.
import { device } from './device.js';
import { spoken } from './language.js';
import { settings } from './settings.js';
import { state } from './state.js';
import { describeOff } from './triggers.js';
import { show } from './values.js';

const PHASES = {
  stopped: 'not started', loading: 'waiting for init', waiting: 'waiting for startSession',
  running: 'running', ended: 'stopped',
};

/** @returns {Record<string, string>} */
export const facts = () => {
  const off = describeOff();
  return {
    session: PHASES[state.phase],
    widget: state.hidden || state.widget,
    device: device(),
    country: settings.country,
    language: spoken() === state.language ? state.language : `${state.language} (shown in en)`,
    launcher: state.launcher ? 'shown' : 'hidden',
    visitor: state.visitorId || '–',
    'visitor data': Object.keys(state.visitor).length ? show(state.visitor) : '–',
    'assigned to': state.assigned,
    triggers: off ? `off: ${off}` : 'on',
  };
};
