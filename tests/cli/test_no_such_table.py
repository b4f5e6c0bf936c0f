"""Tables that are asked for and not there: what would give them."""

import click
import pytest

from visittally.cli.group import visittally
from visittally.cli.no_such_table import no_such_table


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        ("coverage", "missing", "It takes --roster FILE."),
        ("followup", "contacts", "It takes columns for: contacts (--column contacts=HEADER)."),
        ("questions", "open_answers", "and no --by."),
        ("summarize", "places", "visittally coverage FILES --table places"),
        ("summarize", "coverage", '"coverage" is a command of its own: visittally coverage FILES.'),
        ("summarize", "isues", 'Did you mean "issues"?'),
    ],
)
def test_a_table_that_is_not_there_says_what_would_give_it(command, name, said):
    known = ("issues", "areas")
    with (
        click.Context(visittally, info_name="visittally") as above,
        click.Context(visittally, parent=above, info_name=command),
    ):
        text = str(no_such_table([name], known))

    assert said in text
    assert text.endswith("Tables: issues, areas.")
    assert ("Did you mean" in text) == (name == "isues")


@pytest.mark.parametrize(("weight", "said"), [("w", "leave out --weight"), ("", "It takes columns for: village")])
def test_a_table_without_weights_says_so_where_records_are_weighted(weight, said):
    with (
        click.Context(visittally, info_name="visittally") as above,
        click.Context(visittally, parent=above, info_name="summarize") as own,
    ):
        own.params["weight"] = weight
        assert said in str(no_such_table(["spread"], ("issues",)))
