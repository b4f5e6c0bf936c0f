"""The guide as pages of the browser: the same text as `visittally guide` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from visittally.guidebook import TOPICS, page, title
from visittally.render.pages.blocks import Entry, PageHeading, PageParagraph, PageRows, Verbatim, blocks
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.render.pages.blocks import Block

_INLINE = pattern(r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\[(?P<words>[^\]]*)\]\([^)]*\)")
_LISTS = {True: "ol", False: "ul"}


def contents(language: str) -> list[tuple[str, str]]:
    """Name and title of each page, in order."""
    return [(topic, title(topic, language)) for topic in TOPICS]


def chapter(topic: str, language: str) -> Markup:
    """A page as HTML; what it shows is text, whatever signs stand in it.

    Args:
        topic: One of `TOPICS`.
        language: `en` or `zh`.
    """
    return Markup("\n").join(_parts(blocks(page(topic, language))))


def _parts(found: Sequence[Block]) -> Iterator[Markup]:
    numbered: bool | None = None
    for block in found:
        kind = block.mark[:1].isdigit() if isinstance(block, Entry) else None
        if numbered is not None and kind != numbered:
            yield Markup("</{}>").format(_LISTS[numbered])
        if kind is not None and kind != numbered:
            yield Markup("<{}>").format(_LISTS[kind])
        numbered = kind
        yield _part(block)
    if numbered is not None:
        yield Markup("</{}>").format(_LISTS[numbered])


def _part(block: Block) -> Markup:
    match block:
        case PageHeading(level=level, text=text):
            return Markup("<h{0}>{1}</h{0}>").format(min(level + 1, 6), inline(text))
        case PageParagraph(text=text):
            return Markup("<p>{}</p>").format(inline(text))
        case Entry(text=text):
            return Markup("<li>{}</li>").format(inline(text))
        case Verbatim(lines=lines):
            return Markup('<pre tabindex="0"><code>{}</code></pre>').format("\n".join(lines))
        case PageRows(headings=headings, rows=rows):
            head = Markup("").join(Markup('<th scope="col">{}</th>').format(inline(name)) for name in headings)
            body = Markup("").join(
                Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(inline(c)) for c in row))
                for row in rows
            )
            above = Markup("<thead><tr>{}</tr></thead>").format(head) if any(headings) else Markup("")
            return Markup('<div class="wide" tabindex="0"><table>{}<tbody>{}</tbody></table></div>').format(above, body)


def inline(text: str) -> Markup:
    """Text with its code and emphasis; of links, which lead out of this page, the words.

    >>> str(inline("`a<b` and **all** of [it](x.md)"))
    '<code>a&lt;b</code> and <strong>all</strong> of it'
    """
    found, at = Markup(""), 0
    for mark in _INLINE.finditer(text):
        found += escape(text[at : mark.start()])
        at = mark.end()
        if mark["code"]:
            found += Markup("<code>{}</code>").format(mark["code"])
        elif mark["strong"]:
            found += Markup("<strong>{}</strong>").format(inline(mark["strong"]))
        else:
            found += escape(mark["words"])
    return found + escape(text[at:])
