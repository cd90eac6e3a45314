// Knows how elements, icons and style sheets are made, in any document and without a word of HTML.

/** @typedef {Record<string, string | ((event: any) => void) | undefined>} Attributes a function listens */

/** @param {Document} doc */
export const builder = (doc) =>
  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {Attributes} [attributes] @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  (tag, attributes = {}, ...children) => {
    const element = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') element.addEventListener(name, value);
      else if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

const ICONS = {
  chat: 'M12 3.2c-5.2 0-9.3 3.5-9.3 8 0 2.3 1.1 4.3 2.8 5.8-.1 1.2-.6 2.4-1.5 3.3-.2.2 0 .6.3.6 1.9-.1 '
    + '3.6-.8 4.9-1.9.9.2 1.8.3 2.8.3 5.2 0 9.3-3.6 9.3-8.1S17.2 3.2 12 3.2z',
  down: 'M5.3 9.2l6.7 6.6 6.7-6.6',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  send: 'M12 19V5.5M5.8 11.5L12 5.3l6.2 6.2',
  clock: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  ticks: 'M2.5 12.5L7 17l9-9.5M11.5 16l1 1 9-9.5',
};

/** @param {Document} doc @param {keyof typeof ICONS} name */
export const icon = (doc, name) => {
  const svg = doc.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = doc.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `chaport-icon chaport-icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
};

/** @param {Element} element @param {string} text */
export const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/**
 * Adds a constructed sheet, against which no policy for styles has anything.
 * @param {Document | ShadowRoot} root @param {string} css
 */
export const adopt = (root, css) => {
  const { defaultView } = root instanceof ShadowRoot ? document : root;
  const sheet = new /** @type {any} */ (defaultView).CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};
