"""Walls: pages of blockers, hosters, logins, consent and paywalls, and articles that carry the same marks."""

from __future__ import annotations

import pytest

from archive.model import Liveness
from pipelines.flow import process
from pipelines.signs.phrase_tables.blocked import BLOCKED
from pipelines.signs.phrase_tables.consent import CONSENT
from pipelines.signs.phrase_tables.login import LOGIN
from pipelines.signs.phrase_tables.paywall import PAYWALL
from pipelines.signs.phrase_tables.scripts import SCRIPTS
from pipelines.signs.vendor_table import MARKS
from pipelines.words import plain
from tests.pipelines.documents import PROSE, page_of

TABLES = {"blocked": BLOCKED, "consent": CONSENT, "login": LOGIN, "paywall": PAYWALL, "scripts": SCRIPTS}

ARTICLE = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The baker rises at three"}</script>'
    f'<meta property="og:type" content="article"><h1>The baker rises at three</h1>{PROSE}'
)

WALLS: list[tuple[str, Liveness, str, str]] = [
    ("Cloudflare's challenge", Liveness.BLOCKED, "Just a moment...", "<script>window._cf_chl_opt={cvId:'3'}</script>"),
    ("Cloudflare's block", Liveness.BLOCKED, "Attention Required!", '<div id="cf-error-details">Ray 1</div>'),
    ("Cloudflare's 522", Liveness.ERROR, "lantern.example | 522", '<div id="cf-host-status">Host</div>'),
    ("Akamai", Liveness.BLOCKED, "Access Denied", "<p>Reference #18.2 https://errors.edgesuite.net/18.2</p>"),
    ("PerimeterX", Liveness.BLOCKED, "lantern.example", '<div id="px-captcha">Press and hold</div>'),
    ("DataDome", Liveness.BLOCKED, "lantern.example", '<iframe src="https://geo.captcha-delivery.com/x"></iframe>Wait'),
    ("Imperva", Liveness.BLOCKED, "", "<p>Request unsuccessful. Incapsula incident ID: 12-34</p>"),
    ("Sucuri", Liveness.BLOCKED, "", "<p>Sucuri Website Firewall</p>"),
    ("DDoS-Guard", Liveness.BLOCKED, "DDoS-Guard", '<script src="https://check.ddos-guard.net/check.js"></script>Wait'),
    ("Yandex", Liveness.BLOCKED, "Робот?", '<form action="/checkcaptcha?key=1"><button>OK</button></form>'),
    ("Anubis", Liveness.BLOCKED, "", '<script src="/.within.website/x/cmd/anubis/main.js"></script>Loading'),
    ("geography", Liveness.BLOCKED, "Unavailable due to legal reasons", "<p>451 unavailable due to legal reasons</p>"),
    ("Heroku", Liveness.SOFT_404, "", '<iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe>x'),
    ("S3", Liveness.SOFT_404, "404 Not Found", "<ul><li>Code: NoSuchBucket</li></ul>"),
    ("GitHub Pages", Liveness.PLACEHOLDER, "", "<p>There isn't a GitHub Pages site here.</p>"),
    ("Azure", Liveness.PLACEHOLDER, "", "<h1>Error 403 - This web app is stopped.</h1>"),
    ("Sedo", Liveness.PARKED, "lantern.example", '<script src="https://img.sedoparking.com/x.js"></script>Links'),
    ("cPanel", Liveness.PARKED, "Account suspended", '<a href="/cgi-sys/suspendedpage.cgi">Why?</a>'),
    ("password", Liveness.LOGIN, "Sign in", '<form><input type="password" name="pw"></form>'),
    ("single sign-on", Liveness.LOGIN, "Sign in to continue", '<form action="/sso"><input name="mail"></form>'),
    ("consent", Liveness.CONSENT, "Before you continue", '<form action="https://consent.example/save">OK</form>'),
    ("Flutter", Liveness.EMPTY, "", '<script src="flutter_bootstrap.js" async></script>'),
]


@pytest.mark.parametrize(("liveness", "title", "mark"), [row[1:] for row in WALLS], ids=[row[0] for row in WALLS])
def test_wall_is_seen(liveness: Liveness, title: str, mark: str) -> None:
    """A wall with nothing behind it is judged to be that wall."""
    page = page_of(f"<!doctype html><html><head><title>{title}</title></head><body>{mark}</body></html>")
    assert process(page).verdict.liveness is liveness


@pytest.mark.parametrize("mark", [row[3] for row in WALLS], ids=[row[0] for row in WALLS])
def test_article_with_the_same_mark_is_live(mark: str) -> None:
    """A whole article stays live with the mark of a wall beside it."""
    page = page_of(
        f"<html><head><title>The baker rises at three | Lantern</title></head><body>{ARTICLE}{mark}</body></html>"
    )
    assert process(page).verdict.liveness is Liveness.LIVE


@pytest.mark.parametrize("name", ["paywall", "poool-widget", "jetpack-subscribe-paywall", "gh-post-upgrade-cta"])
def test_teaser_before_a_paywall(name: str) -> None:
    """A teaser that is declared not to be free, above the element of a paywall, is behind that paywall."""
    declared = '{"@type": "NewsArticle", "headline": "The baker rises", "isAccessibleForFree": "False"}'
    page = page_of(
        f'<script type="application/ld+json">{declared}</script><h1>The baker rises</h1>'
        f'<p>Long before the first bus his loaves stand in the window.</p><div class="{name}">Join us</div>'
    )
    verdict = process(page).verdict
    assert verdict.liveness is Liveness.PAYWALL
    assert {"paywall.declared", "paywall.markup"} <= {signal.rule for signal in verdict.signals}


@pytest.mark.parametrize("kind", TABLES)
def test_phrases_are_normal(kind: str) -> None:
    """Every phrase is written as pages' words are compared, once, and there are at least 30 languages."""
    table = TABLES[kind]
    phrases = [phrase for own in table.values() for phrase in own]
    assert len(table) >= 30
    assert all(table.values())
    assert [phrase for phrase in phrases if phrase != plain(phrase).strip(" .")] == []
    assert len(phrases) == len(set(phrases))


def test_marks_are_lower_case_and_unique() -> None:
    """Every vendor's mark can be found in markup in lower case, and stands in the table once."""
    marks = [mark for _, _, own in MARKS for mark in own]
    assert [mark for mark in marks if mark != mark.lower()] == []
    assert len(marks) == len(set(marks))
