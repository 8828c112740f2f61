"""The weighing: which marks lines and left-out blocks have, and how marks become a probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.second_look import fitted_lines
from pipelines.second_look.draft import Draft
from pipelines.second_look.facts import Facts
from pipelines.second_look.weighing import (
    REACH,
    Setting,
    marks_of_left_out,
    marks_of_lines,
    probability,
)
from tests.pipelines.documents import PROSE, SENTENCE
from tests.pipelines.drafts import body_of, draft_of

if TYPE_CHECKING:
    from pipelines.second_look.text_marks import Marks

P = f"<p>{SENTENCE * 2}</p>"
NOTHING = Facts()


def marks(page: str, facts: Facts = NOTHING) -> dict[str, Marks]:
    """Return the marks of the lines of a page, all of which are in the text, by the lines' texts."""
    return {line.text: found for line, found in marks_of_lines(Setting(draft_of(page), facts))}


def marks_left_out(page: str, *left_out: str, facts: Facts = NOTHING) -> dict[str, Marks]:
    """Return the marks of the blocks of a page that are left out of the text, by their texts."""
    draft = draft_of(page, left_out)
    return {draft.blocks[number].text: found for number, found in marks_of_left_out(Setting(draft, facts))}


TEXTS = [
    ("Bread.", {"sentence", "below 15", "below 200"}, {"question", "lower case", "figures", "capitals"}),
    ("He said “no”", {"sentence"}, {"colon"}),
    ("朝のパン。", {"sentence"}, {"figures"}),
    ("रोटी।", {"sentence"}, set()),
    ("Namely:", {"colon"}, {"sentence"}),
    ("Why the mill?", {"question", "sentence"}, {"exclamation"}),
    ("Come now!", {"exclamation"}, {"question"}),
    ("from the mill", {"lower case"}, {"sentence"}),
    ("12:30, 14:45", {"figures"}, {"capitals"}),
    ("UPPER TOWN", {"capitals"}, {"figures"}),
    ("UN", set(), {"capitals"}),
    ("Bread | Milk", {"bar"}, {"at"}),
    ("Write to @lantern", {"at"}, {"bar"}),
    ("See www.lantern.example", {"address"}, {"bar"}),
    ("Printed © here", {"copyright"}, {"rights, short"}),
    ("* a note", {"asterisk"}, {"lower case"}),
    ("Photo: Ada Brand", {"credit, short"}, {"credit, long", "credit, sentence"}),
    ("By the river stood a mill.", {"byline, short", "byline, sentence"}, {"byline, long"}),
    ("Read more: " + SENTENCE, {"read-more, long"}, {"read-more, short"}),
    ("Share", {"share"}, {"share, short"}),
    (SENTENCE + "x" * 300 + " read more", set(), {"read-more, long", "prompt, long"}),
]


@pytest.mark.parametrize(("text", "has", "lacks"), TEXTS)
def test_marks_of_words(text: str, has: set[str], lacks: set[str]) -> None:
    """A line has the marks that its words make, whatever is around it."""
    found = set(marks(f"{P}<div><p>{text}</p></div>{P}")[" ".join(text.split())])
    assert has <= found
    assert not lacks & found


BLOCKS = [
    ("<p>Bread</p>", {"tag p", "kind p"}, {"all link"}),
    ("<h3>Bread</h3>", {"tag h3", "kind head"}, {"tag p"}),
    ("<ul><li>Bread</li></ul>", {"tag li", "kind item"}, {"teaser"}),
    ("<table><tr><td>Bread</td></tr></table>", {"tag td", "kind cell"}, set()),
    ("<blockquote>Bread</blockquote>", {"tag blockquote", "kind quote"}, set()),
    ("<center>Bread</center>", {"tag other"}, set()),
    ("<p><a href=/x>Bread</a></p>", {"all link"}, {"mostly link"}),
    ("<p><a href=/x>Bread and</a> milk</p>", {"mostly link"}, {"all link", "partly link"}),
    ("<p><a href=/x>Bread</a> and milk</p>", {"partly link"}, {"mostly link", "a link"}),
    ("<p><a href=/x>Bread</a> and milk from the mill</p>", {"a link"}, {"partly link"}),
    ("<ul><li><a href=/x>Bread</a> and milk</li></ul>", {"teaser"}, set()),
    ("<p class=newsletter>Bread</p>", {"near prompt"}, {"in prompt"}),
    ("<div class=newsletter><div><div><p>Bread</p></div></div></div>", {"in prompt"}, {"near prompt"}),
]


