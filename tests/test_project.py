"""What stands around the code holds: README and documentation against the program, hook, action, links."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import auditor
from auditor.cli import COMMANDS as COMMANDS_OF_PROGRAM
from auditor.cli.index import command as index_command
from auditor.config_values import READERS
from auditor.detector import all_detectors
from auditor.documents import supported_suffixes
from auditor.reports.registry import NAMES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLI_PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS = [
    (m[2], int(m[1])) for m in re.finditer(r"<!-- run: (\d) -->\n```bash\n(.*?)```", README, re.DOTALL)
]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
HELP = dict(re.findall(r"<!-- help: ([\w ]+) -->\n\n```text\n(.*?)\n```", CLI_PAGE, re.DOTALL))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the examples, as README readers have it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def environment() -> dict[str, str]:
    programs = str(Path(sys.executable).parent)
    return os.environ | {"PATH": programs + os.pathsep + os.environ["PATH"], "NO_COLOR": "1"}


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment() | variables, capture_output=True, encoding="utf-8", check=False
    )


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_readme_has_runnable_examples() -> None:
    assert len(COMMANDS) >= 4
    assert PYTHON


@pytest.mark.parametrize(("script", "code"), COMMANDS)
def test_readme_commands_run(script: str, code: int, checkout: Path) -> None:
    done = run(["bash", "-e", "-c", script], checkout)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("script", PYTHON)
def test_readme_python_runs(script: str, checkout: Path) -> None:
    done = run([sys.executable, "-W", "error", "-c", script], checkout)
    assert done.returncode == 0, done.stderr
    assert "boilerplate/opener" in done.stdout or "contradicted" in done.stdout


def test_readme_rules_are_the_program_s() -> None:
    rows = re.findall(r"^\| \[`(.+?)`\]\((.+?)\) \| (\w+) \| (.+?) \|$", README, re.MULTILINE)
    own = [detector.rule for detector in all_detectors(plugins=False).values()]
    assert [row[0] for row in rows] == [rule.id for rule in own]
    for (_, page, severity, title), rule in zip(rows, own, strict=True):
        assert (severity, title) == (rule.severity, rule.title)
        assert (ROOT / page).is_file()


def test_readme_links_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert target.startswith("https://") or (ROOT / target).exists(), f"{name}: {target}"


def options(text: str) -> set[str]:
    """Options that a help text lists, from the beginnings of its lines."""
    lines = re.findall(r"^  (-.*?)(?:  .*)?$", text, re.MULTILINE)
    return {option for line in lines for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line)}


def test_every_command_is_documented() -> None:
    assert HELP.keys() == {*COMMANDS_OF_PROGRAM, *(f"index {name}" for name in index_command.commands)}


@pytest.mark.parametrize("command", HELP)
def test_documented_options_are_the_program_s(command: str) -> None:
    done = run([sys.executable, "-m", "auditor", *command.split(), "--help"], ROOT, COLUMNS="90")
    assert done.returncode == 0
    assert options(HELP[command]) == options(done.stdout), "bring it up to date: python docs/make_help.py"
    assert "--help" in options(done.stdout)


def test_the_model_card_tells_of_the_weights_that_are_packaged() -> None:
    maker = runpy.run_path(str(ROOT / "docs" / "make_model_card.py"))
    page = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    assert maker["card"](page) == page, "bring it up to date: python docs/make_model_card.py"
    assert page.count("| MNLI, matched") == 1 and "SHA-256 `" in page


def test_documented_settings_are_the_program_s() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| `(--[a-z-]+)` \| `([A-Z_]+)` \|", page, re.MULTILINE)
    assert [row[0] for row in rows] == list(READERS)
    assert {flag for _, flag, _ in rows} <= options(HELP["scan"])
    assert [variable for _, _, variable in rows] == [
        "AUDITOR_" + k.upper().replace("-", "_") for k in READERS
    ]


def test_documented_configuration_is_accepted(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    (settings,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "house.toml").write_text(house_rules(), encoding="utf-8")
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "report.md").write_text("The mill burned in 1871.\n", encoding="utf-8")
    (tmp_path / "text.md").write_text("Lorem ipsum dolor sit amet.\n", encoding="utf-8")
    (tmp_path / "baseline.json").write_text('{"version": 1, "findings": {}}', encoding="utf-8")
    done = run([sys.executable, "-m", "auditor", "scan", "text.md"], tmp_path)
    assert done.returncode == 1, done.stderr
    assert "house/no-lorem" in done.stdout


def house_rules() -> str:
    page = (ROOT / "docs" / "how-to" / "own-rules.md").read_text(encoding="utf-8")
    return re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0]


def test_documented_rule_file_works(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(house_rules(), encoding="utf-8")
    text = "Project Blue-\nbird is late. 블루버드 프로젝트를 시작한다. He wrote “lorem ipsum” on the wall."
    found = auditor.scan_text(text, rule_files=tmp_path / "house.toml", select=["house"]).findings()
    assert [(f.rule, f.status) for f in found] == [
        ("house/working-title", "leaked"),
        ("house/working-title", "leaked"),
        ("house/no-lorem", "mentioned"),
    ]


def test_documented_detector_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "own-rules.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    use = (
        "from auditor.documents import from_text\n"
        "text = 'Quiet.\\n\\nTHIS PARAGRAPH IS SHOUTED FROM ITS FIRST LETTER TO ITS LAST.'\n"
        "print([f.excerpt for f in shouting(from_text(text))])\n"
    )
    done = run([sys.executable, "-W", "error", "-c", code + use], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "THIS PARAGRAPH" in done.stdout
    assert "Quiet" not in done.stdout


def test_documented_formats_are_the_program_s() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| ", page, re.MULTILINE) == list(NAMES)
    assert all(f"`{name}`" in README for name in NAMES)


def test_hook_reads_the_supported_types() -> None:
    (hook,) = read_yaml(".pre-commit-hooks.yaml")
    pattern = re.compile(hook["files"])
    listed = re.fullmatch(r"\(\?i\)\\\.\((.*)\)\$", hook["files"])
    assert listed
    assert sorted(f".{suffix}" for suffix in listed[1].split("|")) == sorted(supported_suffixes())
    assert pattern.search("docs/Paper.PDF")
    assert not pattern.search("photo.png")


def test_hook_s_command_works(checkout: Path) -> None:
    (hook,) = read_yaml(".pre-commit-hooks.yaml")
    done = run([*hook["entry"].split(), "examples/clean.txt", "examples/rate_limiter.py"], checkout)
    assert done.returncode == 1, done.stderr
    assert "rate_limiter.py:7:3" in done.stdout


def test_action_annotates_and_writes_sarif(checkout: Path) -> None:
    action = read_yaml("action.yml")
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "scan"]
    inputs = {name: value["default"] for name, value in action["inputs"].items()}
    inputs |= {"paths": "examples/rate_limiter.py\nexamples/clean.txt\n", "args": "--quiet --no-progress"}
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], value)
        for name, value in step["env"].items()
    }
    variables |= {
        "AUDITOR": str(Path(sys.executable).parent / "auditor"),
        "GITHUB_OUTPUT": str(checkout / "out"),
    }
    done = run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], checkout, **variables)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=examples/rate_limiter.py,line=7,")
    log = json.loads((checkout / "auditor.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["boilerplate/opener"]
    assert (checkout / "out").read_text(encoding="utf-8") == "sarif=auditor.sarif\n"


def test_action_s_inputs_are_documented() -> None:
    page = (ROOT / "docs" / "how-to" / "pre-publish-check.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (?:`(.+?)`)? ?\| ", page, re.MULTILINE))
    inputs = {name: value["default"] for name, value in read_yaml("action.yml")["inputs"].items()}
    assert {name: rows[name] for name in inputs} == inputs


def test_links_into_the_package_are_links() -> None:
    for name in ("detectors", "corpora", "reports"):
        link = ROOT / "auditor" / name
        assert link.is_symlink(), "see docs/windows.md"
        assert link.resolve() == ROOT / name


def test_core_needs_nothing_heavy() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[>=<\[ ]", line)[0] for line in project["dependencies"]}
    assert not needed & {"torch", "transformers", "sentence-transformers", "spacy", "numpy", "scikit-learn"}
    assert (ROOT / project["readme"]).is_file()
    assert all((ROOT / name).is_file() for name in project["license-files"])
