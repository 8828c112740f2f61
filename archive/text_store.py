"""Clean text for people: articles/<host>/<yyyy>/<mm>/<slug>-<digest>.md, front matter and then Markdown.

The files are made from what the WARC files hold and can be made again. A name depends on address and text alone, so
writing the same text twice writes the same file, and a process that dies between file and index leaves nothing odd.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from archive.address import host_of
from archive.disk import replace_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from archive.collection import Collection
    from archive.model import Capture

_LONGEST_SLUG = 120
"""Bytes; with the digest far below the 255 that file systems allow."""
_NO_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON may hold as it is and YAML only escaped (YAML 1.2 sections 5.1 and 5.4)."""
_NOT_WORDS = re.compile(r"[^\w]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices: a collection may be copied there."""


def article_path(url: str, title: str | None, text: str, fetched_at: datetime) -> str:
    """Return where an article's file goes, relative to the collection; nothing foreign can lead out of its folder."""
    seen = f"{url}\n{text}".encode("utf-8", "replace")
    name = f"{_slug(title or _last_step(url))}-{hashlib.sha256(seen).hexdigest()[:10]}.md"
    return f"articles/{_host_folder(url)}/{fetched_at:%Y}/{fetched_at:%m}/{name}"


def article_text(front: Mapping[str, Any], markdown: str) -> str:
    """Return the text of an article's file; JSON values are valid YAML (YAML 1.2 section 1.3)."""
    lines = [f"{key}: {_quoted(value)}" for key, value in front.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + markdown.rstrip() + "\n"


def _quoted(value: Any) -> str:
    """Return a value as JSON that is YAML too."""
    return _NO_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def body_of(file_text: str) -> str:
    """Return the Markdown of an article's file, without the front matter."""
    return file_text.split("\n---\n\n", 1)[-1]


class Described(Protocol):
    """What is known of an article beside what the index has: an Article, or what a metadata record tells of one."""

    @property
    def section(self) -> str | None:
        """The part of the newspaper."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The keywords."""

    @property
    def image(self) -> str | None:
        """The address of the lead image."""

    @property
    def paywalled(self) -> bool | None:
        """Whether not everybody may read it whole."""


def write_capture_article(collection: Collection, capture: Capture, known: Described, markdown: str) -> None:
    """Write the file of a capture's article."""
    assert capture.article is not None
    front = {
        "title": capture.title,
        "authors": list(capture.authors),
        "published": capture.published,
        "modified": capture.modified,
        "language": capture.language,
        "section": known.section,
        "tags": list(known.tags),
        "image": known.image,
        "paywalled": known.paywalled,
        "url": capture.about_url,
        "captured": f"{capture.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "copy": capture.url if capture.memento else None,
        "copied": f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}" if capture.memento else None,
        "verdict": capture.liveness,
        "record": capture.response.record_id,
    }
    write_article(collection, capture.article, article_text(front, markdown))


def write_article(collection: Collection, path: str, text: str) -> None:
    """Write a file of the collection, at a path relative to it.

    Raises:
        OSError: the file system refuses.

    """
    file = collection.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, text.encode("utf-8", "replace"))


def remove_article(collection: Collection, path: str) -> None:
    """Take away the file of an article that is none any more.

    Raises:
        OSError: the file system refuses.

    """
    file = collection.path / path
    if file.exists():
        file.unlink()
        sync_folder(file.parent)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold()
    slug = _NOT_WORDS.sub("-", plain).strip("-").encode("utf-8", "replace")[:_LONGEST_SLUG].decode("utf-8", "ignore")
    return slug.strip("-") or "page"


def _last_step(url: str) -> str:
    try:
        steps = [step for step in urlsplit(url).path.split("/") if step]
    except ValueError:
        steps = []
    return unquote(steps[-1]).rpartition(".")[0] or unquote(steps[-1]) if steps else "home"


def _host_folder(url: str) -> str:
    folder = re.sub(r"[^a-z0-9.-]", "_", host_of(url)).strip(".") or "unknown"
    return f"_{folder}" if _RESERVED.fullmatch(folder) else folder