@pytest.mark.parametrize(("markup", "has", "lacks"), BLOCKS)
def test_marks_of_blocks(markup: str, has: set[str], lacks: set[str]) -> None:
    """A line has the marks of its element, of its links, and of the names around it."""
    (own,) = (found for name, found in marks(f"{P}{markup}{P}").items() if name.startswith("Bread"))
    assert has <= set(own)
    assert not lacks & set(own)


def test_marks_of_neighbours() -> None:
    """What stands before and behind a line marks it: headings and links."""
    found = marks(f"{P}<h2>One</h2><h2>Two</h2><p>Text</p><h2>Three</h2><p><a href=/x>Link</a></p><p>End</p>")
    assert {"heading of nothing", "before heading"} <= set(found["One"])
    assert "behind heading" in found["Two"]
    assert "heading of nothing" not in found["Two"]
    assert {"behind heading", "before heading"} <= set(found["Text"])
    assert {"heading of link", "before link", "heading after prose"} <= set(found["Three"])
    assert "behind link" in found["End"]


def test_marks_of_positions() -> None:
    """A line is marked by where it stands: among the first lines, before or after the prose, in the last parts."""
    found = marks(f"<p>First</p><p>Second</p>{PROSE}<p>Middle</p>{PROSE}<p>Last</p>")
    assert {"line 0", "before prose", "top"} <= set(found["First"])
    assert {"line 1", "before prose"} <= set(found["Second"])
    assert not {"before prose", "after prose", "top", "bottom"} & set(found["Middle"])
    assert {"after prose", "bottom", "last tenth"} <= set(found["Last"])
    assert "short article" not in found["Last"]
    assert "short article" in marks("<p>Alone</p>")["Alone"]


def test_marks_of_places() -> None:
    """A line is marked by what stands in the same place: prose, or nothing but labels."""
    found = marks(f"<div class=a>{P}<p>Within</p></div><div class=b><span>Label</span></div>")
    assert {"in place", "place of prose"} <= set(found["Within"])
    assert "place of labels" in found["Label"]


def test_marks_of_gaps() -> None:
    """A line is marked by how far behind the line before it the page has it."""
    filler = "".join(f"<p>filler {place}</p>" for place in range(30))
    page = f"{P}<p>Next</p>{filler}<p>Far</p>"
    draft = draft_of(page, {f"filler {place}" for place in range(30)})
    found = {line.text: own for line, own in marks_of_lines(Setting(draft, NOTHING))}
    assert "adjacent" in found["Next"]
    assert "far behind" in found["Far"]


def test_marks_of_facts() -> None:
    """A line is marked by what the page's head says of its article."""
    description = "The mill of the upper town stands still for want of water."
    facts = Facts(("The mill stands still: a report",), (description,), SENTENCE * 8)
    page = f"<p>The mill stands still: a report</p><p>The mill stands still</p><p>{description}</p><p>{SENTENCE}</p>{P}"
    found = marks(page, facts)
    assert "title" in found["The mill stands still: a report"]
    assert "part of title" in found["The mill stands still"]
    assert {"description", "not in articleBody"} <= set(found[description])
    assert "in articleBody" in found[SENTENCE.strip()]
    assert "description" not in found[SENTENCE.strip()]


def test_said_twice() -> None:
    """A line that the text says twice is marked, whatever its case."""
    found = marks(f"<p>More bread</p>{P}<p>MORE BREAD</p><p>Milk</p>")
    assert "said twice" in found["More bread"]
    assert "said twice" in found["MORE BREAD"]
    assert "said twice" not in found["Milk"]


def test_prose_among_prose_is_not_weighed() -> None:
    """A long paragraph without links beside its like is no noise, but for one that an articleBody disowns."""
    other = SENTENCE.replace("baker", "miller") * 2
    page = f"{P}<p>{other}</p><p>Short</p><p><a href=/x>Link</a> {other}</p>"
    assert set(marks(page)) == {"Short", f"Link {other}".strip()}
    disowned = marks(page, Facts(article_body=SENTENCE * 8))
    assert "not in articleBody" in disowned[other.strip()]


def test_line_that_no_block_says() -> None:
    """A line whose words no block of the page has is marked, and has no marks of a block."""
    draft = draft_of(P)
    alone = Draft(body_of(draft.blocks), ())
    ((_, found),) = marks_of_lines(Setting(alone, NOTHING))
    assert "no block" in found
    assert not [mark for mark in found if mark.startswith(("tag ", "near ", "in place"))]


