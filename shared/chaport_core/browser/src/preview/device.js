// Knows which of the vendor's devices this browser is, or plays.
import { settings } from './settings.js';

/** @returns {'desktop' | 'ios' | 'android'} */
export const device = () => {
  if (settings.device !== 'auto') return /** @type {'desktop'} */ (settings.device);
  const agent = navigator.userAgent;
  if (/Android/.test(agent)) return 'android';
  const isPad = /Macintosh/.test(agent) && navigator.maxTouchPoints > 1;
  return isPad || /iPhone|iPad|iPod/.test(agent) ? 'ios' : 'desktop';
};

export const onMobile = () => device() !== 'desktop';
/** A screen too narrow for a window beside the page. */
export const narrow = window.matchMedia('(max-width: 480px)');
