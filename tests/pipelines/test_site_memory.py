"""What a page leaves in its site's memory, what memory takes out of the next page, and what it never does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.model import Article, MissingPage, Page, SiteProfile, Trace
from archive.site_memory import Remembered
from archive.trace import pack
from crawler import memory
from pipelines import site_memory
from pipelines.flow import process
from pipelines.imprint import digest_of
from pipelines.site_memory import MISSING_PAGE_LINE, SITE_LINE, SITE_PLACE, digest_of_line, known_of, words_of

URL = "https://www.lantern.example/2026/11/old-bridge-reopens"
TITLE = "Old bridge reopens to walkers after nine winters"
FIRST = (
    "The old bridge over the mill race opened to walkers on Saturday morning, nine winters after a storm took two of "
    "its five arches, and the first to cross it was the carpenter who had drawn the plans for its repair in his "
    "kitchen. The town paid for the stone, a farmer gave the oak, and the pupils of the school carried the gravel."
)
SECOND = (
    "Nobody is to drive on it again, the mayor said, for a bridge that has been saved once should not have to be saved "
    "twice; the lorries go round by the new road, as they have done since the storm, and take four minutes longer. Two "
    "benches stand at its middle, where the river can be heard, and a lamp that burns until the last ferry has gone."
)
PROSE = (FIRST, SECOND)
ARTICLE = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-24">'
LINE = "Enjoying this story? The Lantern comes by post to every valley."


def markup(*between: str, after: tuple[str, ...] = (), head: str = "") -> str:
    """Return an article of two paragraphs, with elements between and after them."""
    body = f"<p>{PROSE[0]}</p>{''.join(between)}<p>{PROSE[1]}</p>{''.join(after)}"
    return (
        f'<html lang="en"><head><title>{TITLE}</title>{ARTICLE}{head}</head>'
        f"<body><main><article><h1>{TITLE}</h1>{body}</article></main></body></html>"
    )


def declaring(body: str) -> str:
    """Return what declares the body of an article in its page's head."""
    said = json.dumps({"@type": "NewsArticle", "articleBody": body})
    return f'<script type="application/ld+json">{said}</script>'


def read(html: str, site: SiteProfile | None = None) -> Article:
    """Return the article of a page."""
    page = Page(URL, URL, datetime(2026, 11, 24, tzinfo=UTC), 200, (), html.encode())
    done = process(page, site)
    assert done.fault is None
    assert done.article is not None
    return done.article


def is_article(html: str) -> bool:
    """Whether a page has a text to read."""
    return process(Page(URL, URL, datetime(2026, 11, 24, tzinfo=UTC), 200, (), html.encode())).article is not None


def traces(html: str) -> tuple[Trace, ...]:
    """Return what a page leaves."""
    return process(Page(URL, URL, datetime(2026, 11, 24, tzinfo=UTC), 200, (), html.encode())).traces


def repeating(*lines: str, others: int = 2, pages: int = 2) -> SiteProfile:
    """Return what is known of a site of which so many of other pages have these lines."""
    return SiteProfile("h", blocks={digest_of_line(words_of(line)): others for line in lines}, pages=pages)


def taken_out(html: str, site: SiteProfile) -> list[tuple[str, str]]:
    """Return what memory took out, and check that the rest is what it was without it."""
    before, after = read(html), read(html, site)
    gone = [(one.rule, one.text) for one in after.removed if one.rule in memory.OF_THE_SITE]
    lines = {text for _, text in gone}
    assert after.text.split("\n") == [line for line in before.text.split("\n") if line.strip() not in lines]
    assert not any(text in after.markdown for text in lines)
    return gone


def test_the_rules_that_rerun_knows_are_these() -> None:
    """What rerun keeps out of an old page are lines of exactly the rules that go by memory."""
    assert {SITE_LINE, SITE_PLACE, MISSING_PAGE_LINE} == memory.OF_THE_SITE


