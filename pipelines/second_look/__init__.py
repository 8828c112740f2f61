"""A second look at what the extractor took for an article: what is no part of it goes, what it missed comes in.

    body ─▶ Draft (lines, each with its block of the page) ─▶ steps, one after another ─▶ body, and what was taken out

Each step (`steps.STEPS`) is a pure function of the draft and of what the page says of itself (`Facts`), has a name by
which it can be switched off, and was kept because it gained on pages that it was not written on (docs/text.md).
"""
