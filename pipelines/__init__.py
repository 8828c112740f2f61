"""Verdicts and text: pure functions from a page to what it says. No input or output of any kind."""
