"""Characters of a page: byte order mark, valid UTF-8, header, meta element, guess, in that order of authority."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.charset import Decoded, decode

RUSSIAN = "Старый мост над рекой снова открыт, и первый трамвай прошёл по нему рано утром. " * 4
JAPANESE = "古い橋がふたたび開通し、朝早くから大勢の人が歩いて渡った。" * 4
FRENCH = "Le maire, ému, a payé 4 000 € : « c’est peu », dit-il. "

DECLARED = [
    ("text/html; charset=windows-1251", RUSSIAN, "cp1251", "header"),
    ('text/html; charset="WINDOWS-1251"', RUSSIAN, "cp1251", "header"),
    ("text/html;charset=koi8-r", RUSSIAN, "koi8-r", "header"),
    ("text/html; charset=Shift_JIS", JAPANESE, "cp932", "header"),
    ("text/html; charset=EUC-JP", JAPANESE, "euc_jp", "header"),
    ("text/html; charset=iso-2022-jp", JAPANESE, "iso2022_jp", "header"),
    ("text/html; charset=iso-8859-1", FRENCH, "cp1252", "header"),
    ("text/html; charset=gbk", "老图书馆重新开放，门前排起长队。", "gb18030", "header"),
]


@pytest.mark.parametrize(("content_type", "text", "encoding", "source"), DECLARED)
def test_header_is_believed(content_type: str, text: str, encoding: str, source: str) -> None:
    """What the Content-Type header declares is how the bytes are read, with the meaning browsers give its label."""
    decoded = decode(text.encode(encoding), content_type)
    assert (decoded.text, decoded.encoding, decoded.source) == (text, encoding, source)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_meta_is_believed_where_the_header_is_silent(meta: str) -> None:
    """A declaration inside the page counts where no header declares anything."""
    decoded = decode((meta + RUSSIAN).encode("cp1251"), "text/html")
    assert decoded.text == meta + RUSSIAN
    assert decoded.source == "meta"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_wins(codec: str) -> None:
    """A byte order mark is believed against every declaration, and is no part of the text."""
    decoded = decode(JAPANESE.encode(codec), "text/html; charset=windows-1252")
    assert (decoded.text, decoded.source) == (JAPANESE, "bom")


@pytest.mark.parametrize("content_type", [None, "text/html", "text/html; charset=iso-8859-1", "text/html; charset=xyz"])
def test_valid_utf_8_is_utf_8(content_type: str | None) -> None:
    """Text beyond ASCII that is valid UTF-8 is read as UTF-8, whatever was declared."""
    assert decode(RUSSIAN.encode(), content_type).text == RUSSIAN


def test_wrong_utf_8_declaration_gives_way_to_the_meta_element() -> None:
    """A header that says UTF-8 over bytes that are not is passed over for the meta element that fits."""
    markup = f'<meta charset="windows-1251">{RUSSIAN}'
    assert decode(markup.encode("cp1251"), "text/html; charset=utf-8").text == markup


def test_few_broken_bytes_do_not_make_a_declaration_wrong() -> None:
    """One broken character in a long UTF-8 text costs that character, not the encoding."""
    body = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert decode(body, "text/html; charset=utf-8").text == f"{RUSSIAN}\ufffd{RUSSIAN}"


@pytest.mark.parametrize(
    ("language", "codec", "text"), [("de", "cp1252", "„Käse“ für alle"), ("bg", "cp1251", RUSSIAN)]
)
def test_text_pasted_into_utf_8_is_read_as_it_was_meant(language: str, codec: str, text: str) -> None:
    """Where half of the characters are UTF-8, as declared, the others are read in the encoding of the language."""
    before, after = f'<html lang="{language}"><meta charset=utf-8>{text}<p>', f"</p>{text} {text}"
    body = before.encode() + text.encode(codec) + after.encode()
    assert decode(body) == Decoded(f"{before}{text}{after}", "utf-8", "meta")


@pytest.mark.parametrize(
    ("language", "encoding", "text"), [("ja", "euc_jp", JAPANESE), ("ja", "cp932", JAPANESE), ("ru", "cp1251", RUSSIAN)]
)
def test_undeclared_bytes_are_guessed(language: str, encoding: str, text: str) -> None:
    """Bytes that nobody declared are read in an encoding of the language that the page names."""
    markup = f'<html lang="{language}"><p>{text}</p>'
    decoded = decode(markup.encode(encoding))
    assert (decoded.text, decoded.source) == (markup, "guess")


@pytest.mark.parametrize("label", ["hex", "zip", "unicode-escape", "rot13", "undefined", "idna", "nonsense"])
def test_no_page_chooses_a_codec_that_is_no_character_set(label: str) -> None:
    """A label that means no character set of the web is as good as none."""
    body = FRENCH.encode("cp1252")
    assert decode(body, f"text/html; charset={label}") == decode(body)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=gbk", "x; y"]))
def test_never_raises(body: bytes, content_type: str | None) -> None:
    """Any bytes under any declaration become text."""
    assert isinstance(decode(body, content_type).text, str)
