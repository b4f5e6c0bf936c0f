"""A roster that lies among the records is not counted without a word."""

import pytest

import visittally

VISITS = "village,hh_id,visit_date,problem\nAsh,1,2024-01-02,road\nOak,3,2024-01-03,water\n"


@pytest.fixture
def named(tmp_path):
    """Writes files and gives the notices of rosters that a run on all of them has."""

    def run(**files):
        paths = []
        for name, text in files.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text, "utf-8")
        notices = visittally.summarize(paths).notices
        return [n.message.split(": ")[0] for n in notices if n.code == "may_be_roster"]

    return run


@pytest.mark.parametrize(
    "roster",
    [
        "village,planned visits\nAsh,20\nOak,30\n",
        "township,village,target,remarks\nHill,Ash,20,far\nHill,Oak,30,\n",
        "village,hh_id,head of household,phone\nAsh,1,Ann Lee,13800000001\nOak,3,Bo Ray,13800000002\n",
        "村,户号,户主姓名,家庭人口,性别\n青山村,1,张三,4,男\n河口村,2,李四,3,女\n",
    ],
)
def test_a_list_of_whom_to_visit_beside_visits_is_named(named, roster):
    assert [path.rsplit("/", 1)[-1] for path in named(visits=VISITS, roster=roster)] == ["roster.csv"]


def test_a_list_of_targets_alone_is_named(named):
    assert named(plan="village,planned visits\nAsh,20\nOak,30\n")


@pytest.mark.parametrize(
    "visits",
    [
        "village,hh_id,age\nAsh,1,30\nOak,3,40\n",
        "village,hh_id,planned visits,visit_date\nAsh,1,2,2024-01-02\nOak,3,2,2024-01-05\n",
        "village,planned visits,visitor\nAsh,1,E1\nOak,3,E2\n",
        "village,target,q1,q2,q3\nAsh,1,yes,no,no\nOak,3,no,no,yes\n",
    ],
    ids=["households alone", "a day", "a visitor", "answers"],
)
def test_what_tells_of_visits_is_no_roster(named, visits):
    assert not named(visits=visits)


def test_two_files_of_visits_are_no_rosters(named):
    assert not named(one=VISITS, two="village,hh_id,visitor\nAsh,1,E1\nOak,3,E2\n")
