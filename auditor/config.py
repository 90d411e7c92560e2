"""Settings: what flags, environment variables and a configuration file say, in that order of weight."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from auditor.config_values import READERS, ConfigError, unknown_key
from auditor.globs import Globs

FILE_NAMES: Final = ("auditor.toml", "pyproject.toml")
_PATHS: Final = ("baseline", "rules", "sources")
_GLOBS: Final = ("include", "exclude")
_OURS: Final = re.compile(rb"""tool["']?\s*\.\s*["']?auditor|\[\s*tool\s*\]""")
_PER_PATH: Final = ("paths", "select", "ignore", "fail-on")


@dataclass(frozen=True, slots=True)
class PerPath:
    """What holds for some files: ``select`` and ``fail_on`` replace the general ones, ``ignore`` adds."""

    paths: Globs
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a scan can be told.

    Attributes:
        select: Rule selectors to run; empty means all.
        ignore: Rule selectors to leave out.
        fail_on: ``error``, ``warning``, ``note`` or ``never``: severity from which a finding fails the run.
        include: If any, the only files that a walk reads.
        exclude: Files and folders that a walk leaves out.
        gitignore: Whether a walk honours .gitignore files.
        baseline: File of accepted findings.
        jobs: Number of processes; 0 means as many as are worth it.
        text_fields: Fields of JSONL and columns of CSV that hold text.
        max_file_size: Largest file read, in bytes.
        timeout: Longest time for one document, in seconds; 0 means no limit; None the usual one.
        rules: The user's own rule files.
        sources: Folders, files and indexes that documents are held against.
        verifier: Name of the model that says whether a passage bears a claim out.
        base_url: Address of the endpoint that a verifier of kind ``llm`` asks.
        max_source_age: Age in days from which a source is stale, or None for no limit.
        online: Whether cited works are looked up in public registries.
        per_path: Exceptions for some files; where several match, the later ones weigh more.
        file: The configuration file that was read.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "warning"
    include: Globs = field(default_factory=Globs)
    exclude: Globs = field(default_factory=Globs)
    gitignore: bool = True
    baseline: str | None = None
    jobs: int = 0
    text_fields: tuple[str, ...] = ()
    max_file_size: int = 32 << 20
    timeout: float | None = None
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    verifier: str = "packaged"
    base_url: str | None = None
    max_source_age: int | None = None
    online: bool = False
    per_path: tuple[PerPath, ...] = ()
    file: str | None = None

    @property
    def time_limit(self) -> float:
        """Seconds for one document: ``timeout``, else one minute, ten where sources are compared or works looked up."""
        usual = 600.0 if self.sources or self.online else 60.0
        return usual if self.timeout is None else self.timeout

    def for_path(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The rules to run and to leave out for one document."""
        select, ignore = self.select, self.ignore
        for part in self.per_path:
            if part.paths.match(name):
                select = select if part.select is None else part.select
                ignore += part.ignore
        return select, ignore

    def fail_on_for(self, name: str) -> str:
        """The severity from which a finding in one document fails the run, or ``never``."""
        level = self.fail_on
        for part in self.per_path:
            if part.fail_on and part.paths.match(name):
                level = part.fail_on
        return level

    def for_report(self) -> dict[str, Any]:
        """What a reader of the report should know of them; no paths of this machine."""
        return {
            "select": list(self.select),
            "ignore": list(self.ignore),
            "fail_on": self.fail_on,
            "include": list(self.include.patterns),
            "exclude": list(self.exclude.patterns),
            "text_fields": list(self.text_fields),
            **({"verifier": self.verifier, "max_source_age": self.max_source_age} if self.sources else {}),
        }


def settings(
    flags: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
    start: Path | None = None,
) -> Settings:
    """Joins all sources of settings.

    Args:
        flags: Values from the command line or from Python by setting (``fail_on``); None for "not given".
        environment: Variables ``AUDITOR_…``; none by default.
        file: Configuration file to read. Without it ``AUDITOR_CONFIG`` names one, else it is looked for.
        start: File or folder from which upwards a configuration file is looked for; None looks for none.

    Raises:
        ConfigError: If a source holds an unknown key or a wrong value.
    """
    environment = environment or {}
    if file is None and environment.get("AUDITOR_CONFIG"):
        file = Path(environment["AUDITOR_CONFIG"])
    file = file or (find(start) if start else None)
    values = read(file) if file else {}
    values |= _from_environment(environment)
    values |= _read_values(_spelled(flags or {}), "", Path.cwd())
    return Settings(**values)


def find(start: Path) -> Path | None:
    """The nearest configuration file from a file or folder upwards, not above the root of its repository."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - a link's own folder counts, not that of its target
    if not folder.is_dir():
        folder = folder.parent
    for above in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = above / name
            if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
                return path
        if (above / ".git").exists():
            return None
    return None


def read(path: Path) -> dict[str, Any]:
    """The settings in a file, by name of the field.

    Raises:
        ConfigError: If it cannot be read, is not TOML, or holds an unknown key or a wrong value.
    """
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: has no table [tool.auditor]")
    parts = table.pop("per-path", [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise ConfigError(
            f"{path}: per-path: must be a list of tables, each headed [[{_prefix(path)}per-path]]"
        )
    base = Path(os.path.abspath(path)).parent  # noqa: PTH100 - as above
    values = _read_values(table, f"{path}: ", base, also=("per-path",))
    values["per_path"] = tuple(
        _per_path(part, f"{path}: per-path {n}: ", base) for n, part in enumerate(parts, 1)
    )
    return values | {"file": str(path)}


def _per_path(part: dict[str, Any], where: str, base: Path) -> PerPath:
    for key in part:
        if key not in _PER_PATH:
            raise ConfigError(where + unknown_key(key, _PER_PATH))
    if not part.get("paths"):
        raise ConfigError(f"{where}paths: is missing; it says which files this part is for")
    read = _read_values({"include": part["paths"]}, where + "paths: ", base, named=False)
    rest = _read_values({key: value for key, value in part.items() if key != "paths"}, where, base)
    return PerPath(read["include"], rest.get("select"), rest.get("ignore", ()), rest.get("fail_on"))


def _read_values(
    table: Mapping[str, Any], where: str, base: Path, *, also: tuple[str, ...] = (), named: bool = True
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in READERS:
            raise ConfigError(where + unknown_key(key, (*READERS, *also)))
        try:
            made = READERS[key](value)
            if key in _GLOBS:
                made = Globs(str(base), made)
                made.check()
        except ValueError as error:
            raise ConfigError(f"{where}{f'{key}: ' if named else ''}{error}") from error
        if key in _PATHS:
            made = _placed(made, base)
        values[key.replace("-", "_")] = made
    return values


def _placed(value: str | tuple[str, ...], base: Path) -> str | tuple[str, ...]:
    """Paths in a file start from its folder; they are shown from the current one where they lie in it."""
    if isinstance(value, tuple):
        return tuple(str(_placed(one, base)) for one in value)
    if "://" in value:  # the address of a database
        return value
    path = base / Path(value).expanduser()
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key in READERS:
        name = "AUDITOR_" + key.upper().replace("-", "_")
        if text := environment.get(name, "").strip():
            values |= _read_values({key: text}, f"{name}: ", Path.cwd(), named=False)
    return values


def _spelled(flags: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("_", "-"): value for key, value in flags.items() if value is not None}


def _prefix(path: Path) -> str:
    return "tool.auditor." if path.name == "pyproject.toml" else ""


def _table(path: Path) -> dict[str, Any] | None:
    """The file's settings, None for a pyproject.toml without any."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if path.name == "pyproject.toml" and not _OURS.search(data):  # no need to parse those of others
        return None
    import tomllib

    try:
        content = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:  # its message ends in the line and column
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    if path.name != "pyproject.toml":
        return content
    tool = content.get("tool", {})
    table = tool.get("auditor") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.auditor: must be a table")
    return table
