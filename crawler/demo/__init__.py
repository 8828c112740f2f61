"""The Harbour Gazette: a small invented newspaper that newsclip brings along, to be tried without a network.

    stories/*.txt ─▶ newspaper.py (stories, rendered) ─▶ pages.py (what is at which address) ─▶ site.py (the server)

Everything in it was written for this project. `newsclip demo` serves and saves it; the tests build on it.
"""
