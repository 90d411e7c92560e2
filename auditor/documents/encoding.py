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
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(source: Source, declared: str | None = None) -> tuple[str, str]:
    """Decodes a text file without ever guessing where the answer is known.

    A byte-order mark wins, then valid UTF-8, then the encoding that the file declares, then statistical detection
    (charset-normalizer). Line ends are kept as they are.

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
    from charset_normalizer import from_bytes

    best = from_bytes(source.data[: 1 << 20]).best()
    if best is None:
        raise source.error("is binary, or text in an encoding that could not be detected")
    try:
        return source.data.decode(best.encoding), best.encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise source.error(f"looks like {best.encoding} but cannot be decoded as such; save it as UTF-8") from error
