"""The headings of the ledger that the program gives out."""

from visittally.words.own_ledger import HEADINGS, is_own_ledger


def test_columns_may_be_added_and_those_taken_out_that_not_everybody_needs():
    english = {words[1] for words in HEADINGS.values()}

    assert is_own_ledger({*english, "remarks"} - {"satisfaction", "due date"})
    assert not is_own_ledger(english - {"household id"})
    assert not is_own_ledger({*(words[0] for words in HEADINGS.values())} - {"走访人"} | {"visitor"})
