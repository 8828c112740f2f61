"""What the authors of a page call its parts: the meaning of class names, ids and roles, as a set of bits.

    "article-newsletter__signup" ─▶ newsletter, sign up ─▶ PROMPT

Names are written in English nearly everywhere, whatever language a page is in. One name proves nothing: these are marks
that are weighed beside others (second_look.weighing). A page has some hundred different names, so they are remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.words import finder

MARKS: tuple[tuple[str, str], ...] = (
    ("author", "author byline by-line contributor writer autor auteur redakt"),
    (
        "date",
        (
            "-date- -time- -timestamp- -published- -pubdate- -datum- -updated- postmeta post-meta entrymeta "
            "entry-meta -meta-"
        ),
    ),
    ("prompt", "newsletter subscri signup sign-up -cta- promo banner donat member abonn call-to-action"),
    (
        "related",
        (
            "related recommend readmore read-more readnext read-next readalso read-also more-from more-on "
            "more-stories -also mostread most-read mostpopular most-popular popular trending upnext up-next "
            "teaser seealso see-also"
        ),
    ),
    ("share", "share sharing social follow"),
    ("caption", "caption credit photo imagedesc image-desc imagemeta image-meta copyright legend"),
    ("tags", "tag- tags- topic keyword categor breadcrumb rubric -label eyebrow kicker"),
    ("comment", "comment discuss reply disqus"),
    ("legal", "disclaimer disclosure copyright rights terms affiliate cookie consent"),
    ("ad", "-ad- -ads- advert sponsor anzeige werbung outbrain taboola dfp"),
    ("nav", "-nav menu pagination pager -toc- table-of-contents jump"),
    ("header", "-header hero masthead"),
    ("title", "title headline heading"),
    (
        "lead",
        (
            "summary -dek- -lead intro standfirst excerpt chapo subtitle sub-title subhead sub-head -sapo "
            "abstract -deck vorspann ingress entradilla bajada"
        ),
    ),
    ("card", "card tile -item teaser grid thumb"),
    ("side", "sidebar aside widget -rail secondary footer bottom complementary"),
    ("box", "infobox info-box factbox fact-box -box- callout accordion"),
    (
        "factbox",
        ("infobox info-box factbox fact-box faktabox fakta-box faktaboks infokasten info-kasten infoboks faktaruta"),
    ),
    (
        "figure",
        (
            "figcaption fig-caption image-caption imagecaption img-caption photo-caption photocaption "
            "caption-text captiontext wp-caption media-caption picture-caption bildunterschrift "
            "bildunterzeile bildtext image-legend photo-legend legende-photo photo-credit image-credit "
            "img-credit media-credit"
        ),
    ),
    ("media", "video player gallery audio slide carousel podcast"),
    ("form", "-form- login search field"),
    (
        "body",
        (
            "articlebody article-body articletext article-text articlecontent article-content entrycontent "
            "entry-content postbody post-body postcontent post-content posttext post-text storybody "
            "story-body storycontent story-content storytext story-text contentbody content-body bodytext "
            "body-text bodycontent body-content bodycopy body-copy richtext rich-text textbody text-body "
            "paragraph prose mw-parser"
        ),
    ),
)
"""Each mark with the parts of names that make it, in names whose words are between "-"; its bit is its place here."""

_BIT = {mark: 1 << place for place, (mark, _) in enumerate(MARKS)}
_PARTS: dict[str, int] = {}
for _mark, _parts in MARKS:
    for _part in _parts.split():
        _PARTS[_part] = _PARTS.get(_part, 0) | _BIT[_mark]
_FOUND = finder(_PARTS.items())
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 300


@lru_cache(maxsize=16_384)
def marks_of(names: str | None, identity: str | None, role: str | None) -> int:
    """Return the marks of an element by its class, id and itemprop, as bits."""
    if not (names or identity or role):
        return 0
    text = f" {names or ''} {identity or ''} {role or ''}"[:_LONGEST]
    marks = 0
    for _, bits in _FOUND.iter(_NO_WORD.sub("-", _HUMP.sub("-", f"{text} ")).lower()):
        marks |= bits
    return marks


def has(marks: int, mark: str) -> bool:
    """Whether a mark is among the bits."""
    return bool(marks & _BIT[mark])


@lru_cache(maxsize=4_096)
def marked(marks: int) -> tuple[str, ...]:
    """Return the names of the marks among the bits."""
    return tuple(mark for mark, _ in MARKS if marks & _BIT[mark])
