"""The report as it is: JSON, version 1, which ``auditor report`` reads again."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from auditor.reports.interface import RenderOptions
from auditor.reports.model import VERSION, Report
from auditor.reports.text import json_escaped, one_line

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class ReportError(ValueError):
    """What was read is no report of version 1."""


class JsonRenderer:
    """Everything, findings that do not count included; ``Report.from_json`` reads it back."""

    name = "json"
    suffixes = (".json",)

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """UTF-8 JSON, keys in the order of the classes."""
        return dump(report)


RENDERER = JsonRenderer()


def dump(report: Report) -> str:
    """The report as JSON with a line break at its end."""
    try:
        text = _adapter().dump_json(report, indent=2).decode()
    except PydanticSerializationError:  # a lone surrogate from a document, which JSON in UTF-8 cannot hold
        text = json.dumps(asdict(report), ensure_ascii=False, indent=2, default=_plain)
    return json_escaped(text) + "\n"


def read(data: bytes | str) -> Report:
    """Reads what ``dump`` wrote.

    Raises:
        ReportError: If it is no report; says where it differs from the schema.
    """
    try:
        return _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = one_line(".".join(map(str, first["loc"])))
        told = one_line(first["msg"])
        raise ReportError(f"is not a report of version 1: {f'{where}: ' if where else ''}{told}") from error


def schema() -> dict[str, Any]:
    """The JSON schema of the report; every field is there in what this program writes."""
    made = _adapter().json_schema(mode="serialization")
    top = made.pop("$ref", "").rpartition("/")[
        2
    ]  # the report itself stands at the top, not among the definitions
    made |= made["$defs"].pop(top) if top else {}
    return {"$schema": _DIALECT, **made, "title": f"auditor report, version {VERSION}"}


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _plain(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
