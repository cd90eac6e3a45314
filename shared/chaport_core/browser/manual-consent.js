// Where consent is the site's own matter: `chaport:revoke` ends chat that was agreed to in this
// document. The visitor is forgotten, then the document is loaded again; at once where the widget is
// not ready, and after two seconds where it does not answer. A revoke without consent before it is
// what consent managers say on every page, and nothing. Consent that came before the runtime, on a
// page without chat, is said again for it. On the window and capturing, so ahead of the runtime.
// g: given, c: chaport, l: load, and only once, for the site's host may be slow.
{let g,c,l=()=>{l=()=>{};location.reload()};
addEventListener('chaport:consent',()=>g=1,!0);
addEventListener('DOMContentLoaded',()=>g&&document.dispatchEvent(new Event('chaport:consent')));
addEventListener('chaport:revoke',()=>{c=self.chaport;g&&(g=0,c?.stopSession?(setTimeout(()=>l(),2e3),c.stopSession(!0,()=>l())):l())},!0)}
