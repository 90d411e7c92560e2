from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents import DocumentError, Source
from auditor.documents.encoding import DAMAGED_UTF8, decode

from .reading import read

KOREAN = (
    "죄송하지만 저는 인공지능 언어 모델이라서 실시간 정보에 접근할 수 없습니다. 도움이 되었기를 바랍니다.\r\n"
)
JAPANESE = (
    "申し訳ありませんが、私はAI言語モデルとして、そのご要望にはお応えできません。よろしくお願いします。\n"
)
CHINESE = "很抱歉，作为一个人工智能语言模型，我无法访问实时信息。希望这对您有所帮助。\n"
RUSSIAN = "К сожалению, как языковая модель, я не могу выполнить этот запрос. Надеюсь, это поможет.\n"
FRENCH = "Désolé, en tant que modèle de langage, je ne peux pas accéder à ces données déjà très âgées.\n"


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((KOREAN, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "euc-kr", "cp949")),
        (JAPANESE, "shift_jis"),
        (CHINESE, "gb18030"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "latin-1"),
        (FRENCH, "cp1252"),
        ("As an AI language model, I can’t do “that” – sorry.\n", "cp1252"),
        ("As an AI language model, I cannot do that.\n", "utf-16-le"),
        ("As an AI language model, I cannot do that.\n", "utf-16-be"),
    ],
)
def test_encodings_are_told_apart(text: str, encoding: str, times: int) -> None:
    assert decode(Source("a.txt", (text * times).encode(encoding)))[0] == text * times


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(Source("a.txt", mark + KOREAN.encode(encoding)))[0] == KOREAN


def test_a_mark_whose_text_is_damaged_is_an_error() -> None:
    with pytest.raises(DocumentError, match="starts like utf-16 but is damaged at byte"):
        decode(Source("a.txt", codecs.BOM_UTF16_LE + b"ab\x00"))


def test_a_few_wrong_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = (KOREAN * 5).encode()
    text, encoding = decode(Source("a.txt", data + b"\xff\n" + data))
    assert (text, encoding) == (KOREAN * 5 + "\ufffd\n" + KOREAN * 5, DAMAGED_UTF8)
    assert decode(Source("a.txt", data[:-4]))[1] == DAMAGED_UTF8
    document = read(data + b"\xff\n" + data, "a.txt")
    assert document.utf8.decode() == document.text


def test_an_encoding_that_starts_late_in_a_long_file_is_seen() -> None:
    text = "plain words\n" * 120_000 + KOREAN * 30
    assert decode(Source("a.txt", text.encode("cp949")))[0] == text


def test_a_declared_encoding_is_used_unless_the_bytes_are_utf8() -> None:
    assert decode(Source("a", RUSSIAN.encode("cp866")), "cp866") == (RUSSIAN, "cp866")
    assert decode(Source("a", RUSSIAN.encode()), "cp866") == (RUSSIAN, "utf-8")
    assert decode(Source("a", FRENCH.encode("latin-1")), "no-such-encoding")[0] == FRENCH


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + b"\x00" * 40, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 30],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="binary"):
        decode(Source("a.txt", data))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(Source("a.txt", text.encode()))[0] == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        text, encoding = decode(Source("a.txt", data))
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str) and encoding
