// Opens the consent gate where the reader has accepted "chaport" in Material's dialog, which reloads
// the page after every answer (Material 9.8, partials/javascripts/consent.html).
window.__md_get?.('__consent')?.chaport&&document.dispatchEvent(new Event('chaport:consent'))
