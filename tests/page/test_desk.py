"""What the page works with: from what was chosen to what is asked of the process beside it."""

import asyncio
import threading
import tomllib

import pytest

from visittally import messages
from visittally.errors import UsageError, VisitTallyError
from visittally.page.desk import WorkState
from visittally.page.tasks import Progress
from visittally.page.worker import StoppedError


def run(work):
    return asyncio.run(work)


def chosen(command="summarize", *options):
    return {"command": command, "options": list(options)}


def asked(desk, kind):
    """The command lines that were asked for."""
    return [arguments for name, *arguments in desk.worker.tasks if name == kind]


def test_how_far_the_work_has_come_has_a_version():
    state = WorkState()
    assert (state.version, state.told()) == (0, {"kind": "", "done": 0, "size": 0})

    state.change("show", Progress(3, 9))
    assert (state.version, state.told()) == (1, {"kind": "show", "done": 3, "size": 9})


def test_the_state_is_told_while_a_task_is_done_and_after_it(desk, monkeypatch):
    told = []
    monkeypatch.setattr(WorkState, "change", lambda _state, *seen: told.append(seen))

    run(desk.known())

    assert told == [("describe", Progress(1, 2)), ("", Progress())]


def test_files_that_nobody_has_looked_at_are_looked_at_once(desk, give):
    give(a="", b="form")
    desk.worker.answers["look"] = {"role": "roster"}

    run(desk.look())
    run(desk.look())

    assert asked(desk, "look") == [["a.csv"]]
    assert [g.role for g in desk.workspace.given.values()] == ["roster", "form"]


def test_what_could_not_be_looked_at_holds_records(desk, give):
    give(a="")
    desk.worker.answers["look"] = {"error": "no memory"}

    run(desk.look())

    assert desk.workspace.given["a.csv"].role == "records"


def test_commands_are_described_once_in_each_language(desk):
    for language in ("en", "zh", "en"):
        desk.speak(language)
        run(desk.known())

    assert len(asked(desk, "describe")) == 2
    assert desk.worker.languages == ["en", "zh", "en"]


def test_a_language_that_is_not_spoken_changes_nothing(desk):
    desk.speak("fr")

    assert messages.language() == "en"
    assert desk.worker.languages == ["en"]


def test_where_commands_cannot_be_described_that_is_said(desk):
    desk.worker.answers["describe"] = {"error": "no memory"}

    with pytest.raises(VisitTallyError, match="no memory"):
        run(desk.known())


def test_a_description_that_was_stopped_is_asked_for_again(desk):
    answers = iter([{"stopped": True}, {"commands": {}}])
    desk.worker.answers["describe"] = lambda: next(answers)

    assert run(desk.known()) == {"commands": {}}


def test_tables_are_shown_with_the_command_that_makes_them(desk, give):
    give(a="records", plan="roster")
    desk.worker.answers["show"] = {"sections": [1]}

    found = run(desk.show(chosen("coverage", ["--by", "village"])))

    assert found == {
        "sections": [1],
        "command": "visittally coverage a.csv --roster plan.csv --by village --lang en",
    }
    assert asked(desk, "show") == [["coverage", "a.csv", "--roster", "plan.csv", "--by", "village", "--lang", "en"]]
    assert desk.chosen == chosen("coverage", ["--by", "village"])
    assert desk.worker.stops == 0


def test_a_report_that_is_looked_at_names_a_file_that_the_command_shown_does_not(desk, give):
    give(a="records")

    found = run(desk.show(chosen("report")))

    assert asked(desk, "show")[0][-2:] == ["-o", "report.html"]
    assert found["command"] == "visittally report a.csv --lang en"


def test_what_the_page_does_not_offer_is_refused(desk, give):
    give(a="records")

    for work in (desk.show, lambda sent: desk.write(sent, "html", ""), desk.keep):
        with pytest.raises(UsageError):
            run(work(chosen("summarize", ["--output", "x"])))
    assert asked(desk, "show") == asked(desk, "write") == []


