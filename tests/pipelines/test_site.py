"""What is remembered of a site, and what it says of a page."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.model import Liveness, MissingPage, SiteProfile
from pipelines.flow import process, process_probe
from pipelines.imprint import main_text_of
from tests.pipelines.documents import PROSE, document_of, page_of

HOST = "https://www.lantern.example"
WORD = "qzvhwkpdxmrtbnlcjgfsyeoau"
ASKED = f"{HOST}/news/{WORD}"
STORY = f"{HOST}/news/the-mill-burns-again"

NOTICE = (
    "<title>Lantern</title><h1>Sorry</h1><p>{}The story you want has left the building, and we do not know when.</p>"
)

SITES = {
    "en": (
        "Sorry | The Lantern",
        "Well, this is odd",
        "Whatever stood here has left the building, and so have all of us.",
    ),
    "sw": ("Pole | Taa", "Samahani sana", "Habari uliyotafuta haiko hapa tena, tafadhali rudi mwanzo wa tovuti yetu."),
    "eu": ("Barkatu | Argia", "Hara!", "Bilatzen ari zaren albistea ez dago hemen dagoeneko, joan zaitez hasierara."),
    "ja": (
        "ごめん｜灯火",
        "ごめんなさい",
        "この場所にあった記事はもうここにはないようです。どうぞ表紙からもう一度たどってみてください。",
    ),
    "ar": ("عذرا | المصباح", "عذرا جدا", "الخبر الذي تبحث عنه لم يعد هنا، تفضل بالعودة إلى بداية الموقع من جديد."),
}
"""Titles, headings and sentences of missing pages that no table of phrases need know."""

STORIES = tuple(f"The council votes on the {what} after a long night" for what in ("harbour", "mill", "bridge", "tram"))
OTHER_STORIES = tuple(
    f"Three men row to the {what} and come home with nothing" for what in ("island", "reef", "pier", "lock")
)


def missing_markup(language: str = "en", extra: str = "", stories: tuple[str, ...] = STORIES) -> str:
    """Return a site's missing page, with its latest stories and what it says of the address."""
    title, heading, sentence = SITES[language]
    cards = "".join(
        f"<div class=card><h3><a href=/s>{story}</a></h3><p class=blurb>{story}, says {story} at length.</p></div>"
        for story in stories
    )
    return f"<title>{title}</title><h1>{heading}</h1><p>{sentence}</p>{extra}<div class=latest>{cards}</div>"


def probe_of(markup: str, *, status: int = 200, url: str = ASKED) -> MissingPage:
    """Return what is remembered when the address that cannot exist is answered so."""
    found = process_probe(page_of(markup, status=status, url=url, requested_url=ASKED)).missing_page
    assert found is not None
    return found


def judged(markup: str, missing: MissingPage, *, url: str = STORY, requested_url: str | None = None) -> Liveness:
    """Return the verdict on a page of the site whose missing page this is."""
    page = page_of(markup, url=url, requested_url=requested_url)
    return process(page, SiteProfile("www.lantern.example", missing)).verdict.liveness


def rules_of(markup: str, missing: MissingPage, url: str = STORY) -> set[str]:
    """Return the rules of the site's memory that speak of a page."""
    signals = process(page_of(markup, url=url), SiteProfile("www.lantern.example", missing)).verdict.signals
    return {one.rule for one in signals if one.rule.startswith("site.")}


ARTICLE = f"<title>The mill burns | The Lantern</title><h1>The mill burns</h1>{PROSE}"
DATED = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-20">'
ELSEWHERE = f'<link rel="canonical" href="{HOST}/news/mill">'

ANSWERS = (
    ("status", missing_markup(), 404, ASKED),
    ("status", ARTICLE, 410, ASKED),
    ("unknown", missing_markup(), 503, ASKED),
    ("unknown", missing_markup(), 403, ASKED),
    ("unknown", "<title>Just a moment...</title><h1>Checking your browser before accessing</h1>", 200, ASKED),
    ("unknown", "<title>Log in</title><h1>Log in</h1><form><input type=password></form>", 200, ASKED),
    ("unknown", "<title>Maintenance</title><h1>We are down for maintenance</h1>", 200, ASKED),
    ("unknown", "<div id=root></div><script src=app.js></script>", 200, ASKED),
    ("home", missing_markup(), 200, f"{HOST}/"),
    ("home", missing_markup(), 200, f"{HOST}/en/"),
    ("page", missing_markup(), 200, f"{HOST}/404.html"),
    ("page", f"<h1>Page not found</h1>{PROSE}", 200, ASKED),
    ("page", f"<h1>Nothing for {WORD}</h1>{PROSE}", 200, ASKED),
    ("page", f"<title>The Lantern</title>{missing_markup('en')}", 200, ASKED),
    ("story", ARTICLE, 200, ASKED),
    ("story", f"{DATED}<title>The mill</title><h1>The mill</h1><p>It burned for three days.</p>", 200, ASKED),
    ("story", f"{ELSEWHERE}<title>The mill</title><p>It burned for three days, and nobody came.</p>", 200, ASKED),
    ("story", ARTICLE, 200, f"{HOST}/news/mill"),
)


