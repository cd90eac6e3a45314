// Notes each name that the scripts of a page use, as note_name(kind, name): those that are there, and those that are looked for in vain.
(() => {
  const noted = new Set();
  const note = (kind, name) => {
    if (!noted.has(kind + name)) window.note_name(kind, name);
    noted.add(kind + name);
  };

  const noteProperty = (owner, key) => {
    if (typeof key === 'symbol') {
      if (/chaport/i.test(key.description)) note('symbol', `Symbol.for('${Symbol.keyFor(key)}')`);
    } else if (/chaport/i.test(key)) note(owner === window ? 'global' : 'property', `${owner === window ? 'window' : 'document'}.${key}`);
  };
  const noteStored = (storage, key) => note(storage === localStorage ? 'localStorage' : 'sessionStorage', key);
  const noteAttribute = (element, name) => {
    const value = element.getAttribute(name);
    if (/^(data|aria)-/.test(name)) note('attribute', name);
    else if (name === 'name' && element.localName === 'meta') note('element', `meta[name=${value}]`);
    else if (/^(name|role|tabindex)$/.test(name)) note('attribute', `${name}="${value}"`);
  };
  const noteSelector = (_, selector) => {
    for (const name of selector.match(/(data|aria)-[\w-]+/g) ?? []) note('attribute', name);
    for (const element of selector.match(/meta\[name=[^\]]*\]/g) ?? []) note('element', element);
  };
  const noteEvent = (kind, name) => /chaport/i.test(name) && note(kind, name);

  // ---- What is looked for and is not there: objects ask their last prototype ----

  const atMissing = (type, hear) => {
    const last = Object.getPrototypeOf(type.prototype);
    Object.setPrototypeOf(type.prototype, new Proxy(last, {
      get(_, key, owner) {
        if (!(key in last)) hear(owner, key);
        return Reflect.get(last, key, owner);
      },
    }));
  };
  atMissing(Node, (owner, key) => owner === document && noteProperty(owner, key));
  atMissing(Storage, (owner, key) => typeof key === 'string' && noteStored(owner, key));
  atMissing(DOMStringMap, (_, key) => typeof key === 'string' && note('attribute', `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`));

  // ---- What is called ----

  const atCall = (type, method, hear) => {
    const original = type.prototype[method];
    type.prototype[method] = function (...values) {
      hear(this ?? window, ...values);
      return original.apply(this, values);
    };
  };
  atCall(EventTarget, 'addEventListener', (_, name) => noteEvent('heard', name));
  atCall(EventTarget, 'dispatchEvent', (_, event) => noteEvent('event', event.type));
  for (const method of ['getItem', 'setItem', 'removeItem']) atCall(Storage, method, noteStored);
  for (const method of ['querySelector', 'querySelectorAll']) [Document, Element].forEach((type) => atCall(type, method, noteSelector));
  for (const method of ['matches', 'closest']) atCall(Element, method, noteSelector);
  for (const method of ['getAttribute', 'hasAttribute']) atCall(Element, method, (_, name) => /^(data|aria)-/.test(name) && note('attribute', name));
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
      for (const node of addedNodes) for (const { name } of node.attributes ?? []) noteAttribute(node, name);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });

  document.noteAll = () => {
    for (const owner of [window, document]) Reflect.ownKeys(owner).forEach((key) => noteProperty(owner, key));
    for (const storage of [localStorage, sessionStorage]) Object.keys(storage).forEach((key) => noteStored(storage, key));
  };
})();
