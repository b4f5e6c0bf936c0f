"""The guide: a page for each topic, in each language, as Markdown files beside this one."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent / "guide"
TOPICS = (
    *("ledger", "export", "counting", "options", "config", "python", "cluster", "recipes"),
    *("speed", "privacy", "how-it-works", "requirements", "changes"),
)
"""The topics in the order in which people need them."""


def page(topic: str, language: str) -> str:
    """The page about a topic, as Markdown.

    Args:
        topic: One of `TOPICS`.
        language: `en` or `zh`.
    """
    return (PAGES / language / f"{topic}.md").read_text(encoding="utf-8")


def title(topic: str, language: str) -> str:
    """What the page is about: its first line, without the sign of a heading."""
    return page(topic, language).partition("\n")[0].removeprefix("# ")
