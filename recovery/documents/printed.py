"""From a sheet to a PDF: A4, one embedded font that has every letter of Europe, the same bytes for the same sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

from recovery.documents.sheet import Block, Facts, Grid, Heading, Sheet, Words

FONTS = Path(__file__).parent / "fonts"
FACES = {"": FONTS / "DejaVuSansCondensed.ttf", "B": FONTS / "DejaVuSansCondensed-Bold.ttf"}
FAMILY = "Document"
MARGIN = 20  # mm
INK, SOFT, LINE, SHADE = (28, 32, 40), (96, 104, 116), (206, 211, 219), (243, 245, 248)
NOT_PRINTABLE = (
    "\N{WHITE SQUARE}"  # an emoji in a debtor's words: its place is shown, the words stay whole in the records
)


def print_sheet(sheet: Sheet) -> bytes:
    paper = _Paper(sheet)
    paper.add_page()
    _print_top(paper, sheet)
    for block in sheet.blocks:
        _print_block(paper, block)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        self.set_creation_date(sheet.made_at.astimezone(UTC))
        self.set_title(_printable(f"{sheet.title} {sheet.number}"))
        self.set_author(_printable(sheet.issuer[0]))
        self.set_lang(sheet.language)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, 24)
        for style, file in FACES.items():
            self.add_font(FAMILY, style, str(file))
        self.pen(10)

    def pen(self, size: float, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_draw_color(*LINE)

    def write_lines(self, text: str, height: float, width: float = 0, align: Align = Align.L) -> None:
        self.multi_cell(width, height, _printable(text), align=align, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-17)
        self.pen(7.5, colour=SOFT)
        self.cell(self.epw - 20, 4, _printable(self._sheet.foot))
        self.cell(20, 4, f"{self.page_no()}/{{nb}}", align=Align.R)


def _print_top(paper: _Paper, sheet: Sheet) -> None:
    top, half = paper.get_y(), paper.epw / 2
    paper.pen(11, bold=True)
    paper.write_lines(sheet.issuer[0], 5.5, half)
    paper.pen(9, colour=SOFT)
    paper.write_lines("\n".join(sheet.issuer[1:]), 4.6, half)
    left_end = paper.get_y()
    paper.set_xy(MARGIN + half, top)
    paper.pen(10)
    for line in sheet.addressee:
        paper.set_x(MARGIN + half)
        paper.multi_cell(half, 5, _printable(line), align=Align.R, new_x="LMARGIN", new_y="NEXT")
    paper.set_y(max(left_end, paper.get_y()) + 9)
    paper.pen(17, bold=True)
    paper.write_lines(sheet.title, 8)
    paper.pen(9, colour=SOFT)
    paper.write_lines(f"{sheet.number} · {sheet.dated}", 5)
    paper.ln(1.5)
    paper.line(MARGIN, paper.get_y(), MARGIN + paper.epw, paper.get_y())
    paper.ln(5)


def _print_block(paper: _Paper, block: Block) -> None:
    match block:
        case Heading(text):
            _keep_together(paper, 22)
            paper.ln(2)
            paper.pen(11.5, bold=True)
            paper.write_lines(text, 6)
            paper.ln(1)
        case Words(text, small, strong):
            paper.pen(8 if small else 10, bold=strong, colour=SOFT if small else INK)
            paper.write_lines(text, 4 if small else 5.2)
            paper.ln(1.6 if small else 2.4)
        case Facts(rows):
            _print_facts(paper, rows)
        case Grid():
            _print_grid(paper, block)


def _print_facts(paper: _Paper, rows: Sequence[tuple[str, str]]) -> None:
    name_width = paper.epw * 0.36
    for name, value in rows:
        _keep_together(paper, 8)
        top = paper.get_y()
        paper.pen(9.5, colour=SOFT)
        paper.multi_cell(name_width, 5.4, _printable(name), align=Align.L, new_x="LMARGIN", new_y="NEXT")
        low = paper.get_y()
        paper.set_xy(MARGIN + name_width, top)
        paper.pen(10)
        paper.multi_cell(paper.epw - name_width, 5.4, _printable(value), align=Align.L, new_x="LMARGIN", new_y="NEXT")
        paper.set_y(max(low, paper.get_y()))
    paper.ln(3)


def _print_grid(paper: _Paper, grid: Grid) -> None:
    size = 7.5 if grid.small else 9.5
    paper.pen(size)
    aligns = tuple(Align.R if column in grid.figures else Align.L for column in range(len(grid.headings)))
    head = FontFace(emphasis="BOLD", color=INK, fill_color=SHADE)
    with paper.table(
        width=paper.epw,
        col_widths=tuple(grid.widths),
        text_align=aligns,
        headings_style=head,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        line_height=4 if grid.small else 5.4,
        padding=(0.8, 1.2),
    ) as table:
        for row in (grid.headings, *grid.rows):
            cells = table.row()
            for cell in row:
                last = grid.last_is_total and row is grid.rows[-1]
                cells.cell(_printable(cell), style=FontFace(emphasis="BOLD") if last else None)
    paper.ln(4)


def _keep_together(paper: _Paper, height: float) -> None:
    if paper.will_page_break(height):
        paper.add_page()


def _printable(text: str) -> str:
    """Only letters the font has: nothing is lost unseen, and no reader meets an empty place."""
    return "".join(letter if ord(letter) in _letters() or letter == "\n" else _instead(letter) for letter in text)


def _instead(letter: str) -> str:
    if letter.isspace():
        return " "
    return "" if letter in "\u200b\u200d\ufe0f" else NOT_PRINTABLE


@cache
def _letters() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(TTFont(file).getBestCmap()) for file in FACES.values()))
