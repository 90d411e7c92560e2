"""For people at a terminal, and for ``grep``: each finding with its place and the leak underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.findings import Finding, Severity
from auditor.reports.beside import Marked, beside
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report
from auditor.reports.summary import audit_failures, grounding_line, place, shown, state, summary_line
from auditor.reports.text import one_line, percent, visible

# A line is pieces of text with the name of a style; text is never parsed for markup.
Line = list[tuple[str, str]]
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}
_CODES = {
    **{"bold": "1", "dim": "2", "underline": "4"},
    **{"red": "31", "yellow": "33", "blue": "34", "cyan": "36"},
}
_INDENT = "    "
# What a cut leaves of a word, where the script has spaces.
_PARTIAL_FIRST = re.compile(r"\A\S{1,15}\s")
_PARTIAL_LAST = re.compile(r"\s\S{1,15}\Z")
_COLUMNS = 72  # least width for two columns
_ROWS = 12  # most lines of a passage
_QUOTES = 2  # most evidence passages shown per finding


class TerminalRenderer:
    """Colour and underlining where the terminal has them, else plain lines with ``^^^^`` under the leak."""

    name = "terminal"
    suffixes = (".txt",)

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """Findings by document and place; ``RenderOptions.summary`` says what stands beside them."""
        full = options.colour if options.summary is None else options.summary
        lines = [line for audit in report.audits for line in _audit(audit, options, full)]
        if full:
            style = "bold red" if report.summary.errors or report.summary.failed else "bold"
            lines.append([(summary_line(report, verbose=options.verbose), style)])
        write = _ansi if options.colour else _plain
        return "".join(f"{write(line)}\n" for line in lines)


RENDERER = TerminalRenderer()


def _audit(audit: Audit, options: RenderOptions, full: bool) -> Iterator[Line]:
    for finding in shown(audit, verbose=options.verbose):
        yield from (
            _coloured(audit, finding, options) if options.colour else _grepable(audit, finding, options)
        )
        if full:
            yield []
    score = grounding_line(audit) if full else ""
    if score:
        yield [(score, "bold")]
        yield []
    failures = audit_failures(audit) if full else []
    for failure in failures:
        yield [(failure, "bold red" if audit.status == "failed" else "yellow")]
    if failures:
        yield []


def _coloured(audit: Audit, finding: Finding, options: RenderOptions) -> Iterator[Line]:
    head: Line = [
        (place(audit, finding), "bold"),
        ("  ", ""),
        (finding.severity.value, _COLOURS[finding.severity]),
    ]
    head += [("  ", ""), (one_line(finding.rule), "cyan"), ("  ", ""), (_details(finding), "dim")]
    yield head
    yield [(_INDENT[2:], ""), (one_line(finding.message), "")]
    before, leak, after = _snippet(finding, options.width - len(_INDENT))
    if leak:
        colour = _COLOURS[finding.severity].removeprefix("bold ")
        yield [("  │ ", "dim"), (before, ""), (leak, f"underline {colour}"), (after, "")]
    if finding.evidence and options.width >= _COLUMNS:
        yield from _columns(finding, options.width)
    else:
        yield from _evidence(finding)


def _grepable(audit: Audit, finding: Finding, options: RenderOptions) -> Iterator[Line]:
    head = f"{place(audit, finding)}: {finding.severity.value} {one_line(finding.rule)}"
    yield [(f"{head}: {one_line(finding.message)} ({_details(finding)})", "")]
    before, leak, after = _snippet(finding, options.width - len(_INDENT))
    if leak:
        yield [(f"{_INDENT}{before}{leak}{after}".rstrip(), "")]
        yield [(f"{_INDENT}{' ' * cell_len(before)}{'^' * max(cell_len(leak), 1)}", "")]
    yield from _evidence(finding)


def cell_len(text: str) -> int:
    """Width of a text on a terminal: wide characters take two cells, combining ones none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def _details(finding: Finding) -> str:
    parts = [percent(finding.confidence)]
    if state(finding) != "open":
        parts.append(state(finding))
    if finding.suppressed:
        parts[-1] += f" ({finding.suppressed.kind}: {one_line(finding.suppressed.reason)})"
    if finding.also:
        parts.append(f"also {', '.join(map(one_line, finding.also))}")
    return ", ".join(parts)


