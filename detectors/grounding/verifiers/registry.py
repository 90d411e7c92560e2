"""Verifiers by name. Nothing heavy is imported before a verifier is asked for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any, cast

from auditor.detectors.grounding.verifiers.interface import Verifier, VerifierError
from auditor.detectors.grounding.verifiers.settings import Running

_HERE = "auditor.detectors.grounding.verifiers"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of verifier.

    Attributes:
        module: Where it is, below this package.
        function: What makes one.
        argument: What stands after the colon: a word for the help text, ``""`` if nothing may, ``"[…]"`` if
            something may.
        local: Whether it has weights of its own, to which the options of ``Running`` apply.
        summary: One line for the help text.
    """

    module: str
    function: str
    argument: str
    local: bool
    summary: str


KINDS = {
    "packaged": Kind("packaged", "Packaged", "", False, "the small model that comes with auditor"),
    "alignment": Kind("alignment", "Alignment", "", False, "word by word alignment, without a trained head"),
    "nli": Kind("nli", "load_nli", "NAME_OR_FOLDER", True, "any NLI model of transformers"),
    "hhem": Kind("hhem", "load_hhem", "[FOLDER]", True, "Vectara's HHEM-2.1-Open"),
    "minicheck": Kind("minicheck", "load_minicheck", "NAME_OR_FOLDER", True, "MiniCheck"),
    "lettucedetect": Kind(
        "lettucedetect", "load_lettucedetect", "NAME_OR_FOLDER", True, "LettuceDetect and its like"
    ),
    "llm": Kind("llm", "LLMJudge", "MODEL", False, "a model behind an OpenAI-compatible endpoint"),
    "python": Kind("custom", "load_custom", "MODULE:CALLABLE", False, "a function of your own"),
}


def load_verifier(spec: str, **options: Any) -> Verifier:
    """Makes the verifier that a name stands for.

    Args:
        spec: ``packaged``, ``alignment``, ``nli:NAME_OR_FOLDER``, ``hhem[:FOLDER]``,
            ``minicheck:roberta-large|deberta-v3-large|flan-t5-large|FOLDER``, ``lettucedetect:NAME_OR_FOLDER``,
            ``llm:MODEL`` or ``python:MODULE:CALLABLE``.
        **options: Of the kind: those of ``settings.Running`` for local models, and its own.

    Returns:
        A verifier, ready to score.

    Raises:
        VerifierError: If there is none of that name, an option is unknown, or it cannot be loaded; the message
            names the remedy.
    """
    name, _, argument = spec.strip().partition(":")
    kind = KINDS.get(name)
    if kind is None:
        raise VerifierError(f"no verifier is called {spec!r}; there are {', '.join(usage())}")
    if not argument and kind.argument and not kind.argument.startswith("["):
        raise VerifierError(f"{name} needs more: {name}:{kind.argument}")
    if argument and not kind.argument:
        raise VerifierError(f"{name} takes nothing after it; write just {name}")
    make = _import(name, kind)
    running = {field.name for field in fields(Running)} if kind.local else set()
    _check(name, make, options, running)
    own = {option: value for option, value in options.items() if option not in running}
    places: list[Any] = [argument] if kind.argument else []
    if kind.local:
        places.append(Running(**{option: options[option] for option in options if option in running}))
    return cast("Verifier", make(*places, **own))


def usage() -> list[str]:
    """How each kind is written, e.g. ``nli:NAME_OR_FOLDER``."""
    return [
        f"{name}[:{kind.argument[1:]}"
        if kind.argument.startswith("[")
        else f"{name}:{kind.argument}".rstrip(":")
        for name, kind in KINDS.items()
    ]


def _import(name: str, kind: Kind) -> Callable[..., Any]:
    module = f"{_HERE}.{kind.module}"
    try:
        return cast("Callable[..., Any]", getattr(import_module(module), kind.function))
    except ModuleNotFoundError as error:
        if error.name == module:
            raise VerifierError(f"{name} is not part of this installation; use `alignment`") from error
        raise VerifierError(f"{name}: {error}; pip install 'auditor[grounding]'") from error


def _check(name: str, make: Callable[..., Any], options: dict[str, Any], running: set[str]) -> None:
    parameters = inspect.signature(make).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return
    own = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY or (p.default is not p.empty)}
    known = own | running
    unknown = sorted(options.keys() - known)
    if unknown:
        takes = ", ".join(sorted(known)) or "none"
        raise VerifierError(f"{name} has no option {', '.join(unknown)}; it takes {takes}")
