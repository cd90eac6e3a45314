// Knows when the loader adds the widget's script to the page: not before that is anything asked.

const VENDORS_SCRIPT = 'https://app.chaport.com/javascripts/insert.js';
const PREVIEW = /\/chaport-preview\.[0-9a-f]{8}\.js$/;

/** What a script has made is async without an attribute: no tag in the page is taken for the loader's. */
const findWidget = () => {
  const scripts = document.head.querySelectorAll(/** @type {'script'} */ ('script:not([async])'));
  return [...scripts].find(({ async, src }) => async && (src === VENDORS_SCRIPT || PREVIEW.test(src)));
};

/** @param {(isPreview: boolean) => void} then called once */
export const whenWidgetArrives = (then) => {
  const look = () => {
    const found = findWidget();
    if (!found) return;
    observer.disconnect();
    then(found.src !== VENDORS_SCRIPT);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.head, { childList: true });
  look();
};