def test_a_later_choice_takes_the_place_of_an_earlier_one(desk, give):
    """The earlier one is stopped; its answer says so."""
    give(a="records")
    begun, stopped = threading.Event(), threading.Event()

    def show(*arguments):
        if "--by" not in arguments:
            begun.set()
            assert stopped.wait(20)
            raise StoppedError
        return {"sections": [2]}

    desk.worker.answers["show"] = show
    desk.worker.stop = stopped.set

    async def both():
        first = asyncio.create_task(desk.show(chosen()))
        assert await asyncio.to_thread(begun.wait, 20)
        return await desk.show(chosen("summarize", ["--by", "village"])), await first

    second, first = run(both())
    assert second["sections"] == [2]
    assert first["stopped"]


def test_what_waits_is_not_shown_after_it_was_stopped(desk, give):
    """Whoever stops does not want what has not begun either."""
    give(a="records")
    run(desk.known())
    own = desk.worker.run

    def late(task, tell, wanted):
        desk.stop()
        return own(task, tell, wanted)

    desk.worker.run = late

    assert run(desk.show(chosen()))["stopped"]
    assert asked(desk, "show") == []
    assert desk.worker.stops == 1


def test_a_document_is_written_and_taken_out_of_the_folder(desk, give):
    give(a="records")

    found = run(desk.write(chosen(), "docx", ""))

    assert found["name"] == "summarize.docx"
    assert found["command"] == "visittally summarize a.csv --lang en -o summarize.docx"
    assert desk.result(found["result"]).read_text(encoding="utf-8") == "# written\n"
    assert not (desk.workspace.files / "summarize.docx").exists()


def test_a_table_is_written_for_spreadsheets(desk, give):
    give(a="records")

    found = run(desk.write(chosen(), "csv", "areas/../x"))

    assert found["name"].endswith(".csv")
    assert "/" not in found["name"]
    assert asked(desk, "write")[0][-5:] == ["--table", "areas/../x", "--bom", "-o", found["name"]]
    assert asked(desk, "write")[0].count("--table") == 1
    run(desk.write(chosen(), "html", ""))
    assert "--bom" not in asked(desk, "write")[1]


def test_a_name_that_a_file_has_is_not_taken(desk, give):
    give(summarize="records")

    assert run(desk.write(chosen(), "csv", ""))["name"] == "summarize (2).csv"


def test_where_nothing_was_written_that_is_said(desk, give):
    give(a="records")
    desk.worker.answers["write"] = lambda *_arguments: {"error": "no room"}
    assert run(desk.write(chosen(), "docx", ""))["error"] == "no room"

    def stopped(*_arguments):
        raise StoppedError

    desk.worker.answers["write"] = stopped
    found = run(desk.write(chosen(), "docx", ""))
    assert found["stopped"]
    assert "result" not in found


def test_settings_to_keep_are_what_was_chosen_and_what_columns_writes(desk, give):
    """The draft is asked for with the options that `columns` has."""
    give(a="records", plan="roster")

    found = run(desk.keep(chosen("coverage", ["--by", "village"])))

    assert found["name"] == "visittally.toml"
    assert asked(desk, "write") == [["columns", "a.csv", "--lang", "en", "-f", "toml", "-o", "kept.toml"]]
    text = desk.result(found["result"]).read_text(encoding="utf-8")
    assert text.startswith("# visittally coverage a.csv --roster plan.csv --by village --lang en\n")
    assert text.endswith("# written\n")
    assert tomllib.loads(text)["options"] == {"roster": "plan.csv", "by": "village", "lang": "en"}


def test_columns_that_were_corrected_are_in_the_draft(desk, give):
    give(a="records")

    run(desk.keep(chosen("summarize", ["--by", "village"], ["--column", "issue=x"])))

    assert asked(desk, "write")[0][:4] == ["columns", "a.csv", "--column", "issue=x"]


def test_settings_that_could_not_be_drafted_are_not_kept(desk, give):
    give(a="records")
    desk.worker.answers["write"] = lambda *_arguments: {"error": "no room"}

    assert run(desk.keep(chosen())) == {"error": "no room"}


@pytest.mark.parametrize("number", ["", "..", "nosuch", "../files/a.csv"])
def test_no_file_is_a_result_that_was_not_written(desk, give, number):
    give(a="records")

    assert desk.result(number) is None


def test_closed_it_leaves_nothing(desk, give):
    give(a="records")

    desk.close()

    assert desk.worker.closed
    assert not desk.workspace.folder.exists()
