"""What holds for the site, and for each page."""
