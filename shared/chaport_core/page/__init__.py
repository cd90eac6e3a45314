"""One finished page: what chat adds to its HTML."""
