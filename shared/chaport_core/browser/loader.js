// The loader: one inline script, the same bytes on every page. It sets window.chaportConfig from the
// page's record, defines the vendor's stub, and adds the vendor's script once the page is parsed and
// the consent gate is open. loader.py leaves out comments and line breaks, and changes nothing else;
// it stands in every page, hence the short names: d document, r record, f fill in, c chaport,
// n what is still waited for, h one of that has come. r.l lists what was filled in, for the runtime:
// object, key, value in turn; all else in window.chaportConfig is the site's own script's.
{let d=document,r=d.querySelector('meta[name=chaport]'),c,f,h,n=1;
// No record: no chat here. A chaport already there: the vendor's own paste, or a second loader.
if(r&&!self.chaport&&!/^file/.test(location)){
// Fills in, under what the site's own script says, what the record says; only plain objects merge.
f=(a=self.chaportConfig||={},b=JSON.parse(r.content))=>{
for(let k in b)Object.hasOwn(a,k)?a[k]?.constructor==Object&&b[k].constructor==Object&&f(a[k],b[k]):(r.l||=[]).push(a,k,a[k]=b[k])};
f();
// The vendor's stub (documentation, "Minimal installation code").
c=self.chaport={_q:[],_l:{},q(){c._q.push(arguments)},on(e,f){(c._l[e]||=[]).push(f)}};
// When the vendor's paste before </body> would have run, a site's script has had its say: fill in
// again. The script goes to <head>, because routers that swap <body> would run it once more.
h=s=>--n||(f(),s=d.createElement('script'),s.src='https://app.chaport.com/javascripts/insert.js',d.head.append(s));
// The consent gate: behind one n is 2, for the announcement of consent and the parsed page.
r.dataset.consent&&d.addEventListener('chaport:consent',h,{once:n=2});
// readyState is loading, interactive or complete: only the first has no eighth letter. This script
// stands in the page's source, so anything but loading means that a router evaluated it later.
d.readyState[7]?h():d.addEventListener('DOMContentLoaded',h)}}
