from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Settings, find, read, settings
from auditor.config_values import ConfigError, jobs, seconds, size


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_flags_weigh_more_than_the_environment_more_than_the_file_more_than_defaults(here):
    file = write(here / "auditor.toml", 'fail-on = "note"\nselect = ["a"]\ntimeout = 5\n')
    environment = {"AUDITOR_FAIL_ON": "error", "AUDITOR_SELECT": "b, c"}
    found = settings({"fail_on": "never", "ignore": None}, environment=environment, start=here)
    assert (found.fail_on, found.select, found.timeout, found.ignore) == ("never", ("b", "c"), 5.0, ())
    assert found.file == str(file)
    assert found.max_file_size == Settings().max_file_size


def test_every_setting_can_stand_in_the_environment(here):
    environment = {
        **{
            "AUDITOR_IGNORE": "x",
            "AUDITOR_INCLUDE": "*.md",
            "AUDITOR_EXCLUDE": "a,b",
            "AUDITOR_GITIGNORE": "no",
        },
        **{"AUDITOR_BASELINE": "b.json", "AUDITOR_JOBS": "3", "AUDITOR_TEXT_FIELDS": "answer"},
        **{"AUDITOR_MAX_FILE_SIZE": "2 MiB", "AUDITOR_TIMEOUT": "1.5", "AUDITOR_RULES": "r.toml"},
    }
    found = settings(environment=environment)
    assert (found.ignore, found.include.patterns, found.exclude.patterns) == (("x",), ("*.md",), ("a", "b"))
    assert (found.gitignore, found.baseline, found.jobs) == (False, "b.json", 3)
    assert (found.text_fields, found.max_file_size, found.timeout) == (("answer",), 2 << 20, 1.5)
    assert found.rules == ("r.toml",)


def test_the_environment_names_a_file(here):
    write(here / "auditor.toml", 'fail-on = "note"')
    write(here / "other.toml", 'fail-on = "never"')
    assert settings(environment={"AUDITOR_CONFIG": "other.toml"}, start=here).fail_on == "never"
    assert settings(environment={"AUDITOR_CONFIG": "other.toml"}, file=Path("auditor.toml")).fail_on == "note"


class TestFind:
    def test_upwards_from_the_file_to_the_root_of_the_repository(self, here):
        write(here.parent / "auditor.toml", "")
        deep = write(here / "a/b/c.txt", "x")
        assert find(deep) is None
        file = write(here / "pyproject.toml", "[tool.auditor]\n")
        assert find(deep) == find(here) == find(Path("a/b/nothing.txt")) == file

    def test_a_pyproject_without_our_table_is_passed_over(self, here):
        file = write(here / "pyproject.toml", '[tool.auditor]\nselect = ["x"]')
        write(here / "a/pyproject.toml", '[project]\nname = "auditor-user"\n[tool.other]\n')
        assert find(here / "a") == file

    def test_auditor_toml_comes_before_pyproject(self, here):
        write(here / "pyproject.toml", "[tool.auditor]\n")
        file = write(here / "auditor.toml", "")
        assert find(here) == file


def test_paths_in_a_file_start_from_its_folder(here):
    write(
        here / "sub/auditor.toml",
        'baseline = "b.json"\nrules = ["r/x.toml", "/abs/y.toml"]\nexclude = ["/a"]',
    )
    found = settings(start=here / "sub")
    assert found.baseline == str(Path("sub/b.json"))
    assert found.rules == (str(Path("sub/r/x.toml")), "/abs/y.toml")
    assert found.exclude.match("sub/a") and not found.exclude.match("a")


