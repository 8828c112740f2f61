"""The newspapers that the benchmarks of crawls make up, and what these reckon of them."""

from __future__ import annotations

from benchmarks.newsroom_day import found, needless
from benchmarks.newsroom_web import FEED, MINUTES, SITEMAP, Fate, Trouble, newsroom, unchanging
from benchmarks.second_pass import measure
from benchmarks.web_server import Visit

ORIGIN = "http://127.0.1.1:80"


def test_fates_of_articles() -> None:
    """Of the articles 5 % are edited and 3 % die, half of them with status 200, all of them within a day."""
    web = newsroom(50, 5000)
    assert (web.stories(), web.stories(Fate.EDITED)) == (5000, 250)
    soft, hard = web.stories(Fate.SOFT), web.stories(Fate.MISSING) + web.stories(Fate.GONE)
    assert soft + hard == 150
    assert 55 < soft < 95
    fates = [story for site in web.sites for story in site.stories if story.fate is not Fate.STAYS]
    assert all(120 <= story.fate_at - story.published <= MINUTES for story in fates)
    assert newsroom(50, 5000) == web


def test_answers_follow_the_clock() -> None:
    """An article is missing before its publication, there after it, and what its fate says after that."""
    web = newsroom(20, 2000)
    for fate, status in ((Fate.EDITED, 200), (Fate.SOFT, 200), (Fate.MISSING, 404), (Fate.GONE, 410)):
        site, story = next(
            (site, story)
            for site in web.sites
            for story in site.stories
            if story.fate is fate and site.trouble is Trouble.NONE
        )
        times = (story.published - 0.1, story.published, story.fate_at)
        before, there, after = (site.answer(ORIGIN, story.path, {}, now, 1) for now in times)
        assert before is not None
        assert there is not None
        assert after is not None
        assert before.status == (200 if site.soft else 404)
        assert (there.status, after.status) == (200, status)
        assert b"<article>" in there.body
        assert (b"<article>" in after.body) is (fate is Fate.EDITED)
        assert after.body != there.body


def test_listings_name_what_is_out() -> None:
    """A listing names what has been published by then, and answers 304 to who has seen it, if its site can."""
    for site in newsroom(9, 900).sites[3:]:
        for path in site.listings:
            first = site.answer(ORIGIN, path, {}, 700, 1)
            assert first is not None
            named = {story for story in site.stories if (ORIGIN + story.path).encode() in first.body}
            assert named == set(site.published(700)[-40:] if path == FEED else site.published(700))
            fields = dict(first.fields)
            known = {"if-none-match": fields.get("ETag", ""), "if-modified-since": fields.get("Last-Modified", "")}
            again, later = (site.answer(ORIGIN, path, known, now, 2) for now in (700, 1430))
            assert again is not None
            assert later is not None
            assert (again.status, later.status) == (304 if fields else 200, 200)


def test_troubles_begin_and_end() -> None:
    """Of the sites in trouble one challenges for its articles, one forbids all, one says nothing, until it is over."""
    challenges, forbids, stalls = newsroom(5, 500).sites[:3]
    for site, article, listing in ((challenges, 403, 200), (forbids, 403, 403), (stalls, None, None)):
        path = site.stories[0].path
        answers = [site.answer(ORIGIN, asked, {}, now, 1) for now in (800, 1100) for asked in (path, SITEMAP)]
        assert [one and one.status for one in answers] == [article, listing, 200, 200]


def test_what_is_fetched_needlessly() -> None:
    """An article that was had and is asked for again counts, under whatever marks; one that was refused does not."""
    (site,) = unchanging(1, 3, validators=True).sites
    stories = {(site.host, story.path): (site, story) for story in site.stories}
    one, two, _ = (story.path for story in site.stories)
    asked = ((one, 200), (f"{one}?utm_source=rss", 200), (two, 403), (two, 200), (FEED, 200), (FEED, 200))
    assert needless([Visit(site.host, path, 0, status, 1) for path, status in asked], stories) == 1


def test_precision_and_recall() -> None:
    """Precision is the share of what was said that is true, recall the share of what is true that was said."""
    names = [("a", f"/{number}") for number in range(5)]
    figures = found(set(names[:4]), set(names[3:]))
    assert figures == {"true": 2, "said": 4, "precision": 0.25, "recall": 0.5}


def test_a_second_pass_and_a_recheck() -> None:
    """With the clock moved on, a second pass asks for no article, and a recheck after a day for each."""
    passes = measure(3, 4, validators=True)
    assert [(row["articles"], row["unchanged"]) for row in passes.values()] == [(12, 0), (0, 0), (12, 12)]
    assert passes["second"]["sent"] < 0.1 * passes["first"]["sent"]
