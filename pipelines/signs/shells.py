"""Pages with nothing to read: empty bodies, and shells that a script would have to fill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

MOUNTS = frozenset(
    {
        *("root", "app", "__next", "__nuxt", "___gatsby", "react-root", "main-app", "app-root", "svelte", "ember-app"),
        *("__layout", "q-app", "app-mount", "react-app", "vue-app", "mount", "my-app", "gwt-root"),
    }
)
"""Ids of the element that a script framework fills."""

BOOTS = re.compile(
    r"flutter(?:_bootstrap)?\.js|main\.dart\.js|_framework/blazor\.|\.nocache\.js|__meteor_runtime_config__"
)
"""What starts the frameworks that fill a body without any element of their own."""

LEAVES = re.compile(
    r"(?:^|[\s.;{(])location(?:\.href)?\s*=\s*(?!no\b|yes\b)[\"'a-z]|\blocation\.(?:replace|assign)\s*\(", re.IGNORECASE
)
"""A script that leads to another address."""

MOST_OF_A_REDIRECT = 1_000
"""Characters from which a script does more than lead away."""

NOTHING, LITTLE = 15, 250
"""Characters shown below which a page with scripts shows nothing, or little enough to be a shell."""


def nothing(document: Document) -> Iterator[Signal]:
    """See a page that shows nothing at all."""
    if document.page.status is None or document.kind == "other":
        return
    if not document.page.body.strip():
        yield signal("shell.nothing", Liveness.EMPTY, "the body is empty")
    elif document.kind == "markup" and document.outline.shown < NOTHING and _may_fill(document):
        yield signal(
            "shell.nothing", Liveness.EMPTY, f"{len(document.markup):,} characters of markup show nothing to read"
        )


def _may_fill(document: Document) -> bool:
    """Whether there is nothing at all, or scripts that may fill what there is."""
    return not document.outline.shown or "<script" in document.lower


def mount(document: Document) -> Iterator[Signal]:
    """See the empty element that a script framework fills."""
    if document.tree is None or document.outline.shown >= LITTLE:
        return
    for element in document.tree.iter("div", "app-root", "main"):
        if (element.get("id") or element.tag) in MOUNTS and not "".join(element.itertext()).strip():
            name = element.get("id") or element.tag
            yield signal("shell.script", Liveness.EMPTY, f"the element “{name}” waits for a script to fill it")
            return


def boots(document: Document) -> Iterator[Signal]:
    """See the start of a framework that fills an empty body, or a script that leads away from one."""
    if document.kind != "markup" or document.outline.shown >= NOTHING * 4:
        return
    found = BOOTS.search(document.lower)
    if found:
        yield signal("shell.script", Liveness.EMPTY, f"{found[0]} waits for an empty body to fill")
    elif document.tree is not None and document.outline.shown < NOTHING:
        for script in document.tree.iter("script"):
            text = script.text or ""
            leads = LEAVES.search(text) if len(text) < MOST_OF_A_REDIRECT else None
            if leads:
                yield signal("shell.leads-away", Liveness.EMPTY, f"an empty body and a script with {leads[0]}")
                return


def frames(document: Document) -> Iterator[Signal]:
    """See a page that shows little itself and takes its text from frames."""
    if document.tree is None or document.outline.shown >= LITTLE:
        return
    frame = next(document.tree.iter("frame"), None)
    if frame is not None:
        yield signal("shell.frames", Liveness.EMPTY, f"a frame that shows {frame.get('src') or 'nothing'}")


def asks_for_script(document: Document) -> Iterator[Signal]:
    """See a page that shows little and asks for scripts to be switched on."""
    if document.outline.shown >= LITTLE:
        return
    for match in matches(document.outline.without_scripts[:400]):
        if match.liveness is Liveness.EMPTY:
            yield signal("shell.asks-for-script", Liveness.EMPTY, f"little text, and “{match.words}”")
            return


SIGNS: tuple[Sign, ...] = (nothing, mount, boots, frames, asks_for_script)
