"""The report as one page of HTML that needs nothing beside itself: for a mail, a printer, a folder on a disk.

Plan: a tree of elements, written by the standard library, which escapes every text and every attribute; nothing foreign
is ever pasted into markup. What a terminal would obey is made visible first, as elsewhere. Addresses are text and no
links: most of those named here are dead, and what stands there today may be anything. The policy of the page (CSP)
allows its one style sheet, by its digest, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from archive.link_rot import BANDS
from archive.report_plot import plot
from archive.report_text import COLUMNS, copy_in_words, counted, name_of, period_in_words, share_in_words
from archive.rows import when
from archive.standing import State
from archive.terminal import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from archive.link_rot import LinkRot
    from archive.report import Dead, Period, Report

_STYLE = """
:root { color-scheme: light dark; --back: #fff; --text: #1a1a1a; --faint: #5a5a5a; --rule: #d0d0d0; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --back: #16181a; --text: #e8e8e8; --faint: #a8a8a8; --rule: #3c4043; --mark: #7ab8ff; }
}
body { background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto;
  max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
p.note, figcaption { color: var(--faint); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; width: 100%; }
caption { text-align: left; color: var(--faint); }
th, td { border-bottom: 1px solid var(--rule); padding: .3rem .6rem; text-align: right; vertical-align: top; }
th { font-weight: 600; } .left, tbody th, thead th:first-child { text-align: left; overflow-wrap: anywhere; }
tfoot th, tfoot td { font-weight: 700; }
figure { margin: 1rem 0; } summary { cursor: pointer; }
.plot { width: 100%; height: auto; }
.plot text { fill: var(--text); font-size: 11px; }
.plot .grid { stroke: var(--rule); } .plot .interval { stroke: var(--text); stroke-width: 1.5; }
.plot .course { stroke: var(--mark); stroke-width: 2; fill: none; } .plot .share { fill: var(--mark); }
@media print { body { max-width: none; margin: 0; } }
"""
_ROT_COLUMNS = ("addresses", "looked at again", "alive", "dead", "in doubt", "share alive (95 % interval)")
_NO_TEXT = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""What no document may hold (HTML section 13.1.4.6); the other such characters a terminal does not show either."""


def page(found: Report, period: Period, *, made_at: datetime, collection: str) -> str:
    """Return the report on a collection of this name."""
    html = Element("html", lang="en")
    _head(html, collection)
    main = SubElement(SubElement(html, "body"), "main")
    _add(main, "h1", f"What became of the articles in {collection}")
    _add(main, "p", f"Made on {when(made_at)} (UTC). {period_in_words(period)}", "note")
    _sources(main, found)
    _attention(main, found)
    _link_rot(main, found)
    _dead(main, found)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def _head(html: Element, collection: str) -> None:
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="referrer", content="no-referrer")
    _add(head, "title", f"newsclip report: {collection}")
    SubElement(head, "style").text = _STYLE


def _sources(main: Element, found: Report) -> None:
    _add(main, "h2", "Sources")
    rows = [(name_of(owner), *_figures(counted(counts))) for owner, counts in found.owners.items()]
    caption = "Articles are those addresses of which some capture shows the article, whole or its teaser."
    _table(main, ("source", *COLUMNS), rows, caption, last=("all", *_figures(counted(found.total))))


def _attention(main: Element, found: Report) -> None:
    if not found.attention:
        return
    _add(main, "h2", "Attention")
    rows = [
        (one.source, one.kind.value, when(one.since), when(one.over) if one.over else "", one.why)
        for one in found.attention
    ]
    caption = "What the sources' own past says is the matter with them; what has no end goes on."
    _table(main, ("source", "kind", "since", "until", "why"), rows, caption, texts=True)


def _link_rot(main: Element, found: Report) -> None:
    _add(main, "h2", "Links still alive, by age")
    note = (
        "An address stands in each row in which it was looked at, by the time since its article was published or, "
        "where that is not known, first archived. The share is of those that were looked at again and are alive or "
        "dead; what is in doubt is neither."
    )
    _add(main, "p", note, "note")
    figure = SubElement(main, "figure")
    figure.append(plot(found.total.link_rot.rows()[: len(BANDS)], "all"))
    _add(figure, "figcaption", "Share of links still alive, with 95 % intervals (Wilson); n were looked at again.")
    _rot_table(main, found.total.link_rot, "All sources")
    for owner, counts in found.owners.items():
        if len(found.owners) > 1 and counts.link_rot.all_ages.again:
            details = SubElement(main, "details")
            _add(details, "summary", name_of(owner))
            _rot_table(details, counts.link_rot, name_of(owner))


def _rot_table(parent: Element, table: LinkRot, caption: str) -> None:
    rows = []
    for name, row in table.rows():
        states = (row.states[State.ALIVE], row.states[State.DEAD], row.states[State.IN_DOUBT])
        rows.append((name, *_figures((row.addresses, row.again, *states)), share_in_words(row.alive)))
    _table(parent, ("age", *_ROT_COLUMNS), rows[:-1], caption, last=rows[-1])


def _dead(main: Element, found: Report) -> None:
    _add(main, "h2", "Dead addresses")
    if not found.dead:
        _add(main, "p", "None is known to be dead.")
        return
    rows = [_dead_cells(one) for one in found.dead]
    caption = "Those that died last come first; places of copies are within the collection."
    heads = ("address", "title", "source", "dead since", "last seen alive", "last good copy")
    _table(main, heads, rows, caption, texts=True)


def _dead_cells(dead: Dead) -> tuple[str, ...]:
    title = dead.copy.title if dead.copy else None
    seen = when(dead.seen_alive) if dead.seen_alive else "never"
    return dead.url, title or "", name_of(dead.owner), when(dead.since), seen, copy_in_words(dead)


def _table(  # noqa: PLR0913 - the parts of a table
    parent: Element,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str,
    *,
    last: Sequence[str] | None = None,
    texts: bool = False,
) -> None:
    """Add a table whose rows begin with their name; `texts` says that the cells are no figures."""
    table = SubElement(SubElement(parent, "div", {"class": "wide"}), "table")
    _add(table, "caption", caption)
    line = SubElement(SubElement(table, "thead"), "tr")
    for head in heads:
        cell = _add(line, "th", head, "left" if texts else None)
        cell.set("scope", "col")
    body = SubElement(table, "tbody")
    for row in rows:
        _row(body, row, texts=texts)
    if last is not None:
        _row(SubElement(table, "tfoot"), last, texts=texts)


def _row(parent: Element, cells: Sequence[str], *, texts: bool) -> None:
    line = SubElement(parent, "tr")
    _add(line, "th", cells[0], "left").set("scope", "row")
    for cell in cells[1:]:
        _add(line, "td", cell, "left" if texts else None)


def _add(parent: Element, tag: str, text: str, kind: str | None = None) -> Element:
    """Add an element with foreign text in it, made harmless."""
    element = SubElement(parent, tag, {"class": kind} if kind else {})
    element.text = _NO_TEXT.sub("\ufffd", escape(text))
    return element


def _figures(counts: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in counts)
