"""The walk back over copies: what it finds, and with how many tries, whatever the history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.walk_back import WalkBack


def walked(history: list[bool], tries: int) -> tuple[int | None, list[int]]:
    """Walk over copies, newest first, and return the number of the good one that was found last, and those tried."""
    walk, found, tried = WalkBack(len(history), tries), None, list[int]()
    while (number := walk.next()) is not None:
        tried.append(number)
        walk.tell(number, good=history[number])
        found = number if history[number] else found
    return found, tried


@pytest.mark.parametrize(
    ("dead", "good", "tries", "tried"),
    [
        (0, 1, 10, [0]),
        (2, 3, 10, [0, 1, 2]),
        (5, 0, 10, [0, 1, 2, 3, 4]),
        (0, 500, 10, [0]),
        (20, 480, 10, [0, 2, 6, 14, 30, 22, 18, 20, 19]),
        (499, 1, 10, [0, 2, 6, 14, 30, 62, 126, 254, 499, 376]),
        (3, 97, 1, [0]),
    ],
)
def test_steps(dead: int, good: int, tries: int, tried: list[int]) -> None:
    """Few copies are tried one after the other; over many the steps double, and then halve what is left."""
    assert walked([False] * dead + [True] * good, tries)[1] == tried


@given(st.integers(0, 499), st.integers(1, 500))
def test_the_last_good_copy_is_found_with_few_tries(dead: int, good: int) -> None:
    """Where a page died once, its last good copy is found, of a thousand copies with 19 tries."""
    found, tried = walked([False] * dead + [True] * good, 19)
    assert found == dead
    assert len(tried) <= 19


@given(st.lists(st.booleans(), max_size=300), st.integers(1, 20))
def test_any_history_is_walked_within_its_bounds(history: list[bool], tries: int) -> None:
    """No copy is tried twice, no more are tried than allowed, and a short history gives its newest good copy."""
    found, tried = walked(history, tries)
    assert len(tried) == len(set(tried)) <= tries
    if len(history) <= tries:
        assert found == (history.index(True) if True in history else None)
