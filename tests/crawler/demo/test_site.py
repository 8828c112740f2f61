"""The sample newspaper's table of pages, and the server that serves it."""

from __future__ import annotations

import http.client
import threading
from urllib.parse import urlsplit

import pytest

from archive.model import Liveness
from crawler.demo.pages import DEMO_PATHS, PAGES, TRAP_SLUG, DemoPage
from crawler.demo.site import Site


def fetch(site: Site, path: str, method: str = "GET") -> tuple[int, http.client.HTTPMessage, bytes]:
    """Ask the site once, on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=10)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_the_demo_shows_every_liveness_a_server_can() -> None:
    """The pages of the demo cover every verdict but those that need no answer or no opinion."""
    assert {page.liveness for page in DEMO_PATHS} == set(Liveness) - {Liveness.UNREACHABLE, Liveness.UNSURE}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.path)
def test_a_page_is_served_as_the_table_says(page: DemoPage) -> None:
    """Each address answers with the status, media type and bytes of its row."""
    with Site() as site:
        status, headers, body = fetch(site, page.path)
        wanted = page.answer(site.base)
    assert (status, headers["Content-Type"], body) == (wanted.status, wanted.media_type, wanted.body)


def test_statuses_that_matter() -> None:
    """Gone pages say so by status, the soft-404 does not, the moved page leads home, the challenge refuses."""
    statuses = {page.liveness: page.answer("http://x").status for page in DEMO_PATHS}
    assert statuses[Liveness.SOFT_404] == statuses[Liveness.LOGIN] == statuses[Liveness.PAYWALL] == 200
    assert statuses[Liveness.BLOCKED] == 403
    assert statuses[Liveness.ERROR] == 500
    gone = [page.answer("http://x").status for page in DEMO_PATHS if page.liveness is Liveness.GONE]
    assert gone == [404, 410]
    moved = next(page for page in DEMO_PATHS if page.liveness is Liveness.MOVED)
    assert moved.answer("http://x").headers == (("Location", "/"),)


def test_the_trap_is_on_one_live_page() -> None:
    """Exactly one page carries the trap block, and its verdict is live."""
    trapped = [page for page in DEMO_PATHS if b"This page is not available" in page.answer("http://x").body]
    assert [(page.path.rpartition("/")[2], page.liveness) for page in trapped] == [(TRAP_SLUG, Liveness.LIVE)]


def test_an_unknown_address_is_404() -> None:
    """What is not in the table is answered with 404."""
    with Site() as site:
        assert fetch(site, "/no/such/page")[0] == 404


def test_the_same_page_is_the_same_bytes() -> None:
    """Two visits get identical bodies and header fields, so that a second capture can be a revisit."""
    with Site() as site:
        first, second = (fetch(site, "/harbour") for _ in range(2))
    assert first[1].items() == second[1].items()
    assert first[2] == second[2]


def test_head_sends_no_body() -> None:
    """HEAD answers with the length of the page and nothing after the head."""
    with Site() as site:
        _, headers, body = fetch(site, "/harbour", "HEAD")
    assert int(headers["Content-Length"]) > 1000
    assert body == b""


def test_requests_are_logged_in_order() -> None:
    """What arrived is listed with method and path, at times that do not go back."""
    with Site() as site:
        for path in ("/", "/nothing"):
            fetch(site, path)
        log = list(site.requests)
    assert [(asked.method, asked.path) for asked in log] == [("GET", "/"), ("GET", "/nothing")]
    assert log[0].at <= log[1].at


def test_closing_does_not_wait_for_an_idle_client() -> None:
    """When the context ends no thread is left, even if a client keeps its connection."""
    with Site() as site:
        connection = http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=10)
        connection.request("GET", "/harbour")
        connection.getresponse().read()
    connection.close()
    assert not [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]
