"""Inspecting a built site: what its pages carry of Chaport, and what is wrong with it."""
