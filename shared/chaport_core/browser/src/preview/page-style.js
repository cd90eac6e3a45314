// Knows how the widget's rules get into a page, in ways real widgets use and strict policies allow.
import { adopt, builder } from './dom.js';
import css from './page.css';

const { currentScript } = document;

/** Every declaration is important, since host pages are not kind; insertRule takes one rule at a time. */
const readRules = () => {
  const rules = css.match(/[^{}]+\{(?:[^{}]|\{[^{}]*\})*\}/g) ?? [];
  return rules.map((rule) => rule.replace(/;/g, ' !important;'));
};

/** Into an empty element; a strict policy forbids even that and leaves constructed sheets. */
export const stylePage = () => {
  const present = /** @type {HTMLStyleElement | null} */ (document.querySelector('style.chaport-style'));
  if (present?.sheet?.cssRules.length) return;
  const style = builder(document)('style', { class: 'chaport-style' });
  if (currentScript?.nonce) style.nonce = currentScript.nonce;
  (document.head ?? document.documentElement).append(style);
  const { sheet } = style;
  if (sheet) for (const rule of readRules()) sheet.insertRule(rule, sheet.cssRules.length);
  else adopt(document, readRules().join('\n'));
};