def test_a_line_of_two_other_addresses() -> None:
    """With two other addresses a line is the site's, wherever it stands; with one it is not."""
    inside, below = markup(f"<p>{LINE}</p>"), markup(after=(f"<p>{LINE}</p>",))
    for html in (inside, below):
        assert taken_out(html, repeating(LINE)) == [(SITE_LINE, LINE)]
        assert taken_out(html, repeating(LINE, others=1)) == []


def test_between_paragraphs_it_must_be_usual() -> None:
    """In the text a line goes if a third of the site's pages have it; below it, three addresses of sixty are enough."""
    inside, below = markup(f"<p>{LINE}</p>"), markup(after=(f"<p>{LINE}</p>",))
    assert taken_out(inside, repeating(LINE, others=2, pages=59)) == []
    assert taken_out(inside, repeating(LINE, others=19, pages=59)) == [(SITE_LINE, LINE)]
    assert taken_out(below, repeating(LINE, others=2, pages=59)) == [(SITE_LINE, LINE)]


@pytest.mark.parametrize("line", ["Two cups of flour, 300 g", "Harbour", "Walk: 4 miles"])
def test_what_says_little_must_be_usual(line: str) -> None:
    """Figures and single words are the site's only where a third of its pages have them."""
    html = markup(after=(f"<p>{line}</p>",))
    assert taken_out(html, repeating(line, others=2, pages=59)) == []
    assert taken_out(html, repeating(line, others=19, pages=59)) == [(SITE_LINE, line)]


def test_figures_do_not_tell_lines_apart() -> None:
    """A line that differs from another page's in its figures alone is the same line."""
    html = markup(after=("<p>Checked by the night desk on 24 November 2026</p>",))
    gone = taken_out(html, repeating("Checked by the night desk on 3 November 2025"))
    assert [rule for rule, _ in gone] == [SITE_LINE]


def test_headings_stay_with_what_they_head() -> None:
    """A repeated heading, or a line that ends with a colon, stays with something below it, and goes with what goes."""
    own = "The miller, who is ninety, watched from her window and waved."
    for first in ("<h2>What we know about it so far</h2>", "<p>What we know about it so far:</p>"):
        line = first[4:-5] if "h2" in first else first[3:-4]
        assert taken_out(markup(after=(first, f"<p>{own}</p>")), repeating(line)) == []
        gone = taken_out(markup(after=(first, f"<p>{LINE}</p>")), repeating(line, LINE))
        assert gone == [(SITE_LINE, line), (SITE_LINE, LINE)]


def test_the_page_s_own_stays() -> None:
    """Title, standfirst and declared body stay, though every other address of the site has them."""
    standfirst = "Nine winters after the storm, walkers can cross the mill race again."
    quoted = "It is the best bridge that we have, and the only one, said the miller."
    head = f'<meta name="description" content="{standfirst}">{declaring(quoted)}'
    html = markup(f"<p>{standfirst}</p>", f"<p>{quoted}</p>", after=(f"<p>{TITLE}</p>",), head=head)
    assert taken_out(html, repeating(standfirst, quoted, TITLE, others=50, pages=50)) == []


def test_most_of_an_article_stays() -> None:
    """Where most of an article is known, none of it goes."""
    lines = [f"The {name} has been mended, and stands where it stood before." for name in ("weir", "mill", "lamp")]
    html = f"<html><head><title>{TITLE}</title></head><body><article>{''.join(f'<p>{one}</p>' for one in lines)}"
    assert taken_out(html, repeating(*lines[:2], others=50, pages=50)) == []
    assert taken_out(html, repeating(lines[0], others=50, pages=50)) == [(SITE_LINE, lines[0])]


def test_lines_of_the_missing_page() -> None:
    """What the missing page shows too is no part of an article."""
    missing = MissingPage(URL, URL, datetime(2026, 11, 1, tzinfo=UTC), "page", blocks=(digest_of(LINE),))
    html = markup(after=(f"<p>{LINE}</p>",))
    assert taken_out(html, SiteProfile("h", missing)) == [(MISSING_PAGE_LINE, LINE)]


