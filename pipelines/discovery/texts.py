"""Titles and times of entries: markup taken out of the ones, ISO 8601 made of the others."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.iso_dates import iso
from pipelines.written_dates import Reading

if TYPE_CHECKING:
    from datetime import datetime

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = 4
"""Times as much of a title as is kept may be looked at: markup takes some of it."""


def plain_text(value: str | None, longest: int) -> str | None:
    """Return a title on one line, without tags and entities, which feeds escape once or twice; None for nothing."""
    if not value:
        return None
    text = value[: _MARKUP * longest]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def moment(value: str | None, fetched_at: datetime) -> str | None:
    """Return a date or time as ISO 8601; None if it is none, or lies more than a day after it was fetched."""
    return iso(value.strip(), Reading(None, fetched_at.date() + timedelta(days=1))) if value else None
