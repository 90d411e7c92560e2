"""One scan from paths and settings to a report: what the command line and ``auditor.scan`` share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from auditor import baseline, engine
from auditor.config import Settings
from auditor.config_values import ConfigError
from auditor.detector import all_detectors, choose, scope
from auditor.documents.interface import Limits, LoadOptions
from auditor.engine import Task
from auditor.findings import Rule, Severity
from auditor.reports import build
from auditor.reports.model import Audit, Report
from auditor.walk import STDIN, WalkOptions, walk

if TYPE_CHECKING:
    from auditor.sources.grounds import GroundsSpec

Watch = Callable[[Iterator[Audit], int], Iterator[Audit]]
Told = Callable[[int, int], None]

# Bytes that one process audits in about a second, by what it has to unfold.
_SLOW = {".pdf": 1_000_000, ".docx": 2_000_000, ".epub": 2_000_000}
_USUAL = 5_000_000
_WORTH = 1.5  # seconds of work from which further processes, each half a second to start, are worth it


@dataclass(frozen=True, slots=True)
class Input:
    """What is scanned.

    Attributes:
        paths: Files, folders, ``-``.
        format: Format to read every document as, or None to tell it from the document.
        stdin: Reads at most that many bytes of standard input, where ``-`` is among the paths.
        stdin_name: What standard input is called; its ending decides the format.
        own: Files that the run writes, never read in a walk.
    """

    paths: Sequence[str | os.PathLike[str]]
    format: str | None = None
    stdin: Callable[[int], bytes] | None = None
    stdin_name: str = "<stdin>"
    own: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan is going to do."""

    tasks: list[Task]
    rules: list[Rule]
    jobs: int
    skipped: int
    links: int


def scan(
    source: Input, settings: Settings, watch: Watch | None = None, told: Told | None = None
) -> tuple[Report, Plan]:
    """Scans and reports.

    Args:
        source: What to scan.
        settings: How.
        watch: Stands between audits and report, to show progress; is given the audits and their number.
        told: Is given the progress of reading the sources: how many of how many are done.

    Raises:
        ConfigError: If a setting or a rule file cannot be used.
        UnknownRuleError: If a rule is named that there is not.
        BaselineError: If the baseline cannot be used.
    """
    started, clock = datetime.now(UTC), monotonic()
    accepted = baseline.read(settings.baseline) if settings.baseline else frozenset()
    with registered(settings.rules), _looking_up(settings):
        prepared = _prepare(settings, told)
        made = plan(source, settings, prepared.spec if prepared else None)
        with closing(engine.run(made.tasks, made.jobs, settings.rules)) as audits:
            found = watch(audits, len(made.tasks)) if watch else audits
            kept = list(baseline.apply(found, accepted) if accepted else found)
    if prepared:
        kept += [engine.failed(name, f"source not read: {reason}") for name, reason in prepared.failed]
    report = build.build(
        kept,
        rules=made.rules,
        started=started,
        seconds=round(monotonic() - clock, 3),
        settings=settings.for_report(),
        skipped=made.skipped,
    )
    return report, made


