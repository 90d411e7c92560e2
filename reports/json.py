"""The report as it is: JSON, version 1, which ``auditor report`` reads again."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import PydanticSerializationError

from auditor.reports.interface import RenderOptions
from auditor.reports.model import VERSION, Report
from auditor.reports.text import json_escaped

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class JsonRenderer:
    """Everything, findings that do not count included; ``Report.model_validate_json`` reads it back."""

    name = "json"
    suffixes = (".json",)

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """UTF-8 JSON, keys in the order of the models."""
        try:
            return json_escaped(report.model_dump_json(indent=2)) + "\n"
        except (
            PydanticSerializationError
        ):  # a lone surrogate from some document, which JSON in UTF-8 cannot hold
            data = report.model_dump(mode="python")
            text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
            return json_escaped(text) + "\n"


RENDERER = JsonRenderer()


def _plain(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def schema() -> dict[str, Any]:
    """The JSON schema of the report; every field is there in what this program writes."""
    made = Report.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, **made, "title": f"auditor report, version {VERSION}"}
