"""Signs: for each one, a page on which it speaks and a page very like it on which it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive.model import Liveness, Page
from pipelines.signs import forms, marks, phrases, redirects, shells, site, status, structure, vendors
from pipelines.verdict import SIGNS
from tests.pipelines.documents import HTML, PROSE, URL, document_of, page_of

if TYPE_CHECKING:
    from pipelines.signs.base import Sign

LD = '<script type="application/ld+json">{}</script>'
PDF = {"Content-Type": "application/pdf"}
CHALLENGE = HTML | {"CF-Mitigated": "challenge"}
FIELD = '<form><input type="password" name="pw"></form>'
SSO = '<form action="/saml2/start"><input name="SAMLRequest" type="hidden"><button>Continue</button></form>'
FLUTTER = '<script src="flutter_bootstrap.js" async></script>'
LEADS_AWAY = '<script>window.location.replace("/elsewhere")</script>'
FRAMES = '<html><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset></html>'
CONSENT = '<form action="https://consent.example/save"><button>OK</button></form>'
NOT_FREE = LD.format('{"@type": "NewsArticle", "headline": "Bridge", "isAccessibleForFree": false}')
WALL = '<p>A teaser.</p><div class="article paywall">…</div>'
REFRESH = '<meta http-equiv="refresh" content="0; url=/">'
CAPTCHA = '<div class="g-recaptcha"></div>'
PARKING = '<script src="https://img.sedoparking.com/x.js"></script>'
ROOT = '<div id="root">{}</div><script src="/app.js"></script>'
NOSCRIPT = "<noscript>Please enable JavaScript to continue.</noscript>"


def html_of(markup: str) -> Page:
    """Return a page whose body is this markup."""
    return page_of(f"<!doctype html><html><body>{markup}</body></html>")


CASES: list[tuple[Sign, str, Page, Page]] = [
    (status.answer, "status.no-answer", page_of(status=None, error="timed out"), page_of()),
    (status.answer, "status.host-gone", page_of(status=None, error="no such host"), page_of(error="no such host")),
    (status.code, "status.missing", page_of(status=404), page_of(status=200)),
    (status.code, "status.gone", page_of(status=410), page_of(status=206)),
    (status.code, "status.refused", page_of(status=429), page_of(status=None, error="reset")),
    (status.code, "status.server-error", page_of(status=599), page_of(status=200)),
    (redirects.landing, "redirect.home", page_of(url="https://www.lantern.example/", requested_url=URL), page_of()),
    (
        redirects.landing,
        "redirect.missing-page",
        page_of(url="https://www.lantern.example/404.html", requested_url=URL),
        page_of(url=URL, requested_url="http://lantern.example/news/story/"),
    ),
    (
        redirects.landing,
        "redirect.login",
        page_of(url="https://login.lantern.example/?next=x", requested_url=URL),
        page_of(url="https://www.lantern.example/login/", requested_url="https://www.lantern.example/login"),
    ),
    (
        redirects.landing,
        "redirect.consent",
        page_of(url="https://consent.lantern.example/v2/collect", requested_url=URL),
        page_of(url="https://www.lantern.example/2026/news/story", requested_url=URL),
    ),
    (
        redirects.landing,
        "redirect.elsewhere",
        page_of(url="https://www.lantern.example/town/all", requested_url=URL),
        page_of(url="https://www.lantern.example/town/story.html", requested_url=URL),
    ),
    (redirects.refresh, "redirect.refresh-home", html_of(REFRESH + "<p>x</p>"), html_of(REFRESH + PROSE)),
    (
        phrases.title,
        "words.title-whole",
        html_of("<title>Page not found | Lantern</title>"),
        html_of("<title>Bridge found again | Lantern</title>"),
    ),
    (phrases.heading, "words.heading-whole", html_of("<h1>Page not found</h1>"), html_of("<h1>Bridge reopens</h1>")),
    (
        phrases.body,
        "words.message",
        html_of("<p>Sorry, this page does not exist.</p>"),
        html_of("<p>Sorry, this page does not exist.</p>" + PROSE),
    ),
    (
        phrases.heading,
        "words.heading-again",
        html_of("<title>Page not found | Lantern</title><h1>Page not found</h1>"),
        html_of("<title>Lantern</title><h1>Page not found</h1>"),
    ),
    (
        phrases.body,
        "words.message-again",
        html_of("<title>Page not found</title><p>Sorry, this page does not exist.</p>"),
        html_of("<title>Lantern</title><p>Sorry, this page does not exist.</p>"),
    ),
    (
        redirects.own_address,
        "redirect.own-address-home",
        html_of('<link rel="canonical" href="https://lantern.example/">'),
        html_of('<meta property="og:type" content="article"><link rel="canonical" href="https://lantern.example/">'),
    ),
    (
        redirects.own_address,
        "redirect.own-address-elsewhere",
        html_of('<link rel="canonical" href="https://www.lantern.example/news/another">'),
        html_of('<link rel="canonical" href="https://www.lantern.example/2026/story.html">'),
    ),
    (
        forms.consent_platform,
        "form.consent-platform",
        html_of('<script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>'),
        html_of(f'<script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>{PROSE}'),
    ),
    (
        marks.named,
        "mark.error-name",
        page_of('<html><body class="error404 wp-theme"><p>Kraa.</p></body></html>'),
        page_of('<html><body class="single post-404123"><p>Kraa.</p></body></html>'),
    ),
    (
        marks.named_within,
        "mark.error-name-within",
        html_of('<div id="page-not-found"><p>Kraa.</p></div>'),
        html_of(f'<div id="page-not-found" hidden>Kraa.</div><div>{PROSE}</div>'),
    ),
    (
        marks.tracked,
        "mark.error-tracked",
        html_of("<script>_gaq.push(['_trackPageview', '/404.html?page=' + location.pathname]);</script>"),
        html_of("<script>_gaq.push(['_trackPageview', '/news/404-firms-close']);</script>"),
    ),
    (
        marks.own_address,
        "mark.error-address",
        html_of('<link rel="canonical" href="https://www.lantern.example/404.html">'),
        html_of('<link rel="canonical" href="https://www.lantern.example/news/404-firms-close.html">'),
    ),
    (
        marks.not_indexed,
        "mark.noindex",
        html_of('<meta name="robots" content="noindex, follow">'),
        html_of('<meta name="robots" content="index, follow">'),
    ),
    (
        marks.title_is_host,
        "mark.title-is-host",
        html_of("<title>www.lantern-weekly.example</title><p>Kraa.</p>"),
        html_of("<title>Lantern weekly</title><p>Kraa.</p>"),
    ),
    (vendors.headers, "vendor.blocked-header", page_of(status=403, headers=CHALLENGE), page_of(status=403)),
    (
        vendors.marks,
        "vendor.blocked",
        html_of('<div id="px-captcha"></div>'),
        html_of('<div id="px-captcha"></div>' + PROSE),
    ),
    (vendors.captchas, "vendor.captcha", html_of(CAPTCHA), html_of(CAPTCHA + PROSE)),
    (vendors.marks, "vendor.parked", html_of(PARKING), html_of(PARKING + PROSE)),
    (forms.password, "form.password", html_of(FIELD), html_of(FIELD + PROSE)),
    (forms.sign_in, "form.sign-in", html_of(SSO), html_of(SSO + PROSE)),
    (forms.consent, "form.consent", html_of(CONSENT), html_of(CONSENT + PROSE)),
    (forms.not_free, "paywall.declared", html_of(NOT_FREE + "<p>A teaser.</p>"), html_of(NOT_FREE + PROSE)),
    (
        forms.not_free,
        "paywall.declared",
        html_of('<meta property="article:content_tier" content="locked"><p>A teaser.</p>'),
        html_of('<meta property="article:content_tier" content="free"><p>A teaser.</p>'),
    ),
    (forms.wall, "paywall.markup", html_of(WALL), html_of(WALL + PROSE)),
    (forms.wall, "paywall.markup", html_of(WALL), html_of('<p>A brief.</p><div class="row non-paywall">…</div>')),
    (
        shells.boots,
        "shell.leads-away",
        html_of(LEADS_AWAY),
        html_of(f"<script>{'count(1);' * 200}location.replace('/')</script>"),
    ),
    (shells.nothing, "shell.nothing", page_of(" \n"), html_of("<p>Something to read.</p>")),
    (shells.mount, "shell.script", html_of(ROOT.format("")), html_of(ROOT.format("A story"))),
    (shells.boots, "shell.script", html_of(FLUTTER), html_of(FLUTTER + PROSE)),
    (shells.boots, "shell.leads-away", html_of(LEADS_AWAY), html_of(LEADS_AWAY + PROSE)),
    (shells.frames, "shell.frames", page_of(FRAMES), html_of("<p>A page without frames.</p>")),
    (shells.asks_for_script, "shell.asks-for-script", html_of(NOSCRIPT), html_of(NOSCRIPT + PROSE)),
    (
        structure.article_data,
        "life.article-data",
        html_of(LD.format('{"@type": "NewsArticle", "headline": "Bridge"}')),
        html_of(LD.format('{"@type": "WebSite", "name": "Lantern"}')),
    ),
    (
        structure.article_type,
        "life.article-type",
        html_of('<meta property="og:type" content="article">'),
        html_of('<meta property="og:type" content="website">'),
    ),
    (
        structure.date,
        "life.date",
        html_of('<meta property="article:published_time" content="2026-01-01">'),
        html_of('<meta property="article:published_time" content="">'),
    ),
    (
        structure.canonical,
        "life.canonical",
        html_of(f'<link rel="canonical" href="{URL}">'),
        html_of('<link rel="canonical" href="/">'),
    ),
    (
        structure.heading_agrees,
        "life.heading-agrees",
        html_of("<title>Old bridge reopens | Lantern</title><h1>Old bridge reopens</h1>"),
        html_of("<title>Old bridge reopens | Lantern</title><h1>Lantern and more</h1>"),
    ),
    (
        structure.time,
        "life.time",
        html_of('<p><time datetime="2026-11-20T12:00">yesterday</time></p>'),
        html_of('<ul><li><time datetime="2026-11-20T12:00">yesterday</time></li></ul>'),
    ),
    (
        structure.author,
        "life.author",
        html_of('<meta name="author" content="Ada Lamp">'),
        html_of('<meta name="author" content="">'),
    ),
    (
        structure.prose,
        "life.prose-under-message",
        html_of(f"<title>Page not found</title><h1>Page not found</h1>{PROSE}"),
        html_of(f"<title>Bridge reopens</title><h1>Bridge reopens</h1>{PROSE}"),
    ),
    (
        structure.prose,
        "life.long-running",
        html_of(PROSE),
        html_of("".join(f"<section><div>{part}</div></section>" for part in PROSE.split("</p>"))),
    ),
    (
        structure.prose,
        "life.unbroken",
        html_of("<br>".join(f"A line of a song, {number}" for number in range(30))),
        html_of(
            "<br>".join(f'A line of a song, {number}<p><a href="/">and more of it</a></p>' for number in range(30))
        ),
    ),
    (structure.prose, "life.long-prose", html_of(PROSE), html_of("<p>Few words.</p>")),
    (
        structure.other_media,
        "life.file",
        page_of(b"%PDF-1.7 \xff", headers=PDF),
        page_of(b"<p>Markup.</p>"),
    ),
]


def _name(case: object) -> str | None:
    """Name a sign by its module and its function."""
    return f"{case.__module__.rpartition('.')[2]}.{case.__name__}" if hasattr(case, "__name__") else None


@pytest.mark.parametrize(("sign", "rule", "page"), [(sign, rule, yes) for sign, rule, yes, _ in CASES], ids=_name)
def test_sign_speaks(sign: Sign, rule: str, page: Page) -> None:
    """A sign sees what it is made for, with evidence and a weight above nothing."""
    found = {one.rule: one for one in sign(document_of(page))}
    assert rule in found
    assert found[rule].evidence
    assert found[rule].weight > 0


@pytest.mark.parametrize(("sign", "rule", "page"), [(sign, rule, no) for sign, rule, _, no in CASES], ids=_name)
def test_sign_is_silent(sign: Sign, rule: str, page: Page) -> None:
    """A sign does not see what is not there."""
    assert rule not in {one.rule for one in sign(document_of(page))}


def test_every_sign_is_tried() -> None:
    """Every sign of the table of verdicts has its cases here, but for those that look at the site (test_site.py)."""
    assert {sign for sign, *_ in CASES} == set(SIGNS) - set(site.SIGNS)


@pytest.mark.parametrize("sign", SIGNS, ids=_name)
def test_no_sign_fails_on_nothing(sign: Sign) -> None:
    """No sign fails on a page without an answer, without a body, or without markup."""
    pages = [page_of(status=None, error=None), page_of(""), page_of(b"\x00\xff", headers=PDF), page_of("<")]
    for page in pages:
        assert all(one.points_to in Liveness for one in sign(document_of(page)))
