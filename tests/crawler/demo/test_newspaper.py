"""The sample newspaper's stories and how they become pages."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import lxml.etree
import lxml.html
import pytest

from archive.words import count_words
from crawler.demo import newspaper
from crawler.demo.newspaper import Story, stories

BASE = "http://127.0.0.1:9"


def find(html: str, path: str) -> Any:
    """Return what an XPath finds in an HTML page: a list, or a string."""
    return lxml.html.document_fromstring(html).xpath(path)


def find_in_xml(text: str, path: str) -> Any:
    """Return what an XPath finds in an XML document."""
    return lxml.etree.fromstring(text.encode()).xpath(path)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.slug)
def test_a_story_is_complete(story: Story) -> None:
    """Every story has a section of the site, an aware date, a language, authors and enough words to be an article."""
    assert story.section in newspaper.SECTIONS
    assert datetime.fromisoformat(story.published).tzinfo is not None
    assert len(story.language) == 2
    assert all(story.authors)
    assert count_words("\n".join(story.body)) > (150 if story.free else 80)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.slug)
def test_an_article_page_says_what_it_is(story: Story) -> None:
    """The page carries the story's words, its headline once, and metadata that agree with it and with its address."""
    page = newspaper.article_page(story, BASE)
    assert [heading.text_content() for heading in find(page, "//h1")] == [story.title]
    shown = [block.text_content() for block in find(page, "//div[@class='story']/*")]
    assert shown == [part.removeprefix("## ") for part in story.body]
    data = json.loads(find(page, "string(//script[@type='application/ld+json'])"))
    assert (data["headline"], data["datePublished"]) == (story.title, story.published)
    assert data["isAccessibleForFree"] is story.free
    assert find(page, "//link[@rel='canonical']/@href") == [BASE + story.path]


def test_nothing_of_a_story_is_markup() -> None:
    """What a story holds is text on its page, even where it looks like HTML or closes a script."""
    story = newspaper.parse_story(
        "s",
        'title: <b>"A" & B</b></script>\nsection: harbour\nauthor: A <i>\npublished: 2026-01-01T00:00:00+00:00\n'
        "language: en\ndescription: <u>d</u>\n\n<script>x</script>",
    )
    page = newspaper.article_page(story, BASE)
    assert find(page, "string(//h1)") == '<b>"A" & B</b></script>'
    assert not find(page, "//main//b | //main//i | //main//u | //main//script")
    assert json.loads(find(page, "string(//script[@type='application/ld+json'])"))["headline"] == story.title


def test_the_missing_block_is_hidden_and_last() -> None:
    """The "page is not available" block is hidden, after the article, and only where it is asked for."""
    story = stories()[0]
    with_block = newspaper.article_page(story, BASE, missing_block=True)
    block = find(with_block, "//div[@class='page-missing']")
    assert [element.get("hidden") for element in block] == [""]
    assert with_block.index("This page is not available") > with_block.index("</article>")
    assert "This page is not available" not in newspaper.article_page(story, BASE)


def test_feed_and_sitemap_name_every_story() -> None:
    """The RSS feed and the news sitemap are well-formed XML and hold the address of every story."""
    wanted = {BASE + story.path for story in stories()}
    assert set(find_in_xml(newspaper.feed(BASE), "//item/link/text()")) == wanted
    assert set(find_in_xml(newspaper.news_sitemap(BASE), "//*[local-name()='loc']/text()")) == wanted


def test_no_page_has_a_placeholder_left() -> None:
    """No rendered page holds a placeholder of its template."""
    from crawler.demo.pages import PAGES  # noqa: PLC0415 - the table renders pages when it is imported

    for page in PAGES.values():
        assert not re.search(rb"\$[a-z{]", page.answer(BASE).body), page.path
