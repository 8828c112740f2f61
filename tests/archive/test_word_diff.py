"""Comparing texts word by word: what is shown, and that nothing is lost or made up."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import alignment
from archive.alignment import align
from archive.redline import redline
from archive.segment import segmented
from archive.terminal import Screen, escape_lines, width
from archive.word_diff import Run, compare, excerpt, same_characters, same_words, tokens_of, words_in

WDIFF = Screen(None, colour=False)
_FEW = st.sampled_from(["the", "wall", "a", ".", ",", "\n\n", "港", "口", "One two three four five six.\n\n"])
TEXTS = st.lists(_FEW, max_size=30).map(" ".join) | st.text(st.characters(), max_size=40)
ALL = 10**9
IN_OLD = {"equal", "skipped", "removed", "moved-from"}
IN_NEW = {"equal", "skipped", "added", "moved-to"}


def marked(old: str, new: str, context: int = ALL) -> str:
    """Return the changes between two texts as wdiff marks them."""
    return redline(excerpt(compare(tokens_of(old), tokens_of(new)), context), WDIFF)


def words(text: str) -> list[str]:
    """Return the tokens of a text without what stands between them."""
    return [token.text for token in tokens_of(text)]


def before_and_after(runs: tuple[Run, ...]) -> tuple[list[str], list[str]]:
    """Return the tokens of the text that runs were made of, and of the one that they lead to."""
    old, new = ([token.text for run in runs if run.op in side for token in run.tokens] for side in (IN_OLD, IN_NEW))
    return old, new


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The wall's well-known, he said.", ["The", "wall's", "well-known", ",", "he", "said", "."]),
        ("2.5 km at 10:30; 1,000.", ["2.5", "km", "at", "10:30", ";", "1,000", "."]),
        ("港口のcrane", ["港", "口", "の", "crane"]),
        ("ที่", ["ที่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("Hafen\u00admauer 10\u2009000\u00a0€", ["Hafenmauer", "10000", "€"]),
        ("Cafe\u0301", ["Café"]),
        ("“Now!” …", ["“", "Now", "!", "”", "…"]),
        (" \n\t", []),
    ],
)
def test_a_text_is_words_and_marks(text: str, found: list[str]) -> None:
    """Words keep apostrophes, hyphens, vowel signs and decimal points; marks and CJK characters stand alone."""
    assert words(text) == found


@given(TEXTS)
def test_the_index_has_the_same_words(text: str) -> None:
    """A text as the full-text index keeps it has the tokens of the text, so that history and diff count alike."""
    assert words(segmented(text)) == words(text)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Raised by two metres.", "Raised by 2.5 metres.", "Raised by [-two-] {+2.5+} metres."),
        ("The harbour", "harbour", "[-The-] harbour"),
        ("harbour", "The harbour", "{+The+} harbour"),
        ("Yes, he said", "Yes he said", "Yes[-,-] he said"),
        ("香港的港口正在扩建。", "香港的海湾正在扩建中。", "香港的[-港口-]{+海湾+}正在扩建{+中+}。"),
        ("", "All new", "{+All new+}"),
        ("All gone", "", "[-All gone-]"),
        ("One.\n\nNote: two.", "One.\n\nCorrection: two.", "One.\n\n[-Note-] {+Correction+}: two."),
        ("One two.", "One.\n\nThree.", "One [-two-]{+.+}\n\n{+Three+}."),
        ("他走了吧", "他走了。\n\n新段", "他走了[-吧-]{+。+}\n\n{+新段+}"),
        ("他走了吧", "他走了\n\n新段", "他走了[-吧-]\n\n{+新段+}"),
        ("One.\n\nTwo.", "One.\n\nNew here.\n\nTwo.", "One.\n\n{+New here.+}\n\nTwo."),
        ("The A is. The B is.", "The A is. The X was. The B is.", "The A is. {+The X was.+} The B is."),
        ("b the c", "b x the y the c", "b {+x the y+} the c"),
        ("b the c d", "b x the y the c z", "b {+x the y+} the c [-d-] {+z+}"),
        ("It is. So, he ran.", "It is. So, she sat. So, he ran.", "It is. {+So, she sat.+} So, he ran."),
        (
            "Advertisement\n\nA b c d e.",
            "A b c d e.\n\nAdvertisement",
            "[-Advertisement-]\n\nA b c d e.\n\n{+Advertisement+}",
        ),
        ("a a b", "a a a b", "{+a+} a a b"),
        (
            "They met on Monday at the old town hall.",
            "They sat on benches near a pond the big swans loved.",
            "They [-met-] {+sat+} on [-Monday at-] {+benches near a pond+} the [-old town hall-] {+big swans loved+}.",
        ),
        (
            "Said nine old grey men of the north today.",
            "Said two young loud people of us all here.",
            "Said [-nine old grey men of the north today-] {+two young loud people of us all here+}.",
        ),
    ],
)
def test_changes_are_shown_where_a_reader_expects_them(old: str, new: str, shown: str) -> None:
    """Changed words are marked in their place; a sentence that came in is marked from its beginning to its end."""
    assert marked(old, new) == shown


def test_a_moved_paragraph_is_no_change_of_words() -> None:
    """A paragraph in another place is marked as moved at both, and counts neither as added nor as removed."""
    first, others = "One two three four five.", "Six seven eight nine ten.\n\nAnd more of that."
    runs = compare(tokens_of(f"{first}\n\n{others}"), tokens_of(f"{others}\n\n{first}"))
    assert redline(runs, WDIFF) == f"[~{first}~]\n\n{others}\n\n{{~{first}~}}"
    assert [words_in(runs, op) for op in ("added", "removed", "moved-from", "moved-to")] == [0, 0, 5, 5]
    long = "港口正在扩建" * 20
    longer = "香港的海湾很美" * 40
    moved = marked(f"{long}\n\n{longer}", f"{longer}\n\n{long}")
    assert moved.startswith(f"[~{long[:60]} …~]\n\n")
    again = compare(tokens_of(f"{first}\n\n{others}"), tokens_of(f"{others}\n\n{first}\n\n{first}"))
    assert [words_in(again, op) for op in ("added", "removed", "moved-to")] == [5, 0, 5]


def test_a_paragraph_moves_past_others_that_were_edited() -> None:
    """A short paragraph that stands elsewhere does not make the long ones around it, each edited, look rewritten."""
    short, long = "Ferries will leave from the pier.", "The wall was built in 1908 by {} men of the town and {} others."
    old = f"{long.format(90, 10)}\n\n{long.format(80, 20)}\n\n{short}"
    new = f"{short}\n\n{long.format(91, 11)}\n\n{long.format(81, 21)}"
    runs = compare(tokens_of(old), tokens_of(new))
    assert [words_in(runs, op) for op in ("added", "removed", "moved-from", "moved-to")] == [4, 4, 6, 6]


def test_what_nobody_reads_is_no_change() -> None:
    """Blanks, line ends, the parting of paragraphs, soft hyphens and composed accents make no difference."""
    old = "A café by the harbour wall. It is small."
    new = "A  cafe\u0301 by the har\u00adbour\u00a0wall.\n\nIt is\nsmall.\u200b"
    assert same_words(tokens_of(old), tokens_of(new))
    assert [run.op for run in compare(tokens_of(old), tokens_of(new))] == ["equal"]


@given(TEXTS, st.sampled_from(["\n", "  ", "\u00ad ", "\u200b"]))
def test_the_same_words_have_the_same_characters(text: str, between: str) -> None:
    """Texts with the same words are never told apart by their characters; so the quick comparison errs on no side."""
    other = between.join(token.text for token in tokens_of(text))
    assert same_characters(text, other) or not same_words(tokens_of(text), tokens_of(other))
    assert not same_characters(text, f"{text}x")


@given(TEXTS, TEXTS)
def test_changes_applied_to_the_old_text_give_the_new(old: str, new: str) -> None:
    """What was not added is the old text, and what was not removed the new one, token by token."""
    assert before_and_after(compare(tokens_of(old), tokens_of(new))) == (words(old), words(new))


@given(TEXTS)
def test_equal_texts_have_no_changes(text: str) -> None:
    """A text compared with itself is equal throughout."""
    assert {run.op for run in compare(tokens_of(text), tokens_of(text))} <= {"equal"}


@given(TEXTS, TEXTS)
def test_changes_are_as_few_as_can_be_told(old: str, new: str) -> None:
    """Neighbouring runs have different fates, but for paragraphs that moved, and none is empty."""
    runs = compare(tokens_of(old), tokens_of(new))
    assert all(run.tokens for run in runs)
    assert all(one.op != other.op or one.op.startswith("moved") for one, other in pairwise(runs))


@given(TEXTS, TEXTS, st.integers(0, 12))
def test_an_excerpt_leaves_out_nothing_but_equal_words(old: str, new: str, context: int) -> None:
    """Every change stays; no equal run at an edge, or beside what is left out, has more words than asked for."""
    runs = compare(tokens_of(old), tokens_of(new))
    shown = excerpt(runs, context)
    assert [run for run in shown if run.op not in ("equal", "skipped")] == [run for run in runs if run.op != "equal"]
    assert before_and_after(shown) == before_and_after(runs)
    for at, run in enumerate(shown):
        if run.op == "equal":
            beside = {other.op for other in shown[max(at - 1, 0) : at + 2] if other is not run}
            inner = 0 < at < len(shown) - 1 and "skipped" not in beside
            assert run.words <= (2 * context if inner else context)


@pytest.mark.parametrize(
    ("context", "shown"),
    [(0, "… {+5+} …"), (1, "… 4 {+5+} 6 …"), (3, "… 2 3 4 {+5+} 6 7 8 …"), (8, "1 2 3 4 {+5+} 6 7 8 9")],
)
def test_context_is_counted_in_words(context: int, shown: str) -> None:
    """So many words stand before and behind a change, and a mark for the others."""
    assert marked("1 2 3 4 6 7 8 9", "1 2 3 4 5 6 7 8 9", context) == shown


def test_what_is_left_out_ends_with_its_paragraph() -> None:
    """Words left out are marked at the end of one paragraph and the beginning of the next, or once in place of all."""
    old = "One two three.\n\nFour five six.\n\nSeven eight nine.\n\nTen eleven twelve."
    new = old.replace("One", "A").replace("nine", "no")
    assert marked(old, new, 1) == "[-One-] {+A+} two …\n\n… eight [-nine-] {+no+}.\n\nTen …"
    assert marked(old, new, 0) == "[-One-] {+A+} …\n\n… [-nine-] {+no+}.\n\n…"
    new = old.replace("One", "A").replace("Seven", "Ten")
    assert marked(old, new, 0) == "[-One-] {+A+} …\n\n[-Seven-] {+Ten+} …"
    new = old.replace("nine", "no")
    assert marked(old, new, 1) == "… eight [-nine-] {+no+}.\n\nTen …"


@given(TEXTS, TEXTS, st.integers(0, 12), st.integers(20, 60))
def test_what_is_shown_is_harmless_and_fits(old: str, new: str, context: int, columns: int) -> None:
    """On a terminal no line is too wide, commands anything but its own colours, or leaves one on."""
    shown = redline(excerpt(compare(tokens_of(old), tokens_of(new)), context), Screen(columns, colour=True))
    for line in shown.split("\n"):
        colours = re.findall(r"\x1b\[[0-9;]*m", line)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
        assert set(colours[::2]) <= {"\x1b[31;9m", "\x1b[32;4m", "\x1b[36m"}
        assert set(colours[1::2]) <= {"\x1b[0m"}
        assert len(colours) % 2 == 0
        assert escape_lines(plain) == plain
        assert width(plain) <= columns


@given(st.lists(st.integers(0, 6), max_size=25), st.lists(st.integers(0, 6), max_size=25))
def test_an_alignment_is_a_longest_one(old: list[int], new: list[int]) -> None:
    """Matches are equal items, rise in both sequences, and are as many as the textbook's table says there can be."""
    matches = align(old, new)
    assert all(old[one] == new[other] for one, other in matches)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(matches))
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for one in range(len(old)):
        for other in range(len(new)):
            best = max(table[one][other + 1], table[one + 1][other])
            table[one + 1][other + 1] = table[one][other] + 1 if old[one] == new[other] else best
    assert len(matches) == table[-1][-1]


