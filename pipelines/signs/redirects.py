"""Where the address led: from the one asked for to the one that answered, and to the one the page calls its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import has_article_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|homepage|main|start|startseite|startsida|accueil|inicio"
    r"|portada|home-page|strona-glowna|hlavni-stranka|etusivu|forside|anasayfa|glavnaya|pocetna)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
"""Paths that are a site's front page, with or without a language before them."""

MISSING = re.compile(
    r"(?:^|[/_.-])(?:404|410|error-?404|err404|not-?found|page-?not-?found|pagenotfound|notfound|missing|gone|error-?page"
    r"|seite-nicht-gefunden|nicht-gefunden|fehler-?404|introuvable|page-introuvable|erreur-?404|no-encontrad[ao]"
    r"|non-trovat[ao]|nao-encontrad[ao]|niet-gevonden|hittades-inte|ikke-fundet|ikke-funnet|ei-loydy|nie-znaleziono"
    r"|nenalezeno|nenajdene|nem-talalhato|pagina-inexistenta|bulunamadi|ne-najdeno|nije-pronadjen[ao]?)"
    r"(?:$|[/_.?-])",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|sso|oauth2?|auth|anmelden|anmeldung|einloggen|connexion|se-connecter|identification"
    r"|iniciar-sesion|acceder|accedi|entrar|inloggen|logga-in|logg-inn|log-ind|kirjaudu|zaloguj|logowanie|prihlaseni"
    r"|prihlasenie|bejelentkezes|autentificare|prijava|giris|uye-girisi|masuk|dang-nhap)"
    r"(?:$|[/._?-])",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"(?:^|[/._-])(?:consent|cookie-?wall|guce|privacy-?(?:gate|wall)|zustimmung|pur-?abo|cookie-?consent)(?:$|[/._?-])",
    re.IGNORECASE,
)

_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_NO_PROSE = 400


def landing(document: Document) -> Iterator[Signal]:
    """See what kind of address a redirect ended on."""
    page = document.page
    asked, got = _split(page.requested_url), _split(page.url)
    if asked is None or got is None or _same(asked, got):
        return
    way = f"{page.requested_url} led to {page.url}"
    place = unquote(f"{got.hostname}{got.path}")
    if MISSING.search(unquote(got.path)) and not MISSING.search(unquote(asked.path)):
        yield signal("redirect.missing-page", Liveness.SOFT_404, way)
    elif LOGIN.search(place) and not LOGIN.search(unquote(asked.path)):
        yield signal("redirect.login", Liveness.LOGIN, way)
    elif CONSENT.search(place) and not CONSENT.search(unquote(asked.path)):
        yield signal("redirect.consent", Liveness.CONSENT, way)
    elif _is_home(got) and not _is_home(asked):
        yield signal("redirect.home", Liveness.MOVED, way)
    elif _slug(asked) and _slug(asked) not in unquote(got.path).lower():
        yield signal("redirect.elsewhere", Liveness.MOVED, way)


def refresh(document: Document) -> Iterator[Signal]:
    """See a page without an article that sends browsers to a front page."""
    target = document.said("refresh")
    if target is None or document.outline.prose >= _NO_PROSE:
        return
    found = _REFRESH.match(target)
    address = document.absolute(found[1]) if found else None
    asked, got = _split(document.page.url), _split(address or "")
    if asked is not None and got is not None and _is_home(got) and not _is_home(asked):
        yield signal("redirect.refresh-home", Liveness.MOVED, f"a meta refresh leads to {address}")


def own_address(document: Document) -> Iterator[Signal]:
    """See a page, with no mark of an article, that gives another address of its site as its own.

    Of 1,700 articles one says so falsely of the front page, and three of another page (development pages, 2026-11).
    """
    asked, own = _split(document.page.requested_url), _split(document.canonical or document.said("og:url") or "")
    if asked is None or own is None or _host(asked) != _host(own) or has_article_marks(document) or _is_home(asked):
        return
    if _is_home(own):
        yield signal("redirect.own-address-home", Liveness.MOVED, f"the page calls its own address {own.geturl()}")
    elif _slug(asked) and _slug(own) and _slug(asked) not in _place(own) and _slug(own) not in _place(asked):
        yield signal("redirect.own-address-elsewhere", Liveness.MOVED, f"the page calls its own address {own.geturl()}")


def _place(parts: SplitResult) -> str:
    """Return all of an address that may name an article, without its escapes."""
    return unquote(f"{parts.path}?{parts.query}").lower()


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address; None for one that is not of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _same(one: SplitResult, other: SplitResult) -> bool:
    """Whether two addresses are the same but for scheme, www and a closing slash."""
    return (_host(one), one.path.rstrip("/"), one.query) == (_host(other), other.path.rstrip("/"), other.query)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _is_home(parts: SplitResult) -> bool:
    return HOME.fullmatch(parts.path) is not None and not re.search(
        r"(?:^|&)(?:p|id|page_id|article|story)=", parts.query
    )


def _slug(parts: SplitResult) -> str:
    """Return the last part of a path without its ending; what a site keeps when it renames folders."""
    return unquote(parts.path).rstrip("/").rpartition("/")[2].lower().partition(".")[0]


SIGNS: tuple[Sign, ...] = (landing, refresh, own_address)
