"""Any number of distinct news articles, each made from its number alone: the same number is the same article.

For tests and benchmarks that need many pages. The sentences are built from lists, so that no two articles share more
than a few of them, and the prose is long enough to be an article to any reader.
"""

from __future__ import annotations

import random

_WHO = """The harbour board|A committee of residents|The marine station|The county's auditor|Two retired pilots|The
fish market|A school on the north shore|The coastguard|The town archive|A group of farmers|The bus company|The island's
doctor|An orchestra of amateurs|The water authority|A court in the county town""".replace("\n", " ").split("|")
_DID = """has agreed to publish|voted against|spent the summer on|asked the council to pay for|measured|wants to bring
back|rejected|is looking for partners for|has lost patience with|presented|will share the cost of|has found fault
with""".replace("\n", " ").split("|")
_WHAT = """a new sea wall|the winter timetable|a survey of the dunes|the old rope works|a count of seabirds|cheaper
season tickets|the plan for the market square|a bridge for cyclists|the rules for night fishing|a fund for young
musicians|the repair of the lighthouse|an account of last year's flood|solar panels on the school|a map of forgotten
wells""".replace("\n", " ").split("|")
_WHEN = """after months of quiet work|before the end of the year|in spite of heavy rain|on the second attempt|by a
narrow margin|to general surprise|without a word of warning|while the old contract still ran|for the first time since
the war|with help from the mainland""".replace("\n", " ").split("|")
_AND = """Nobody expected that to be simple|The figures are to be checked in spring|Neighbours had complained about the
noise|What it will cost is still open|Other towns have asked for a copy|The minutes run to ninety pages|A first
attempt had failed for want of money|The weather may yet decide""".replace("\n", " ").split("|")


def title(number: int) -> str:
    """Return the headline of an article."""
    pick = random.Random(number)
    return f"{pick.choice(_WHO)} {pick.choice(_DID)} {pick.choice(_WHAT)} (report {number})"


def paragraphs(number: int, count: int = 6) -> list[str]:
    """Return the text of an article: `count` paragraphs of five sentences each."""
    pick = random.Random(number * 7919 + 1)
    return [" ".join(_sentence(pick, number) for _ in range(5)) for _ in range(count)]


def article(number: int, url: str, count: int = 6) -> str:
    """Return an article as an HTML page at `url`."""
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
    story = "\n".join(f"<p>{text}</p>" for text in paragraphs(number, count))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title(number)}</title>\n'
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">\n'
        f'<meta name="author" content="Reporter {number % 97}">'
        f'<meta property="article:published_time" content="{day}T06:00:00Z"></head>\n'
        f'<body><nav><a href="/">Home</a></nav><main><article><h1>{title(number)}</h1>\n'
        f"{story}\n</article></main><footer>The Harbour Gazette</footer></body></html>\n"
    )


def _sentence(pick: random.Random, number: int) -> str:
    start = f"{pick.choice(_WHO)} {pick.choice(_DID)} {pick.choice(_WHAT)} {pick.choice(_WHEN)}"
    petition = f"{pick.randrange(2, 900)} people signed petition {number}-{pick.randrange(9999)}"
    return f"{start}, and {petition}. {pick.choice(_AND)}."