@given(TEXTS, TEXTS, st.integers(0, 60), st.integers(0, 12))
def test_a_bound_that_is_reached_costs_no_words(old: str, new: str, work: int, most: int) -> None:
    """However little may be looked at, changes applied to the old text give the new one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "WORK", work)
        patch.setattr(alignment, "_MOST_CANDIDATES", most)
        runs = compare(tokens_of(old), tokens_of(new))
    assert before_and_after(runs) == (words(old), words(new))


def test_five_words_in_a_row_are_never_lost_between_changes() -> None:
    """Equal words are called rewritten with what stands around them when they are few, and not when they are five."""
    one, other = (" ".join(f"{name}{number}" for number in range(12)) for name in ("a", "b"))
    for equal, ops in (("v w x y", {"removed", "added"}), ("v w x y z", {"removed", "added", "equal"})):
        runs = compare(tokens_of(f"{one} {equal} {one}"), tokens_of(f"{other} {equal} {other}"))
        assert {run.op for run in runs} == ops


def test_long_repeated_texts_are_aligned_at_their_rare_words_and_then_around_them() -> None:
    """Sections of two words said over and over are matched at their headings, and each then as well as can be."""
    old = [word for section in range(40) for word in (f"heading {section}", *("x", "y") * 100)]
    new = [word for section in range(40) for word in (f"heading {section}", *("y", "x") * 100)]
    assert len(align(old, new)) == 40 * (1 + 199)


@pytest.mark.parametrize("bound", ["WORK", "_MOST_CANDIDATES"])
def test_beyond_the_bound_only_both_ends_are_matched(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing more may be looked at, what both sequences begin and end with is still matched, and no more."""
    monkeypatch.setattr(alignment, bound, 0)
    assert align("begin ab end", "begin ba end") == [*((at, at) for at in range(6)), *((at, at) for at in range(8, 12))]
