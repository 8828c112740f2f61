"""What a newsroom watches: each `[[source]]` of newsclip.toml.

A source is read into values that can be used as they are: addresses are clean, spans are spans, patterns are compiled,
the timetable has been tried. One that exists can be crawled; what cannot is refused with the name of its source. A
field's metadata holds its help text, the way its value is written (`form`), and what `newsclip init` shows of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from archive.errors import UsageError
from crawler.feed_interval import Bounds
from crawler.patterns import Pattern, Selection
from crawler.quantities import span_text
from crawler.timetable import Timetable

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_EVERY = timedelta(hours=1)
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=366)
_OLDEST = timedelta(days=36_525)
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """A newspaper, or a part of it: where its articles are found, when, and which of them are wanted.

    `selection`, `timetable` and `bounds` are made of the fields before them; `bounds` is None where the interval of
    feeds does not adapt.

    Raises:
        UsageError: a value cannot be carried out; the message names the source, the key and the value.

    """

    name: str = field(
        metadata={"example": "example", "help": "for file names and reports: letters, digits, dot, dash, underscore"}
    )
    feeds: tuple[str, ...] = field(
        default=(),
        metadata={"form": "address", "example": ("https://news.example/rss",), "help": "RSS, Atom or JSON feeds"},
    )
    sitemaps: tuple[str, ...] = field(
        default=(),
        metadata={
            "form": "address",
            "example": ("https://news.example/news-sitemap.xml",),
            "help": "sitemaps and sitemap indexes",
        },
    )
    pages: tuple[str, ...] = field(
        default=(),
        metadata={
            "form": "address",
            "example": ("https://news.example/politics",),
            "help": "section pages whose article links are followed",
        },
    )
    every: timedelta | None = field(
        default=None, metadata={"form": "span", "example": "30m", "help": "from one run to the next [1h]"}
    )
    cron: str = field(
        default="", metadata={"example": "*/30 6-23 * * *", "help": "instead of every: minute hour day month weekday"}
    )
    timezone: str = field(default="UTC", metadata={"example": "Europe/Berlin", "help": "whose clock cron goes by"})
    min_interval: timedelta | None = field(
        default=None,
        metadata={"form": "span", "example": "10m", "help": "let the interval of a feed adapt, down to this"},
    )
    max_interval: timedelta | None = field(
        default=None, metadata={"form": "span", "example": "6h", "help": "and up to this"}
    )
    include: tuple[Pattern, ...] = field(
        default=(),
        metadata={
            "form": "pattern",
            "example": ("/politics/**",),
            "help": "only articles with such a path; none is all",
        },
    )
    exclude: tuple[Pattern, ...] = field(
        default=(),
        metadata={"form": "pattern", "example": ("/live/**",), "help": "none of these, whatever include says"},
    )
    recheck: tuple[timedelta, ...] = field(
        default=(),
        metadata={
            "form": "span",
            "example": ("1d", "7d", "30d", "180d"),
            "help": "ages at which to look at an article again",
        },
    )
    max_pages: int = field(default=0, metadata={"example": 1000, "help": "most pages of one run; 0 is no limit"})
    max_bytes: int = field(
        default=0, metadata={"form": "size", "example": "2 GB", "help": "most bytes of one run; 0 is no limit"}
    )
    max_time: timedelta = field(
        default=timedelta(),
        metadata={"form": "span", "example": "1h", "help": "longest time of one run; 0s is no limit"},
    )
    max_depth: int = field(
        default=3, metadata={"example": 3, "help": "most steps from an address above to an article [3]"}
    )
    selection: Selection = field(init=False, repr=False, compare=False)
    timetable: Timetable = field(init=False, repr=False, compare=False)
    bounds: Bounds | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be carried out, and make ready what can."""
        if not _NAME.fullmatch(self.name):
            raise UsageError(
                f"name = {self.name!r} of a source is no name for files; write up to 64 letters, digits, dots, dashes "
                "and underscores, as in news.example."
            )
        try:
            self._check()
            bounds = self._bounds()
            timetable = self._timetable(bounds)
        except UsageError as error:
            raise UsageError(f"Source {self.name!r}: {error}") from None
        for name, value in (
            ("selection", Selection(self.include, self.exclude)),
            ("bounds", bounds),
            ("timetable", timetable),
        ):
            object.__setattr__(self, name, value)

    def _check(self) -> None:
        if not (self.feeds or self.sitemaps or self.pages):
            raise UsageError("nothing says where its articles are; give it feeds, sitemaps or pages.")
        for name in ("every", "min_interval", "max_interval"):
            span = getattr(self, name)
            if span is not None and not _SHORTEST <= span <= _LONGEST:
                raise UsageError(f'{name} = "{span_text(span)}" is out of range; it may be 1m to 366d.')
        if odd := next((age for age in self.recheck if not _SHORTEST <= age <= _OLDEST), None):
            raise UsageError(f'recheck = "{span_text(odd)}" is out of range; an age may be 1m to 36525d.')
        if not timedelta() <= self.max_time <= _LONGEST:
            raise UsageError(f'max_time = "{span_text(self.max_time)}" is out of range; it may be 0s to 366d.')
        for name in ("max_pages", "max_bytes"):
            if getattr(self, name) < 0:
                raise UsageError(f"{name} = {getattr(self, name)} is below 0; 0 is no limit.")
        if not 1 <= self.max_depth <= _DEEPEST:
            raise UsageError(f"max_depth = {self.max_depth} is out of range; it may be 1 to {_DEEPEST}.")

    def _bounds(self) -> Bounds | None:
        shortest, longest = self.min_interval, self.max_interval
        if shortest is None and longest is None:
            return None
        if self.cron:
            raise UsageError("cron says when; leave out min_interval and max_interval, or use every.")
        begin = self.every or _EVERY
        bounds = Bounds(shortest or min(begin, longest or begin), longest or max(begin, shortest or begin))
        if self.every and bounds.hold(self.every) != self.every:
            raise UsageError(
                f'every = "{span_text(self.every)}", where the interval begins, is not between '
                f'"{span_text(bounds.shortest)}" and "{span_text(bounds.longest)}".'
            )
        return bounds

    def _timetable(self, bounds: Bounds | None) -> Timetable:
        if self.cron:
            if self.every:
                raise UsageError(f'it has every = "{span_text(self.every)}" and cron = {self.cron!r}; leave one out.')
            return Timetable(cron=self.cron, timezone=self.timezone)
        begin = self.every or _EVERY
        return Timetable(every=bounds.hold(begin) if bounds else begin, timezone=self.timezone)
