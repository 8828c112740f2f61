"""Reading the JSON-LD of a page leniently and within bounds: what search engines read, so what newsrooms keep right.

    script text ─▶ json ─▶ (if broken: without what stands around it, without trailing commas) ─▶ flat list of nodes

A block that stays broken is dropped: the same facts are in meta elements, and crude regular expressions over broken
JSON are how extractors come to hang (0.6 MB of escaped quotes: more than 45 seconds in trafilatura's, measured).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

MOST_NODES = 2_000
"""Objects looked at on one page; the largest honest pages (live blogs) have some hundreds."""

ARTICLE_TYPES = frozenset(
    {
        *("Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle"),
        *("OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle"),
        *("AskPublicNewsArticle", "AdvertiserContentArticle", "LiveBlogPosting", "TechArticle", "SocialMediaPosting"),
        "MedicalScholarlyArticle",
    }
)
"""The schema.org types of a page whose subject is one piece of writing."""

_BEFORE_HOST = re.compile(r"^(?:https?:)?//(?:www\.)?")
_BESIDE = frozenset({"Review", "Comment", "Answer", "UserReview", "ListItem", "Person", "Organization", "VideoObject"})
_TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")


def nodes(blocks: Iterable[str], longest: int) -> Iterator[Node]:
    """Yield every object of the blocks, outer before inner, blocks longer than `longest` characters left out."""
    left = MOST_NODES
    for block in blocks:
        if len(block) > longest:
            continue
        waiting = [_parse(block)]
        while waiting and left:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                left -= 1
                yield value
                waiting.extend(inner for inner in reversed(value.values()) if isinstance(inner, dict | list))


def types(node: Node) -> tuple[str, ...]:
    """Return the types of a node without their vocabulary ("https://schema.org/Article" is "Article")."""
    return tuple(kind.rsplit("/", 1)[-1] for kind in as_list(node.get("@type")) if isinstance(kind, str))


def is_article(node: Node) -> bool:
    """Whether the node describes a piece of writing: by its type, or by having a headline and a date.

    A review is one if it has a headline; those without are what readers say of a recipe or a shop.
    """
    if "headline" in node and ("datePublished" in node or "Review" in types(node)):
        return True
    return not ARTICLE_TYPES.isdisjoint(types(node))


def article_of(structured: Iterable[Node], url: str) -> Node | None:
    """Return the object of the article that the page at an address is about, or None.

    Of several it is the one that names the address, else the first that has a headline, else the first.
    """
    articles = [node for node in structured if is_article(node)]
    headed = [node for node in articles if node.get("headline")] or articles
    if len(headed) > 1:
        same = (node for node in headed if any(_same_page(address, url) for address in _addresses(node)))
        return next(same, headed[0])
    return headed[0] if headed else None


def _addresses(node: Node) -> Iterator[str]:
    """Yield the addresses that an object has for itself."""
    for key in ("url", "mainEntityOfPage", "@id"):
        for one in as_list(node.get(key)):
            address = one.get("@id") or one.get("url") if isinstance(one, dict) else one
            if isinstance(address, str):
                yield address


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page: the same but for scheme, www, query and fragment."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return _BEFORE_HOST.sub("", address).partition("#")[0].partition("?")[0].rstrip("/")


def is_about_another(node: Node) -> bool:
    """Whether the node describes something beside the page's subject: a comment on it, a review, an organisation."""
    return not _BESIDE.isdisjoint(types(node))


def as_list(value: Any) -> list[Any]:
    """Return what JSON-LD allows to be one thing or several, as several; None is none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def first_text(value: Any) -> str | None:
    """Return the first string in a value that may be a string, a list, or an object with @value, name or url."""
    for item in as_list(value):
        text = (
            next((item[key] for key in ("@value", "name", "url", "@id") if item.get(key)), None)
            if isinstance(item, dict)
            else item
        )
        if isinstance(text, str) and text.strip():
            return text.strip()
    return None


def _parse(block: str) -> Any:
    """Return the value of a block, or None if it stays broken."""
    for repair in (_as_it_is, _unwrapped, _without_trailing_commas):
        try:
            return json.loads(repair(block), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _as_it_is(block: str) -> str:
    return block


def _unwrapped(block: str) -> str:
    """Return what stands from the first bracket to the last: without comments, CDATA marks and semicolons around it."""
    block = block.replace("<![CDATA[", "").replace("]]>", "")
    starts = [place for place in (block.find("{"), block.find("[")) if place >= 0]
    return block[min(starts, default=0) : max(block.rfind("}"), block.rfind("]")) + 1]


def _without_trailing_commas(block: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _unwrapped(block))
