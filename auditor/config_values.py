"""What each setting may be: one reader a key, for TOML values and for text from the environment or a flag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

LEVELS: Final = ("error", "warning", "note", "never")
_UNITS: Final = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30}


class ConfigError(ValueError):
    """A setting that cannot be used; the message names where it stands and what to do."""


def strings(value: Any) -> tuple[str, ...]:
    """A list of strings; text is parted at commas."""
    if isinstance(value, str):
        value = value.split(",")
    items = list(value) if isinstance(value, Iterable) else []
    if not isinstance(value, Iterable) or not all(isinstance(item, str) for item in items):
        raise ValueError(f"must be a list of strings, not {value!r}")
    return tuple(item.strip() for item in items if item.strip())


def string(value: Any) -> str:
    """One string that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a string that is not empty, not {value!r}")
    return value.strip()


def level(value: Any) -> str:
    """A severity, or ``never``."""
    if not isinstance(value, str) or value.lower() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}, not {value!r}")
    return value.lower()


def switch(value: Any) -> bool:
    """True or false."""
    known = {
        "true": True,
        "1": True,
        "yes": True,
        "on": True,
        "false": False,
        "0": False,
        "no": False,
        "off": False,
    }
    found = known.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return found


def jobs(value: Any) -> int:
    """A number of processes; ``auto`` is 0."""
    if isinstance(value, str):
        value = 0 if value.lower() == "auto" else int(value) if value.isascii() and value.isdigit() else value
        if value == 0:
            return 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"must be a number of at least 1, or 'auto', not {value!r}")
    return value


def size(value: Any) -> int:
    """A number of bytes: ``1500000``, ``64MB``, ``1.5 GiB``."""
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,6})?)\s*([kmg]?i?)b?", str(value).strip().lower())
    number = float(match[1]) * _UNITS.get(match[2], 0) if match and not isinstance(value, bool) else 0
    if number < 1:
        raise ValueError(f"must be a size such as '64MB' or a number of bytes, not {value!r}")
    return int(number)


def seconds(value: Any) -> float:
    """A number of seconds, not negative and finite."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,6})?", value):
        value = float(value)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e9:
        raise ValueError(f"must be a number of seconds (0: no limit), not {value!r}")
    return float(value)


_DAYS: Final = {
    "d": 1,
    "day": 1,
    "w": 7,
    "week": 7,
    "m": 30.4375,
    "month": 30.4375,
    "y": 365.25,
    "year": 365.25,
}


def age(value: Any) -> int:
    """A number of days: ``90``, ``90 days``, ``18 months``, ``2y``."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]*)", str(value).strip().lower())
    unit = match[2] if match else ""
    days = _DAYS.get(unit[:-1] if len(unit) > 1 and unit.endswith("s") else unit or "d")
    if match is None or days is None or isinstance(value, bool):
        raise ValueError(f"must be an age such as '90 days', '18 months' or '2 years', not {value!r}")
    return round(float(match[1]) * days)


READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "select": strings,
    "ignore": strings,
    "fail-on": level,
    "include": strings,
    "exclude": strings,
    "gitignore": switch,
    "baseline": string,
    "jobs": jobs,
    "text-fields": strings,
    "max-file-size": size,
    "timeout": seconds,
    "rules": strings,
    "sources": strings,
    "verifier": string,
    "base-url": string,
    "max-source-age": age,
    "online": switch,
}


def unknown_key(key: str, known: Iterable[str]) -> str:
    """Says that a key is not known, and which is meant."""
    from difflib import get_close_matches

    known = sorted(known)
    near = get_close_matches(key.replace("_", "-"), known, n=1)
    return f"{key}: there is no such setting; " + (
        f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    )
