"""What a detector is, and the registry that finds them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from auditor.documents.document import Document
from auditor.findings import Claim, Finding, Measurement, Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from auditor.sources.grounds import Grounds

DocumentCheck = Callable[[Document], Iterator[Finding]]
GroundedCheck = Callable[[Document, "Grounds"], Iterator[Finding | Claim | Measurement]]

ENTRY_POINTS: Final = "auditor.detectors"
# The project's own families are imported by name: reading every installed package's metadata to find them
# again would double the start-up time of a scan.
_OWN: Final = (
    "auditor.detectors.boilerplate",
    "auditor.detectors.citations",
    "auditor.detectors.consistency",
    "auditor.detectors.grounding",
)


class UnknownRuleError(LookupError):
    """A rule or family was named that no detector has."""


class PluginError(RuntimeError):
    """An installed package's detectors cannot be imported."""


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule and the function that finds it in a document.

    Attributes:
        rule: What is looked for.
        check: Yields findings; it neither prints nor opens files. None where the rule needs sources.
        grounded: For a rule that needs sources: is given them too, and may also yield claims and measurements.
    """

    rule: Rule
    check: DocumentCheck | None = None
    grounded: GroundedCheck | None = None

    @property
    def module(self) -> str:
        """Where the function lives."""
        return str(getattr(self.check or self.grounded, "__module__", ""))


_registry: dict[str, Detector] = {}
_loaded: set[str] = set()


def detector(rule: Rule) -> Callable[[DocumentCheck], DocumentCheck]:
    """Registers a function as the detector of ``rule``.

    Example:
        >>> @detector(Rule("style/shouting", "Text in capitals", Severity.NOTE))
        ... def shouting(document): ...

    Raises:
        ValueError: If the rule id is taken by another function.
    """

    def register(check: DocumentCheck) -> DocumentCheck:
        add(Detector(rule, check))
        return check

    return register


def grounded(rule: Rule) -> Callable[[GroundedCheck], GroundedCheck]:
    """Registers a function as the detector of a rule that needs sources.

    It is given the document and the ``Grounds`` (sources and verifier), and is not run where there are none. Claims
    that several rules yield count once.

    Raises:
        ValueError: If the rule id is taken by another function.
    """

    def register(check: GroundedCheck) -> GroundedCheck:
        add(Detector(rule, grounded=check))
        return check

    return register


def add(new: Detector, *, replace: bool = False) -> None:
    """Puts a detector into the registry.

    Raises:
        ValueError: If its rule id is taken and ``replace`` is not set.
    """
    known = _registry.get(new.rule.id)
    if known and not replace and known.module != new.module:
        raise ValueError(f"rule {new.rule.id} is already defined in {known.module}")
    _registry[new.rule.id] = new


def all_detectors(*, plugins: bool = True) -> dict[str, Detector]:
    """Every detector by rule id, in order of id.

    Args:
        plugins: Whether installed packages with an ``auditor.detectors`` entry point are imported too.
    """
    for module in _OWN:
        if module not in _loaded:
            import_module(module)
            _loaded.add(module)
    if plugins and ENTRY_POINTS not in _loaded:
        for point in _entry_points():
            if point.value not in _OWN:
                _load(point)
        _loaded.add(ENTRY_POINTS)
    return dict(sorted(_registry.items()))


def _entry_points() -> Iterable[EntryPoint]:
    """Entry points of our group; importlib.metadata is not imported where no other package has any."""
    if not any(map(_has_plugins, sys.path)):
        return ()
    from importlib.metadata import entry_points

    return entry_points(group=ENTRY_POINTS)


def _has_plugins(folder: str) -> bool:
    if not os.path.isdir(folder or "."):
        return folder.endswith((".zip", ".egg", ".whl")) and os.path.isfile(folder)  # ask importlib.metadata
    for name in os.listdir(folder or "."):
        if name.endswith((".dist-info", ".egg-info")) and not name.startswith("auditor-"):
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                    if ENTRY_POINTS.encode() in file.read():
                        return True
            except OSError:  # most packages have no entry points
                continue
    return False


def _load(point: EntryPoint) -> None:
    try:
        point.load()
    except Exception as error:
        package = point.dist.name if point.dist else point.value
        raise PluginError(
            f"the detectors {point.name!r} of the package {package!r} cannot be imported "
            f"({type(error).__name__}: {error}); update or uninstall it"
        ) from error


@contextmanager
def scope() -> Iterator[None]:
    """Forgets at its end the detectors that were added in it: a user's own rules belong to one run."""
    before = all_detectors()
    try:
        yield
    finally:
        _registry.clear()
        _registry.update(before)


def matches(rule: str, selector: str) -> bool:
    """Whether a selector (``family``, ``family/*`` or ``family/name``, ``all``) covers a rule id."""
    return selector in ("all", rule, rule.partition("/")[0], rule.partition("/")[0] + "/*")


def choose(select: Iterable[str] = (), ignore: Iterable[str] = (), *, plugins: bool = True) -> list[Detector]:
    """The detectors that a choice of rules stands for.

    Args:
        select: Selectors to run; empty means all.
        ignore: Selectors to leave out; they win over ``select``.
        plugins: Whether detectors of other installed packages take part.

    Raises:
        UnknownRuleError: If a selector covers no rule (a typing error must not turn a check off in silence).
    """
    known = all_detectors(plugins=plugins)
    chosen, dropped = tuple(select), tuple(ignore)
    for selector in (*chosen, *dropped):
        if not any(matches(rule, selector) for rule in known):
            raise UnknownRuleError(f"no rule is called {selector!r}{_suggestion(selector, known)}")
    return [
        found
        for rule, found in known.items()
        if (not chosen or any(matches(rule, s) for s in chosen))
        and not any(matches(rule, s) for s in dropped)
    ]


def _suggestion(selector: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(selector, [*known, *{rule.partition("/")[0] for rule in known}], n=1)
    return f"; did you mean {near[0]!r}?" if near else "; `auditor rules` lists them"
