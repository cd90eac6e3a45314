// Notes each name that the scripts of a page use, as note_name(kind, name): names that are there,
// and names that a script looks for in vain. noteAll() notes what there is at that moment.
(() => {
  const noted = new Set();
  const note = (kind, name) => {
    if (!noted.has(kind + name)) window.note_name(kind, name);
    noted.add(kind + name);
  };

  const isChaport = (name) => /chaport/i.test(name);
  const isData = (name) => /^(data|aria)-/.test(name);

  const noteProperty = (owner, key) => {
    const isMark = typeof key === 'symbol';
    if (!isChaport(isMark ? key.description : key)) return;
    if (isMark) note('symbol', `Symbol.for('${Symbol.keyFor(key)}')`);
    else if (owner === window) note('global', `window.${key}`);
    else note('property', `document.${key}`);
  };
  const noteStored = (storage, key) => {
    note(storage === localStorage ? 'localStorage' : 'sessionStorage', key);
  };
  const noteAttribute = (element, name) => {
    const value = element.getAttribute(name);
    const isMeta = name === 'name' && element.localName === 'meta';
    if (isData(name)) note('attribute', name);
    else if (isMeta) note('element', `meta[name=${value}]`);
    else if (/^(name|role|tabindex)$/.test(name)) note('attribute', `${name}="${value}"`);
  };
  const noteSelector = (_, selector) => {
    for (const name of selector.match(/(data|aria)-[\w-]+/g) ?? []) note('attribute', name);
    for (const element of selector.match(/meta\[name=[^\]]*\]/g) ?? []) note('element', element);
  };

  // ---- What a script looks for and is not there: an object asks its last prototype ----

  const atMissing = (type, hear) => {
    const last = Object.getPrototypeOf(type.prototype);
    const get = (_, key, owner) => {
      if (!(key in last)) hear(owner, key);
      return Reflect.get(last, key, owner);
    };
    Object.setPrototypeOf(type.prototype, new Proxy(last, { get }));
  };
  const asAttribute = (key) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  atMissing(Node, (owner, key) => owner === document && noteProperty(owner, key));
  atMissing(Storage, (owner, key) => typeof key === 'string' && noteStored(owner, key));
  atMissing(DOMStringMap, (_, key) => {
    if (typeof key === 'string') note('attribute', `data-${asAttribute(key)}`);
  });

  // ---- What a script calls ----

  const atCall = (type, methods, hear) => {
    for (const method of methods) {
      const original = type.prototype[method];
      type.prototype[method] = function (...values) {
        hear(this, ...values);
        return original.apply(this, values);
      };
    }
  };
  const noteEvent = (kind, name) => isChaport(name) && note(kind, name);
  atCall(EventTarget, ['addEventListener'], (_, name) => noteEvent('heard', name));
  atCall(EventTarget, ['dispatchEvent'], (_, event) => noteEvent('event', event.type));
  atCall(Storage, ['getItem', 'setItem', 'removeItem'], noteStored);
  atCall(Document, ['querySelector', 'querySelectorAll'], noteSelector);
  atCall(Element, ['querySelector', 'querySelectorAll', 'matches', 'closest'], noteSelector);
  atCall(Element, ['getAttribute', 'hasAttribute'], (_, name) => {
    if (isData(name)) note('attribute', name);
  });
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(value) {
      note('cookie', value);
      cookie.set.call(this, value);
    },
  });

  // ---- What is there ----

  new MutationObserver((changes) => {
    for (const { target, attributeName, addedNodes } of changes) {
      if (attributeName && target.attributes[attributeName]) noteAttribute(target, attributeName);
      for (const node of addedNodes) {
        for (const element of [node, ...(node.getElementsByTagName?.('*') ?? [])]) {
          for (const { name } of element.attributes ?? []) noteAttribute(element, name);
        }
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });

  document.noteAll = () => {
    for (const owner of [window, document]) {
      Reflect.ownKeys(owner).forEach((key) => noteProperty(owner, key));
    }
    for (const storage of [localStorage, sessionStorage]) {
      Object.keys(storage).forEach((key) => noteStored(storage, key));
    }
  };
})();
