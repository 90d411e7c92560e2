from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import write


def names(text: str) -> list[str]:
    return [audit["subject"]["name"] for audit in json.loads(text)["audits"]]


class TestExitCodes:
    def test_0_where_nothing_is_found(self, scan):
        write("a.txt", "text")
        done = scan("a.txt")
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr == "No findings in 1 document.\n"

    def test_1_from_the_severity_of_fail_on(self, scan):
        write("a.txt", "MILD")
        assert scan("a.txt").exit_code == 1
        for level, code in (("error", 0), ("warning", 1), ("note", 1), ("never", 0)):
            assert scan("a.txt", "--fail-on", level).exit_code == code

    def test_3_where_something_cannot_be_read_and_the_rest_is_scanned(self, scan):
        write("a.txt", "LEAK"), write("b.txt", ""), write("c.txt", "LEAK")
        done = scan("nothing.txt", "a.txt", "b.txt", "c.txt", "--fail-on", "never")
        assert done.exit_code == 3
        assert [line.split(":")[0] for line in done.stdout.splitlines()[::3]] == ["a.txt", "c.txt"]
        assert "nothing.txt: could not be audited: cannot be read: No such file or directory\n" in done.stderr
        assert "b.txt: could not be audited: is empty\n" in done.stderr
        assert done.stderr.endswith("2 errors in 2 of 4 documents; 2 could not be audited.\n")

    def test_3_where_a_detector_fails(self, scan):
        write("a.txt", "RAISE LEAK")
        done = scan("a.txt")
        assert done.exit_code == 3
        assert "a.txt:1:7: error fake/word" in done.stdout
        assert "rule fake/act failed: ZeroDivisionError: asked to raise" in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ([], "Missing argument 'PATH...'"),
            (["--select", "fake/wrod", "a.txt"], "no rule is called 'fake/wrod'; did you mean 'fake/word'?"),
            (["--ignore", "all", "a.txt"], "no rule is left to run"),
            (["--jobs", "none", "a.txt"], "jobs: must be a number of at least 1, or 'auto', not 'none'"),
            (["--timeout", "soon", "a.txt"], "timeout: must be a number of seconds"),
            (["--max-file-size", "big", "a.txt"], "max-file-size: must be a size such as '64MB'"),
            (["--exclude", "[z-a]", "a.txt"], "exclude: '[z-a]' is not a file pattern"),
            (["--config", "no.toml", "a.txt"], "no.toml: cannot be read: No such file or directory"),
            (["--baseline", "no.json", "a.txt"], "no.json: No such file or directory; write one with"),
            (["--rules", "no.toml", "a.txt"], "no.toml: cannot be read: No such file or directory"),
            (["--output", "report.xyz", "a.txt"], "cannot tell the format from the name 'report.xyz'"),
            (["--format", "yaml", "a.txt"], "Invalid value for '--format'"),
            (["--format", "json", "--format", "html", "a.txt"], "standard output can take one format only"),
            (["-o", "x.json", "-o", "./x.json", "a.txt"], "can take one format only"),
            (["-o", "a.txt/x.json", "a.txt"], "cannot write a.txt/x.json"),
            (["--write-baseline", ".", "a.txt"], "cannot write .: is a folder"),
            (["--input-format", "word", "a.txt"], "Invalid value for '--input-format'"),
        ],
    )
    def test_2_for_wrong_use_and_what_to_do(self, scan, arguments, told):
        write("a.txt", "LEAK")
        done = scan(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr
        assert "Traceback" not in done.stderr

    def test_2_for_a_configuration_that_is_wrong(self, scan):
        write("sub/a.txt", "text"), write("auditor.toml", "fail-om = 'note'")
        done = scan("sub/a.txt")
        assert done.exit_code == 2
        assert "auditor.toml: fail-om: there is no such setting; did you mean 'fail-on'?" in done.stderr


class TestInput:
    def test_standard_input(self, scan):
        done = scan("-", input="a LEAK")
        assert done.exit_code == 1
        assert done.stdout.startswith("<stdin>:1:3: error fake/word")

    def test_its_name_decides_the_format(self, scan):
        done = scan("-", "--stdin-name", "page.html", "--format", "json", input="<p>LEAK</p>")
        audit = json.loads(done.stdout)["audits"][0]
        assert audit["subject"]["format"] == "html"
        assert audit["findings"][0]["location"]["column"] == 4

    def test_it_is_bounded(self, scan):
        done = scan("-", "--max-file-size", "1kB", input="x" * 2000)
        assert done.exit_code == 3
        assert "over the limit" in done.stderr

    def test_folders_options_and_order(self, scan):
        for name in ("b/2.txt", "b/1.txt", "c.xyz", "ignored.txt", "a.txt", "drafts/x.txt"):
            write(name, "text")
        write(".gitignore", "ignored.txt\n")
        listed = lambda *more: names(scan(".", "--format", "json", *more).stdout)  # noqa: E731
        assert listed() == ["a.txt", "b/1.txt", "b/2.txt", "drafts/x.txt"]
        assert listed("--no-gitignore")[-1] == "ignored.txt"
        assert listed("--exclude", "b/", "--exclude", "/drafts") == ["a.txt"]
        assert listed("--include", "*.xyz", "--include", "1.txt") == ["b/1.txt", "c.xyz"]
        assert listed("ignored.txt", "a.txt") == [
            "a.txt",
            "b/1.txt",
            "b/2.txt",
            "drafts/x.txt",
            "ignored.txt",
        ]

    def test_what_is_passed_over_is_told(self, scan):
        write("a.txt", "text"), write("b.xyz", "text")
        Path("link.txt").symlink_to("/etc/hostname")
        done = scan(".")
        assert "1 link(s) out of the folder not followed" in done.stderr
        assert "1 file of other types passed over" in done.stderr
        done = scan(".", "--exclude", "a.txt")
        assert done.exit_code == 0
        assert "warning: nothing to read there" in done.stderr

    def test_text_fields_and_input_format(self, scan):
        write("a.data", '{"good": "LEAK", "bad": "LEAK"}\n')
        done = scan("a.data", "--input-format", "jsonl", "--text-field", "good", "--format", "json")
        assert len(json.loads(done.stdout)["audits"][0]["findings"]) == 1

    def test_any_number_of_jobs_gives_the_same(self, scan):
        for number in range(8):
            write(f"{number}.txt", "LEAK MILD " * number + "text")
        outputs = {scan(".", "--jobs", jobs).stdout for jobs in (1, 2, "auto")}
        assert len(outputs) == 1


class TestRules:
    def test_select_and_ignore(self, scan):
        write("a.txt", "LEAK MILD")
        found = lambda *more: [  # noqa: E731
            f["rule"]
            for f in json.loads(scan("a.txt", "--format", "json", *more).stdout)["audits"][0]["findings"]
        ]
        assert found() == ["fake/word", "fake/mild"]
        assert found("--ignore", "fake/mild,fake/act") == ["fake/word"]
        assert found("--ignore", "fake/act", "--ignore", "fake/word") == ["fake/mild"]

    def test_settings_of_a_file_the_environment_and_paths(self, run, fake):
        write(
            "auditor.toml",
            "select = ['fake']\nfail-on = 'error'\n[[per-path]]\npaths=['s/**']\nfail-on='note'",
        )
        write("a.txt", "MILD"), write("s/a.txt", "MILD")
        assert run("scan", "a.txt").exit_code == 0
        assert run("scan", "s/a.txt").exit_code == 1
        assert run("scan", "a.txt", env={"AUDITOR_FAIL_ON": "note"}).exit_code == 1
        assert run("scan", "a.txt", "--fail-on", "never", env={"AUDITOR_FAIL_ON": "note"}).exit_code == 0
        assert run("scan", "a.txt", env={"AUDITOR_CONFIG": "gone.toml"}).exit_code == 2
        assert "configuration: " in run("scan", "a.txt", "-v").stderr

    def test_a_rule_file_with_a_bad_pattern(self, run):
        text = '[[rule]]\nid = "my/rule"\ntitle = "t"\n[[rule.phrase]]\nmatch = ["fine", "(a+"]\n'
        write("patterns.toml", text), write("a.txt", "text")
        done = run("scan", "a.txt", "--rules", "patterns.toml")
        assert done.exit_code == 2
        assert "Error: patterns.toml:5: pattern '(a+'" in done.stderr


class TestBaseline:
    def test_write_then_use(self, scan):
        write("a.txt", "one LEAK")
        done = scan("a.txt", "--write-baseline", "b.json")
        assert (done.exit_code, done.stdout) == (0, "")
        assert "b.json: accepts 1 finding from now on" in done.stderr
        write("a.txt", "\nnew\n\none LEAK and a MILD one")
        done = scan("a.txt", "--baseline", "b.json")
        assert done.exit_code == 1
        assert "fake/mild" in done.stdout and "fake/word" not in done.stdout
        assert "1 suppressed not shown (--verbose)" in done.stderr
        assert "fake/word" in scan("a.txt", "--baseline", "b.json", "--verbose").stdout

    def test_it_can_be_named_in_the_settings_before_it_is_there(self, scan):
        write("a.txt", "LEAK"), write("auditor.toml", "baseline = 'b.json'")
        assert scan("a.txt").exit_code == 2
        assert scan("a.txt", "--write-baseline", "b.json").exit_code == 0
        assert scan("a.txt").exit_code == 0
        write("a.txt", "LEAK MILD")
        assert scan("a.txt", "--write-baseline", "b.json").exit_code == 0
        assert len(json.loads(Path("b.json").read_text())["findings"]) == 2

    def test_an_incomplete_scan_stays_incomplete(self, scan):
        write("a.txt", "LEAK")
        assert scan("a.txt", "gone.txt", "--write-baseline", "b.json").exit_code == 3


class TestOutput:
    def test_files_beside_the_findings(self, scan):
        write("a.txt", "LEAK")
        done = scan("a.txt", "-o", "r/report.json", "--output", "report.sarif", "-o", "r.txt")
        assert done.stdout.startswith("a.txt:1:1: error fake/word")
        assert names(Path("r/report.json").read_text()) == ["a.txt"]
        assert json.loads(Path("report.sarif").read_text())["version"] == "2.1.0"
        assert "1 error in 1 of 1 document." in Path("r.txt").read_text()

    def test_formats_and_outputs_are_pairs_in_order(self, scan):
        write("a.txt", "LEAK")
        done = scan("a.txt", "--format", "json", "-o", "x.out", "--format", "github")
        assert done.stdout.startswith("::error file=a.txt")
        assert names(Path("x.out").read_text()) == ["a.txt"]
        done = scan("a.txt", "--format", "json", "-o", "y.out", "-o", "z.md")
        assert Path("z.md").read_text().startswith("#")
        assert done.stdout.startswith("a.txt:1:1")

    def test_a_dash_is_standard_output(self, scan):
        write("a.txt", "LEAK")
        assert names(scan("a.txt", "--format", "json", "-o", "-").stdout) == ["a.txt"]

    def test_what_the_run_writes_is_not_read_by_the_next(self, scan):
        write("a.txt", "LEAK")
        arguments = (".", "--format", "html", "-o", "report.html", "--format", "json")
        assert scan(*arguments).stdout.count('"LEAK"') == scan(*arguments).stdout.count('"LEAK"') == 1

    def test_a_file_that_cannot_be_written_in_the_end_loses_nothing_else(self, scan, monkeypatch):
        write("a.txt", "LEAK")

        def full(path, content):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("auditor.files.write_atomic", full)
        done = scan("a.txt", "-o", "r.json", "-o", "r.html")
        assert done.exit_code == 2
        assert "a.txt:1:1: error" in done.stdout
        for name in ("r.json", "r.html"):
            assert f"Error: cannot write {name}: No space left on device" in done.stderr

    def test_quiet_and_verbose(self, scan):
        write("a.txt", "MILD")
        done = scan("a.txt", "gone.txt", "--quiet")
        assert done.stderr.splitlines() == [
            "gone.txt: could not be audited: cannot be read: No such file or directory"
        ]
        assert done.stdout.startswith("a.txt:1:1: warning fake/mild")
        assert "documents: 1; processes: 1" in scan("a.txt", "--verbose").stderr

    def test_colour(self, scan):
        write("a.txt", "LEAK")
        assert "\x1b[" not in scan("a.txt", color=True).stdout
        assert "\x1b[4;31mLEAK" in scan("a.txt", "--color", "always", color=True).stdout
        assert "\x1b[" in scan("a.txt", color=True, env={"FORCE_COLOR": "1"}).stdout
        assert "\x1b[" not in scan("a.txt", color=True, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
        assert "\x1b[" not in scan("a.txt", "--color", "never", color=True, env={"FORCE_COLOR": "1"}).stdout


def test_hostile_names_and_texts_do_not_act_on_the_terminal(scan):
    write("a\x1b[31m\n.txt", "LEAK \x1b[31m\u202e")
    done = scan(".")
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_progress_shows_on_standard_error_where_it_is_asked_for(scan, monkeypatch):
    monkeypatch.setattr("auditor.cli.progress._PATIENCE", -1.0)
    for number in range(3):
        write(f"{number}.txt", "LEAK")
    done = scan(".", "--progress", "--jobs", "1")
    assert done.stdout == scan(".").stdout
    assert "Scanning" in done.stderr
    assert "Scanning" not in scan(".").stderr
