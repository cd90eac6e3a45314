"""The core: knows Chaport and HTML, and no site generator."""