def test_left_out_blocks() -> None:
    """A block that the text lacks is weighed where it is near the text, is not all links, and says something new."""
    page = f"{P}<p>Between the mills</p><p><a href=/x>Nothing but a link</a></p><p>{SENTENCE}</p><p>tiny</p>{P}"
    left_out = ("Between the mills", "Nothing but a link", SENTENCE.strip(), "tiny")
    found = marks_left_out(page, *left_out)
    assert set(found) == {"Between the mills"}
    assert {"between", "within 1", "in place", "place of previous", "container of next"} <= set(
        found["Between the mills"]
    )


def test_left_out_blocks_before_and_after() -> None:
    """A left-out block is marked by the side of the prose on which it stands."""
    page = f"<div><p>What stands before it</p></div><main>{P}{P}</main><div><p>What stands behind it</p></div>"
    found = marks_left_out(page, "What stands before it", "What stands behind it")
    assert {"before prose", "before text"} <= set(found["What stands before it"])
    assert {"after prose", "after text"} <= set(found["What stands behind it"])
    assert not {"in place", "between"} & set(found["What stands behind it"])


def test_left_out_blocks_far_away() -> None:
    """A left-out block further away than the reach is not weighed."""
    far = [f"A line of the footer, {place}" for place in range(REACH + 5)]
    found = marks_left_out(f"{P}{''.join(f'<p>{line}</p>' for line in far)}", *far)
    assert set(found) == set(far[:REACH])


def test_left_out_of_nothing() -> None:
    """Where no line of the text is a block of the page, nothing is left out of it."""
    assert marks_left_out(P, SENTENCE.strip(), (SENTENCE * 2).strip()) == {}


_WEIGHT = st.floats(-50, 50)
_MARK = st.sampled_from(["one", "two", "three", "unknown"])


@given(
    st.dictionaries(_MARK, st.floats(0, 3)), st.fixed_dictionaries({"always": _WEIGHT, "one": _WEIGHT, "two": _WEIGHT})
)
def test_probability(found: dict[str, float], weights: dict[str, float]) -> None:
    """A probability is within 0 and 1, rises with a mark of positive weight, and falls with one of negative weight."""
    with_it = probability(found | {"one": 1.0}, weights)
    without = probability({mark: value for mark, value in found.items() if mark != "one"}, weights)
    assert 0 < with_it < 1
    assert with_it >= without if weights["one"] >= 0 else with_it <= without
    assert probability(found, weights) == probability(found | {"no such mark": 1.0}, weights)


def test_probability_of_nothing() -> None:
    """Without marks, and without a weight for all, it is an even chance."""
    assert probability({}, {"always": 0.0}) == 0.5
    assert math.isclose(probability({"one": 1.0}, {"always": 1.0, "one": -2.0}), 1 / (1 + math.e))


@pytest.mark.parametrize("weights", [fitted_lines.IN_TEXT, fitted_lines.LEFT_OUT])
def test_weights_that_were_fitted(weights: dict[str, float]) -> None:
    """Fitted weights have one for all, and each is small enough to be outvoted."""
    assert "always" in weights
    assert all(abs(weight) < 10 for weight in weights.values())


_PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<br>", "<div class=newsletter>", "<div>", "</div>", "<article>", "<h1>", "<h2>", "</h2>"),
        *("<ul><li>", "</ul>", "<table><tr><td>", "</table>", "<a href=/x>", "</a>", "<b>", "</b>", "<blockquote>"),
        *("Read more:", "©", "—", "。", "港", "İ", "\u0301", "\u200b", "x", " ", "Photo", SENTENCE, SENTENCE * 3),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join), st.lists(st.text(max_size=20), max_size=3), st.data())
def test_any_page(page: str, said: list[str], data: st.DataObject) -> None:
    """Whatever a page has and whatever is taken of it, every line and block has finite marks and a probability."""
    whole = draft_of(page)
    taken = [block for block in whole.blocks if data.draw(st.booleans())]
    draft = Draft(body_of(taken), whole.blocks)
    setting = Setting(draft, Facts(tuple(said), tuple(said), "".join(said) * 300))
    for _, found in marks_of_lines(setting):
        assert all(0 <= value < 10 for value in found.values())
        assert 0 < probability(found, fitted_lines.IN_TEXT) < 1
    for number, found in marks_of_left_out(setting):
        assert draft.blocks[number] not in taken
        assert all(0 <= value < 10 for value in found.values())
        assert 0 < probability(found, fitted_lines.LEFT_OUT) < 1
