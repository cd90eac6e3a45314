"""Whether it was said rightly: every problem, all at once."""
