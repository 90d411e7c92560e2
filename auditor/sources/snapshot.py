"""What a local index has in memory: one state of the file, brought up to date by what has changed."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from auditor.documents.locator import Locator
from auditor.sources.database import Database, damaged
from auditor.sources.interface import Window
from auditor.sources.packing import Packed, Spans, unpack_spans, unpack_vectors, unpack_words
from auditor.sources.ranking import Table, Words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PASSAGES: Final = (
    "SELECT spans, words, vectors, checksum, windows FROM passages JOIN sources USING (key) WHERE "
)
_CHARACTERS: Final = 32_000_000
"""Of texts that are kept unpacked."""
_LOCATORS: Final = 16


class Snapshot:
    """Vectors and words of all windows, and texts and places of the sources asked for last.

    A version of a source is told by its key, which is never used again: what is held of one is never out of date.
    All is to be called inside a transaction of the database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._revision = ""
        self._table = Table()
        self._held: dict[int, tuple[str, Spans]] = {}
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._locators: OrderedDict[int, Locator] = OrderedDict()

    def refreshed(self) -> Table:
        """The table in the state that the transaction sees; its owners are keys of sources.

        Raises:
            IndexProblem: If the file is damaged.
        """
        revision = self._database.meta()["revision"]
        if revision == self._revision:
            return self._table
        now = dict(self._database.rows("SELECT key, id FROM sources WHERE windows > 0"))
        gone = [key for key in self._held if key not in now]
        added = {key: self._read(key, source) for key, source in now.items() if key not in self._held}
        self._table.change(gone, {key: (vectors, words) for key, (_, vectors, words) in added.items()})
        for key in gone:
            del self._held[key]
            self._texts.pop(key, None)
            self._locators.pop(key, None)
        self._held |= {key: (now[key], spans) for key, (spans, _, _) in added.items()}
        self._revision = revision
        return self._table

    def _read(self, key: int, source: str) -> tuple[Spans, npt.NDArray[np.float32], Words]:
        rows = self._database.rows(PASSAGES + "key = ?", (key,))
        if not rows:
            raise damaged(self._database.path, f"the windows of {source} are missing")
        *parts, checksum, windows = rows[0]
        packed = Packed(*parts)
        if packed.check != checksum:
            raise damaged(self._database.path, f"the windows of {source} have changed")
        return (
            unpack_spans(packed.spans, windows),
            unpack_vectors(packed.vectors, windows),
            unpack_words(packed.words, windows),
        )

    def window(self, key: int, number: int) -> Window:
        """Window ``number`` (from 0) of a source in the table."""
        source, spans = self._held[key]
        return spans.window(number, source, self.text(key))

    def every(self) -> list[Window]:
        """All windows in the table, by source."""
        keys = sorted(self._held, key=lambda key: self._held[key][0])
        return [self.window(key, i) for key in keys for i in range(len(self._held[key][1].ends))]

    def text(self, key: int) -> str:
        """The text of a source."""
        if key not in self._texts:
            [(packed,)] = self._database.rows("SELECT text FROM texts WHERE key = ?", (key,))
            self._texts[key] = zlib.decompress(packed).decode("utf-8", "surrogatepass")
        self._texts.move_to_end(key)
        total = sum(map(len, self._texts.values()))
        while total > _CHARACTERS and len(self._texts) > 1:
            total -= len(self._texts.popitem(last=False)[1])
        return self._texts[key]

    def locator(self, key: int, source: str) -> Locator:
        """The way from offsets into a source's text to pages and lines.

        Raises:
            IndexProblem: If it is damaged.
        """
        if key not in self._locators:
            [(packed,)] = self._database.rows("SELECT locator FROM texts WHERE key = ?", (key,))
            try:
                self._locators[key] = Locator.from_bytes(packed, source)
            except ValueError as error:
                raise damaged(self._database.path, str(error)) from error
        self._locators.move_to_end(key)
        while len(self._locators) > _LOCATORS:
            self._locators.popitem(last=False)
        return self._locators[key]
