// Knows every document that the conversation is drawn in: the window's frame and pages opened with openIn.

/** @import {Surface} from './types.js' */

/** @type {Set<Surface>} */
export const surfaces = new Set();

export const isOpenElsewhere = () => [...surfaces].some((surface) => surface.closed?.() === false);

/** Draws the conversation wherever it is shown. */
export const updateSurfaces = () => {
  for (const surface of surfaces) {
    if (surface.closed?.()) surfaces.delete(surface);
    else surface.update();
  }
};

export const closeSurfaces = () => {
  for (const surface of surfaces) surface.close?.();
  surfaces.clear();
};
