"""What is remembered of a site, and what it says of a page."""

from __future__ import annotations

from archive.model import Liveness, SiteProfile
from pipelines.flow import process
from tests.pipelines.documents import PROSE, page_of

NOTICE = (
    "<title>Lantern</title><h1>Sorry</h1><p>{}The story you want has left the building, and we do not know when.</p>"
)


def test_same_text_at_three_addresses_is_dead() -> None:
    """A text that two other addresses of the site carry too makes a page without an article a soft 404."""
    first = process(page_of(NOTICE.format("")))
    assert first.main_text is not None
    site = SiteProfile("www.lantern.example", repeated={first.main_text: 2})
    assert process(page_of(NOTICE.format("")), site).verdict.liveness is Liveness.SOFT_404


def test_another_text_is_not_touched() -> None:
    """A page that says something else is judged as before."""
    first = process(page_of(NOTICE.format("")))
    site = SiteProfile("www.lantern.example", repeated={first.main_text or "": 9})
    page = page_of(f"<h1>Bakers</h1>{PROSE}")
    assert process(page, site).verdict == process(page).verdict
