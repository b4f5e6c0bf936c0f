"""Records that were not counted: refused, and said in words."""

from __future__ import annotations

from collections import Counter

import pytest

from visittally.errors import VisitTallyError
from visittally.reading.losses import nothing_left, reasons, refuse_losses, set_aside_by_kind
from visittally.reading.receipt import FileReceipt, Kind, Receipt, SetAside


def receipt(read, *kinds, more=()):
    """A receipt of one file with a record set aside for each kind, in lines 2, 3, ..."""
    file = FileReceipt("visits.csv")
    entries = [SetAside(line, kind, f"reason {line}") for line, kind in enumerate(kinds, 2)]
    file.add(read, entries, Counter(dict(more)))
    return Receipt([file])


def test_nothing_lost_is_not_refused():
    """Records that are none, repeated, rejected or left out by the user are no losses."""
    refuse_losses(receipt(9, Kind.NOT_A_RECORD, Kind.DUPLICATE, Kind.REJECTED, Kind.FILTERED))


@pytest.mark.parametrize("kind", [Kind.UNREADABLE, Kind.INVALID])
def test_a_loss_is_refused_with_its_place(kind):
    with pytest.raises(VisitTallyError, match=r"1 records cannot be counted: visits\.csv line 3: reason 3"):
        refuse_losses(receipt(9, Kind.FILTERED, kind))


def test_of_many_losses_the_first_are_named():
    with pytest.raises(VisitTallyError, match=r"13 records .* line 13: reason 13 and 1 more"):
        refuse_losses(receipt(20, *[Kind.UNREADABLE] * 13))


def test_a_loss_that_is_not_listed_is_refused_as_well():
    """The list of a receipt ends; whoever asks for everything is not given less for that."""
    with pytest.raises(VisitTallyError, match=r"^2,001 records"):
        refuse_losses(receipt(9_000, *[Kind.FILTERED] * 2_000, Kind.UNREADABLE, more=[(Kind.INVALID, 2_000)]))


def test_kinds_are_counted_and_said_in_their_order():
    found = receipt(9, Kind.FILTERED, Kind.UNREADABLE, Kind.FILTERED, more=[(Kind.FILTERED, 2)])

    assert list(set_aside_by_kind(found)) == [Kind.UNREADABLE, Kind.FILTERED]
    assert reasons(found) == "unreadable 1; left out by --where 4"
    assert reasons(receipt(3)) == ""


def test_small_numbers_are_not_said_where_they_are_hidden():
    found = receipt(9, Kind.FILTERED)
    found.smallest = 5

    assert reasons(found) == "left out by --where <5"


def test_empty_tables_are_explained():
    assert [n.code for n in nothing_left(receipt(0))] == ["no_records"]
    assert [n.code for n in nothing_left(receipt(1, Kind.FILTERED))] == ["nothing_left"]
    assert nothing_left(receipt(2, Kind.FILTERED)) == []
