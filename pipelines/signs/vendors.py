"""Marks that bot blockers and domain parkers leave in headers and markup, where no reader looks.

Many sites load these vendors' scripts on every page, so a mark counts only on a page without an article, and only the
marks of the challenge itself are listed, not those of the CDN. A header that names the challenge counts always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

NO_ARTICLE = 900
"""Characters of prose from which a page is not a challenge whatever it loads."""

BLOCKERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Cloudflare",
        ("_cf_chl_opt", "cf-browser-verification", "cf-challenge-running", "cf-error-details", "cf-captcha-container"),
    ),
    ("Akamai", ("errors.edgesuite.net", "bm-verify=", "sec-if-cpt-container", "akam-sw-challenge")),
    ("PerimeterX", ("px-captcha", "captcha.px-cdn.net", "human.captcha", "_pxblockedurl")),
    ("DataDome", ("geo.captcha-delivery.com", "ct.captcha-delivery.com", "interstitial.captcha-delivery.com")),
    (
        "Imperva",
        (
            "incapsula incident id",
            "_incapsula_resource?cwudnsai",
            "/_incapsula_resource?swudnsai",
            "request unsuccessful. incapsula",
        ),
    ),
    ("Sucuri", ("sucuri website firewall", "sucuri_cloudproxy_js", "cloudproxy.sucuri.net")),
    ("Distil", ("distil_r_captcha", "distilcallback", "distil_identification_block")),
    ("ShieldSquare", ("shieldsquare", "validate.perfdrive.com")),
    ("Kasada", ("kpsdk", "/149e9513-01fa-4fb0-aad4-566afd725d1b/")),
    ("AWS WAF", ("awswafintegration.getchallenge", "gokuprops", "challenge-container")),
    ("F5", ("the requested url was rejected. please consult with your administrator",)),
    ("DDoS-Guard", ("ddos-guard.net/js", "check.ddos-guard.net")),
    ("Anubis", ("/.within.website/x/cmd/anubis", "anubis_challenge")),
    ("Vercel", ("vercel security checkpoint",)),
    ("Queue-it", ("queue-it.net/softblock", "assets.queue-it.net")),
    ("Amazon", ("/errors/validatecaptcha", "opfcaptcha")),
)
"""(vendor, marks of its challenge pages in lower case)."""

CAPTCHAS = (
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com/1/api.js",
    "cf-turnstile",
    "recaptcha/api.js",
    "arkoselabs.com/v2",
    "geetest",
)
"""Widgets that many forms have; on a page with nothing else they are the page."""

HEADERS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-datadome", "protected", "DataDome"),
    ("x-vercel-mitigated", "", "Vercel"),
)
"""(header, what its value contains, vendor)."""

PARKERS = (
    *("sedoparking.com", "parkingcrew.net", "parklogic.com", "bodis.com", "dan.com/buy-domain", "img.sedoparking"),
    *("hugedomains.com", "afternic.com", "parking.namecheap", "domainparking", "domain-parking", "parkeddomain"),
    *("parking-lander", "sedo.com/search/details", "above.com/marketplace", "domaincontrol.com/lander"),
    *("parkpage.foundationapi.com", "zeropark", "voodoo.com/parking", "rookmedia", "cashparking", "smartname.com"),
    *("fabulous.com", "trafficz", "namedrive", "google.com/adsense/domains", "adsense/domains/caf.js"),
    *("loopia.com/parking", "cgi-sys/suspendedpage.cgi", "suspended.page", "parked-content.godaddy.com"),
    *("wsimg.com/parking-lander", "dsparking", "d38psrni17bvxu.cloudfront.net", "buydomains.com", "domainmonster.com"),
)
"""Marks of domain parking and of hosts that switched a site off, in lower case."""

REFUSED = frozenset({401, 403, 405, 406, 429, 503})
_SMALL = 300


def headers(document: Document) -> Iterator[Signal]:
    """See a header by which a blocker names its own page."""
    for name, part, vendor in HEADERS:
        value = document.page.header(name)
        if value is not None and part in value.lower() and (part == "challenge" or document.page.status in REFUSED):
            yield signal("vendor.blocked-header", Liveness.BLOCKED, f"{vendor}: header {name}: {value}")


def blockers(document: Document) -> Iterator[Signal]:
    """See the marks of a challenge on a page without an article."""
    if document.outline.prose >= NO_ARTICLE:
        return
    for vendor, marks in BLOCKERS:
        mark = next((mark for mark in marks if mark in document.lower), None)
        if mark is not None:
            yield signal("vendor.blocked", Liveness.BLOCKED, f"{vendor}: {mark}")
            return


def captchas(document: Document) -> Iterator[Signal]:
    """See a captcha on a page that has next to nothing else."""
    if document.outline.shown >= _SMALL:
        return
    mark = next((mark for mark in CAPTCHAS if mark in document.lower), None)
    if mark is not None:
        yield signal("vendor.captcha", Liveness.BLOCKED, f"a captcha and little else: {mark}")


def parkers(document: Document) -> Iterator[Signal]:
    """See the marks of domain parking on a page without an article."""
    if document.outline.prose >= NO_ARTICLE:
        return
    mark = next((mark for mark in PARKERS if mark in document.lower), None)
    if mark is not None:
        yield signal("vendor.parked", Liveness.PARKED, f"domain parking: {mark}")


SIGNS: tuple[Sign, ...] = (headers, blockers, captchas, parkers)
