"""`newsclip show`: one capture of an address, in the form asked for, out of the WARC files and not out of the index.

    text, markdown     what was read on the page, with a head of what is known of it
    html               the body as a browser would get it, in its own charset
    headers            request and response head as they were on the wire
    raw                the block of the capture's own record, byte for byte
    why                the signals behind the verdict, with weight and evidence
    removed            what was taken out of the text, each line with the rule that did

A revisit keeps no payload of its own; text and html are those of the record it refers to. Bytes go to a pipe or a file
as they are; to a terminal they go as text, with everything escaped that a terminal would obey.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from archive.answer import answer
from archive.collection import Collection
from archive.errors import NotFound
from archive.lookup import captures_of, nearest, open_index
from archive.original import about_of, answer_of, as_text, html_of, markdown_of, record_of, request_of, text_of
from archive.rows import VERDICT_COLUMNS, origin_of, verdict_of
from archive.terminal import Screen, escape, escape_lines, json_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from archive.command import Context
    from archive.model import Capture, Signal
    from archive.moment import Moment

Form = Literal["text", "markdown", "html", "headers", "raw", "why", "removed"]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The capture that is shown, and where to find its records."""

    collection: Collection
    connection: sqlite3.Connection
    capture: Capture


def show(typed: str, form: Form, at: Moment | None, context: Context) -> int:
    """Print one capture: the nearest to a moment, or the newest.

    Raises:
        NotFound: the address was never captured, or the capture has nothing of the form asked for.
        NewsclipError: the collection cannot be read.

    """
    with open_index(context.collection) as connection:
        capture = nearest(captures_of(connection, typed), at)
        shown = _Shown(Collection(context.collection), connection, capture)
        if context.json:
            context.out.write(json_line(answer(capture) | _AS_JSON[form](shown)) + "\n")
        else:
            _FOR_PEOPLE[form](shown, context)
    return 0


def _print_text(shown: _Shown, context: Context) -> None:
    screen = Screen.of(context.out)
    text = text_of(shown.collection, shown.capture)
    context.out.write(_head(shown.capture, screen) + "\n")
    if text is not None:
        context.out.write(f"\n{screen.prose(text)}\n")
    elif context.verbosity >= 0:
        context.out.flush()
        context.err.write("No text was read in this capture; --html shows the page, --why the verdict.\n")


def _print_markdown(shown: _Shown, context: Context) -> None:
    context.out.write(escape_lines(_markdown(shown)) + "\n")


def _print_html(shown: _Shown, context: Context) -> None:
    message = answer_of(shown.collection, shown.connection, shown.capture)
    body = html_of(message)
    _print_bytes(body, as_text(body, message), context)


def _print_headers(shown: _Shown, context: Context) -> None:
    heads = b"".join(_heads(shown))
    _print_bytes(heads, heads.decode("latin-1").replace("\r\n", "\n"), context)


def _print_raw(shown: _Shown, context: Context) -> None:
    block = record_of(shown.collection, shown.capture).block
    _print_bytes(block, block.decode("utf-8", "replace").replace("\r\n", "\n"), context)


def _print_why(shown: _Shown, context: Context) -> None:
    screen = Screen.of(context.out)
    lines = [_verdict(shown.capture, screen)]
    lines += map(_signal, sorted(shown.capture.signals, key=lambda signal: -abs(signal.weight)))
    if not shown.capture.signals:
        lines.append("No signals are stored with it.")
    context.out.write("\n".join(lines) + "\n")


def _signal(signal: Signal) -> str:
    said = f"{escape(signal.rule)}: {escape(signal.evidence)}"
    return f"{signal.weight:+7.2f}  {signal.points_to.value:<{VERDICT_COLUMNS}}  {said}"


def _print_removed(shown: _Shown, context: Context) -> None:
    widest = max((len(one.rule) for one in shown.capture.removed), default=0)
    lines = [f"{escape(one.rule):<{widest}}  {escape(one.text)}" for one in shown.capture.removed]
    context.out.write("".join(f"{line}\n" for line in lines))
    if not lines and context.verbosity >= 0:
        context.out.flush()
        context.err.write("Nothing was taken out of its text.\n")


def _print_bytes(data: bytes, text: str, context: Context) -> None:
    """Write bytes as they are to a pipe or file, and as harmless text to a terminal."""
    binary = getattr(context.out, "buffer", None)
    if binary is None or context.out.isatty():
        context.out.write(escape_lines(text))
        return
    context.out.flush()
    binary.write(data)
    binary.flush()