def plan(source: Input, settings: Settings, grounds: GroundsSpec | None = None) -> Plan:
    """Finds the files and what to look for in each."""
    own = frozenset(os.path.realpath(path) for path in source.own)
    if settings.baseline:
        own |= {os.path.realpath(settings.baseline)}
    found = walk(source.paths, WalkOptions(settings.include, settings.exclude, settings.gitignore, own))
    files = _less_sources(found.files, source.paths, settings.sources)
    options = LoadOptions(settings.text_fields, source.format, Limits(max_size=settings.max_file_size))
    tasks = []
    for name in files:
        data = source.stdin(settings.max_file_size + 1) if name == STDIN and source.stdin else None
        called = source.stdin_name if name == STDIN else name
        select, ignore = settings.for_path(called)
        tasks.append(Task(called, data, select, ignore, options, settings.time_limit, grounds))
    # Works are looked up by one process, so that no registry is asked faster than is polite.
    jobs = 1 if settings.online else settings.jobs or (1 if grounds else worthwhile_jobs(tasks))
    return Plan(tasks, _rules(tasks, settings), jobs, found.skipped, found.links)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sources that are ready to be compared with, and those of them that could not be read, with the reason."""

    spec: GroundsSpec
    failed: tuple[tuple[str, str], ...]


def _prepare(settings: Settings, told: Told | None) -> Prepared | None:
    """Reads the sources into an index, if there are any.

    Sources that cannot be used fail no run: their claims are reported as not checked, and the audit as not complete.
    """
    if not settings.sources:
        return None
    for path in settings.sources:
        if "://" not in path and not os.path.exists(path):  # noqa: PTH110
            raise ConfigError(f"sources: there is no {path}")
    from auditor.detectors.grounding.verifiers.interface import VerifierError
    from auditor.sources import IndexProblem, prepare
    from auditor.sources.grounds import GroundsSpec

    options = (("base_url", settings.base_url),) if settings.base_url else ()
    chosen = settings.verifier, settings.max_source_age, options
    try:
        made = prepare(settings.sources, progress=told)
    except IndexProblem as error:
        return Prepared(GroundsSpec((), *chosen, problem=str(error)), ())
    spec = GroundsSpec(made.locations, *chosen)
    try:
        spec.open()
    except VerifierError as error:
        raise ConfigError(f"verifier: {error}") from error
    return Prepared(spec, made.failed)


@contextmanager
def _looking_up(settings: Settings) -> Iterator[None]:
    """Lets the rules of citations ask registries, where the user wants that."""
    if not settings.online:
        yield
        return
    from auditor.detectors.citations.lookup import Lookup
    from auditor.detectors.citations.online import using
    from auditor.sources.gathering import cache_folder

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with using(Lookup(folder / "works.sqlite")):
        yield


def _less_sources(files: Sequence[str], named: Sequence[object], sources: Sequence[str]) -> list[str]:
    """Leaves out of a walk what it is to be compared with: a source would only bear itself out."""
    roots = [os.path.realpath(path) for path in sources if "://" not in path]
    if not roots:
        return list(files)
    asked = {os.fspath(path) for path in named if isinstance(path, str | os.PathLike)}
    return [
        name
        for name in files
        if name in asked or not any(_inside(os.path.realpath(name), root) for root in roots)
    ]


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _rules(tasks: Iterable[Task], settings: Settings) -> list[Rule]:
    """The rules that are run on some document; checks all selectors, also those that none calls for."""
    general = choose(settings.select, settings.ignore)
    for part in settings.per_path:
        choose(part.select or (), part.ignore)
    choices = {(task.select, task.ignore) for task in tasks} - {(settings.select, settings.ignore)}
    chosen: dict[str, Rule] = {d.rule.id: d.rule for d in general}
    chosen |= {d.rule.id: d.rule for choice in choices for d in choose(*choice)}
    if not settings.sources:
        idle = {key for key, found in all_detectors().items() if found.check is None} & set(chosen)
        if idle and len(idle) == len(chosen):
            raise ConfigError("the rules of grounding compare with sources: name some with --sources PATH")
        chosen = {key: found for key, found in chosen.items() if key not in idle}
    if not chosen:
        raise ConfigError("no rule is left to run; `auditor rules` lists them")
    return [chosen[key] for key in sorted(chosen)]


@contextmanager
def registered(rule_files: Sequence[str]) -> Iterator[None]:
    """Adds a user's own rules for the length of a block.

    Raises:
        ConfigError: If a file cannot be used; names the line and the reason.
    """
    if not rule_files:
        yield
        return
    with scope():
        register(rule_files)
        yield


def register(rule_files: Iterable[str]) -> None:
    """Adds a user's own rules for good."""
    for path in rule_files:
        from auditor.detectors.boilerplate.custom import RuleFileError, register_file

        try:
            register_file(path)
        except RuleFileError as error:
            raise ConfigError(str(error)) from error


def exit_code(report: Report, settings: Settings) -> int:
    """0 clean, 1 findings, 3 not complete; with each document's own ``fail_on``."""
    return build.exit_code(report, lambda name: severity(settings.fail_on_for(name)))


def severity(level: str) -> Severity | None:
    """The severity of a ``fail_on`` value, None for ``never``."""
    return None if level == "never" else Severity(level)


def worthwhile_jobs(tasks: Sequence[Task]) -> int:
    """How many processes to use: more than one only where the work outweighs their start."""
    work = 0.0
    for task in tasks:
        try:
            size = os.stat(task.name).st_size if task.data is None else len(task.data)  # noqa: PTH116
        except OSError:
            continue
        work += size / _SLOW.get(os.path.splitext(task.name)[1].lower(), _USUAL)  # noqa: PTH122
    if work < _WORTH:
        return 1
    return max(1, min(_processors(), len(tasks), round(work / _WORTH * 2)))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
