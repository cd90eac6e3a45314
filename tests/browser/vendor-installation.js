// The two installation codes of Chaport's JavaScript API documentation. What is refused in them under
// --strict is marked; a mark where tsc finds nothing to refuse is itself an error.

// Minimal installation code
(function(w,d,v3){
w.chaportConfig = {
  appId : '<insertYourId>',
  // Put your configuration options here
};

// @ts-expect-error The stub starts as {} and takes a script element of the page for granted.
if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};v3.q=function(){v3._q.push(arguments)};v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};var s=d.createElement('script');s.type='text/javascript';s.async=true;s.src='https://app.chaport.com/javascripts/insert.js';var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)})(window, document);

// More complete example
(function(w,d,v3){
w.chaportConfig = {
  appId : '<insertYourId>',
  language: { // Show widget in english regardless of the user browser language preference
    use: 'en'
  },
  devices: {
    // @ts-expect-error An older spelling: the section "devices" has it under `configs`.
    mobile: {
      appearance: { // Shift chat button up on mobile
        position: ['right', 0, 50],
      }
    }
  }
};

// @ts-expect-error The stub starts as {} and takes a script element of the page for granted.
if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};v3.q=function(){v3._q.push(arguments)};v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};var s=d.createElement('script');s.type='text/javascript';s.async=true;s.src='https://app.chaport.com/javascripts/insert.js';var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)})(window, document);
