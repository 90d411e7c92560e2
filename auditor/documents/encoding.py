"""From bytes to text: byte-order marks, UTF-8, declared and detected encodings."""

from __future__ import annotations

import codecs
import re

from auditor.documents.interface import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]")
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒ“”‘’–—…«»‹›„‚°§©®€£¿¡·•™\xa0\xad"
)
"""What Western European text in windows-1252 or latin-1 has besides ASCII."""
DAMAGED_UTF8 = "utf-8 with errors"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(source: Source, declared: str | None = None) -> tuple[str, str]:
    """Decodes a text file without ever guessing where the answer is known.

    A byte-order mark wins, then valid UTF-8, then the encoding that the file declares, then UTF-8 with a few
    wrong bytes, Western European, and statistical detection (charset-normalizer). Line ends are kept.

    Args:
        source: The file.
        declared: Encoding named inside the file (XML declaration, HTML meta, Python cookie), if any.

    Returns:
        The text and the name of its encoding.

    Raises:
        DocumentError: If the bytes are binary or no encoding fits.
    """
    data = source.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise source.error(f"starts like {encoding} but is damaged at byte {error.start}") from error
    head = data[:_SAMPLE]
    if b"\x00" not in head or not _looks_wide(head):
        if len(_CONTROL.findall(head)) > len(head) // 200:
            raise source.error("is binary, not text")
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass  # not UTF-8: what the file declares comes next, then detection
    if declared:
        try:
            return data.decode(declared), codecs.lookup(declared).name
        except (UnicodeDecodeError, LookupError):
            pass  # a wrong declaration is common; detection decides
    return _detect(source)


def _looks_wide(head: bytes) -> bool:
    """Whether NULs fall on every other byte, as in UTF-16 without a mark."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 5 and min(even, odd) < len(head) // 50 + 1


def _detect(source: Source) -> tuple[str, str]:
    data = source.data
    if b"\x00" not in data[:_SAMPLE] and (known := _damaged_utf8(data) or _western(data)):
        return known
    from charset_normalizer import from_bytes

    # The bytes that tell the encoding: a long file may be ASCII up to its last page.
    first = _HIGH.search(data)
    start = max(0, first.start() - 4096) if first and b"\x00" not in data[:_SAMPLE] else 0
    best = from_bytes(data[start : start + (1 << 20)]).best()
    if best is None:
        raise source.error("is binary, or text in an encoding that could not be detected")
    try:
        return source.data.decode(best.encoding), best.encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise source.error(
            f"looks like {best.encoding} but cannot be decoded as such; save it as UTF-8"
        ) from error


def _damaged_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 in which a few bytes are wrong or cut off; they become U+FFFD."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return (text, DAMAGED_UTF8) if right >= max(5, 10 * wrong) else None


def _western(data: bytes) -> tuple[str, str] | None:
    """Windows-1252, where all that is not ASCII would be Western European and sparse.

    Statistical detection often takes a few accents or curly quotes for a Baltic or Mac encoding.
    """
    high = b"".join(_HIGH.findall(data))
    if len(high) * 6 > len(data):
        return None
    try:
        return (data.decode("cp1252"), "cp1252") if _WESTERN.issuperset(high.decode("cp1252")) else None
    except UnicodeDecodeError:
        return None
