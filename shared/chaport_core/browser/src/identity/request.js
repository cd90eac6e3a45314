// Knows how the site's own backend is reached: this page's origin alone, with its cookies, past every cache.

/** This page's own origin, whatever its <base>, or the tag of a page elsewhere, says. @param {string} path */
const address = (path) => {
  if (path[0] !== '/') throw 0;
  // Throws where the origin is none ("null").
  return new URL(location.origin + path).href;
};

/** @param {string} path @param {RequestInit} more */
export const request = async (path, more) =>
  fetch(address(path), { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', ...more });
