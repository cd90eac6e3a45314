"""The demo of Pelican once more, under a theme whose pages are swapped by Turbo."""

import sys
from pathlib import Path

# Pelican runs a settings file without putting its folder where Python looks for modules.
sys.path.append(str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

SITENAME = "Chaport on Pelican with Turbo"
SITESUBTITLE = "Live chat that stays while pages are swapped"
SITEURL = "/pelican-turbo"
OUTPUT_PATH = "output-turbo/"

CHAPORT = {**CHAPORT, "navigation": "always"}  # noqa: F405

THEME_TEMPLATES_OVERRIDES = ["turbo-templates"]
STYLESHEET_URL = f"{SITEURL}/css/demo.css"
MENUITEMS = [
    ("Articles", f"{SITEURL}/"),
    ("Kinds", f"{SITEURL}/category/kinds.html"),
    ("All demo pages", "/"),
]