def promoted(number: int, *, linked: bool) -> str:
    """Return an article with an offer in a place of its own: a link alone, which extraction leaves out, or words."""
    words = f"Oilskins in colour {chr(97 + number) * 4}, at the counter while the boats are in"
    offer = f'<a href="/shop/{number}">{words}</a>' if linked else words
    return markup(f'<div class="counter"><p>{offer}</p></div>').replace(TITLE, f"{TITLE}, part {number}")


def learned(*pages: str) -> SiteProfile:
    """Return what is known of a site by these pages of it."""
    known = Remembered((str(at), at, bytes([at]), pack(traces(html))) for at, html in enumerate(pages))
    return SiteProfile("h", blocks=known.blocks(""), pages=known.pages(""), places=known.places(""))


def test_a_place_of_noise() -> None:
    """Where three pages had nothing but offers, the fourth's words are one; after two pages nobody knows."""
    html = promoted(9, linked=False)
    assert [rule for rule, _ in taken_out(html, learned(*(promoted(one, linked=True) for one in range(3))))] == [
        SITE_PLACE
    ]
    assert taken_out(html, learned(*(promoted(one, linked=True) for one in range(2)))) == []


def test_a_place_of_the_body_is_none() -> None:
    """A place where one page has long prose is no place of noise, whatever stands there on the others."""
    prose = markup(f'<div class="counter"><p>{PROSE[0][::-1]}</p></div>').replace(TITLE, "Bridge in a mirror")
    pages = [*(promoted(one, linked=True) for one in range(3)), prose]
    assert taken_out(promoted(9, linked=False), learned(*pages)) == []


def test_a_list_of_stories_leaves_nothing() -> None:
    """What a section page repeats of its stories teaches nothing: it is their own."""
    story = '<div><h2><a href="/{0}">Story {0} of this morning</a></h2><p>{1}</p></div>'
    teasers = "".join(story.format(number, f"{LINE} {'So it goes on. ' * 5}") for number in range(6))
    listing = f"<html><head><title>Valley news</title></head><body><main><h1>Valley</h1>{teasers}</main></body></html>"
    assert traces(listing) == ()
    assert traces(markup()) != ()


def test_what_memory_takes_out_leaves_the_same_traces() -> None:
    """A page teaches its site the same, whether memory cleaned it or not."""
    html = markup(f"<p>{LINE}</p>", after=(f"<p>{LINE}</p>",))
    page = Page(URL, URL, datetime(2026, 11, 24, tzinfo=UTC), 200, (), html.encode())
    assert process(page, repeating(LINE)).traces == process(page).traces != ()


_LINES = st.sampled_from((LINE, TITLE, *PROSE, "Share", "- Salt", "1. 2. 3.", "Read more:", "Ein Satz für sich."))


@settings(max_examples=40, deadline=None)
@given(st.lists(_LINES | st.text(max_size=30), min_size=1, max_size=8), st.integers(2, 60), st.booleans())
def test_whatever_is_known_the_proven_stays(lines: list[str], others: int, declare: bool) -> None:  # noqa: FBT001 - hypothesis passes it by place
    """Of any page, whatever its site repeats, the long prose stays, and the title stands in the text as before."""
    html = markup(*(f"<p>{escape(line)}</p>" for line in lines), head=declaring(LINE) if declare else "")
    assume(is_article(html))  # it may say that its domain is for sale
    site = repeating(*lines, *PROSE, TITLE, others=others, pages=others)
    before, after = read(html), read(html, site)
    kept = after.text.split("\n")
    assert [line for line in before.text.split("\n") if len(line) > site_memory.LONGEST_NOISE] == [
        line for line in kept if len(line) > site_memory.LONGEST_NOISE
    ]
    assert before.text.count(TITLE) == after.text.count(TITLE)
    if declare:
        assert before.text.count(LINE) == after.text.count(LINE)


def test_nothing_known_is_nothing_taken_out() -> None:
    """Without a profile, or with an empty one, there is nothing to hold lines against."""
    assert not known_of(None)
    assert not known_of(SiteProfile("h"))
