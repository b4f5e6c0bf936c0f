"""Tables and paragraphs of Word documents."""

from __future__ import annotations

import io

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.finished.rows import Finished, Paragraph, Rows, squared
from visittally.reading.inputs.kinds import DAMAGED


def of_word(name: str, content: bytes) -> Finished:
    """What stands in a Word document, in its order.

    Raises:
        InputError: It is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        body = list(docx.Document(io.BytesIO(content)).iter_inner_content())
    except (*DAMAGED, SyntaxError, PackageNotFoundError) as error:
        text = _("{name} is damaged and cannot be read. Save it again as .docx.")
        raise InputError(text.format(name=name)) from error
    tables: list[Rows] = []
    paragraphs: list[Paragraph] = []
    line = 0
    for part in body:
        if isinstance(part, Table):
            # A cell that is merged over several fields is given for each of them.
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in part.rows]
            lines = list(range(line + 1, line + 1 + len(rows)))
            line += len(rows)
            if rows:
                tables.append(squared(rows, lines, paragraphs[-1].text if paragraphs else ""))
            continue
        line += 1
        if part.text.strip():
            paragraphs.append(Paragraph(line, " ".join(part.text.split())))
    return Finished(name, tuple(tables), tuple(paragraphs))
