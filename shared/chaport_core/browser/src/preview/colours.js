// Knows the widget's colours, and that whatever is written on one can be read.
import { state } from './state.js';

/** The documented names; what they look like is ours. @type {Record<string, string>} */
const COLOURS = {
  'dark-gray': '#343a40', gray: '#636b74', 'blue-gray': '#4a6078', red: '#cc2f3c', pink: '#c8296f',
  purple: '#7c4dbd', blue: '#2860d8', 'light-blue': '#0a76b5', teal: '#0b7b74', green: '#2b7f3f',
  orange: '#bb5210',
};

/** @param {string} hex */
const channels = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(1 + at, 3 + at), 16));

/** Its relative luminance (WCAG 2). @param {string} hex */
const light = (hex) => channels(hex).map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);

/** The configured one, with six digits. */
const chosenColour = () => {
  const { windowColor = 'blue' } = state.config.appearance ?? {};
  const hex = COLOURS[windowColor] ?? windowColor;
  return hex.length === 4 ? `#${[...hex.slice(1)].map((c) => c + c).join('')}` : hex;
};

/**
 * Gives an element the configured colour. Text on it is the better of white and near-black, and the
 * gradient runs away from it: contrast only grows.
 * @param {HTMLElement} element
 */
export const paint = (element) => {
  const hex = chosenColour();
  const needsDark = 1.05 / (light(hex) + 0.05) < 4.5;
  const dark = light(hex) > 0.23 ? '#14181d' : '#000000';
  const away = channels(hex).map((c) => Math.round(needsDark ? c + (255 - c) * 0.25 : c * 0.76));
  element.style.setProperty('--chaport-colour', hex);
  element.style.setProperty('--chaport-deep', `rgb(${away})`);
  element.style.setProperty('--chaport-ink', needsDark ? dark : '#ffffff');
};
