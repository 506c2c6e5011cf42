"""Aligned tables for people, at most 100 columns wide; numbers to the right, long text shortened with an ellipsis."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 100
_GAP = "  "


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Lines of text; `right` names the columns (from 0) that are aligned to the right. The widest text columns give way."""
    cells = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in [list(header), *cells]) for column in range(len(header))]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - WIDTH
    text = [column for column in range(len(widths)) if column not in right]
    for _ in range(max(excess, 0)):
        widest = max(text, key=lambda column: widths[column])
        widths[widest] = max(8, widths[widest] - 1)
    lines = [_line(header, widths, right), _line(["─" * width for width in widths], widths, right)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    shown = []
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        text = cell if len(cell) <= width else cell[: width - 1] + "…"
        shown.append(text.rjust(width) if column in right else text.ljust(width))
    return _GAP.join(shown).rstrip()


def wrapped(text: str) -> str:
    """Sentences in lines of at most 100 columns; line breaks of the text stay."""
    return "\n".join(textwrap.fill(line, WIDTH) for line in text.splitlines())
