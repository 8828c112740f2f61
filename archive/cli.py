"""The table of commands that read and mend a collection; what each needs is imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.command import Command
from archive.errors import UsageError
from archive.model import Liveness

if TYPE_CHECKING:
    import argparse

    from archive.command import Context

_LISTED, _SEARCHED = 50, 20
_SMALL = "100 MB"
_WORDS_AROUND = 10


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    add_filters(parser)
    parser.add_argument("--all", action="store_true", help="redirects, failed tries and robots.txt as well")
    _add_limit(parser, _LISTED)


def _list(args: argparse.Namespace, context: Context) -> int:
    from archive.list_command import list_captures  # noqa: PLC0415 - loads sqlite3
    from archive.selection import Selection  # noqa: PLC0415 - as above

    return list_captures(Selection.from_arguments(args), _limit(args), context)


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="+",
        metavar="WORDS",
        help="""quoted: 'all of these', '"a phrase"', 'this OR that', 'this -not', 'begin*'""",
    )
    add_filters(parser)
    _add_limit(parser, _SEARCHED)


def _search(args: argparse.Namespace, context: Context) -> int:
    from archive.search_command import search_texts  # noqa: PLC0415 - loads sqlite3
    from archive.selection import Selection  # noqa: PLC0415 - as above

    return search_texts(" ".join(args.words), Selection.from_arguments(args), _limit(args), context)


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address; scheme and www. may be left out")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown", help="the text with structure")
    form.add_argument("--html", dest="form", action="store_const", const="html", help="the page itself, decoded")
    form.add_argument("--headers", dest="form", action="store_const", const="headers", help="the heads on the wire")
    form.add_argument("--raw", dest="form", action="store_const", const="raw", help="the record's block, byte for byte")
    form.add_argument("--why", dest="form", action="store_const", const="why", help="the signals behind the verdict")
    form.add_argument(
        "--removed", dest="form", action="store_const", const="removed", help="what was taken out of the text, and why"
    )
    parser.add_argument("--at", metavar="WHEN", help="the capture nearest to a date or age, instead of the newest")


def _show(args: argparse.Namespace, context: Context) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - as below

    from archive.moment import parse_moment  # noqa: PLC0415 - as below
    from archive.show_command import show  # noqa: PLC0415 - loads warcio and sqlite3

    at = parse_moment(args.at, datetime.now(UTC)) if args.at else None
    return show(args.url, args.form or "text", at, context)


def _history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address; scheme and www. may be left out")


def _history(args: argparse.Namespace, context: Context) -> int:
    from archive.history_command import history  # noqa: PLC0415 - loads sqlite3

    return history(args.url, context)


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address; scheme and www. may be left out")
    parser.add_argument("--from", dest="start", metavar="WHEN", help="compare the capture nearest to a date or age")
    parser.add_argument("--to", dest="end", metavar="WHEN", help="with the one nearest to this, instead of the newest")
    parser.add_argument("--all", action="store_true", help="each version with the next")
    parser.add_argument(
        "--context", metavar="N", default=str(_WORDS_AROUND), help=f"unchanged words around a change [{_WORDS_AROUND}]"
    )


def _diff(args: argparse.Namespace, context: Context) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - as below

    from archive.diff_command import Wanted, diff  # noqa: PLC0415 - loads warcio and sqlite3
    from archive.moment import parse_moment  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    start, end = (parse_moment(when, now) if when else None for when in (args.start, args.end))
    words = _number("--context", args.context, "write one as in --context 5, or 0 for the changes alone")
    return diff(args.url, Wanted(start, end, every=args.all, words_around=words), context)


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add none: the command is about the whole collection."""


def _status(args: argparse.Namespace, context: Context) -> int:  # noqa: ARG001 - every command is given its arguments
    from archive.status_command import show_status  # noqa: PLC0415 - loads sqlite3

    return show_status(context)


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="SOURCE", help="only these sources, or sites of pages without one")
    parser.add_argument("--since", metavar="WHEN", help="new, edited and died since a date (2026-11-23) or an age (7d)")
    parser.add_argument("--until", metavar="WHEN", help="as it was known then; a day counts as a whole")
    parser.add_argument("--html", metavar="FILE", help="write one self-contained page, with a plot")
    parser.add_argument("--force", action="store_true", help="replace the page if it is there")


def _report(args: argparse.Namespace, context: Context) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - as below

    from archive.moment import parse_moment  # noqa: PLC0415 - as below
    from archive.report import Period  # noqa: PLC0415 - loads sqlite3
    from archive.report_command import Wanted, show_report  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    since = parse_moment(args.since, now).start if args.since else None
    until = parse_moment(args.until, now).end if args.until else None
    return show_report(Wanted(tuple(args.names), Period(since, until), args.html, force=args.force), context)


def _verify(args: argparse.Namespace, context: Context) -> int:  # noqa: ARG001 - as above
    from archive.verify_command import verify_collection  # noqa: PLC0415 - loads warcio and sqlite3

    return verify_collection(context)


