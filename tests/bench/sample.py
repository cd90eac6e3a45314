"""The text and the page that are measured, and the vendor's installation code beside ours."""

import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP_ID = "5f1e2d3c4b5a69788796a5b4"

VENDOR_SCRIPT = "https://app.chaport.com/javascripts/insert.js"

# The documentation's "Minimal installation code", with the same settings as our default record.
VENDOR_PASTE = (
    f"<script>(function(w,d,v3){{w.chaportConfig={{appId:'{APP_ID}',language:{{source:'html'}}}};"
    "if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};"
    "v3.q=function(){v3._q.push(arguments)};"
    "v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};"
    "var s=d.createElement('script');s.type='text/javascript';s.async=true;"
    f"s.src='{VENDOR_SCRIPT}';"
    "var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)"
    "})(window, document);</script>"
)


@cache
def sample_prose(subject: str = "example") -> str:
    """Markdown as people write it: the documentation's text.

    `subject`: what it is about; the pages of most sites never say `chaport`.
    """
    sources = sorted((ROOT / "sites" / "docs" / "docs").glob("how-to/*.md"))
    prose = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for name in (str.lower, str.title, str.upper):
        prose = prose.replace(name("chaport"), name(subject))
    return prose


@cache
def sample_page(size: int, subject: str = "example") -> str:
    """A page of about `size` characters, built by MkDocs' own theme."""
    prose = sample_prose(subject)
    shell = len(_built(""))
    page = _built(prose[: size - shell])
    # Markup makes prose longer; take as much less.
    return _built(prose[: (size - shell) ** 2 // (len(page) - shell)])


def linked_outside(prose: str) -> str:
    """Prose whose links lead to another site: the pages that they name are not everywhere."""
    return re.sub(r"\]\([^)\n]*\)", "](https://example.org/)", prose)


def _built(prose: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "docs").mkdir()
        (site / "docs" / "index.md").write_text(f"# Sample\n\n{prose}", encoding="utf-8")
        (site / "mkdocs.yml").write_text("site_name: Sample\nplugins: []\n", encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-q"]
        subprocess.run(command, cwd=site, check=True, capture_output=True)
        return (site / "site" / "index.html").read_text(encoding="utf-8")
