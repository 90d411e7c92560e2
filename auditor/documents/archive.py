"""ZIP containers (DOCX, EPUB) read within bounds: a bomb costs a message, not the machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from auditor.documents.interface import MIB, Limits, Source

_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


class Archive:
    """The members of a ZIP file. All members that are read share one budget, ``limits.max_text``.

    Args:
        source: The container.
        limits: Bounds on members, unfolded size and ratio.

    Raises:
        DocumentError: If it is no readable ZIP file or has too many members.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._unfolded = 0
        # Counted before zipfile makes an object of each: half a million of them would fill the memory.
        if source.data.count(b"PK\x01\x02") > limits.max_members:
            raise source.error(f"holds more than {limits.max_members:,} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except _DAMAGE as error:
            raise source.error("is a damaged or cut off ZIP container; save it again") from error

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the order of the archive's directory."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, at most 64 KiB at a time.

        Raises:
            DocumentError: If the member is missing, encrypted, damaged or unfolds beyond the limits.
        """
        member = self._members.get(name)
        if member is None:
            raise self._source.error(f"lacks its part {name}; it is damaged")
        if member.flag_bits & _ENCRYPTED:
            raise self._source.error("is encrypted; save it without a password")
        if member.compress_type not in _METHODS:
            raise self._source.error(f"packs {name} by a method that its format does not allow")
        size = 0
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    self._check(member, size, len(chunk))
                    yield chunk
        except _DAMAGE as error:
            raise self._source.error(f"is damaged: {name} cannot be unpacked") from error

    def read(self, name: str) -> bytes:
        """All bytes of a member; raises as ``chunks`` does."""
        return b"".join(self.chunks(name))

    def _check(self, member: zipfile.ZipInfo, size: int, grown: int) -> None:
        self._unfolded += grown
        if size > MIB and size > self._limits.max_ratio * max(member.compress_size, 1):
            ratio = self._limits.max_ratio
            raise self._source.error(f"unfolds more than {ratio} times in {member.filename} (a ZIP bomb?)")
        if self._unfolded > self._limits.max_text:
            limit = self._limits.max_text / 1e6
            raise self._source.error(f"unfolds to more than the limit of {limit:,.0f} MB")
