"""The page that is measured, and what the vendor's documentation would have one paste into it."""

import json

APP_ID = "5f1e2d3c4b5a69788796a5b4"

# The documentation's "Minimal installation code", with the same settings as our default record.
VENDOR_PASTE = (
    "<script>(function(w,d,v3){w.chaportConfig={appId:'%s',language:{source:'html'}};"
    "if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};"
    "v3.q=function(){v3._q.push(arguments)};"
    "v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};"
    "var s=d.createElement('script');s.type='text/javascript';s.async=true;"
    "s.src='https://app.chaport.com/javascripts/insert.js';"
    "var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)"
    "})(window, document);</script>"
) % APP_ID


def sample_page(size: int) -> str:
    """A page of a documentation theme: a head of twenty tags, then navigation and prose."""
    links = "\n".join(
        f'    <link rel="{rel}" href="../{name}">'
        for rel, name in [
            ("canonical", "guide/install/"),
            ("prev", "guide/"),
            ("next", "guide/use/"),
            ("icon", "assets/images/favicon.png"),
            ("preconnect", "https://fonts.gstatic.com"),
            *[
                ("stylesheet", f"assets/stylesheets/part{part}.57a0d79d.min.css")
                for part in range(5)
            ],
        ]
    )
    metas = "\n".join(
        f'    <meta name="{name}" content="{content}">'
        for name, content in [
            ("viewport", "width=device-width,initial-scale=1"),
            ("description", "How to install and use the example, step by step."),
            ("author", "The Example Project"),
            ("generator", "a site generator"),
        ]
    )
    head = f"""<!doctype html>
<html lang="en" class="no-js">
  <head>
    <meta charset="utf-8">
{metas}
{links}
    <title>Install - Example</title>
    <style>:root{{--text-font:"Roboto";--code-font:"Roboto Mono"}}</style>
    <script>__scope=new URL("..",location),__get=(e,t=localStorage)=>JSON.parse(t.getItem(e))</script>
  </head>
  <body dir="ltr">
    <header><nav aria-label="Header"><a href="..">Example</a></nav></header>
    <main>
"""
    paragraphs = []
    number = 0
    while len(head) + sum(map(len, paragraphs)) < size - 200:
        number += 1
        words = json.dumps({"step": number, "word": hex(number * 2654435761 % 2**32)})
        paragraphs.append(
            f'      <p id="step-{number}">Step {number} takes <code>{words}</code> and goes on to '
            f'<a href="../step-{number * 7 % 31}/">the next page of the guide</a>.</p>\n'
        )
    return f"{head}{''.join(paragraphs)}    </main>\n  </body>\n</html>\n"
