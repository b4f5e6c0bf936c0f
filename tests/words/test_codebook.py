"""Categories of problems and their cues."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import ConfigError
from visittally.words.codebook import UNCLEAR, Codebook

BOOK = Codebook.load()


@pytest.mark.parametrize(
    ("given_answer", "code"),
    [("road", "road"), ("道路交通", "road"), ("Roads and transport", "road"), ("unemployment", "labour"),
     ("環境衛生", "environment"),
     ("solid_waste", "environment"), ("其它", "other"), ("道路坑洼", None), ("", None)],
)  # fmt: skip
def test_a_given_answer_names_a_category_as_a_whole_only(given_answer, code):
    assert BOOK.category(given_answer) == code


def test_every_category_has_names_in_both_languages_and_synonyms_of_its_own():
    for code, entry in BOOK.categories.items():
        assert entry.label("en")
        assert entry.label("zh")
        assert [BOOK.category(name) for name in (code, entry.en, entry.zh)] == [code] * 3


def test_there_are_nineteen_categories_and_two_for_the_rest():
    assert len(BOOK.codes) == 21
    assert BOOK.codes[-2:] == ("other", UNCLEAR)


def test_no_cue_has_one_character_only():
    assert all(len(cue) > 1 for entry in BOOK.categories.values() for cue in entry.cues)


def test_no_cue_leads_to_two_categories():
    cues = [cue for entry in BOOK.categories.values() for cue in entry.cues]
    assert len(set(cues)) == len(cues)


def test_a_text_about_several_topics_has_all_of_them():
    assert BOOK.code_text("村道泥泞，自来水经常停水").codes == ("water", "road")


def test_a_longer_cue_masks_the_shorter_ones_inside_it():
    coding = BOOK.code_text("路面坑坑洼洼")
    assert coding.matched == {"road": ("路面", "坑坑洼洼")}


def test_a_longer_cue_goes_before_a_shorter_one_that_begins_earlier(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[road]\ncues = ["修路"]\n[service]\ncues = ["路灯维护"]\n', encoding="utf-8")
    assert Codebook.load(str(own)).code_text("修路灯维护").codes == ("service",)


def test_the_score_grows_with_the_length_of_a_cue_and_the_root_of_its_count(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[road]\ncues = ["abc"]\n[water]\ncues = ["defgh"]\n', encoding="utf-8")
    book = Codebook.load(str(own))
    assert 3 * math.sqrt(2) < 5 < 3 * math.sqrt(3)
    assert book.code_text("abc abc defgh").primary == "water"
    assert book.code_text("abc abc abc defgh").primary == "road"


def test_a_tie_has_no_primary_category_but_shows_the_candidates():
    coding = BOOK.code_text("教育 医疗")
    assert coding.tie
    assert coding.primary == UNCLEAR
    assert set(coding.codes) == {"education", "health"}


@pytest.mark.parametrize("text", ["今天天气很好", "nothing of that kind", "the other day", ""])
def test_text_without_a_cue_is_unclear_and_not_other(text):
    assert BOOK.code_text(text).codes == (UNCLEAR,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ROAD is bad", "road"),
        ("potholes everywhere", "road"),
        ("abroad", UNCLEAR),
        ("wellness", UNCLEAR),
        ("roadside", UNCLEAR),
        ("cannot pay the rent", "housing"),
        ("the parents are of different opinions", UNCLEAR),
        ("schooling for two children", "education"),
        ("medical treatment is far", "health"),
        ("unemployed since May", "labour"),
    ],
)
def test_english_cues_are_whole_words_with_or_without_a_plural(text, code):
    assert BOOK.code_text(text).primary == code


@pytest.mark.parametrize(
    ("text", "code"), [("科学技术", "agritech"), ("农药太贵", "inputs"), ("合作医疗", "health"), ("自來水", "water")]
)
def test_words_that_contain_words_of_other_topics(text, code):
    assert BOOK.code_text(text).codes[0] == code


@given(st.text(alphabet="路灯水停坑洼修 abc", max_size=40))
def test_cues_that_match_never_overlap(text):
    coding = BOOK.code_text(text)
    assert sum(len(cue) for cues in coding.matched.values() for cue in cues) <= len(text)
    assert set(coding.codes) <= set(BOOK.codes)


def test_conduct_and_reports_of_it_are_sensitive():
    assert BOOK.sensitive_codes() == {"conduct", "report"}
    assert BOOK.sensitive("conduct")
    assert not BOOK.sensitive("road")


@pytest.mark.parametrize(
    ("text", "code"), [("咨询", "question"), ("Complaint", "complaint"), ("表扬", "praise"), ("道路", None)]
)
def test_types_of_problems(text, code):
    assert BOOK.issue_type(text) == code


def test_a_label_in_the_language_asked_for():
    assert (BOOK.label("road", "zh"), BOOK.label("road", "en"), BOOK.label("new", "en")) == (
        "道路交通",
        "Roads and transport",
        "new",
    )


def test_a_new_category_of_the_user_stands_before_other(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[bees]\nen = "Bees"\nsynonyms = ["beekeeping"]\n', encoding="utf-8")
    book = Codebook.load(str(own))
    assert book.codes[-3:] == ("bees", "other", UNCLEAR)
    assert book.category("Beekeeping") == "bees"
    assert book.label("bees", "zh") == "Bees"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[road]\ncue = ["x"]\nsensitive = "yes"\n', ["[road] cue", "[road] sensitive"]),
        ('[road]\ncues = ["路"]\n', ["two characters"]),
        ("[road]\ncues = [1]\n", ["a list of texts"]),
        ('road = "x"\n', ["road"]),
        ("[road\n", ["TOML"]),
    ],
)
def test_a_wrong_codebook_is_refused_with_all_that_is_wrong(tmp_path, text, said):
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        Codebook.load(str(own))
    assert all(piece in str(error.value) for piece in ["own.toml", *said])


def test_a_codebook_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        Codebook.load(str(tmp_path / "nowhere.toml"))
