from __future__ import annotations

import json
import tomllib
from importlib import import_module, metadata
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor.cli import COMMANDS
from auditor.version import __version__
from tests.cli.conftest import write


class TestHelp:
    def test_the_table_of_commands_is_that_of_the_modules(self):
        for name, short in COMMANDS.items():
            command = import_module(f"auditor.cli.{name}").command
            assert (command.name, command.get_short_help_str(200)) == (name, short)
            assert command.help

    def test_it_lists_all_commands_with_and_without_asking(self, run):
        done = run("--help")
        assert done.exit_code == 0
        for name, short in COMMANDS.items():
            assert f"  {name:<10}  {short}\n" in done.stdout
        assert run().exit_code == 2

    def test_every_command_explains_itself(self, run):
        for name in COMMANDS:
            done = run(name, "-h")
            assert done.exit_code == 0
            assert f"auditor {name}" in done.stdout
            assert "\b" not in done.stdout

    def test_every_option_has_a_help_text(self):
        for name in COMMANDS:
            for parameter in import_module(f"auditor.cli.{name}").command.params:
                assert parameter.param_type_name == "argument" or parameter.help, (name, parameter.name)

    def test_a_wrong_command_is_answered_with_the_right_one(self, run):
        write("paper.txt", "text")
        for given, told in (
            ("scna", "'auditor scan'?"),
            ("paper.txt", "auditor scan paper.txt"),
            ("xyz", "--help"),
        ):
            done = run(given)
            assert done.exit_code == 2
            assert told in done.stderr

    def test_version(self, run):
        assert run("--version").stdout == f"auditor {__version__}\n"


class TestRules:
    def test_the_list(self, run, fake):
        done = run("rules")
        assert done.exit_code == 0
        assert ["fake/word", "error", "The", "word", "LEAK"] in [
            line.split() for line in done.stdout.splitlines()
        ]
        assert [line.split()[0] for line in run("rules", "fake").stdout.splitlines()] == [
            *("fake/act", "fake/mild", "fake/word"),
        ]

    def test_one_rule_without_a_page(self, run, fake):
        done = run("rules", "fake/word")
        for text in ("fake/word  error", "The word LEAK", "Delete it.", "https://"):
            assert text in done.stdout

    def test_one_rule_with_its_page(self, run):
        done = run("rules", "boilerplate/refusal")
        assert "## How to fix" in done.stdout
        coloured = run("rules", "boilerplate/refusal", "--color", "always", color=True).stdout
        assert "\x1b[" in coloured and "## How to fix" not in coloured

    def test_json(self, run, fake):
        made = json.loads(run("rules", "fake/mild", "--format", "json").stdout)
        assert made == [
            {
                "id": "fake/mild",
                "title": "The word MILD",
                "severity": "warning",
                "help": "",
                "docs": "https://auditor.readthedocs.io/rules/fake/mild/",
            }
        ]

    def test_a_rule_that_there_is_not(self, run, fake):
        done = run("rules", "fake/wrod")
        assert done.exit_code == 2
        assert "did you mean 'fake/word'?" in done.stderr

    def test_rules_of_ones_own(self, run):
        text = '[[rule]]\nid = "my/rule"\ntitle = "Mine"\n[[rule.phrase]]\nmatch = ["foo"]\n'
        write("rules.toml", text)
        assert "my/rule" in run("rules", "--rules", "rules.toml").stdout
        assert "my/rule" not in run("rules").stdout


def test_schema_is_that_of_the_reports(run, scan):
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    write("a.txt", "LEAK")
    Draft202012Validator(schema).validate(json.loads(scan("a.txt", "--format", "json").stdout))


class TestReport:
    def test_merges_and_renders(self, run, scan):
        write("a.txt", "LEAK"), write("b.txt", "MILD")
        scan("a.txt", "-o", "1.json"), scan("b.txt", "-o", "2.json")
        done = run("report", "1.json", "2.json", "-o", "all.html", "-o", "all.json")
        assert done.exit_code == 1
        assert [line.split(":")[0] for line in done.stdout.splitlines()[::3]] == ["a.txt", "b.txt"]
        assert len(json.loads(Path("all.json").read_text())["audits"]) == 2
        assert Path("all.html").read_text().startswith("<!doctype html>")

    def test_exit_codes_are_those_of_a_scan(self, run, scan):
        write("a.txt", "MILD")
        scan("a.txt", "-o", "1.json"), scan("gone.txt", "-o", "2.json")
        assert run("report", "1.json", "--fail-on", "error").exit_code == 0
        assert run("report", "1.json").exit_code == 1
        assert run("report", "1.json", "2.json").exit_code == 3

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (None, "r.json: cannot be read: No such file or directory"),
            ("{", "r.json: is not a report of version 1: Invalid JSON"),
            ('{"version": "2"}', "r.json: is not a report of version 1: version: Input should be '1'"),
            ("[]", "r.json: is not a report of version 1"),
            ("[" * 100_000, "r.json: is not a report of version 1"),
        ],
    )
    def test_what_is_no_report(self, run, content, told):
        if content is not None:
            write("r.json", content)
        done = run("report", "r.json")
        assert done.exit_code == 2
        assert told in done.stderr


class TestDoctor:
    def test_all_is_well_here(self, run):
        done = run("doctor")
        assert done.exit_code == 0
        for name in ("auditor ", "Python", "click", "pypdfium2", "[grounding]", "[models]", "none found"):
            assert name in done.stdout

    def test_what_is_missing_and_how_to_get_it(self, run, monkeypatch):
        real = metadata.version

        def version(name):
            if name in ("lxml", "torch"):
                raise metadata.PackageNotFoundError(name)
            return "0.0.1" if name == "rich" else real(name)

        monkeypatch.setattr(metadata, "version", version)
        done = run("doctor")
        assert done.exit_code == 1
        lines = {line.split()[1]: line for line in done.stdout.splitlines() if len(line.split()) > 1}
        assert "not installed; pip install 'lxml>=" in lines["lxml"]
        assert "0.0.1, but at least" in lines["rich"]
        assert "not installed; pip install 'auditor[models]'" in lines["torch"]

    def test_only_optional_packages_missing_is_well(self, run, monkeypatch):
        real = metadata.version

        def version(name):
            if name in ("spacy", "torch", "transformers", "sentence-transformers"):
                raise metadata.PackageNotFoundError(name)
            return real(name)

        monkeypatch.setattr(metadata, "version", version)
        assert run("doctor").exit_code == 0

    def test_a_broken_configuration(self, run):
        write("auditor.toml", "x = 1")
        done = run("doctor")
        assert done.exit_code == 1
        assert "auditor.toml: x: there is no such setting" in done.stdout

    def test_every_extra_that_a_user_needs_is_explained(self):
        from auditor.cli.doctor import EXTRAS

        project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
        assert set(EXTRAS) <= set(project["project"]["optional-dependencies"])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    done = run("completion", shell)
    assert done.exit_code == 0
    assert "_AUDITOR_COMPLETE" in done.stdout
