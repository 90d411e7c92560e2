"""Word lists and small tables written as text."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def names(table: dict[str, str]) -> dict[str, str]:
    """From ``{"USD": "dollar, dollars"}`` to a name's key: ``{"dollar": "USD", "dollars": "USD"}``."""
    return {name: key for key, listed in table.items() for name in listed.split(", ")}
