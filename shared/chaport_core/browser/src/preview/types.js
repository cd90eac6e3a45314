// Knows what the parts of the preview hand to each other.

/** @typedef {'call' | 'event' | 'view' | 'note' | 'warning'} Kind */
/**
 * A line of the log; `detail` is JSON.
 * @typedef {{kind: Kind, name: string, detail: string, via?: string}} Entry
 */

/**
 * @typedef {{
 *   id: number, from: 'visitor' | 'operator', text: string, label?: string,
 *   status?: 'sending' | 'unread' | 'read', trigger?: boolean,
 * }} Message
 */

/** @typedef {'collapsed' | 'expanded' | 'unreadMessage'} WidgetState */
/** An invitation or a chatbot. @typedef {{id?: string, message: string}} Trigger */
/** What a page has configured, after the check. @typedef {Record<string, any>} Config */
/** What is known of the visitor. @typedef {Record<string, any>} Visitor */
/** @typedef {{id: string, token: string}} Credentials */
/** @typedef {{url: string, title: string}} View */

/**
 * A document that the conversation is drawn in: the window's frame, or a page opened with openIn, which
 * alone can be closed.
 * @typedef {{update: () => void, focus: () => void, close?: () => void, closed?: () => boolean}} Surface
 */

/**
 * What a reader can do with the chat; `escape` is for a key that was pressed.
 * @typedef {{expand: () => void, collapse: () => void, escape: (event: KeyboardEvent) => void}} Actions
 */

export {};