def _mend(args: argparse.Namespace, context: Context) -> int:  # noqa: ARG001 - as above
    from archive.mend_commands import mend_collection  # noqa: PLC0415 - loads warcio and sqlite3

    return mend_collection(context)


def _reindex(args: argparse.Namespace, context: Context) -> int:  # noqa: ARG001 - as above
    from archive.mend_commands import reindex_collection  # noqa: PLC0415 - loads warcio and sqlite3

    return reindex_collection(context)


def _compact_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--below", metavar="SIZE", default=_SMALL, help=f"files with fewer bytes than this are small [{_SMALL}]"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be merged")


def _compact(args: argparse.Namespace, context: Context) -> int:
    from archive.compact_command import compact_collection  # noqa: PLC0415 - loads warcio and sqlite3

    return compact_collection(args.below, context, dry_run=args.dry_run)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the flags that `Selection.from_arguments` reads."""
    verdicts = ", ".join(liveness.value for liveness in Liveness)
    parser.add_argument("--site", metavar="HOST", help="only this host and its subdomains")
    parser.add_argument(
        "--verdict", metavar="NAME", action="append", default=[], help=f"only these, several by commas: {verdicts}"
    )
    parser.add_argument("--since", metavar="WHEN", help="captured since a date (2026-11-23) or an age (7d)")
    parser.add_argument("--until", metavar="WHEN", help="captured until then; a day counts as a whole")
    parser.add_argument("--language", metavar="CODE", help="only text in this language, as in en")


def _add_limit(parser: argparse.ArgumentParser, limit: int) -> None:
    parser.add_argument("--limit", metavar="N", default=str(limit), help=f"no more than N; 0 for all [{limit}]")


def _limit(args: argparse.Namespace) -> int:
    return _number("--limit", args.limit, "write one as in --limit 100, or 0 for all")


def _number(flag: str, typed: str, remedy: str) -> int:
    if not typed.isascii() or not typed.isdigit() or len(typed) > len("999999999"):
        raise UsageError(f"{flag} {typed!r} is no number; {remedy}.")
    return int(typed)


COMMANDS: tuple[Command, ...] = (
    Command(
        "list",
        "List what is in the collection, newest first.",
        (
            "newsclip list",
            "newsclip list --site news.example --verdict soft-404,moved --since 7d",
            "newsclip list --limit 0 --json",
        ),
        _list_arguments,
        _list,
    ),
    Command(
        "show",
        "Show one capture of an address: its text, its page, its headers, why it was judged so, or what was taken out.",
        (
            "newsclip show https://news.example/story",
            "newsclip show news.example/story --html > story.html",
            "newsclip show news.example/story --at 2026-11-23 --why",
            "newsclip show news.example/story --removed",
        ),
        _show_arguments,
        _show,
    ),
    Command(
        "history",
        "Show every capture of an address and what changed from one to the next.",
        ("newsclip history https://news.example/story",),
        _history_arguments,
        _history,
    ),
    Command(
        "diff",
        "Show which words were added to an article and removed from it, between two versions.",
        (
            "newsclip diff https://news.example/story",
            "newsclip diff news.example/story --from 2026-11-20 --to 7d",
            "newsclip diff news.example/story --all --context 5 --json",
        ),
        _diff_arguments,
        _diff,
    ),
    Command(
        "search",
        "Search the texts, best matches first.",
        (
            "newsclip search harbour storm",
            """newsclip search '"harbour wall" OR dyke -festival' --language en""",
            "newsclip search --site news.example --since 2026-11 election",
        ),
        _search_arguments,
        _search,
    ),
    Command(
        "status",
        "Show what the collection holds, its last runs, and what needs a hand.",
        ("newsclip status", "newsclip -C clips status --json"),
        _no_arguments,
        _status,
    ),
    Command(
        "report",
        "Report what became of the articles of each source: new, edited, dead, and link rot by age.",
        (
            "newsclip report",
            "newsclip report example --since 7d",
            "newsclip report --since 2026-10 --until 2026-10 --html october.html",
        ),
        _report_arguments,
        _report,
    ),
    Command(
        "verify",
        "Check every byte: digests, files against index both ways, texts against their sources.",
        ("newsclip verify", "newsclip verify --json > faults.jsonl"),
        _no_arguments,
        _verify,
    ),
    Command(
        "mend",
        "Put right what a run left that could not end properly; every save does so by itself.",
        ("newsclip mend",),
        _no_arguments,
        _mend,
    ),
    Command(
        "reindex",
        "Make the index anew from the WARC files, your own or anybody's in archive/.",
        ("newsclip reindex",),
        _no_arguments,
        _reindex,
    ),
    Command(
        "compact",
        "Merge the small WARC files that many short runs leave into large ones, record for record the same.",
        ("newsclip compact --dry-run", "newsclip compact", "newsclip compact --below 20MB"),
        _compact_arguments,
        _compact,
    ),
)
