"""The account of the tests, and where pages find the vendor."""

APP_ID = "5f1e2d3c4b5a69788796a5b4"
OTHER_APP_ID = "0a1b2c3d4e5f60718293a4b5"
VENDOR = "https://app.chaport.com"
WIDGET = f"{VENDOR}/javascripts/insert.js"
"""The script of the documentation's "Minimal installation code"."""
HOSTED = f"{VENDOR}/widget/show.html?appid={APP_ID}"
"""The account's chat as a page of its own: where chat links lead unless a site says otherwise."""