@pytest.mark.parametrize(("answer", "markup", "status", "url"), ANSWERS)
def test_answer_to_a_probe(answer: str, markup: str, status: int, url: str) -> None:
    """An answer to an address that cannot exist is told by status, redirect, wall, article, or else is a page."""
    assert probe_of(markup, status=status, url=url).answer == answer


def test_no_answer_teaches_nothing() -> None:
    """A probe that got no answer is unknown."""
    found = process_probe(page_of(status=None, url=ASKED, error="timeout")).missing_page
    assert found is not None
    assert found.answer == "unknown"


@pytest.mark.parametrize("language", SITES)
def test_missing_page_is_known_again_in_any_language(language: str) -> None:
    """A site's missing page is a soft 404 in any language, with other stories beside it."""
    missing = probe_of(missing_markup(language))
    assert missing.answer == "page"
    assert judged(missing_markup(language, stories=OTHER_STORIES), missing) is Liveness.SOFT_404


LONGER = "Whatever stood here has left the building, and so have all of us."

VARIES = (
    (f"<p>Nothing at {ASKED}, whatever you try.</p>", f"<p>Nothing at {STORY}, whatever you try.</p>"),
    (f"<p>We searched for “{WORD}”.</p>", "<p>We searched for “The mill burns again”.</p>"),
    ("<p>It is Tuesday, November 3, 2026, 14:03.</p>", "<p>It is Friday, December 14, 2026, 9:12.</p>"),
    ("<p>Request 7f3a-99b2-c0de-4411 of 10.2.3.4.</p>", "<p>Request 19cc-04aa-bead-f00d of 10.9.9.1.</p>"),
    ("<p>Incident 00ab93ffed12.</p>", "<p>Incident 9de1ab77c0ff.</p>"),
)


@pytest.mark.parametrize(("then", "now"), VARIES)
def test_what_varies_is_not_own_text(then: str, now: str) -> None:
    """Echoed addresses and words, dates and ids make the same line on the missing page and on another."""
    missing = probe_of(missing_markup(extra=then))
    assert "site.missing-page" in rules_of(missing_markup(extra=now), missing)
    one, other = (
        main_text_of(document_of(page_of(f"<h1>Odd</h1>{line.replace('</p>', f' {LONGER}</p>')}", url=url)))
        for line, url in ((then, ASKED), (now, STORY))
    )
    assert one is not None
    assert one == other


LIVE = {
    "an article": ARTICLE,
    "a short item": "<title>Mill | The Lantern</title><h1>The mill burns</h1><p>" + "It burned all night. " * 15,
    "a short item under the site's title": missing_markup("en").replace(
        SITES["en"][2], "The mill burned all night. " * 12
    ),
    "an article with its markup": f"{DATED}<title>The mill | The Lantern</title><p>It burned.</p>",
    "a gallery": "<title>Mills at dusk | The Lantern</title><h1>Mills at dusk</h1>" + "<img src=a.jpg>" * 20,
}


@pytest.mark.parametrize("what", LIVE)
def test_live_page_is_not_touched(what: str) -> None:
    """What has text, a heading or article markup of its own is judged as if no missing page were known."""
    assert rules_of(LIVE[what], probe_of(missing_markup())) == set()


def test_front_page_shown_in_place() -> None:
    """A front page that stands for unknown addresses is dead there, and live at its own address and by its section."""
    front = missing_markup("sw", stories=STORIES)
    missing = probe_of(front)
    assert judged(front, missing) is Liveness.SOFT_404
    assert rules_of(front, missing, url=f"{HOST}/") == set()
    assert rules_of(front.replace("Samahani sana", "Michezo"), missing, url=f"{HOST}/michezo") == set()