def _head(capture: Capture, screen: Screen) -> str:
    """Return what is known of a capture, a fact a line."""
    facts = (", ".join(capture.authors), capture.published, capture.language, _words(capture))
    lines = [screen.bold(escape(capture.title or capture.url))]
    lines.append(escape(" · ".join(fact for fact in facts if fact)))
    if capture.memento:
        lines.append(screen.bold(origin_of(capture.memento, capture.url)) + f", of {escape(capture.memento.original)}")
    lines.append(_verdict(capture, screen))
    lines.append(f"captured {capture.fetched_at:%Y-%m-%d %H:%M:%S} UTC from {escape(capture.url)}")
    if capture.target != capture.url:
        lines.append(f"asked for as {escape(capture.target)}")
    again = f", unchanged since record {escape(capture.revisit_of)}" if capture.revisit_of else ""
    lines.append(screen.dim(f"record {capture.response.record_id} in archive/{capture.response.warc}{again}"))
    lines += [f"fault: {escape(fault)}" for fault in (capture.error, capture.fault) if fault]
    return "\n".join(line for line in lines if line)


def _verdict(capture: Capture, screen: Screen) -> str:
    if capture.liveness is None:
        return verdict_of(capture)
    sure = f" ({capture.confidence:.0%} sure)" if capture.confidence is not None else ""
    return f"{screen.bold(capture.liveness.value)}: {escape(capture.reason or '')}{sure}"


def _words(capture: Capture) -> str:
    return f"{capture.words} words" if capture.words else ""


def _markdown(shown: _Shown) -> str:
    markdown = markdown_of(shown.collection, shown.capture)
    if markdown is None:
        raise NotFound(
            f"No text was read in the capture of {escape(shown.capture.url)}; its verdict is "
            f"{verdict_of(shown.capture)}. See the page with --html."
        )
    return markdown


def _heads(shown: _Shown) -> tuple[bytes, bytes]:
    """Return the heads of request and response; a request is b"" where none is kept beside the answer."""
    request = request_of(shown.collection, shown.capture) or b""
    record = record_of(shown.collection, shown.capture)
    if record.type == "metadata":
        return request, record.block
    head, blank, _ = record.block.partition(b"\r\n\r\n")
    return request, head + blank


def _about(shown: _Shown) -> dict[str, Any]:
    """Return what is known of the article and not in the index."""
    about = about_of(shown.collection, shown.connection, shown.capture)
    return {
        "modified": about.modified,
        "description": about.description,
        "site_name": about.site_name,
        "section": about.section,
        "tags": list(about.tags),
        "canonical": about.canonical,
        "image": about.image,
        "paywalled": about.paywalled,
    }


def _json_html(shown: _Shown) -> dict[str, Any]:
    message = answer_of(shown.collection, shown.connection, shown.capture)
    return {"html": as_text(html_of(message), message)}


def _json_headers(shown: _Shown) -> dict[str, Any]:
    request, response = (head.decode("latin-1") for head in _heads(shown))
    return {"request_headers": request or None, "response_headers": response}


def _json_raw(shown: _Shown) -> dict[str, Any]:
    return {"raw_base64": base64.b64encode(record_of(shown.collection, shown.capture).block).decode("ascii")}


def _json_removed(shown: _Shown) -> dict[str, Any]:
    return {"removed": [asdict(one) for one in shown.capture.removed]}


def _json_why(shown: _Shown) -> dict[str, Any]:
    return {"signals": [asdict(signal) for signal in shown.capture.signals]}


_FOR_PEOPLE: dict[Form, Callable[[_Shown, Context], None]] = {
    "text": _print_text,
    "markdown": _print_markdown,
    "html": _print_html,
    "headers": _print_headers,
    "raw": _print_raw,
    "why": _print_why,
    "removed": _print_removed,
}
_AS_JSON: dict[Form, Callable[[_Shown], dict[str, Any]]] = {
    "text": lambda shown: _about(shown) | {"text": text_of(shown.collection, shown.capture)},
    "markdown": lambda shown: _about(shown) | {"markdown": _markdown(shown)},
    "html": _json_html,
    "headers": _json_headers,
    "raw": _json_raw,
    "why": _json_why,
    "removed": _json_removed,
}
