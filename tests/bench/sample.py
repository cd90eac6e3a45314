"""The page that is measured, and what the vendor's documentation would have one paste into it."""

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

APP_ID = "5f1e2d3c4b5a69788796a5b4"

# The documentation's "Minimal installation code", with the same settings as our default record.
VENDOR_PASTE = (
    f"<script>(function(w,d,v3){{w.chaportConfig={{appId:'{APP_ID}',language:{{source:'html'}}}};"
    "if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};"
    "v3.q=function(){v3._q.push(arguments)};"
    "v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};"
    "var s=d.createElement('script');s.type='text/javascript';s.async=true;"
    "s.src='https://app.chaport.com/javascripts/insert.js';"
    "var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)"
    "})(window, document);</script>"
)


PROSE = Path(__file__).parents[2] / "sites" / "docs" / "docs"
"""As much text as a benchmark could want."""


@cache
def sample_page(size: int, subject: str = "example") -> str:
    """A page of about `size` characters: the documentation's text, built by MkDocs' own theme.

    `subject`: what it is about; the pages of most sites never say `chaport`.
    """
    shell = len(_built(""))
    prose = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(PROSE.glob("how-to/*.md"))
    )
    for name in (str.lower, str.title, str.upper):
        prose = prose.replace(name("chaport"), name(subject))
    page = _built(prose[: size - shell])
    # Markup makes prose longer; take as much less.
    return _built(prose[: (size - shell) ** 2 // (len(page) - shell)])


def _built(prose: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "docs").mkdir()
        (site / "docs" / "index.md").write_text(f"# Sample\n\n{prose}", encoding="utf-8")
        (site / "mkdocs.yml").write_text("site_name: Sample\nplugins: []\n", encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-q"]
        subprocess.run(command, cwd=site, check=True, capture_output=True)
        return (site / "site" / "index.html").read_text(encoding="utf-8")
