"""Floods of attributes: emptied wherever the end of the tag hides, and nothing else is ever touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.floods import without_floods

MOST = 20
MANY = range(60)
FLOODS = [
    "<div " + " ".join(f"a{one}=1" for one in MANY) + ">",
    "<div " + " ".join(f"a{one}" for one in MANY) + ">",
    "<div " + " ".join(f'a{one}="x y"' for one in MANY) + ">",
    "<div " + " ".join(f'a{one}="x>y"' for one in MANY) + ">",
    "<div " + " ".join(f"a{one} = '>'" for one in MANY) + ">",
    "<div " + " ".join(f'a{one}="it\'s > 1"' for one in MANY) + ">",
    "<div\n" + "\n".join(f"a{one}=1" for one in MANY) + ">",
    '<div title=">" ' + " ".join(f"a{one}=1" for one in MANY) + ">",
    '<div title="<p>" ' + " ".join(f"a{one}" for one in MANY) + ">",
]
HONEST = [
    '<path d="' + "M 10 20 L 30 40 " * 60 + '">',
    "<script>if (a<b " + "&& c " * 100 + "> d) {}</script>",
    '<script>x = "<div ' + "a " * 100 + '>"</script>',
    "<p>" + "one < two " * 100 + "</p>",
    "<p title='a>b'>" * 60 + "don't",
    "<div " + " ".join(f"a{one}=1" for one in range(MOST // 2)) + ">",
]


@pytest.mark.parametrize("flood", FLOODS)
def test_flood_is_emptied(flood: str) -> None:
    """A start tag with too many attributes keeps its name alone, and what stands around it stays."""
    markup = f"<html><body><p class=a>before</p>{flood}within</div><p>after</p>"
    assert without_floods(markup, MOST) == "<html><body><p class=a>before</p><div>within</div><p>after</p>"


def test_flood_behind_an_open_quote_in_a_script_is_emptied() -> None:
    """A script that leaves a quote open hides no flood behind its end."""
    flood = "<div " + " ".join(f"a{one}" for one in MANY)
    script = '<script>x = "<a b="</script>'
    assert without_floods(f"{script}{flood}>", MOST) == f"{script}<div>"


@pytest.mark.parametrize("honest", HONEST)
def test_honest_markup_stays(honest: str) -> None:
    """Long values, scripts, prose with signs and a few attributes are no flood."""
    markup = f"<html><body>{honest}<p>after</p>"
    assert without_floods(markup, MOST) == markup


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["<a ", "b=", '"', "'", ">", " c", "=", "<script", "</script>", "\n"]), max_size=60))
def test_no_markup_hangs_it(pieces: list[str]) -> None:
    """Any jumble of quotes and brackets comes out, never longer than it went in."""
    markup = "".join(pieces)
    assert len(without_floods(markup, 3)) <= len(markup)
