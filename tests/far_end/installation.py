"""The vendor's installation code, letter by letter as the documentation prints it."""

from tests.far_end.addresses import WIDGET

_CODE = """(function(w,d,v3){
w.chaportConfig = %s;
if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};v3.q=function(){v3._q.push(arguments)};v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};var s=d.createElement('script');s.type='text/javascript';s.async=true;s.src='%s';var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)})(window, document);
"""  # noqa: E501


def installation_code(config: str, widget: str = WIDGET) -> str:
    """The script with this configuration, a JavaScript expression.

    `widget`: the address of the script that it loads.
    """
    return _CODE % (config, widget)
