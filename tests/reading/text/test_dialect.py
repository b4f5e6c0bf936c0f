"""How a delimited text is written, and which readers know it."""

from __future__ import annotations

import pytest

from visittally.reading.text.dialect import Dialect


@pytest.mark.parametrize(
    ("dialect", "standard", "plain"),
    [
        (Dialect(","), True, True),
        (Dialect("\t", quote="'"), True, True),
        (Dialect(";", quote=""), False, True),
        (Dialect(","[:0]), False, False),
        (Dialect("，"), True, False),  # three bytes
        (Dialect("||"), False, False),
        (Dialect(" "), False, True),
        (Dialect(",", quote="“"), True, False),
        (Dialect(",", escape="\\"), False, False),
        (Dialect(",", spaced=True), True, False),
        (Dialect(",", newline="\r"), True, False),
        (Dialect(",", skipped=1), True, True),
    ],
)
def test_which_readers_know_a_dialect(dialect, standard, plain):
    """The CSV reader of the standard library, and the fast one."""
    assert (dialect.is_standard, dialect.is_plain) == (standard, plain)
