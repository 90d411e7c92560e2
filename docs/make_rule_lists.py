"""Puts the list of rules into README.md, rules/index.md and mkdocs.yml: ``python docs/make_rule_lists.py``."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from auditor.detector import all_detectors
from auditor.findings import Rule

ROOT = Path(__file__).parents[1]
_TABLE = re.compile(r"(?:^\| \[`[a-z]+/[a-z-]+`\]\(.*\n)+", re.MULTILINE)
_NAV = re.compile(r"(      - rules/index\.md\n)(?:      +- .*\n)*")


def families() -> dict[str, list[Rule]]:
    """The rules of the program by family, in order of their names."""
    rules = [detector.rule for detector in all_detectors(plugins=False).values()]
    return {family: list(of) for family, of in groupby(rules, key=lambda rule: rule.id.partition("/")[0])}


def rows(rules: list[Rule], folder: str) -> str:
    """Rows of a table."""
    return "".join(f"| [`{r.id}`]({folder}{r.id}.md) | {r.severity} | {r.title} |\n" for r in rules)


def readme(text: str) -> str:
    """README.md with all rules in one table."""
    return _TABLE.sub(rows([rule for rules in families().values() for rule in rules], "docs/rules/"), text)


def index(text: str) -> str:
    """rules/index.md, which has one table a family, in the order of their names."""
    tables = iter(families().values())
    return _TABLE.sub(lambda _: rows(next(tables), ""), text)


def navigation(text: str) -> str:
    """mkdocs.yml with a section a family."""
    lines = "".join(
        f"      - {family.capitalize()}:\n"
        + "".join(f"          - {r.name}: rules/{r.id}.md\n" for r in rules)
        for family, rules in families().items()
    )
    return _NAV.sub(lambda place: place[1] + lines, text)


PAGES = {"README.md": readme, "docs/rules/index.md": index, "mkdocs.yml": navigation}

if __name__ == "__main__":
    for name, made in PAGES.items():
        page = ROOT / name
        page.write_text(made(page.read_text(encoding="utf-8")), encoding="utf-8")
