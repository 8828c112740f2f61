"""The plot of link rot: the share of links still alive at each age, with its interval, as SVG within a page.

It has neither scripts nor style attributes: classes alone, which the page's style sheet gives their colours, in the
light and in the dark. A screen reader is given a title and, as description, the figures in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.link_rot import Row

_WIDTH, _HEIGHT = 780, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 16, 16, 56
_GRID = (0, 25, 50, 75, 100)
_CAP, _DOT = 7, 5


def plot(rows: Sequence[tuple[str, Row]], name: str) -> Element:
    """Return the plot of the rows of a table; `name` makes the ids in it differ from those of other plots."""
    svg = Element("svg", {"class": "plot", "role": "img", "aria-labelledby": f"{name}-title {name}-desc"})
    svg.set("viewBox", f"0 0 {_WIDTH} {_HEIGHT}")
    SubElement(svg, "title", id=f"{name}-title").text = "Share of links still alive, by age"
    SubElement(svg, "desc", id=f"{name}-desc").text = _in_words(rows)
    for percent in _GRID:
        height = _y(percent / 100)
        _line(svg, "grid", (_LEFT, height), (_WIDTH - _RIGHT, height))
        _text(svg, f"{percent} %", (_LEFT - 8, height + 4), "end")
    step = (_WIDTH - _LEFT - _RIGHT) / len(rows)
    path = []
    for number, (age, row) in enumerate(rows):
        middle = _LEFT + step * (number + 0.5)
        _text(svg, age, (middle, _HEIGHT - _BOTTOM + 22), "middle")
        _text(svg, f"n = {sum(row.states.values()):,}", (middle, _HEIGHT - _BOTTOM + 40), "middle")
        share = row.alive
        if share is None:
            continue
        path.append((middle, _y(share.share)))
        _line(svg, "interval", (middle, _y(share.low)), (middle, _y(share.high)))
        for end in (share.low, share.high):
            _line(svg, "interval", (middle - _CAP, _y(end)), (middle + _CAP, _y(end)))
    if len(path) > 1:
        SubElement(svg, "polyline", {"class": "course", "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in path)})
    for x, y in path:
        SubElement(svg, "circle", {"class": "share", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": str(_DOT)})
    return svg


def _in_words(rows: Sequence[tuple[str, Row]]) -> str:
    said = []
    for age, row in rows:
        share = row.alive
        if share:
            said.append(
                f"{age}: {100 * share.share:.1f} %, 95 % interval {100 * share.low:.1f} to {100 * share.high:.1f}"
            )
        else:
            said.append(f"{age}: not known")
    return "; ".join(said) + ". The table below has the counts."


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _line(svg: Element, kind: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    SubElement(svg, "line", {"class": kind} | {name: f"{value:.1f}" for name, value in ends})


def _text(svg: Element, text: str, at: tuple[float, float], anchor: str) -> None:
    x, y = at
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}).text = text
