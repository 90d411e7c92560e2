"""One scan from paths and settings to a report: what the command line and ``auditor.scan`` share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from auditor import baseline, engine
from auditor.config import Settings
from auditor.config_values import ConfigError
from auditor.detector import choose, scope
from auditor.documents.interface import Limits, LoadOptions
from auditor.engine import Task
from auditor.findings import Rule, Severity
from auditor.reports import build
from auditor.reports.model import Audit, Report
from auditor.walk import STDIN, WalkOptions, walk

Watch = Callable[[Iterator[Audit], int], Iterator[Audit]]

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


def scan(source: Input, settings: Settings, watch: Watch | None = None) -> tuple[Report, Plan]:
    """Scans and reports.

    Args:
        source: What to scan.
        settings: How.
        watch: Stands between audits and report, to show progress; is given the audits and their number.

    Raises:
        ConfigError: If a setting or a rule file cannot be used.
        UnknownRuleError: If a rule is named that there is not.
        BaselineError: If the baseline cannot be used.
    """
    started, clock = datetime.now(UTC), monotonic()
    accepted = baseline.read(settings.baseline) if settings.baseline else frozenset()
    with registered(settings.rules):
        made = plan(source, settings)
        with closing(engine.run(made.tasks, made.jobs, settings.rules)) as audits:
            found = watch(audits, len(made.tasks)) if watch else audits
            kept = list(baseline.apply(found, accepted) if accepted else found)
    report = build.build(
        kept,
        rules=made.rules,
        started=started,
        seconds=round(monotonic() - clock, 3),
        settings=settings.for_report(),
        skipped=made.skipped,
    )
    return report, made


def plan(source: Input, settings: Settings) -> Plan:
    """Finds the files and what to look for in each."""
    own = frozenset(os.path.realpath(path) for path in source.own)
    if settings.baseline:
        own |= {os.path.realpath(settings.baseline)}
    found = walk(source.paths, WalkOptions(settings.include, settings.exclude, settings.gitignore, own))
    options = LoadOptions(settings.text_fields, source.format, Limits(max_size=settings.max_file_size))
    tasks = []
    for name in found.files:
        data = source.stdin(settings.max_file_size + 1) if name == STDIN and source.stdin else None
        called = source.stdin_name if name == STDIN else name
        select, ignore = settings.for_path(called)
        tasks.append(Task(called, data, select, ignore, options, settings.timeout))
    jobs = settings.jobs or worthwhile_jobs(tasks)
    return Plan(tasks, _rules(tasks, settings), jobs, found.skipped, found.links)


def _rules(tasks: Iterable[Task], settings: Settings) -> list[Rule]:
    """The rules that are run on some document; checks all selectors, also those that none calls for."""
    general = choose(settings.select, settings.ignore)
    for part in settings.per_path:
        choose(part.select or (), part.ignore)
    choices = {(task.select, task.ignore) for task in tasks} - {(settings.select, settings.ignore)}
    chosen = {d.rule.id: d.rule for d in general}
    chosen |= {d.rule.id: d.rule for choice in choices for d in choose(*choice)}
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
