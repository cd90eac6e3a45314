// Knows the mark on this device: that the credentials which the widget keeps are a known reader's; not whose.

const MARK = 'chaport-identity:';

/** The mark of an account. @param {string | undefined} appId */
export const makeMark = (appId) => {
  const name = MARK + appId;
  return {
    /** @returns {string | undefined} */
    readMark: () => {
      try {
        return localStorage[name];
      } catch {}
    },
    /** Each time another value, which the other tabs notice. */
    mark: () => {
      try {
        localStorage[name] = Math.random();
      } catch {}
    },
    unmark: () => delete localStorage[name],
  };
};
