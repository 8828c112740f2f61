"""Article files: names that lead nowhere else and fit every file system, and front matter that YAML readers read."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.collection import Collection
from archive.text_store import article_path, article_text, body_of, write_article

WHEN = datetime(2026, 3, 4, tzinfo=UTC)
DIGEST = r"-[0-9a-f]{10}\.md"
ANY = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        (
            "https://news.example/a/story.html",
            "The harbour: a wall!",
            r"articles/news\.example/2026/03/the-harbour-a-wall",
        ),
        ("https://news.example/a/story.html", None, r"articles/news\.example/2026/03/story"),
        ("https://news.example/a/story", None, r"articles/news\.example/2026/03/story"),
        ("https://news.example/", None, r"articles/news\.example/2026/03/home"),
        ("https://news.example/", "!!!", r"articles/news\.example/2026/03/page"),
        ("https://NEWS.example:8443/%E6%B8%AF", None, r"articles/news\.example/2026/03/港"),
        ("https://news.example/", "../../etc/passwd", r"articles/news\.example/2026/03/etc-passwd"),
        ("https://news.example/", "\x1b[2J\x00", r"articles/news\.example/2026/03/2j"),
        ("http://[2001:db8::1]/", "x", r"articles/2001_db8__1/2026/03/x"),
        ("http://con.example/", "x", r"articles/_con\.example/2026/03/x"),
        ("http://con/", "x", r"articles/_con/2026/03/x"),
        ("http://../", "x", r"articles/unknown/2026/03/x"),
        ("http://[bad/", None, r"articles/unknown/2026/03/home"),
    ],
)
def test_paths(url: str, title: str | None, expected: str) -> None:
    """A path tells host, month and title, and nothing in them can lead out of the folder."""
    assert re.fullmatch(expected + DIGEST, article_path(url, title, "text", WHEN))


@given(url=st.one_of(ANY, ANY.map(lambda text: f"http://news.example/{text}")), title=st.none() | ANY, text=ANY)
@example(url="https://news.example/", title="\U00020000" * 300, text="")
@example(url="https://news.example/", title="ß" * 300, text="")
def test_any_path(url: str, title: str | None, text: str) -> None:
    """Every path stays in articles/, has five steps, and names that any file system takes."""
    path = PurePosixPath(article_path(url, title, text, WHEN))
    assert len(path.parts) == 5
    assert path.parts[0] == "articles"
    for part in path.parts:
        assert part not in ("", ".", "..")
        assert len(part.encode()) <= 255
        assert not re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', part)


def test_paths_differ_by_address_and_text() -> None:
    """Another text or another address has another name, the same ones the same, whenever they were captured."""
    one = article_path("https://news.example/a", "T", "text", WHEN)
    assert one == article_path("https://news.example/a", "T", "text", WHEN.replace(day=9))
    assert one != article_path("https://news.example/A", "T", "text", WHEN)
    assert one != article_path("https://news.example/a", "T", "Text", WHEN)


@given(title=st.text(), authors=st.lists(st.text(), max_size=3))
@example(title="\x7f\x85\u2028\ufeff\ufffe", authors=[])
@example(title='"]: {- # \\', authors=["---", "\n---\n\n"])
def test_front_matter(title: str, authors: list[str]) -> None:
    """Each line of the front matter is a key and a JSON value of characters that YAML allows, and the body follows."""
    text = article_text({"title": title, "authors": authors, "empty": None}, "# Body\n\n---\n\nmore")
    front, body = text.removeprefix("---\n").split("\n---\n\n", 1)
    values = dict(line.split(": ", 1) for line in front.split("\n") if line)
    assert {key: json.loads(value) for key, value in values.items()} == {
        key: value for key, value in (("title", title), ("authors", authors)) if value
    }
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", front)
    assert body_of(text) == body == "# Body\n\n---\n\nmore\n"


def test_writing(tmp_path: Path) -> None:
    """A file is replaced as a whole, and nothing else is left beside it."""
    path = "articles/news.example/2026/03/a-0123456789.md"
    for text in ("first", "second \udc00"):
        write_article(Collection(tmp_path), path, text)
    assert (tmp_path / path).read_bytes() == b"second ?"
    assert [file.name for file in (tmp_path / path).parent.iterdir()] == ["a-0123456789.md"]