def _evidence(finding: Finding) -> Iterator[Line]:
    for evidence in finding.evidence[:_QUOTES]:
        source = one_line(str(evidence.location) if evidence.location else evidence.source)
        quote = _middle(one_line(evidence.quote), 200)
        text = f"{source} {evidence.relation.value} ({percent(evidence.score)}): {quote}"
        yield [(_INDENT, ""), (text, "dim")]


def _columns(finding: Finding, width: int) -> Iterator[Line]:
    """The claim on the left, the passage on the right, words that differ underlined."""
    for evidence in finding.evidence[:_QUOTES]:
        made = beside(one_line(finding.excerpt), one_line(evidence.quote))
        side = (width - 7) // 2
        left, right = _wrapped(made.claim, side), _wrapped(made.passage, side)
        source = one_line(str(evidence.location) if evidence.location else evidence.source)
        title = _head(f"{source} {evidence.relation.value} ({percent(evidence.score)})", side)
        yield [("  │ ", "dim"), ("claim" + " " * (side - 5), "dim"), (" │ ", "dim"), (title, "dim")]
        for n in range(min(max(len(left), len(right)), _ROWS)):
            yield [
                ("  │ ", "dim"),
                *_padded(left[n] if n < len(left) else [], side),
                (" │ ", "dim"),
                *(right[n] if n < len(right) else []),
            ]


def _padded(line: Line, cells: int) -> Line:
    return [*line, (" " * max(cells - sum(cell_len(text) for text, _ in line), 0), "")]


def _wrapped(marked: Marked, cells: int) -> list[Line]:
    """Lines of at most ``cells`` cells, broken between words, or inside one that is longer."""
    lines: list[Line] = [[]]
    used = 0
    for text, differs in marked:
        for word in re.findall(r"\s+|\S+", text):
            style = "underline" if differs and not word.isspace() else ""
            if used + cell_len(word) > cells and used:
                lines.append([])
                used = 0
            if word.isspace() and not used:
                continue
            piece = _take(word, cells)
            lines[-1].append((piece, style))
            used += cell_len(piece)
    return lines


def _snippet(finding: Finding, width: int) -> tuple[str, str, str]:
    """The leak on one line with what stands around it, in at most ``width`` cells."""
    leak = one_line(finding.excerpt) + (" …" if finding.excerpt_cut else "")
    side = max(width // 6, (width - cell_len(leak)) // 2)
    before = _tail(_spaced(finding.before).lstrip(), side)
    after = _head(_spaced(finding.after).rstrip(), side)
    return before, _middle(leak, width - cell_len(before) - cell_len(after)), after


def _spaced(text: str) -> str:
    return visible(re.sub(r"\s+", " ", text))


def _head(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else _PARTIAL_LAST.sub("", _take(text, cells - 1)) + "…"


def _tail(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    return "…" + _PARTIAL_FIRST.sub("", _take(reversed(text), cells - 1)[::-1])


def _middle(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    head = max(cells * 2 // 3, 1)
    return f"{_take(text, head - 2).rstrip()} … {_take(reversed(text), cells - head - 1)[::-1].lstrip()}"


def _take(characters: Iterable[str], cells: int) -> str:
    taken, used = [], 0
    for character in characters:
        used += cell_len(character)
        if used > cells:
            break
        taken.append(character)
    return "".join(taken)


def _plain(line: Line) -> str:
    return "".join(text for text, _ in line)


def _ansi(line: Line) -> str:
    return "".join(
        f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{text}\x1b[0m" if style and text else text
        for text, style in line
    )
