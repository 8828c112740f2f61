"""Marks that bot blockers, domain parkers and hosters leave in headers and markup, where no reader looks.

Many sites load these vendors' scripts on every page, so a mark counts only on a page without an article, and only the
marks of the challenge itself are listed, not those of the CDN. A header that names the challenge counts always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import has_article_marks
from pipelines.signs.vendor_table import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

NO_ARTICLE = 900
"""Characters of prose from which a page is not a challenge whatever it loads."""

MOST_MARKUP = 200_000
"""Characters of markup in which marks are looked for; pages of vendors are far smaller."""

CAPTCHAS = (
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com/1/api.js",
    "cf-turnstile",
    "recaptcha/api.js",
    "arkoselabs.com/v2",
    "geetest",
    "frc-captcha",
    "smartcaptcha.yandexcloud.net",
    "turing.captcha.qcloud.com",
)
"""Widgets that many forms have; on a page with nothing else they are the page."""

HEADERS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-datadome", "protected", "DataDome"),
    ("x-vercel-mitigated", "", "Vercel"),
)
"""(header, what its value contains, vendor)."""

RULES = {
    Liveness.BLOCKED: "vendor.blocked",
    Liveness.PARKED: "vendor.parked",
    Liveness.SOFT_404: "vendor.missing",
    Liveness.ERROR: "vendor.error",
    Liveness.PLACEHOLDER: "vendor.placeholder",
}
"""The rule by which each kind of vendor's page is seen."""

REFUSED = frozenset({401, 403, 405, 406, 429, 503})
_SMALL = 300


def headers(document: Document) -> Iterator[Signal]:
    """See a header by which a blocker names its own page."""
    for name, part, vendor in HEADERS:
        value = document.page.header(name)
        if value is not None and part in value.lower() and (part == "challenge" or document.page.status in REFUSED):
            yield signal("vendor.blocked-header", Liveness.BLOCKED, f"{vendor}: header {name}: {value}")


def marks(document: Document) -> Iterator[Signal]:
    """See the marks of a vendor's own page where there is no article."""
    if document.outline.prose >= NO_ARTICLE or has_article_marks(document):
        return
    head = document.lower[:MOST_MARKUP]
    for vendor, liveness, own in MARKS:
        mark = next((mark for mark in own if mark in head), None)
        if mark is not None:
            yield signal(RULES[liveness], liveness, f"{vendor}: {mark}")
            return


def captchas(document: Document) -> Iterator[Signal]:
    """See a captcha on a page that has next to nothing else."""
    if document.outline.shown >= _SMALL:
        return
    mark = next((mark for mark in CAPTCHAS if mark in document.lower), None)
    if mark is not None:
        yield signal("vendor.captcha", Liveness.BLOCKED, f"a captcha and little else: {mark}")


SIGNS: tuple[Sign, ...] = (headers, marks, captchas)
