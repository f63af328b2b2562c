"""A sheet read as a person reads it: every word of it, in order."""

from __future__ import annotations

from recovery.documents.sheet import Facts, Grid, Heading, Sheet, Words


def words_in(sheet: Sheet) -> str:
    lines = [*sheet.issuer, *sheet.addressee, sheet.title, sheet.number, sheet.dated]
    for block in sheet.blocks:
        match block:
            case Heading(text) | Words(text):
                lines.append(text)
            case Facts(rows):
                lines += [f"{name} | {value}" for name, value in rows]
            case Grid():
                lines += [" | ".join(row) for row in (block.headings, *block.rows)]
    return "\n".join(lines)
