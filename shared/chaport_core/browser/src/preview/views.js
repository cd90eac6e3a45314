// Knows the page views that are counted.
import { assign } from './assignments.js';
import { log } from './log.js';
import { state } from './state.js';

/** @import {View} from './types.js' */

/** The page as it is now. @returns {View} */
export const here = () => ({ url: location.href, title: document.title });

/** @param {'automatic' | 'newPageView'} name @param {View} view */
export const countView = (name, { url, title }) => {
  state.pageUrl = url;
  log('view', name, { url, title });
  assign();
};
