"""The whole pure half: it answers for every page, says what failed, and is bounded whatever it is given."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Liveness
from pipelines.flow import process, process_without_body
from pipelines.options import ProcessOptions
from tests.pipelines.documents import HTML, PROSE, SENTENCE, URL, page_of

BOUNDS = ProcessOptions()
HOME = "https://www.lantern.example/"
_PIECES = st.sampled_from(
    [
        *(
            "<html lang=",
            "<head>",
            "<title>",
            "</title>",
            "<body hidden>",
            "<h1>",
            "<p>",
            "</p>",
            "<article>",
            "<table>",
        ),
        *(
            "<tr>",
            "<li>",
            "<a href='//[::1'>",
            "<base href='http://['>",
            "<!--",
            "-->",
            "<![CDATA[",
            "&#0;",
            "&#x110000;",
        ),
        *(
            '<script type="application/ld+json">',
            '{"@graph":[{"@type":',
            "</script>",
            "<meta charset=utf-16>",
            "<time>",
        ),
        *('<meta property="article:published_time" content="0000-99-99">', "<time datetime='9999-12-31T25:61'>"),
        *(
            "\x00",
            "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
            "Page not found",
            SENTENCE,
            "<svg>",
        ),
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=400) | st.lists(_PIECES, max_size=25).map("".join).map(str.encode),
    st.sampled_from([HTML, {}, {"Content-Type": "text/plain"}, {"Content-Type": "text/html; charset=utf-16le"}]),
    st.sampled_from([200, 404, 302, 999, 0, None]),
    st.sampled_from([URL, HOME, "http://[", ""]),
)
def test_every_page_is_answered(body: bytes, headers: dict[str, str], status: int | None, url: str) -> None:
    """Any bytes under any headers, status and address have a verdict, and no tool fails on them."""
    page = page_of(body, headers=headers, status=status, url=url, requested_url=URL)
    done = process(page)
    assert done.verdict.liveness in Liveness
    assert 0.0 <= done.verdict.confidence <= 1.0
    assert done.fault is None


def test_same_page_same_answer() -> None:
    """The same page gives the same answer, word for word."""
    page = page_of(f"<html><title>Bakers</title><article><h1>Bakers</h1>{PROSE}</article></html>")
    assert process(page) == process(page)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "100,000 attributes": (
        b"<html><body><div " + b" ".join(b"a%d=1" % place for place in range(100_000)) + b">x</div>",
        f"more than {BOUNDS.max_attributes:,} attributes",
    ),
    "60,000 deep": (b"<html><body>" + b"<div>" * 60_000 + b"x", ""),
    "60,000 deep inline": (b"<html><body>" + b"<b>" * 60_000 + b"x", ""),
    "1 MB of escaped quotes": (
        b'<html><script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        + b'\\"' * 500_000
        + b"</script><p>x</p>",
        "",
    ),
    "3 MB of paragraphs": (b"<html><body>" + b"<p>x" * 750_000, f"only the first {BOUNDS.max_elements:,} elements"),
    "1 MB without a tag": (b"<html><body><p>" + b"x" * 1_000_000, ""),
    "a title without end": (b"<html><title>" + b"not found " * 50_000, ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_is_bounded(name: str) -> None:
    """A page made to be slow is answered all the same, and the fault says what was cut."""
    body, cut = HOSTILE[name]
    done = process(page_of(body))
    assert done.verdict.liveness in Liveness
    assert cut in (done.fault or "")


_DEEP = '{"a":[' * 10_000
_LONG_BODY = json.dumps({"@type": "Article", "articleBody": SENTENCE * 4_000})
LADEN: dict[str, str] = {
    "30,000 paragraphs": "<p>The baker rises at three, he says.</p>" * 30_000,
    "20,000 links": "".join(f"<p>He sells <a href='/{place}'>bread</a> today.</p>" for place in range(20_000)),
    "3,000 links in one paragraph": f"<p>{'He sells <a href=/x>bread</a> today. ' * 3_000}</p>",
    "3,000 strong words in one paragraph": f"<p>{'He sells <b>bread</b> today. ' * 3_000}</p>",
    "5,000 items": f"<ul>{'<li>Rye <i>bread</i>, one kilogram</li>' * 5_000}</ul>",
    "5,000 rows": f"<table>{'<tr><td>Rye</td><td>1</td></tr>' * 5_000}</table>",
    "10,000 line breaks": f"<p>{f'{SENTENCE}<br>' * 10_000}</p>",
    "3,000 sets of names": "".join(f"<p class='a{place}' id='b{place}'>{SENTENCE}</p>" for place in range(3_000)),
    "5,000 labels": "<p>Read more: why the mill stands still</p>" * 5_000,
    "3,000 phrases a line": f"<p>{'by ' * 3_000}</p>",
    "240 deep": f"{'<div>' * 240}{PROSE}{'</div>' * 240}",
    "240 deep inline": f"<p>{'<b><i>' * 120}{SENTENCE}{'</i></b>' * 120}</p>",
    "120 lists within each other": f"{'<ul><li>x ' * 120}{SENTENCE}",
    "240 quotations within each other": f"{'<blockquote>' * 240}{SENTENCE}",
    "80 tables within each other": f"{'<table><tr><td>' * 80}{SENTENCE}",
    "1,000 broken blocks of JSON-LD": '<script type="application/ld+json">{"articleBody": "</script>' * 1_000,
    "JSON-LD 10,000 deep": f'<script type="application/ld+json">{_DEEP}</script>',
    "an articleBody of 400,000 characters": f'<script type="application/ld+json">{_LONG_BODY}</script>',
}
"""What an article may have too much of, beside its paragraphs."""


@pytest.mark.parametrize("name", LADEN)
def test_laden_article_is_answered(name: str) -> None:
    """An article with too much of something is extracted with its own paragraphs, or a fault says what failed."""
    done = process(page_of(f"<html><body><article>{PROSE}{LADEN[name]}</article></body></html>"))
    assert done.verdict.liveness in Liveness
    assert done.fault or (done.article is not None and SENTENCE.strip() in done.article.text)


def test_long_page_is_cut_where_the_options_say() -> None:
    """Text beyond the bound on characters is not looked at, and the fault names the bound."""
    done = process(
        page_of(f"<p>{SENTENCE}</p>{PROSE}<p>The very end.</p>"), options=ProcessOptions(max_characters=3_000)
    )
    assert done.fault == "only the first 3,000 characters were looked at"
    assert done.article is not None
    assert "The very end." not in done.article.text


def test_extraction_can_be_left_out() -> None:
    """Without extraction there is a verdict and no article."""
    done = process(page_of(PROSE), options=ProcessOptions(extract=False))
    assert (done.verdict.liveness, done.article) == (Liveness.LIVE, None)


def test_memory_can_be_left_out() -> None:
    """Asked for no memory, the flow answers the same, without what a site is remembered by."""
    link = "<link rel=canonical href=/2026/03/01/a-ferry-sails-at-last>"
    page = page_of(f"<title>Ferry</title>{link}<h1>Ferry</h1><article>{PROSE}</article>")
    whole, alone = process(page), process(page, options=ProcessOptions(remember=False))
    assert whole.traces
    assert whole.canonical is not None
    assert (alone.traces, alone.canonical, alone.main_text) == ((), None, None)
    assert (alone.verdict, alone.article, alone.fault) == (whole.verdict, whole.article, whole.fault)


def test_dead_page_has_no_text() -> None:
    """No text is extracted from a page that is not there."""
    assert process(page_of(PROSE, status=404)).article is None


@pytest.mark.parametrize(
    ("status", "url", "wanted"),
    [
        (404, URL, Liveness.GONE),
        (503, URL, Liveness.ERROR),
        (None, URL, Liveness.UNREACHABLE),
        (200, HOME, Liveness.MOVED),
        (200, URL, Liveness.UNSURE),
    ],
)
def test_without_body(status: int | None, url: str, wanted: Liveness) -> None:
    """A page whose body cannot be looked at is judged by its answer alone, and keeps the fault it came with."""
    done = process_without_body(page_of(PROSE, status=status, url=url, requested_url=URL), "the worker died")
    assert (done.verdict.liveness, done.article, done.fault) == (wanted, None, "the worker died")


def test_structured_data_beyond_the_bound_is_not_read() -> None:
    """A block of JSON-LD longer than the bound is passed over."""
    block = json.dumps({"@type": "NewsArticle", "headline": "Bakers", "text": "x" * 2_000})
    page = page_of(f'<script type="application/ld+json">{block}</script>{PROSE}')
    rules = {one.rule for one in process(page, options=ProcessOptions(max_structured=1_000)).verdict.signals}
    assert "life.article-data" not in rules
    assert "life.article-data" in {one.rule for one in process(page).verdict.signals}
