"""Forms and walls that stand where an article should be: login, consent, paywall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines import jsonld
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

NO_ARTICLE = 400
"""Characters of prose from which a form is not the page's subject."""

TEASER, LONG_TEASER = 600, 1_000
"""Characters of prose from which there is an article to read, although the page's markup says that it is not free; and
although its words say so too.
"""

NOTHING_ELSE = 300
"""Characters shown below which a page is what its scripts make of it."""

CONSENT_PLATFORMS = (
    ("OneTrust", ("cdn.cookielaw.org", "otsdkstub.js")),
    ("Sourcepoint", ("privacy-mgmt.com", "sp-prod.net", "sourcepoint.mgr.consensu.org")),
    ("Quantcast Choice", ("quantcast.mgr.consensu.org", "cmp.quantcast.com", "cmp.inmobi.com")),
    ("Didomi", ("sdk.privacy-center.org", "didomi-host")),
    ("Usercentrics", ("app.usercentrics.eu", "web.cmp.usercentrics.eu")),
    ("Cookiebot", ("consent.cookiebot.com", "consent.cookiebot.eu")),
    ("TrustArc", ("consent.trustarc.com", "consent-pref.trustarc.com")),
    ("consentmanager", ("delivery.consentmanager.net", "cdn.consentmanager.net")),
    ("contentpass", ("cp.contentpass.net", "api.contentpass")),
    ("Google Funding Choices", ("fundingchoicesmessages.google.com",)),
    ("iubenda", ("cdn.iubenda.com/cs/",)),
    ("Axeptio", ("static.axept.io",)),
)
"""(platform, what loads it, in lower case)."""

CONSENT_ACTION = re.compile(r"consent|cookiewall|cookie-wall|guce\.", re.IGNORECASE)
SIGN_IN = re.compile(
    r"/(?:log-?in|sign-?in|sso|saml2?|oauth2?|auth|wp-login\.php|magic-link)(?:[/?.]|$)", re.IGNORECASE
)
"""Addresses that a form sends to in order to let someone in."""

LITTLE_SHOWN = 600
"""Characters shown below which a form without a field for a password may still be the page."""

WALL = re.compile(
    r"(?:^|[\s_-])(?<!\bno-)(?<!\bnon-)(?:paywall|metered-?wall|regwall|subscriber-?wall|piano-offer|tp-container|premium-?wall"
    r"|tp-container-inner|poool-widget|leaky_paywall_message|plenigo-paywall|steady-paywall|jetpack-subscribe-paywall"
    r"|gh-post-upgrade-cta|mepr-unauthorized-message|pmpro_content_message|rcp_restricted|memberful-overlay)(?:$|[\s_-])"
)
"""Names of the element that stands for the rest of an article: generic, then those of vendors and plug-ins."""


def password(document: Document) -> Iterator[Signal]:
    """See a field for a password on a page without an article."""
    if document.outline.prose >= NO_ARTICLE or document.tree is None:
        return
    for field in document.tree.iter("input"):
        if (field.get("type") or "").lower() == "password":
            name = field.get("name") or field.get("id") or "without a name"
            yield signal("form.password", Liveness.LOGIN, f"a password field ({name}) and no article")
            return


def sign_in(document: Document) -> Iterator[Signal]:
    """See a form without a password, for single sign-on or a link by mail, on a page that shows little else."""
    if document.outline.shown >= LITTLE_SHOWN or document.tree is None:
        return
    for form in document.tree.iter("form"):
        action = form.get("action") or ""
        fields = {(field.get("type") or field.get("name") or "").lower() for field in form.iter("input")}
        if SIGN_IN.search(action) and "password" not in fields:
            yield signal("form.sign-in", Liveness.LOGIN, f"a form that sends to {action}")
            return


def consent(document: Document) -> Iterator[Signal]:
    """See a form that collects consent on a page without an article."""
    if document.outline.prose >= 2 * NO_ARTICLE or document.tree is None:
        return
    for form in document.tree.iter("form"):
        action = form.get("action") or ""
        if CONSENT_ACTION.search(action):
            yield signal("form.consent", Liveness.CONSENT, f"a form that sends to {action}")
            return


def consent_platform(document: Document) -> Iterator[Signal]:
    """See a consent platform on a page that shows next to nothing else: its scripts bring the question."""
    if document.outline.shown >= NOTHING_ELSE:
        return
    name = next((name for name, marks in CONSENT_PLATFORMS if any(mark in document.lower for mark in marks)), None)
    if name is not None:
        yield signal("form.consent-platform", Liveness.CONSENT, f"{name} and little else")


def not_free(document: Document) -> Iterator[Signal]:
    """See an article that says it is not free, and of which there is no more than a teaser."""
    if not _is_teaser(document):
        return
    for node in document.structured:
        if str(node.get("isAccessibleForFree")).lower() == "false":
            kind = (jsonld.types(node) or ("a part",))[0]
            yield signal("paywall.declared", Liveness.PAYWALL, f"JSON-LD says that {kind} is not accessible for free")
            return
    tier = (document.said("article:content_tier") or "").lower()
    if tier in ("locked", "metered"):
        yield signal("paywall.declared", Liveness.PAYWALL, f"article:content_tier {tier}")


def wall(document: Document) -> Iterator[Signal]:
    """See the markup of a paywall beside a teaser."""
    if document.tree is None or not _is_teaser(document):
        return
    for element in document.tree.iter("div", "section", "aside"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if WALL.search(names):
            yield signal("paywall.markup", Liveness.PAYWALL, f"an element named “{names.strip()}” and only a teaser")
            return


def _is_teaser(document: Document) -> bool:
    """Whether there is little enough to be the beginning of something that is not shown."""
    prose = document.outline.prose
    return prose < TEASER or (
        prose < LONG_TEASER and any(match.liveness is Liveness.PAYWALL for match, *_ in messages(document))
    )


SIGNS: tuple[Sign, ...] = (password, sign_in, consent, consent_platform, not_free, wall)
