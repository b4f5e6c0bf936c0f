"""How visits ended."""

from __future__ import annotations

import pytest

from visittally.errors import ConfigError
from visittally.words.aapor import CODES
from visittally.words.outcomes import GROUPS, Outcomes

KNOWN = Outcomes.load()


@pytest.mark.parametrize(
    ("raw", "code", "group"),
    [
        ("完成", "I", "completed"),
        ("Complete interview", "I", "completed"),
        ("yes", "I", "completed"),
        ("部分完成", "P", "other"),
        ("拒訪", "R", "refused"),
        ("Refusal and break-off", "R", "refused"),
        ("no", "R", "refused"),
        ("NO", "R", "refused"),
        ("无人在家", "NC", "absent"),
        ("外出务工", "NC", "absent"),
        ("not_at_home", "NC", "absent"),
        ("其他", "O", "other"),
        ("Unlocated", "UO", "other"),
        ("not_eligible", "NE", "not_eligible"),
        ("Complet", "I", "completed"),
        ("Завершено", "I", "completed"),
        ("Incompleta", "P", "other"),
        ("Se negó", "R", "refused"),
        ("Casa cerrada", "NC", "absent"),
        ("घर पर कोई नहीं", "NC", "absent"),
        ("No elegible", "NE", "not_eligible"),
        ("空户", "NE", "not_eligible"),
        ("مكتملة", "I", "completed"),
        ("पूर्ण", "I", "completed"),
        ("Imekamilika", "I", "completed"),
        ("Wamekataa", "R", "refused"),
        ("لا أحد في المنزل", "NC", "absent"),
        ("", None, "other"),
        ("NA", None, "other"),
        ("blue", None, "other"),
    ],
)
def test_outcome_words(raw, code, group):
    assert KNOWN.code(raw) == code
    assert KNOWN.group(raw) == group


@pytest.mark.parametrize("code", CODES)
def test_final_dispositions_stand_for_themselves_and_have_names_and_a_group(code):
    assert KNOWN.code(code) == code
    assert KNOWN.group(code) in GROUPS
    assert KNOWN.code(KNOWN.label(code, "en")) == KNOWN.code(KNOWN.label(code, "zh")) == code


def test_outcomes_of_the_user_go_first():
    own = Outcomes.load({"Yes": "P", "drove past": "UH"})
    assert own.code("yes") == "P"
    assert own.code("Drove past") == "UH"


def test_an_outcome_that_leads_nowhere_is_refused():
    with pytest.raises(ConfigError, match=r'"yes" = "Q"'):
        Outcomes.load({"yes": "Q"})


@pytest.mark.parametrize(
    ("raw", "known"), [("拒访", True), ("complete", True), ("yes", False), ("0", False), ("", False)]
)
def test_yes_and_no_do_not_make_a_column_one_of_outcomes(raw, known):
    assert KNOWN.knows(raw) == known
