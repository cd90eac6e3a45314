// Knows the panel, which only authors see: it shows the log and the state, beside every page.
import { controls, online } from './controls.js';
import { adopt, builder, setText } from './dom.js';
import { facts } from './facts.js';
import { clearLog, entries, watchLog } from './log.js';
import css from './panel.css';
import { setSetting, settings } from './settings.js';
import { state, watch } from './state.js';
import { plain } from './values.js';

/** @import {Entry} from './types.js' */

const h = builder(document);

const host = h('aside', { class: 'chaport-preview-panel', 'aria-label': 'Chaport preview' });
const root = host.attachShadow({ mode: 'open' });
const count = h('span', { class: 'count', title: 'warnings', hidden: '' });
const tab = h('button', { type: 'button', class: 'tab', click: () => toggle(true) },
  'Chaport preview', count);
const hide = h('button', { type: 'button', class: 'plain hide', click: () => toggle(false) }, 'Hide');
const now = h('dl');
const config = h('pre', { class: 'config' });
const list = h('ol', { class: 'log' });
const empty = h('p', { class: 'empty' }, 'Nothing yet.');

const drawer = h('section', { class: 'drawer', hidden: '' },
  h('header', {}, h('h2', {}, 'Chaport preview · talks to nobody'), hide),
  h('div', { class: 'top' }, controls(),
    h('details', { open: '' }, h('summary', {}, 'Now'), now),
    h('details', {}, h('summary', {}, 'Effective configuration'), config)),
  h('div', { class: 'bar' }, h('h3', {}, 'Log'),
    h('button', { type: 'button', class: 'plain clear', click: clearLog }, 'Clear')),
  list, empty);

/** @param {boolean} isOpen */
const toggle = (isOpen) => {
  setSetting('panel', isOpen ? 'open' : 'closed');
  showDrawer();
  (isOpen ? hide : tab).focus();
};

const showDrawer = () => {
  const isOpen = settings.panel === 'open';
  drawer.hidden = !isOpen;
  list.scrollTop = list.scrollHeight;
  tab.hidden = isOpen;
  tab.setAttribute('aria-expanded', String(isOpen));
};

/** @param {Entry} entry */
const logLine = ({ kind, name, detail, via }) => {
  const title = kind === 'view' ? `page view (${name})` : name;
  const words = kind === 'warning' ? JSON.parse(detail) : detail;
  return h('li', { 'data-kind': kind, 'data-name': name, 'data-detail': detail, 'data-via': via },
    h('span', { class: 'kind' }, kind), h('span', { class: 'name' }, title),
    ...(detail === 'null' || detail === '[]' ? [] : [h('code', {}, words)]));
};

/** The entries that the list shows. @type {Entry[]} */
let drawn = [];

const drawLog = () => {
  if (drawn[0] !== entries[0]) {
    list.replaceChildren();
    drawn = [];
  }
  for (const entry of entries.slice(drawn.length)) list.append(logLine(entry));
  if (drawn.length !== entries.length) list.scrollTop = list.scrollHeight;
  drawn = [...entries];
  empty.hidden = drawn.length > 0;
  const warnings = drawn.filter(({ kind }) => kind === 'warning').length;
  count.hidden = !warnings;
  setText(count, warnings ? String(warnings) : '');
};

const drawState = () => {
  host.setAttribute('data-side', state.position[0] === 'left' ? 'right' : 'left');
  online.setAttribute('aria-checked', String(settings.online));
  now.replaceChildren(...Object.entries(facts()).flatMap(([name, value]) => {
    const isLong = /^(visitor|assigned|triggers)/.test(name);
    return [h('dt', {}, name), h('dd', { 'data-fact': name, class: isLong ? 'long' : 'short' }, value)];
  }));
  setText(config, JSON.stringify(plain(state.config), null, 2));
};

/** Outside the body, because routers that swap it would take the log away. */
export const mountPanel = () => {
  adopt(root, css);
  root.append(tab, drawer);
  document.documentElement.append(host);
  showDrawer();
  drawLog();
  drawState();
};

/** Draws from now on, whether it is on the page yet or not. */
export const watchEverything = () => {
  watchLog(drawLog);
  watch(drawState);
};
