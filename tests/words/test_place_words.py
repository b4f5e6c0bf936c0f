"""What files call their places."""

import pytest

import visittally
from visittally.words.place_words import joint_word, place_word, several


@pytest.mark.parametrize(
    ("header", "language", "word"),
    [
        *(("Name of the Ward", "en", "Ward"), ("group/neighbourhood_name", "en", "Neighbourhood")),
        *(("community visited", "en", ""), ("sub-location", "en", "Sublocation"), ("网格", "en", "")),
        *(
            ("所在村(社区)", "zh", "村(社区)"),
            ("行政村名称", "zh", "行政村"),
            ("走访社区", "zh", "社区"),
            ("地点", "zh", ""),
        ),
        *(
            ("community_name", "zh", "社区"),
            ("barangay", "zh", ""),
        ),
    ],
)
def test_only_plain_words_in_the_language_of_the_table(header, language, word):
    assert place_word(header, language) == word


def test_several_of_them():
    assert [several(word) for word in ("barangay", "locality", "Camp", "社区")] == [
        "barangays",
        "localities",
        "Camps",
        "社区",
    ]


def report(tmp_path, header, lang, places=("North", "South")):
    rows = [f"{places[n % 2]},2026-03-{n + 1:02d},Water" for n in range(12)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([f"{header},date,problem", *rows]) + "\n", "utf-8")
    return visittally.report(str(path), lang=lang).document


@pytest.mark.parametrize(
    ("header", "lang", "heading", "sentence"),
    [
        ("Community", "en", "Community", "12 visits in 2 communities."),
        ("village", "en", "Village", "12 visits in 2 villages."),
        ("所属网格", "zh", "网格", "共走访2个网格12次。"),
    ],
)
def test_tables_and_findings_call_places_as_the_file_does(tmp_path, header, lang, heading, sentence):
    document = report(tmp_path, header, lang)

    assert {t.columns[0].label for t in document.tables() if t.name in ("areas", "crosstab")} == {heading}
    assert sentence in document.paragraphs[0]


def test_where_villages_and_communities_are_told_apart_both_are_named(tmp_path):
    document = report(tmp_path, "村(社区)", "zh", ("东村", "南社区"))

    assert "共走访1个村、1个社区12次。" in document.paragraphs[0]


@pytest.mark.parametrize(
    ("headers", "language", "word"),
    [
        (("village", "community"), "en", "Village / community"),
        (("Ward", "grp/village"), "en", "Ward / village"),
        (("village", "Village"), "en", ""),
        (("village", "q7_site"), "en", ""),
        (("community", "Community name"), "en", "Community"),
        (("村", "社区"), "zh", "村、社区"),
        (("village", "community"), "zh", "村、社区"),
        (("村", "行政村", "所属行政村"), "zh", "行政村"),
        (("村(社区)", "社区", "村"), "zh", "村(社区)"),
        (("村", "行政村", "村(社区)"), "zh", "村(社区)"),
        (("行政村", "自然村"), "zh", "行政村、自然村"),
        (("地点", "村"), "zh", ""),
    ],
)
def test_files_that_call_their_places_differently_are_both_named(headers, language, word):
    ours = "村" if language == "zh" else "Village"

    assert joint_word(headers, "village", ours, language) == word


def test_several_of_both():
    assert several("village / community") == "villages and communities"
