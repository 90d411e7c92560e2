from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.globs import GlobError, Globs
from auditor.walk import WalkOptions, walk


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


def options(**more: object) -> WalkOptions:
    globs = {key: Globs("", tuple(value)) for key, value in more.items() if isinstance(value, list)}
    return WalkOptions(**(more | globs))


def test_folders_are_walked_in_sorted_order_after_what_was_named_before(here):
    tree(here, "b/2.txt", "b/1.md", "b/a/z.txt", "b-c.txt", "a.txt")
    assert walk(["b", "."]).files == ["b/1.md", "b/2.txt", "b/a/z.txt", "a.txt", "b-c.txt"]


def test_a_file_has_one_name_however_it_is_reached(here):
    tree(here, "docs/a.txt")
    for path in (".", "docs", "./docs/../docs", str(here), str(here / "docs" / "a.txt")):
        assert walk([path]).files == ["docs/a.txt"]
    assert walk(["docs/a.txt", "./docs", str(here)]).files == ["docs/a.txt"]


def test_a_file_outside_the_current_folder_keeps_its_path(here):
    tree(here.parent, "other/a.txt")
    assert walk(["../other"]).files == ["../other/a.txt"]
    assert walk([str(here.parent / "other")]).files == [(here.parent / "other/a.txt").as_posix()]


def test_unknown_types_are_counted_and_litter_is_not(here):
    tree(here, "a.txt", "b.xyz", "c.bin", ".hidden.txt", "~$letter.docx", ".dir/a.txt", "README")
    tree(here, "node_modules/a.md", "x/__pycache__/a.py", ".venv/a.txt")
    found = walk(["."])
    assert found.files == ["README", "a.txt"]
    assert found.skipped == 2


def test_a_named_file_is_always_read(here):
    tree(here, "a.xyz", ".hidden.txt", "ignored.txt")
    (here / ".gitignore").write_text("ignored.txt\n")
    named = ["a.xyz", ".hidden.txt", "ignored.txt"]
    assert walk(named, options(exclude=["*"], include=["*.md"])).files == named


def test_what_does_not_exist_is_passed_on_to_be_reported(here):
    assert walk(["nothing", "-", "-"]).files == ["nothing", "-"]


def test_a_folder_that_cannot_be_opened_is_passed_on(here, monkeypatch):
    tree(here, "a.txt", "locked/b.txt")
    real = os.scandir

    def scandir(path):
        if path == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert walk(["."]).files == ["a.txt", "locked"]


def test_include_reads_any_type_and_nothing_else(here):
    tree(here, "a.txt", "b.xyz", "sub/c.xyz")
    found = walk(["."], options(include=["*.xyz"]))
    assert found.files == ["b.xyz", "sub/c.xyz"]
    assert found.skipped == 0


def test_include_can_ask_for_a_hidden_folder_but_not_for_the_repository(here):
    tree(here, ".github/a.md", ".other/a.md", ".git/a.md", "a.md")
    assert walk(["."], options(include=[".github/**"])).files == [".github/a.md"]


def test_exclude_leaves_out_files_and_folders(here):
    tree(here, "a.txt", "tests/a.txt", "deep/tests/a.txt", "deep/b.txt")
    assert walk(["."], options(exclude=["tests/"])).files == ["a.txt", "deep/b.txt"]
    assert walk(["."], options(exclude=["/tests/"])).files == ["a.txt", "deep/b.txt", "deep/tests/a.txt"]
    assert walk(["deep"], options(exclude=["/deep/b.txt"])).files == ["deep/tests/a.txt"]


def test_a_pattern_that_is_none_is_an_error():
    for pattern in ("[z-a]", "!"):
        with pytest.raises(GlobError, match=r"not a file pattern"):
            Globs("", (pattern,)).check()


