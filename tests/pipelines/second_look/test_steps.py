"""The steps of the second look, each alone with the others switched off: what goes, and what its guards keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.notices import RULE as MISSING_PAGE_NOTICE
from pipelines.second_look import left_out
from pipelines.second_look.facts import Facts
from pipelines.second_look.steps import LONGEST_NOISE, SECOND_BEHIND, STEPS, look_again
from pipelines.skip_links import SKIP_LINKS
from tests.pipelines.documents import SENTENCE
from tests.pipelines.drafts import draft_of, texts

if TYPE_CHECKING:
    from pipelines.second_look.draft import Draft

NAMES = (*(step.name for step in STEPS), left_out.STEP)
NOTHING = Facts()
P = f"<p>{SENTENCE * 2}</p>"
LONG = SENTENCE * 3
"""A paragraph that no step that goes by single lines looks at."""

PROSE = f"<p>{LONG}</p>" * 3


def look(draft: Draft, step: str, facts: Facts = NOTHING) -> tuple[str, ...]:
    """Take one step on a draft, and return what it took out."""
    removed = look_again(draft, facts, frozenset(NAMES) - {step})
    assert {one.rule for one in removed} <= {step}
    return tuple(one.text for one in removed)


def taken(page: str, step: str, facts: Facts = NOTHING) -> tuple[str, ...]:
    """Return what one step takes out of a page, all of which was in the text; the rest stays in its order."""
    draft = draft_of(page)
    before = texts(draft)
    found = look(draft, step, facts)
    rest = list(found)
    assert texts(draft) == [text for text in before if text not in rest or rest.remove(text)]  # type: ignore[func-returns-value]
    assert not rest
    return found


def test_names() -> None:
    """Every step has a name of its own, and so has what puts lines in."""
    assert len(set(NAMES)) == len(NAMES)
    assert all(NAMES)


def test_every_step_can_be_left_out() -> None:
    """Without any step a draft stays as it is."""
    page = f"<p>Skip to content</p><h1>Bakers</h1>{PROSE}<p><a href=/x>Link</a></p><p>Advertisement</p>"
    draft = draft_of(page)
    before = texts(draft)
    assert look_again(draft, Facts(("Bakers",)), frozenset(NAMES)) == ()
    assert texts(draft) == before


def test_steps_name_what_they_take() -> None:
    """Each line that goes is reported once, by the step that took it, in the order of the steps."""
    page = f"<p>Advertisement</p><h1>Bakers</h1>{PROSE}<p><a href=/x>Another story</a></p><p>Skip to content</p>"
    draft = draft_of(page)
    removed = look_again(draft, Facts(("Bakers",)), frozenset({"weighed", left_out.STEP}))
    assert [(one.rule, one.text) for one in removed] == [
        ("skip-link", "Skip to content"),
        ("title-repeated", "Bakers"),
        ("link-paragraph", "Another story"),
        ("label", "Advertisement"),
    ]
    assert texts(draft) == [LONG.strip()] * 3


@pytest.mark.parametrize("words", sorted(SKIP_LINKS))
def test_skip_link_goes(words: str) -> None:
    """A line that only moves the reader about the page goes, in any case and with a mark behind it."""
    for line in (words, words.title() if words.isascii() else words, f"{words} ↓", f"{words}."):
        assert taken(f"<p>{line}</p>{PROSE}", "skip-link") == (line,)


@pytest.mark.parametrize(
    "line", ["Skip to content that matters, said the editor.", "Why readers skip to content", f"Skip to content {LONG}"]
)
def test_skip_link_within_words_stays(line: str) -> None:
    """A sentence with the words of such a link stays."""
    assert taken(f"<p>{line}</p>{PROSE}", "skip-link") == ()


@pytest.mark.parametrize(
    "line",
    [
        *("Page not found", "Sorry, the page you requested could not be found.", "Seite nicht gefunden"),
        *("Die Seite wurde nicht gefunden.", "Page introuvable", "Página no encontrada", "Pagina non trovata"),
        *("Страница не найдена", "ページが見つかりません", "找不到页面"),
    ],
)
def test_notice_goes(line: str) -> None:
    """A line that says that the page does not exist goes, unless the page is about such lines by its title."""
    assert taken(f"{PROSE}<p>{line}</p>", MISSING_PAGE_NOTICE) == (line,)
    about = Facts(("Page not found: the art of the missing page",))
    assert taken(f"{PROSE}<p>{line}</p>", MISSING_PAGE_NOTICE, about) == ()


@pytest.mark.parametrize(
    "line", ["The last page of the parish book was not found.", "“Page not found”, it said.", f"Page not found. {LONG}"]
)
def test_notice_within_words_stays(line: str) -> None:
    """A sentence about a page that is missing stays."""
    assert taken(f"{PROSE}<p>{line}</p>", MISSING_PAGE_NOTICE) == ()


TITLE = "Why the Mill Stands Still"
TITLED = Facts((TITLE, f"{TITLE} | The Lantern"))
TITLES: list[tuple[str, tuple[str, ...]]] = [
    (f"<h1>{TITLE}</h1>{PROSE}", (TITLE,)),
    (f"<p>{TITLE}</p>{PROSE}", (TITLE,)),
    (f"<p>why the mill stands still!</p>{PROSE}", ("why the mill stands still!",)),
    (f"<h1>{TITLE} | The Lantern</h1><h2>{TITLE}</h2>{PROSE}", (f"{TITLE} | The Lantern", TITLE)),
    (f"<p>a</p><p>b</p><p>{TITLE}</p>{PROSE}", (TITLE,)),
    (f"<p>a</p><p>b</p><p>c</p><h1>{TITLE}</h1>{PROSE}", (TITLE,)),
    (f"<p>a</p><p>b</p><p>c</p><p>{TITLE}</p>{PROSE}", ()),
    (f"{PROSE}<h2>{TITLE}</h2>{PROSE}", ()),
    (f"{PROSE}<p>{TITLE}</p>", ()),
    (f"<h1>{TITLE}, and other questions</h1>{PROSE}", ()),
    (f"<h1>The mill</h1>{PROSE}", ()),
    (f"<h1>—</h1>{PROSE}", ()),
]


@pytest.mark.parametrize(("page", "gone"), TITLES)
def test_titles(page: str, gone: tuple[str, ...]) -> None:
    """The title goes where a heading repeats it before the prose, or any of the first lines; nothing like it does."""
    assert taken(page, "title-repeated", TITLED) == gone


def test_no_titles() -> None:
    """Where no title is known, no line is one."""
    assert taken(f"<h1>{TITLE}</h1>{PROSE}", "title-repeated") == ()


OTHER = LONG.replace("baker", "miller").strip()
SECOND = f"<article><h1>The miller</h1><p>Short</p><p>{OTHER}</p></article>"
SECONDS: list[tuple[str, str, tuple[str, ...]]] = [
    ("another article below", f"<article>{PROSE}</article>{SECOND}", ("The miller", "Short", OTHER)),
    ("one within it", f"<article>{PROSE}{SECOND}</article>", ("The miller", "Short", OTHER)),
    ("behind a comment", f"<article>{PROSE}</article><p>Two comments</p>{SECOND}", ("The miller", "Short", OTHER)),
    ("too little before", f"<article>{P}</article>{SECOND}", ()),
    ("in the same element", f"<article>{PROSE}<h1>The miller</h1><p>{OTHER}</p></article>", ()),
    ("a lesser heading", f"<article>{PROSE}</article>{SECOND.replace('h1', 'h2')}", ()),
    ("in no element", f"<article>{PROSE}</article><h1>The miller</h1><p>{OTHER}</p>", ()),
    ("the first in none", f"<div>{PROSE}</div>{SECOND}", ()),
    ("its own title", f"<article>{PROSE}</article>{SECOND.replace('The miller', TITLE)}", ()),
]


@pytest.mark.parametrize(("page", "gone"), [case[1:] for case in SECONDS], ids=[case[0] for case in SECONDS])
def test_second_article(page: str, gone: tuple[str, ...]) -> None:
    """From the main heading of another article on everything goes, where enough of one stands above it."""
    assert len(LONG.strip()) * 3 >= SECOND_BEHIND > 2 * len(SENTENCE)
    assert taken(page, "second-article", TITLED) == gone


CAPTIONS: list[tuple[str, tuple[str, ...]]] = [
    (f"<figure><figcaption>The mill in winter</figcaption></figure>{PROSE}", ("The mill in winter",)),
    (f"{PROSE}<div class='wp-caption-text'><p>The mill in winter.</p></div>{P}", ("The mill in winter.",)),
    (f"{PROSE}<p class='image-caption'>The mill in winter.</p>{P}", ("The mill in winter.",)),
    (f"{PROSE}<p class='bildunterschrift'>Die Mühle im Winter.</p>{P}", ("Die Mühle im Winter.",)),
    (f"{PROSE}<p>The mill in winter.</p>{P}", ()),
    (f"{PROSE}<figure><figcaption>{LONG}</figcaption></figure>", ()),
    (f"{P}<figure><figcaption>{SENTENCE * 2}</figcaption></figure>", ()),
]


@pytest.mark.parametrize(("page", "gone"), CAPTIONS)
def test_captions(page: str, gone: tuple[str, ...]) -> None:
    """What stands below a picture goes, but no long text, and none where captions are much of the text."""
    assert taken(page, "caption") == gone


BOX = "<div class='{}'><h3>The mill</h3><p>Built: 1790</p></div>"
FACT_BOXES: list[tuple[str, tuple[str, ...]]] = [
    (f"{PROSE}{BOX.format('infobox')}{P}", ("The mill", "Built: 1790")),
    (f"{PROSE}{BOX.format('article-fact-box')}{P}", ("The mill", "Built: 1790")),
    (f"{PROSE}{BOX.format('faktaruta')}{P}", ("The mill", "Built: 1790")),
    (f"{PROSE}{BOX.format('box-shadow')}{P}", ()),
    (f"{PROSE}<div class=infobox><table><tr><td>Built</td><td>1790</td></tr></table></div>", ()),
    (f"{P}<div class=infobox>{P}</div>", ()),
]


@pytest.mark.parametrize(("page", "gone"), FACT_BOXES)
def test_fact_boxes(page: str, gone: tuple[str, ...]) -> None:
    """A box of facts goes by its name, but no table, and none that is much of the text."""
    assert taken(page, "fact-box") == gone


BARE: list[tuple[str, tuple[str, ...]]] = [
    (f"{PROSE}<h2>More stories</h2>", ("More stories",)),
    (f"<h2>The mill</h2>{PROSE}<h2>More</h2><h3>Stories</h3>", ("Stories", "More")),
    (f"<h2>The mill</h2>{PROSE}", ()),
    ("<h2>The mill</h2><h2>The bakers</h2>", ()),
    ("", ()),
]


@pytest.mark.parametrize(("page", "gone"), BARE)
def test_bare_headings(page: str, gone: tuple[str, ...]) -> None:
    """Headings at the end have nothing below them and go, unless there is nothing else."""
    assert taken(page, "bare-heading") == gone


LINK = "<p><a href=/x>Another story</a></p>"
LONE_LINKS: list[tuple[str, tuple[str, ...]]] = [
    (f"{PROSE}{LINK}{P}", ("Another story",)),
    (f"{PROSE}<p>» <a href=/x>Another story of the town</a></p>", ("» Another story of the town",)),
    (f"{PROSE}<p>See <a href=/x>another story</a></p>", ()),
    (f"{PROSE}<ul><li><a href=/x>Another story</a></li></ul>", ()),
    (f"{PROSE}<h2><a href=/x>Another story</a></h2>", ()),
    (f"{P}{LINK * 9}", ()),
    (f"{PROSE}{P}<p>{SENTENCE}</p>", ()),
]


@pytest.mark.parametrize(("page", "gone"), LONE_LINKS)
def test_lone_links(page: str, gone: tuple[str, ...]) -> None:
    """A paragraph of one link goes, but no item, no heading, and none where links are much of the text."""
    assert taken(page, "link-paragraph") == gone


LABELS: list[tuple[str, str]] = [
    ("p", "Tags: mill, river, bread"),
    ("p", "Schlagwörter: Mühle, Fluss"),
    ("p", "Теги: мельница, хлеб"),
    ("p", "Share on Facebook"),
    ("p", "Folgen Sie uns auf allen Kanälen"),
    ("p", "* * *"),
    ("p", "Reporting by Ada Brand, editing by Ole Vik."),
    ("p", "The mill in winter. Photo: Ada Brand"),
    ("p", "Advertisement"),
    ("h3", "Anzeige"),
    ("p", "- REKLAMA -"),
    ("p", "Share this article"),
    ("p", "Teilen"),
    ("p", "Leave a comment"),
    ("p", "Kommentar schreiben"),
    ("p", "All rights reserved."),
    ("p", "© 2026 The Lantern"),
    ("p", "Tous droits réservés"),
    ("p", "Read more: why the mill stands still"),
    ("h2", "Lesen Sie auch"),
    ("li", "Leia também: o moinho parado"),
    ("p", "Читайте также: мельница стоит."),
    ("p", "関連記事：水車小屋"),
    ("p", "By Ada Brand"),
    ("p", "Von Karl Brand und Mia Holm"),
    ("p", "Автор: Иван Лесной"),
    ("p", "Photo: Ada Brand"),
    ("p", "Källa: Dalens arkiv"),
    ("p", "Last updated 3 March 2026"),
    ("p", "Mis à jour le 3 mars"),
    ("p", "4 min read"),
    ("p", "Sign up for our newsletter!"),
    ("p", "Suscríbete a nuestro boletín."),
]

NO_LABELS: list[tuple[str, str]] = [
    ("p", "Tags der offenen Tür kamen viele."),
    ("p", "Topics were few in the valley."),
    ("p", "Where was it, the photo: who knew?"),
    ("p", "12"),
    ("li", "Advertisement"),
    ("li", "Share"),
    ("p", "Share the bread before it is cold."),
    ("p", "Advertising pays for the bus."),
    ("p", "Comments by the mayor angered the town."),
    ("p", "Read more books, she told the pupils."),
    ("p", "Lesen Sie auch Bücher über Mühlen, riet der Lehrer den Kindern."),
    ("h2", "By the river"),
    ("p", "By the river stood a mill."),
    ("p", "Von hier kam das Mehl!"),
    ("p", "By the time that the bus came nobody was left at the stop"),
    ("p", "Par ici passait la route."),
    ("p", "Photo albums lay open on the table."),
    ("h3", "Photo: how to take one"),
    ("p", "Source of the fire was a stove."),
    ("li", "Photo: Ada Brand"),
    ("p", "Published in 1890, the book sold badly."),
    ("h2", "Stand der Dinge"),
    ("p", "Bread"),
]


@pytest.mark.parametrize(("tag", "line"), LABELS)
def test_label_goes(tag: str, line: str) -> None:
    """A line that says what it is goes, in whatever language."""
    assert taken(f"{PROSE}<{tag}>{line}</{tag}>{P}", "label") == (line,)


@pytest.mark.parametrize(("tag", "line"), NO_LABELS)
def test_no_label_stays(tag: str, line: str) -> None:
    """A sentence, a heading or an item that begins with the words of a label stays."""
    assert taken(f"{PROSE}<{tag}>{line}</{tag}>{P}", "label") == ()


def test_items_below_a_label_of_tags() -> None:
    """The items below a label of keywords go with it; other lists stay."""
    items = "<ul><li>Mill</li><li>River</li></ul>"
    assert taken(f"{PROSE}<p>Tags:</p>{items}", "label") == ("Tags:", "Mill", "River")
    assert taken(f"{PROSE}<p>Two things:</p>{items}", "label") == ()


DATES = [
    ("en", "Monday, 4 May 2026, 12:30"),
    ("de", "4. Mai 2026, 12:30 Uhr"),
    ("fr", "Lundi 4 mai 2026 à 12h30"),
    ("es", "4 de mayo de 2026"),
    ("ru", "4 мая 2026"),
    ("pl", "4 maja 2026"),
]


@pytest.mark.parametrize(("language", "line"), DATES)
def test_date_above_the_prose(language: str, line: str) -> None:
    """A line that is a date and nothing else goes above the prose, and stays below its beginning."""
    facts = Facts(language=language)
    assert taken(f"<p>{line}</p>{PROSE}", "label", facts) == (line,)
    assert taken(f"{PROSE}<p>{line}</p>{P}", "label", facts) == ()


def test_label_with_a_link() -> None:
    """A sentence that begins with the words for another story is a label where it has a link."""
    line = "Lesen Sie auch {} über die Mühle."
    assert taken(f"{PROSE}<p>{line.format('den Bericht')}</p>", "label") == ()
    page = f"{PROSE}<p>{line.format('<a href=/x>den Bericht</a>')}</p>"
    assert taken(page, "label") == (line.format("den Bericht"),)


def test_label_of_an_author() -> None:
    """A longer line about an author is a label where the page calls its place one."""
    line = "By Ada Brand, our reporter for the upper and the lower town"
    assert taken(f"{PROSE}<p>{line}</p>", "label") == ()
    assert taken(f"{PROSE}<p class=byline>{line}</p>", "label") == (line,)


def test_long_label_stays() -> None:
    """A line as long as a paragraph is no label, whatever its first words are."""
    assert taken(f"{PROSE}<p>Photo: {LONG}</p>", "label") == ()


def test_cell_is_no_label() -> None:
    """A cell of a table stays, whatever it says."""
    assert taken(f"{PROSE}<table><tr><td>Source: parish</td><td>Share</td></tr></table>", "label") == ()


def test_labels_that_are_much_of_the_text_stay() -> None:
    """Where labels are much of the text, they are what the page is about."""
    lines = "".join(f"<p>Photo: baker number {place} at his oven</p>" for place in range(9))
    assert taken(f"{P}{lines}", "label") == ()
    assert len(taken(f"{PROSE * 6}{lines}", "label")) == 9


NEWSLETTER = '<div class="newsletter-signup"><p>Sign up for our newsletter!</p></div>'


def test_weighed_line_goes() -> None:
    """A line that everything speaks against goes: its words, its links, the name of its place, where it stands."""
    page = f"<main>{PROSE * 4}</main><aside></aside><div class='newsletter'>{NEWSLETTER}</div>"
    assert taken(page, "weighed") == ("Sign up for our newsletter!",)


def test_weighed_prose_stays() -> None:
    """Paragraphs, headings and lists in one place stay, whatever their language."""
    page = (
        "<main><h2>The mill</h2><p>The mill of the upper town stands still for want of water, the miller said.</p>"
        f"<ul><li>One baker waits for flour.</li><li>Two bakers have closed.</li></ul>{PROSE}<h2>Die Mühle</h2>"
        "<p>Die Mühle der oberen Stadt steht still, weil das Wasser fehlt, sagte der Müller am Morgen.</p>"
        f"{PROSE}<p>上の町の水車小屋は水が足りずに止まっていると、粉屋は朝に話した。</p>{PROSE}</main>"
    )
    assert taken(page, "weighed") == ()


def test_weighing_takes_no_more_than_its_share() -> None:
    """Where more than half of the text would go, all of it stays."""
    line = "Sign up for our newsletter | © 2026!"
    noise = f"<div class='newsletter legal-disclaimer'><p><a href=/x>{line}</a></p></div>" * 3
    assert taken(f"<main>{PROSE}</main>{noise}", "weighed") == (line,) * 3
    assert taken(f"<main><p>The mill stands still.</p></main>{noise}", "weighed") == ()


_LINES = st.one_of(
    st.sampled_from([*LABELS, *NO_LABELS]).map(lambda case: f"<{case[0]}>{case[1]}</{case[0]}>"),
    st.sampled_from([f"<p>{LONG}</p>", P, LINK, f"<h1>{TITLE}</h1>", NEWSLETTER, "<p>Page not found</p>"]),
    st.text("aé港 .:", min_size=1, max_size=30).map(lambda text: f"<p>{text}</p>"),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_LINES, max_size=12).map("".join))
def test_what_goes_and_what_stays_is_all(page: str) -> None:
    """Of any page the lines that stay and those that are reported are the lines that were there, and prose stays."""
    draft = draft_of(page)
    before = texts(draft)
    removed = look_again(draft, TITLED, frozenset({left_out.STEP}))
    assert sorted([*texts(draft), *(one.text for one in removed)]) == sorted(before)
    assert {one.rule for one in removed} <= set(NAMES)
    assert not [one for one in removed if len(one.text) > LONGEST_NOISE]
