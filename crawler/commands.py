"""The table of commands that fetch or process; what each needs is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archive.cli import add_filters
from archive.command import Command
from crawler.quantities import parse_span

if TYPE_CHECKING:
    import argparse

    from archive.command import Context


def _save_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("urls", nargs="*", metavar="URL", help="an address; https:// may be left out")
    parser.add_argument(
        "--from", dest="list", metavar="FILE", help="read addresses from a file, one a line; - for stdin"
    )
    parser.add_argument("--resume", action="store_true", help="finish the saves that were cut short")
    parser.add_argument("--if-older-than", metavar="AGE", help="skip what was captured since, as in 12h or 1d")
    parser.add_argument(
        "--rescue", action="store_true", help="for a dead page, save the last good copy that a web archive keeps"
    )
    parser.add_argument(
        "--rescue-from", dest="rescue_timegate", metavar="URL", help="the same, from the archive with this TimeGate"
    )


def _save(args: argparse.Namespace, context: Context) -> int:
    from crawler import workers  # noqa: PLC0415 - loads the process pool

    workers.begin()
    from crawler.save_command import SaveRequest, save  # noqa: PLC0415 - loads Scrapy

    age = parse_span(args.if_older_than) if args.if_older_than else None
    rescue = args.rescue or args.rescue_timegate is not None
    request = SaveRequest(tuple(args.urls), args.list, args.resume, age, rescue=rescue)
    return save(request, args.settings, context)


def _crawl_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="the name of a source; none is all of them")


def _crawl(args: argparse.Namespace, context: Context) -> int:
    from crawler import workers  # noqa: PLC0415 - loads the process pool

    workers.begin("courlan", "pipelines.discovery.found")
    from crawler.crawl_command import crawl_sources  # noqa: PLC0415 - loads Scrapy
    from crawler.notify import telling  # noqa: PLC0415 - as above

    return telling(args.settings, "crawl", lambda: crawl_sources(args.sources, args.settings, context))


def _recheck(args: argparse.Namespace, context: Context) -> int:
    from crawler import workers  # noqa: PLC0415 - loads the process pool

    workers.begin()
    from crawler.notify import telling  # noqa: PLC0415 - as below
    from crawler.recheck_command import recheck  # noqa: PLC0415 - loads Scrapy

    return telling(args.settings, "recheck", lambda: recheck(args.sources, args.settings, context))


def _schedule_arguments(_parser: argparse.ArgumentParser) -> None:
    pass


def _schedule(args: argparse.Namespace, context: Context) -> int:
    from crawler.schedule_command import schedule  # noqa: PLC0415 - loads the timetables

    flags = ["--collection", str(context.collection), *(["--json"] if context.json else [])]
    flags += ["--quiet"] if context.verbosity < 0 else ["--verbose"] * context.verbosity
    flags += ["--log-format", args.settings.log.format]
    if args.config:
        flags += ["--config", str(args.config)]
    return schedule(args.settings, args.reload, flags, context)


def _notify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--test", action="store_true", help="send a message that says that it is a test")


def _notify(args: argparse.Namespace, context: Context) -> int:
    from crawler.notify_command import notify  # noqa: PLC0415 - rarely needed

    return notify(args.settings, context, test=args.test)


def _rerun_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("named", nargs="*", metavar="URL|HOST", help="an address, or a host for all its pages")
    add_filters(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def _rerun(args: argparse.Namespace, context: Context) -> int:
    from crawler import workers  # noqa: PLC0415 - loads the process pool

    workers.begin()
    from archive.selection import Selection  # noqa: PLC0415 - loads sqlite3
    from crawler.rerun_command import RerunRequest, rerun  # noqa: PLC0415 - as above

    request = RerunRequest(tuple(args.named), Selection.from_arguments(args), dry=args.dry_run)
    return rerun(request, args.settings, context)


def _extract_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="an HTML file, .gz too")
    parser.add_argument("--url", default="", help="the address the file came from")
    parser.add_argument(
        "--batch", metavar="FILE", help="read JSON lines from a file (.gz too), - for stdin; see docs/commands.md"
    )


def _extract(args: argparse.Namespace, context: Context) -> int:
    from crawler.extract_command import extract_batch, extract_files  # noqa: PLC0415 - loads trafilatura

    if args.batch:
        return extract_batch(args.batch, args.settings, context)
    return extract_files(args.files, args.url, args.settings, context)


def _init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", nargs="?", metavar="SITE", help="a site to look over for feeds, sitemaps and sections")
    parser.add_argument("--force", action="store_true", help="replace a newsclip.toml that is there")


def _init(args: argparse.Namespace, context: Context) -> int:
    from crawler.init_command import init  # noqa: PLC0415 - rarely needed

    return init(context, args.settings, args.url, force=args.force)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--into", type=Path, metavar="DIR", default=Path("newsclip-demo"), help="[./newsclip-demo]")


def _demo(args: argparse.Namespace, context: Context) -> int:
    from crawler import workers  # noqa: PLC0415 - loads the process pool

    workers.begin()
    from crawler.demo_command import demo  # noqa: PLC0415 - loads Scrapy

    return demo(args.into, args.settings, context)


COMMANDS: tuple[Command, ...] = (
    Command(
        "save",
        "Save addresses: WARC, clean text and a verdict for each.",
        (
            "newsclip save https://news.example/story",
            "newsclip save --from addresses.txt --json",
            "newsclip save --if-older-than 1d news.example/story",
            "newsclip save --rescue https://news.example/story",
            "newsclip save --resume",
        ),
        _save_arguments,
        _save,
    ),
    Command(
        "crawl",
        "Ask the configured sources once for what is new, and save it.",
        ("newsclip crawl", "newsclip crawl example --json"),
        _crawl_arguments,
        _crawl,
    ),
    Command(
        "schedule",
        "Crawl each source whenever it is due, until told to stop.",
        ("newsclip schedule", "newsclip schedule --config newsroom.toml"),
        _schedule_arguments,
        _schedule,
    ),
    Command(
        "recheck",
        "Look at archived articles again: unchanged, edited, dead, moved or back.",
        ("newsclip recheck", "newsclip recheck example --json"),
        _crawl_arguments,
        _recheck,
    ),
    Command(
        "rerun",
        "Judge and read stored pages again with what is known of their sites now; nothing is fetched.",
        ("newsclip rerun", "newsclip rerun news.example --since 7d", "newsclip rerun --dry-run --json"),
        _rerun_arguments,
        _rerun,
    ),
    Command(
        "notify",
        "Show whom [notify] tells what needs attention, and what is open; --test sends a message.",
        ("newsclip notify", "newsclip notify --test"),
        _notify_arguments,
        _notify,
    ),
    Command(
        "extract",
        "Judge and extract HTML files, without a collection.",
        ("newsclip extract page.html --url https://news.example/story", "newsclip extract --batch pages.jsonl.gz"),
        _extract_arguments,
        _extract,
    ),
    Command(
        "init",
        "Write a newsclip.toml with every setting explained.",
        ("newsclip init", "newsclip init https://news.example"),
        _init_arguments,
        _init,
    ),
    Command(
        "demo",
        "Save a sample newspaper from this machine and show what comes of it.",
        ("newsclip demo", "newsclip demo --into try-it-out"),
        _demo_arguments,
        _demo,
    ),
)
