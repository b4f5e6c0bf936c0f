"""Pages on a terminal."""

import pytest

from visittally.guidebook import TOPICS, page
from visittally.messages import LANGUAGES
from visittally.render.pages.blocks import PageRows, Verbatim, blocks
from visittally.render.pages.terminal import laid_out
from visittally.words.wrapping import display_width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_text_fits_the_terminal(topic, language):
    """All but what stands verbatim, and tables of figures."""
    whole = page(topic, language)
    kept = {"  " + line for block in blocks(whole) if isinstance(block, Verbatim) for line in block.lines}
    figures = any(isinstance(block, PageRows) and len(block.headings) > 3 for block in blocks(whole))
    lines = set(laid_out(whole, 72, bold=False).splitlines()) - kept

    assert figures or max(map(display_width, lines)) < 72


def test_explanations_stand_beside_their_terms():
    text = (
        "| option | what | example |\n|---|---|---|\n| `--by FIELD` | rows | `--by village` |\n| "
        + "x" * 40
        + " | long | |\n"
    )

    assert laid_out(text, 80, bold=False) == (
        f"`--by FIELD`{' ' * 18}rows\n{' ' * 30}`--by village`\n{'x' * 40}\n{' ' * 30}long\n"
    )


def test_headings_are_bold_where_that_is_wanted():
    assert laid_out("# Speed\n", 80, bold=True) == "\x1b[1mSpeed\x1b[0m\n"
