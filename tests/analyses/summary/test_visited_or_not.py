"""A column that says yes or no to whether anybody was visited tells how the visits ended."""

import pytest


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [("visited", "yes", "no"), ("Visited?", "TRUE", "FALSE"), ("是否走访", "是", "否"), ("是否已入户", "是", "否")],
)
def test_rows_of_nobody_visited_are_said(write, command, header, yes, no):
    """They are no refusals; the rate of completed visits stands beside that of all."""
    text = f"village,household,{header},problem\n"
    text += "".join(
        f"{'Ash' if i % 2 else 'Elm'},{i},{yes if i % 4 else no},{'road' if i % 4 else ''}\n" for i in range(40)
    )
    file = write("a.csv", text)

    assert "30 of 40 visits completed (Non-contact 10): 75.0" in command("summarize", file).err
    total = command("coverage", file, "-f", "json").tables()["places"][-1]
    assert (total["visited"], total["completed"], total["absent"], total["refused"]) == (40, 30, 10, 0)


def test_what_the_user_says_of_no_holds(write, command):
    """Under [outcomes], "no" can be something else."""
    rows = "".join(f"Ash,{i},{'yes' if i % 4 else 'no'},road\n" for i in range(40))
    file = write("a.csv", f"village,household,visited,problem\n{rows}")
    write("visittally.toml", '[outcomes]\nno = "R"\n')

    assert command("coverage", file, "-f", "json").tables()["places"][-1]["refused"] == 10


def test_numbers_under_such_a_header_are_no_outcome(write, command):
    """A column of counts stays one."""
    file = write("a.csv", "village,visited,problem\n" + "".join(f"Ash{i},{10 + i},road\n" for i in range(9)))

    assert "completed" not in command("summarize", file, "--counts", "no").err
