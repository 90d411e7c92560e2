from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.documents import (
    DocumentError,
    Limits,
    LoadOptions,
    from_text,
    load,
    load_bytes,
    loaders,
    supported_suffixes,
)
from auditor.documents.registry import _loader, is_supported

from .reading import outcome, place, read


@pytest.mark.parametrize("name", loaders())
def test_each_loader_reads_the_suffixes_it_is_registered_for(name: str) -> None:
    loader = _loader(name)
    assert loader.name == name
    assert set(loader.suffixes) == set(supported_suffixes(name))


def test_a_suffix_belongs_to_one_loader() -> None:
    every = [suffix for name in loaders() for suffix in supported_suffixes(name)]
    assert len(every) == len(set(every)) == len(supported_suffixes())


def test_a_file_is_read_under_the_name_that_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.MD"
    path.write_bytes(b"# Head\n")
    assert load(path).format == "markdown"
    assert load(path).name == str(path)
    assert load(path, name="shown.md").name == "shown.md"


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        load(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read: No such file"):
        load(tmp_path / "missing.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        load(tmp_path / "loop.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_make_it_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match="not a regular file"):
        load(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(DocumentError, match="Permission denied"):
        load(path)


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DocumentError, match=r"secret\.txt: cannot be read: Permission denied"):
        load(tmp_path / "secret.txt")


def test_size_is_limited_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(DocumentError, match="is 200 MB, over the limit of 17 MB"):
        load(path)
    small = LoadOptions(limits=Limits(max_size=10))
    with pytest.raises(DocumentError, match="over the limit"):
        load_bytes(b"x" * 11, "a.txt", small)
    assert load_bytes(b"x" * 10, "a.txt", small).text == "x" * 10


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf", b"\x00\x00"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.tex", "a.ipynb", "a.pdf", "a"])
def test_empty_files_are_said_to_be_empty(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError, match="is empty"):
        load_bytes(data, name)


def test_code_may_be_empty_or_have_no_comment() -> None:
    assert load_bytes(b"", "__init__.py").text == ""
    assert load_bytes(b"import os\n", "a.py").text == ""


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"just words", "a.pdf", "is named .pdf but is not PDF"),
        (b"just words", "a.docx", "is named .docx but is not DOCX"),
        (b"PK\x03\x04" + b"\x00" * 100, "a.txt", "is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "a.docx", "old binary Office file"),
        (b"{\\rtf1 hello}", "a.txt", "is RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 99, "a.md", "is binary"),
        (b"\x7fELF" + b"\x00\x01\x02" * 99, "a.py", "is binary"),
        (b"words, only", "a.ipynb", "is not a readable notebook: line 1, column 1"),
    ],
)
def test_wrongly_named_files_are_explained(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        load_bytes(data, name)
    assert caught.value.name == name


def test_names_decide_where_the_bytes_do_not() -> None:
    assert load_bytes(b"all: # words\n", "src/Makefile").format == "code"
    assert load_bytes(b"words", "README").format == "text"
    assert load_bytes(b"words", "folder.md/file").format == "text"
    assert load_bytes(b"words", ".md").format == "text"
    assert is_supported("a/b/NOTICE") and is_supported("x.TEX") and not is_supported("x.png")


def test_a_forced_format_wins() -> None:
    assert load_bytes(b"# Head", "a.txt", LoadOptions(format="markdown")).format == "markdown"


def test_text_in_memory_keeps_the_offsets_of_the_caller() -> None:
    document = from_text("a\ud800b\x00c word")
    assert document.text == "a\ud800b\x00c word"
    assert from_text("\\emph{x} y", format="latex").text.strip() == "x y"
    with pytest.raises(DocumentError, match="is empty"):
        from_text(" \n")


def test_every_suffix_answers_to_any_bytes() -> None:
    for suffix in supported_suffixes():
        for data in (
            b"words \x00 and",
            b"<a>{[(\"'`$%\\",
            b"\xff\xfe\xff",
            b"---\n",
            b"\xea\xb0",
            b"[1]",
            b'"',
        ):
            outcome(data, "a" + suffix)


def test_one_text_file_needs_no_heavy_module() -> None:
    code = (
        "import sys; from auditor.documents import load_bytes\n"
        "load_bytes('# é\\n`x`'.encode(), 'a.md').roles\n"
        "print({'lxml', 'pypdfium2', 'torch', 'markdown_it', 'charset_normalizer'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_line_and_column_hold_in_every_text_format() -> None:
    samples = {
        "a.txt": "x\n\nfind me\n",
        "a.md": "# x\n\n> find me\n",
        "a.rst": "x\n\nfind me\n",
        "a.tex": "\\section{x}\n\n\\emph{a} find me\n",
        "a.py": "x = 1\n\n  # find me\n",
        "a.yaml": "x: 1\n\ny: 2 # find me\n",
        "a.csv": "id,text\n1,x\n2,find me\n",
        "a.jsonl": '{"text": "x"}\n\n{"text": "find me"}\n',
    }
    for name, content in samples.items():
        location = place(read(content, name), "find me")
        line = content.splitlines()[2]
        assert (location.line, location.column) == (3, line.index("find me") + 1), name
