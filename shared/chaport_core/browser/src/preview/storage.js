// Knows what the preview keeps in the browser, which may refuse to keep anything.

/** @param {'localStorage' | 'sessionStorage'} area @param {string} key */
const store = (area, key) => ({
  /** @returns {any} */
  read() {
    try {
      return JSON.parse(/** @type {string} */ (window[area].getItem(key)));
    } catch {
      return null;
    }
  },
  /** @param {any} value null forgets it */
  write(value) {
    try {
      if (value === null) window[area].removeItem(key);
      else window[area].setItem(key, JSON.stringify(value));
    } catch { /* blocked or full: the preview goes on without memory */ }
  },
});

export const settingsStore = store('localStorage', 'chaport-preview');
export const visitorStore = store('localStorage', 'chaport-preview-visitor');
export const dataStore = store('localStorage', 'chaport-preview-data');
export const logStore = store('sessionStorage', 'chaport-preview-log');
export const chatStore = store('sessionStorage', 'chaport-preview-chat');