def test_per_path(here):
    text = """
    [tool.auditor]
    select = ["boilerplate"]
    ignore = ["x"]
    [[tool.auditor.per-path]]
    paths = ["docs/**"]
    ignore = ["y"]
    fail-on = "error"
    [[tool.auditor.per-path]]
    paths = ["docs/api/**", "*.ipynb"]
    select = ["z"]
    fail-on = "never"
    """
    write(here / "pyproject.toml", text)
    found = settings(start=here)
    assert found.for_path("a.txt") == (("boilerplate",), ("x",))
    assert found.for_path("docs/a.txt") == (("boilerplate",), ("x", "y"))
    assert found.for_path("docs/api/a.txt") == (("z",), ("x", "y"))
    levels = [found.fail_on_for(name) for name in ("a.txt", "docs/a.txt", "docs/api/a.txt", "q/b.ipynb")]
    assert levels == ["warning", "error", "never", "never"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = ['a']", r"auditor.toml: selct: there is no such setting; did you mean 'select'\?"),
        ("fail_on = 'note'", r"fail_on: there is no such setting; did you mean 'fail-on'\?"),
        ("zzz = 1", r"zzz: there is no such setting; known: "),
        ("select = 3", r"auditor.toml: select: must be a list of strings, not 3"),
        ("select = [3]", r"select: must be a list of strings"),
        ("fail-on = 'high'", r"fail-on: must be one of error, warning, note, never, not 'high'"),
        ("jobs = 0", r"jobs: must be a number of at least 1, or 'auto'"),
        ("jobs = true", r"jobs: must be"),
        ("gitignore = 'perhaps'", r"gitignore: must be true or false"),
        ("timeout = -1", r"timeout: must be a number of seconds"),
        ("max-file-size = 'big'", r"max-file-size: must be a size such as '64MB'"),
        ("baseline = ''", r"baseline: must be a string that is not empty"),
        ("exclude = ['[z-a]']", r"exclude: '\[z-a\]' is not a file pattern"),
        ("x = = 1", r"auditor.toml: is not valid TOML: .*line 1, column"),
        ("per-path = 3", r"per-path: must be a list of tables, each headed \[\[per-path\]\]"),
        ("[[per-path]]\nignore = ['a']", r"per-path 1: paths: is missing"),
        (
            "[[per-path]]\npaths = ['a']\njobs = 2",
            r"per-path 1: jobs: there is no such setting; known: fail-on",
        ),
        ("[[per-path]]\npaths = 3", r"per-path 1: paths: must be a list of strings"),
        ("[[per-path]]\npaths = ['a']\nselect = 3", r"per-path 1: select: must be a list of strings"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_file_and_key(here, text, message):
    write(here / "auditor.toml", text)
    with pytest.raises(ConfigError, match=message):
        settings(start=here)


def test_files_that_cannot_be_read(here):
    with pytest.raises(ConfigError, match=r"nothing.toml: cannot be read: No such file"):
        read(Path("nothing.toml"))
    (here / "auditor.toml").write_bytes(b"select = ['\xff']")
    with pytest.raises(ConfigError, match=r"auditor.toml: is not UTF-8 \(byte 11\)"):
        read(Path("auditor.toml"))
    write(here / "pyproject.toml", "[tool]\nauditor = 3")
    with pytest.raises(ConfigError, match=r"tool.auditor: must be a table"):
        read(Path("pyproject.toml"))
    write(here / "pyproject.toml", "[project]\n")
    with pytest.raises(ConfigError, match=r"has no table \[tool.auditor\]"):
        read(Path("pyproject.toml"))


def test_a_wrong_variable_is_named():
    with pytest.raises(ConfigError, match=r"^AUDITOR_JOBS: must be a number"):
        settings(environment={"AUDITOR_JOBS": "many"})


def test_sizes():
    given = (1500000, "1500000", "64MB", "64 mb", "64M", "1.5GiB", "10KiB", "1kb")
    assert [size(text) for text in given] == [
        *(1500000, 1500000, 64000000, 64000000, 64000000, 3 << 29, 10240, 1000),
    ]
    for wrong in ("", "MB", "-1", "1TB", 0, True, "1 2", "0.1"):
        with pytest.raises(ValueError, match="must be a size"):
            size(wrong)


def test_jobs_and_seconds():
    assert [jobs(value) for value in (2, "2", "auto", "AUTO")] == [2, 2, 0, 0]
    assert [seconds(value) for value in (2, "2.5", 0)] == [2.0, 2.5, 0.0]
    for wrong in ("nan", float("inf"), float("nan"), "1e3", None):
        with pytest.raises(ValueError, match="must be a number of seconds"):
            seconds(wrong)
