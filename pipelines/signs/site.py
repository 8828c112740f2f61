"""What the site's other pages teach about this one: its missing page, and texts that many of its addresses repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.imprint import main_text_of
from pipelines.signs.base import Sign, signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

REPEATED = 2
"""Other addresses of a site with the same main text from which it is an error page or a wall: found at the third."""


def repeated(document: Document) -> Iterator[Signal]:
    """See a main text that other addresses of the site carry too."""
    text = main_text_of(document) if document.site and document.site.repeated else None
    others = document.site.repeated.get(text, 0) if document.site and text else 0
    if others >= REPEATED:
        yield signal("site.repeated-text", Liveness.SOFT_404, f"{others} other addresses of the site say the same")


SIGNS: tuple[Sign, ...] = (repeated,)
