"""Currencies: signs before the number, names after it."""

from __future__ import annotations

import re
from functools import cache

from auditor.quantities.wordlist import names

_SIGNS = names(
    {
        "USD": "$, US$, U.S.$, USD",
        "AUD": "A$, AU$, AUD",
        "CAD": "C$, CA$, CAD",
        "NZD": "NZ$",
        "HKD": "HK$",
        "SGD": "S$",
        "BRL": "R$",
        "EUR": "€, EUR",
        "GBP": "£, GBP",
        "KRW": "₩, ￦, KRW",
        "JPY": "¥, ￥, JPY",
        "CNY": "CNY, RMB",
        "INR": "₹, Rs, Rs., INR",
        "CHF": "CHF",
        "RUB": "₽",
        "ILS": "₪",
        "VND": "₫",
    }
)
_NAMES = names(
    {
        "USD": "dollar, dollars, US dollars, U.S. dollars, American dollars, 달러, 미국 달러, 미 달러",
        "AUD": "Australian dollars",
        "CAD": "Canadian dollars",
        "EUR": "euro, euros, 유로",
        "GBP": "pounds sterling, British pounds, 파운드",
        "KRW": "won, Korean won, South Korean won, 원",
        "JPY": "yen, Japanese yen, 엔",
        "CNY": "yuan, renminbi, 위안",
        "INR": "rupee, rupees, Indian rupees, 루피",
        "CHF": "Swiss francs, 프랑",
        "RUB": "roubles, rubles, 루블",
        "MXN": "pesos",
        "USD/100": "cent, cents, 센트",
        "GBP/100": "pence",
    }
)


@cache
def _before() -> re.Pattern[str]:
    signs = "|".join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{signs})\s?$")


@cache
def _after() -> re.Pattern[str]:
    written = sorted((*_NAMES, *(s for s in _SIGNS if s != "R$")), key=len, reverse=True)
    joined = "|".join(re.escape(n).replace("\\ ", r"\s") for n in written)
    return re.compile(rf"[\s\u00a0-]{{0,2}}({joined})(?![A-Za-z])")


def currency_before(text: str, place: int) -> tuple[str, int] | None:
    """Code of the currency whose sign ends at ``place``, and where the sign starts."""
    match = _before().search(text, max(0, place - 6), place)
    return (_SIGNS[match.group().rstrip()], match.start()) if match else None


def currency_after(text: str, place: int) -> tuple[str, int] | None:
    """Code of the currency named at ``place`` and the offset after its name; "USD/100" for cents."""
    match = _after().match(text, place)
    if match is None:
        return None
    name = re.sub(r"\s", " ", match[1])
    if name in _SIGNS and text[match.end() : match.end() + 1].isdigit():
        # The sign of the next number: "35 £40".
        return None
    return _NAMES.get(name) or _SIGNS[name], match.end()
