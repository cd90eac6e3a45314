// Knows which language the widget speaks, and says its words in it.
import { warn } from './log.js';
import { state } from './state.js';
import { LANGUAGES } from './words.js';

/** @param {string} tag @returns its primary subtag */
const primary = (tag) => tag.trim().split('-')[0].toLowerCase();

export const chooseLanguage = () => {
  const { use, source } = state.config.language ?? {};
  const header = primary(navigator.language || 'en');
  if (use) return use.toLowerCase();
  if (source !== 'html') return header;
  const html = primary(document.documentElement.lang || '');
  if (!html) {
    warn('language', 'language.source is "html" but <html> has no lang; the browser\'s language is taken');
  }
  return html || header;
};

/** The language of the words that are shown. */
export const spoken = () => (LANGUAGES[state.language] ? state.language : 'en');
/** @param {string} word */
export const say = (word) => LANGUAGES[spoken()][word];
/** What the team is called. */
export const team = () => state.config.appearance?.teamName ?? say('team');
