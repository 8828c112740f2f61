"""Articles in a template that puts things into the text of each: what a site's memory is for.

    a prompt             the same sentence in the middle of the story, a paragraph like any other
    a note               the same sentence below its last paragraph
    an advertisement     a short line at the place `div.counter` in the story, other words on each page; on three pages
                         it is a link alone, which the page's own rules take out
    figures              a line that is the same but for a date

`templated(number, url)` is what stands at `/odd/templated-story/<number>`. Nothing of it is furniture by its element,
so that an extractor which sees one page takes it for the story's.
"""

from __future__ import annotations

from tests.site import generated

PROMPT = "Enjoying this story? The Gazette goes out by post to every island, and the first month is free."
NOTE = "The box beside the harbour office is emptied for the newsroom on any day before noon, and read the same night."
UPDATED = "Checked by the night desk on {} November 2026"
NOISE = (PROMPT, NOTE)

_OFFERS = """Oilskins at half price|A cabin for two by the quay|Piano lessons on Mondays|Firewood by the boatload|A
second hand dinghy in good order|Eggs from the mill road|Nets mended while you wait|A choir that needs tenors"""


def offer(number: int) -> str:
    """Return the advertisement of an article: other words on each page."""
    offers = _OFFERS.replace("\n", " ").split("|")
    return f"{offers[number % len(offers)]}, ask for lot {chr(97 + number % 26) * 3} at the counter"


def templated(number: int, url: str) -> str:
    """Return an article of the newspaper with all of that."""
    page = generated.article(number, url, count=3)
    first, second, third = generated.paragraphs(number, 3)
    words = offer(number)
    advertised = f'<a href="/shop/{number}">{words}</a>' if number % 4 else words
    return (
        page.replace(f"<p>{first}</p>", f"<p>{UPDATED.format(number % 28 + 1)}</p>\n<p>{first}</p>")
        .replace(
            f"<p>{second}</p>", f'<p>{PROMPT}</p>\n<p>{second}</p>\n<div class="counter"><p>{advertised}</p></div>'
        )
        .replace(f"<p>{third}</p>", f"<p>{third}</p>\n<p>{NOTE}</p>")
    )
