"""Sites that differ in what they answer for a page that does not exist: `/odd/<site>/<number>` is an article of each.

Any other name below `/odd/<site>/` is a page that is missing there. A story is never the same as another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from tests.site import generated

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.site.behaviours import Visit

DEAD = "taken-down-long-ago"
"""The name of a story that every one of these sites had once."""
WALL = (
    "Dear reader, the paper is being delivered to the kiosks of the town as always. From here it travels by boat, and "
    "by bicycle where there are no boats. Have your card with you and be at the quay before the morning tide."
)
"""What says nothing of an error, and is no article either."""
_BLOCKED = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<p>Enable JavaScript and cookies to continue.</p></body></html>"
)


def polite(visit: Visit) -> None:
    """Answer with status 200, the site's own words, and its latest stories, as long as those of a front page."""
    stories = "".join(
        f'<li><a href="/n/{number}">{generated.title(number)}</a><p>{generated.paragraphs(number, 1)[0]}</p></li>'
        for number in range(8)
    )
    visit.send(
        '<!DOCTYPE html><html lang="en"><head><title>The Harbour Gazette</title></head>'
        '<body><nav><a href="/">Home</a> <a href="/weather">Weather</a> <a href="/tides">Tides</a></nav>'
        "<main><h1>Sorry, we can't find that story</h1><p>It may have been moved, or never have been here.</p>"
        f"<h2>Latest stories</h2><ul>{stories}</ul></main>"
        "<footer><p>The Harbour Gazette, 3 Net Loft Lane, Saltmere. Printed since 1871.</p></footer></body></html>"
    )


def homing(visit: Visit) -> None:
    """Lead to the front page."""
    visit.send("", 302, Location="/")


def fickle(visit: Visit) -> None:
    """Answer with some story, as if it had been asked for."""
    visit.send(generated.article(1000 + crc32(visit.argument.encode()) % 1000, visit.url))


def guarded(visit: Visit) -> None:
    """Take whoever asks for a robot."""
    visit.send(_BLOCKED, 403, cf_mitigated="challenge")


def silent(visit: Visit) -> None:
    """Never answer."""
    visit.handler.close_connection = True
    visit.wait()


def honest(visit: Visit) -> None:
    """Answer 404."""
    visit.send("<html><title>Not found</title><h1>Not found</h1></html>", 404)


def roundabout(visit: Visit) -> None:
    """Lead to the answer over another address."""
    if visit.argument == "nowhere":
        honest(visit)
    else:
        visit.send("", 302, Location="/odd/roundabout/nowhere")


def walled(visit: Visit) -> None:
    """Answer every name with the same nondescript words, and the name of a page that cannot exist with status 404."""
    if visit.argument.startswith("wall-"):
        visit.send(
            f"<!DOCTYPE html><html><head><title>The Harbour Gazette</title></head>"
            f"<body><main><p>{WALL}</p></main></body></html>"
        )
    else:
        honest(visit)


def copied(visit: Visit) -> None:
    """Answer every name with one article, but for a page that cannot exist."""
    if "ferry" in visit.argument:
        visit.send(generated.article(7, visit.site.url("/odd/copied/ferry")))
    else:
        honest(visit)


def _site(missing: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def behave(visit: Visit) -> None:
        if visit.argument.isdecimal():
            visit.send(generated.article(int(visit.argument), visit.url))
        else:
            missing(visit)

    return behave


SITES: dict[str, Callable[[Visit], None]] = {
    function.__name__: _site(function)
    for function in (polite, homing, fickle, guarded, silent, honest, roundabout, walled, copied)
}