class TestGitignore:
    def test_nested_files_and_negation(self, here):
        tree(
            here, "a.log.txt", "keep.log.txt", "sub/b.log.txt", "sub/c.txt", "build/d.txt", "sub/build/e.txt"
        )
        (here / ".gitignore").write_text("*.log.txt\n!keep.log.txt\nbuild/\n")
        (here / "sub/.gitignore").write_text("!b.log.txt\nc.txt\n")
        assert walk(["."]).files == ["keep.log.txt", "sub/b.log.txt"]
        assert walk(["."], WalkOptions(gitignore=False)).files == [
            *("a.log.txt", "build/d.txt", "keep.log.txt", "sub/b.log.txt", "sub/build/e.txt", "sub/c.txt"),
        ]

    def test_rules_above_the_folder_hold_up_to_the_repository(self, here):
        tree(here, "sub/a.txt", "sub/b.txt")
        (here / ".gitignore").write_text("/sub/a.txt\n")
        (here.parent / ".gitignore").write_text("*\n")
        assert walk(["sub"]).files == ["sub/b.txt"]

    def test_info_exclude(self, here):
        tree(here, "a.txt", "b.txt")
        (here / ".git/info").mkdir()
        (here / ".git/info/exclude").write_text("a.txt\n")
        assert walk(["."]).files == ["b.txt"]

    def test_outside_a_repository(self, here):
        (here / ".git").rmdir()
        tree(here, "a.txt", "b.txt")
        (here / ".gitignore").write_text("a.txt\n")
        assert walk(["."]).files == ["b.txt"]

    def test_a_folder_that_is_named_is_read_though_it_is_ignored(self, here):
        tree(here, "build/a.txt")
        (here / ".gitignore").write_text("build/\n")
        assert walk(["."]).files == []
        assert walk(["build"]).files == ["build/a.txt"]

    def test_a_file_with_bad_or_hostile_lines_is_read_as_far_as_it_goes(self, here):
        tree(here, "a" * 200 + ".txt", "b.txt")
        (here / ".gitignore").write_bytes(b"[z-a]\n!\n\xff\n" + b"*a" * 40 + b"*b\nb.txt\n")
        assert walk(["."]).files == ["a" * 200 + ".txt"]


class TestLinks:
    def test_each_real_file_once_under_its_own_name(self, here):
        tree(here, "z.txt")
        (here / "a.txt").symlink_to("z.txt")
        assert walk(["."]).files == ["z.txt"]
        assert walk(["a.txt", "."]).files == ["a.txt"]

    def test_circles_end(self, here):
        tree(here, "sub/a.txt")
        (here / "sub/loop").symlink_to("..")
        (here / "self.txt").symlink_to("self.txt")
        assert walk(["."]).files == ["sub/a.txt"]

    def test_links_out_of_the_folder_are_counted_and_not_followed(self, here):
        tree(here.parent, "secret.txt", "other/b.txt")
        (here / "a.txt").symlink_to("../secret.txt")
        (here / "d").symlink_to("../other")
        found = walk(["."])
        assert (found.files, found.links) == ([], 2)

    def test_a_link_that_is_named_is_followed(self, here):
        tree(here.parent, "secret.txt", "other/b.txt")
        (here / "a.txt").symlink_to("../secret.txt")
        (here / "d").symlink_to("../other")
        assert walk(["a.txt", "d"]).files == ["a.txt", "d/b.txt"]

    def test_a_link_into_the_folder_reads_a_file_that_is_left_out_itself(self, here):
        tree(here, ".store/1.txt")
        (here / "a.txt").symlink_to(".store/1.txt")
        assert walk(["."]).files == ["a.txt"]


def test_files_that_the_run_writes_are_not_read(here):
    tree(here, "a.txt", "report.html")
    own = frozenset({str((here / "report.html").resolve())})
    assert walk(["."], WalkOptions(own=own)).files == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_a_folder_is_not_read(here):
    tree(here, "a.txt")
    os.mkfifo(here / "b.txt")
    assert walk(["."]).files == ["a.txt"]