def test_page_that_unknown_addresses_lead_to() -> None:
    """The page that a probe was led to is live when asked for, and dead when another address leads there."""
    markup = missing_markup("eu")
    missing = probe_of(markup, url=f"{HOST}/sorry")
    assert missing.answer == "page"
    page = page_of(markup, url=f"{HOST}/sorry")
    assert process(page, SiteProfile("h", missing)).verdict == process(page).verdict
    assert judged(markup, missing, url=f"{HOST}/sorry", requested_url=STORY) is Liveness.SOFT_404


@pytest.mark.parametrize(("answer", "markup", "status", "url"), [case for case in ANSWERS if case[0] != "page"])
def test_other_answers_say_nothing(answer: str, markup: str, status: int, url: str) -> None:
    """A probe that brought no page of the site's own says nothing of other pages."""
    missing = probe_of(markup, status=status, url=url)
    assert (missing.answer, rules_of(markup, missing)) == (answer, set())


text = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Lo")), min_size=1, max_size=30)


@settings(deadline=None, max_examples=50)
@given(st.lists(text, min_size=3, max_size=12), text)
def test_missing_page_is_itself(words: list[str], heading: str) -> None:
    """A page is its site's missing page again unless it stands at the front page's address; an article is not."""
    markup = f"<title>{heading} - Taa</title><h1>{heading}</h1><p>{' '.join(words)}</p>"
    missing = probe_of(markup)
    assume(missing.answer == "page")
    assert "site.missing-page" in rules_of(markup, missing, url=ASKED)
    assert rules_of(markup, missing, url=f"{HOST}/") == set()
    body = "<p>" + "The baker of the upper town rises at three. " * 35 + "</p>"
    own = f"<title>The baker rises - Taa</title><h1>The baker rises</h1>{body}"
    assert judged(own + markup, missing) is Liveness.LIVE


def test_same_text_at_three_addresses_is_dead() -> None:
    """A text that two other addresses of the site carry too makes a page without an article a soft 404."""
    first = process(page_of(NOTICE.format("")))
    assert first.main_text is not None
    site = SiteProfile("www.lantern.example", repeated={first.main_text: 2})
    assert process(page_of(NOTICE.format("")), site).verdict.liveness is Liveness.SOFT_404


def test_another_text_is_not_touched() -> None:
    """A page that says something else is judged as before."""
    first = process(page_of(NOTICE.format("")))
    site = SiteProfile("www.lantern.example", repeated={first.main_text or "": 9})
    page = page_of(f"<h1>Bakers</h1>{PROSE}")
    assert process(page, site).verdict == process(page).verdict


WALLS = (
    (Liveness.LOGIN, "Log in to continue"),
    (Liveness.BLOCKED, "Access denied"),
    (Liveness.PAYWALL, "Subscribe to continue reading"),
)


@pytest.mark.parametrize(("liveness", "heading"), WALLS)
def test_repeated_wall_is_named(liveness: Liveness, heading: str) -> None:
    """A repeated text that says it is a wall points to that wall."""
    asks = "The Lantern is made by people who must eat now and then, and so it has to ask."
    markup = f"<title>{heading}</title><h1>{heading}</h1><p>{asks}"
    digest = process(page_of(markup)).main_text
    assert digest is not None
    signals = process(page_of(markup), SiteProfile("h", repeated={digest: 5})).verdict.signals
    assert [one.points_to for one in signals if one.rule == "site.repeated-text"] == [liveness]


def test_republished_article_stays_live() -> None:
    """An article with its markup and long prose is live at however many addresses it stands: no text is remembered."""
    markup = f"{DATED}{ARTICLE}"
    assert process(page_of(markup)).main_text is None
    digest = main_text_of(document_of(markup))
    assert digest is not None
    assert process(page_of(markup), SiteProfile("h", repeated={digest: 9})).verdict == process(page_of(markup)).verdict


def test_what_is_no_evidence_has_no_main_text() -> None:
    """A gallery with a title alone and an empty page have no main text; each page of a list has its own."""
    assert main_text_of(document_of("<title>Mills at dusk</title><h1>Mills at dusk</h1><img src=a.jpg>")) is None
    assert main_text_of(document_of("<div id=root></div>")) is None
    intro = "<p>All the news of the harbour and the upper town, gathered by those who live there.</p>"
    pages = {main_text_of(document_of(f"<title>News, page {number}</title>{intro}")) for number in range(1, 5)}
    assert len(pages) == 4
