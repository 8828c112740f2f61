"""The tests' newspaper: the sample newspaper, plus any number of generated articles, plus what misbehaves on request.

/n/<i>                     the i-th generated article
/odd/<name>/<argument>     a behaviour of behaviours.py, or a site of missing.py
/listings/<name>           a feed, sitemap or section page of `Newspaper.listings`, with an ETag and answers of 304
/log                       what was asked for so far, one "<seconds> <method> <path>" a line
everything else            the sample newspaper
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.demo.pages import NOT_FOUND, Answer
from crawler.demo.site import Site
from tests.site import generated
from tests.site.behaviours import BEHAVIOURS, Visit

if TYPE_CHECKING:
    from crawler.demo.site import Handler


class Newspaper(Site):
    """The site, served while the context is open; `robots` takes the place of its robots.txt."""

    def __init__(self) -> None:
        super().__init__()
        self._visits: Counter[str] = Counter()
        self.robots: str | Answer | None = None
        self.listings: dict[str, Answer] = {}
        self.instead: dict[str, Answer] = {}
        self.silent: set[str] = set()
        self.slow: dict[str, float] = {}
        self.validators: dict[str, dict[str, str]] = {}

    def paths(self) -> list[str]:
        """Return every path asked for so far, in order."""
        return [asked.path for asked in self.requests]

    def answer(self, path: str) -> Answer:
        """Return what is at a path that behaves."""
        if path == "/robots.txt" and self.robots is not None:
            if isinstance(self.robots, Answer):
                return self.robots
            return Answer(self.robots.encode(), media_type="text/plain")
        if path.startswith("/n/"):
            name = path.removeprefix("/n/")
            if not name.isdecimal():
                return NOT_FOUND
            number = int(name)
            return Answer(generated.article(number, self.url(path), count=3).encode())
        if path == "/log":
            lines = (f"{asked.at:.3f} {asked.method} {asked.path}\n" for asked in self.requests)
            return Answer("".join(lines).encode(), media_type="text/plain; charset=utf-8")
        return super().answer(path)

    def _listing(self, handler: Handler) -> Answer:
        answer = self.listings.get(handler.path.removeprefix("/listings/"), NOT_FOUND)
        if answer.status != HTTPStatus.OK:
            return answer
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if handler.headers.get("If-None-Match") == tag:
            return Answer(b"", status=HTTPStatus.NOT_MODIFIED, media_type=answer.media_type, headers=(("ETag", tag),))
        return replace(answer, headers=(*answer.headers, ("ETag", tag)))

    def _if_changed(self, handler: Handler, fields: dict[str, str]) -> Answer:
        """Return the answer at a path that has validators; like Apache, any date that is older has not changed."""
        answer = self.instead.get(handler.path) or self.answer(handler.path)
        if answer.status != HTTPStatus.OK:
            return answer
        tag, since = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        same = tag == fields.get("ETag")
        if tag is None:
            date = fields.get("Last-Modified")
            same = bool(since and date) and parsedate_to_datetime(date or "") <= parsedate_to_datetime(since or "")
        if same:
            answer = Answer(b"", status=HTTPStatus.NOT_MODIFIED, media_type=answer.media_type)
        return replace(answer, headers=(*answer.headers, *fields.items()))

    def respond(self, handler: Handler) -> None:
        """Answer one request, or misbehave; a path that is `slow` has its answer after so many seconds."""
        self.closing.wait(self.slow.get(handler.path, 0))
        if fields := self.validators.get(handler.path):
            handler.send(self._if_changed(handler, fields))
            return
        if handler.path in self.silent:
            BEHAVIOURS["hang-up"](Visit(self, handler, "", 1))
            return
        if handler.path in self.instead:
            handler.send(self.instead[handler.path])
            return
        if handler.path.startswith("/listings/"):
            handler.send(self._listing(handler))
            return
        if not handler.path.startswith("/odd/"):
            super().respond(handler)
            return
        name, _, argument = handler.path.removeprefix("/odd/").partition("/")
        self._visits[handler.path] += 1
        behave = BEHAVIOURS.get(name.partition("?")[0])
        if behave is None:
            handler.send(NOT_FOUND)
            return
        behave(Visit(self, handler, argument, self._visits[handler.path]))
