"""The demo of Pelican: Markdown, reStructuredText, a translation, and chat that fits each page."""

SITENAME = "Chaport on Pelican"
SITESUBTITLE = "Live chat on a Pelican site, shown by a site that has it"
SITEURL = "/pelican"
PATH = "content"
OUTPUT_PATH = "output/"
DELETE_OUTPUT_DIRECTORY = True
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

# PLUGINS is not set, so Pelican finds this plugin by itself once it is installed.
CHAPORT = {
    "appId": "5f1e2d3c4b5a69788796a5b4",
    "widget": "preview",
    "fallback": "legal/contact.html#by-mail",
    "appearance": {"windowColor": "blue-gray"},
    "pages": {
        "reference/**": {"launcher": {"show": False}},
        "legal/**": False,
        "legal/contact.md": True,
        "drafts/**": False,
    },
}

THEME = "simple"
STYLESHEET_URL = f"{SITEURL}/css/demo.css"
STATIC_PATHS = ["css"]
MENUITEMS = [
    ("Articles", f"{SITEURL}/"),
    ("Kinds", f"{SITEURL}/category/kinds.html"),
    ("All demo pages", "/"),
]
DISPLAY_CATEGORIES_ON_MENU = False
DEFAULT_DATE_FORMAT = "%Y-%m-%d"
DEFAULT_PAGINATION = False

ARTICLE_URL = "{category}/{slug}.html"
ARTICLE_SAVE_AS = "{category}/{slug}.html"
ARTICLE_LANG_URL = "{category}/{slug}-{lang}.html"
ARTICLE_LANG_SAVE_AS = "{category}/{slug}-{lang}.html"
PAGE_URL = "{slug}.html"
PAGE_SAVE_AS = "{slug}.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""

FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None

# The site's name is a first-level heading, an article's title a second-level one.
DOCUTILS_SETTINGS = {"initial_header_level": 3}
