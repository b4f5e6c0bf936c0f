"""The addresses of the page, asked without a server."""

import asyncio
import json

import pytest

from visittally import messages
from visittally.page import app
from visittally.page.app import PageApp
from visittally.page.tasks import Progress


@pytest.fixture
def page(desk):
    ended = []
    made = PageApp(desk, lambda: ended.append(True))
    made.ended = ended
    return made


def ask(page, method, path, *chunks, query="", **headers):
    """The status, the headers and the bytes of an answer."""
    sent, chunks = [], list(chunks or [b""])
    scope = {"type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path, "root_path": ""}
    scope |= {"raw_path": path.encode(), "query_string": query.encode(), "server": ("127.0.0.1", 1), "client": None}
    scope["asgi"] = {"version": "3.0", "spec_version": "2.4"}
    scope["headers"] = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def receive():
        if not chunks:
            return {"type": "http.disconnect"}
        body = chunks.pop(0)
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    asyncio.run(page.asgi(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message.get("body", b"") for message in sent)


def post(page, path, *chunks, kind="application/json", **told):
    chunks = chunks or [json.dumps(told).encode()]
    status, _headers, content = ask(page, "POST", path, *chunks, content_type=kind)
    return status, json.loads(content) if content else None


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("lang=zh", "en", "zh"),
        ("", "zh-CN,en;q=0.5", "zh"),
        ("lang=fr", "fr, zh;q=0.2", "zh"),
        ("", "en;q=0.3, zh;q=0.4", "zh"),
        ("", "zh;q=0", "en"),
        ("", "zh;q=much, fr", "en"),
        ("", "*", "en"),
    ],
)
def test_the_page_speaks_as_asked_else_as_the_browser_else_as_the_terminal(page, query, accepted, language):
    status, _headers, content = ask(page, "GET", "/", query=query, accept_language=accepted)

    assert status == 200
    assert f'lang="{language}' in content.decode()
    assert messages.language() == language


def test_the_guide_begins_with_its_first_page_and_has_no_others_than_its_own(page):
    first = ask(page, "GET", "/guide")[2]

    assert first == ask(page, "GET", "/guide", query="topic=" + app.TOPICS[0])[2]
    assert first != ask(page, "GET", "/guide", query="topic=" + app.TOPICS[1])[2]
    assert ask(page, "GET", "/guide", query="topic=nosuch")[0] == 404


def test_scripts_and_styles_say_what_they_are(page):
    kinds = {name: ask(page, "GET", f"/{name}")[1]["content-type"].partition(";")[0] for name in app._STATIC}

    assert {name.rpartition(".")[2]: kind for name, kind in kinds.items()} == {
        "js": "text/javascript",
        "css": "text/css",
    }


def test_what_was_written_is_fetched_under_its_name(page, desk):
    (desk.workspace.results / "ab12").write_bytes(b"written")

    status, headers, content = ask(page, "GET", "/results/ab12/summarize.docx")
    assert (status, content) == (200, b"written")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"] == 'attachment; filename="summarize.docx"'
    assert ask(page, "GET", "/results/nosuch/summarize.docx")[0] == 404


@pytest.mark.parametrize("name", ["state", "role", "remove", "show", "write", "keep", "stop", "finish", "files"])
def test_nothing_is_changed_by_looking(page, name):
    assert ask(page, "GET", f"/{name}")[0] == 405


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded"])
def test_only_json_is_understood(page, kind):
    assert post(page, "/state", kind=kind)[0] == 415
    assert post(page, "/state", kind="application/json; charset=utf-8")[0] == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"3", b"[" * 100_000, b"\xff"])
def test_what_is_no_question_is_refused(page, body):
    assert post(page, "/state", body)[0] == 400


def test_a_question_has_a_length_that_it_may_have(page, monkeypatch):
    monkeypatch.setattr(app, "_BODY", 20)

    assert post(page, "/stop", b'{"lang": ', b'"en"   }')[0] == 200
    assert post(page, "/stop", b'{"lang": ', b'"en"      ', b"}   ")[0] == 413


def test_an_answer_is_in_the_language_of_the_question(page):
    post(page, "/state", lang="zh")
    assert messages.language() == "zh"

    post(page, "/state")
    assert messages.language() == "zh"


def test_what_goes_wrong_is_told_in_the_answer(page):
    status, answer = post(page, "/show", choices={"command": "nosuch"})

    assert (status, list(answer)) == (200, ["error"])


def test_the_state_is_the_files_their_roles_and_what_is_known(page, give):
    give(a="records", plan="roster")
    answer = post(page, "/state")[1]

    assert [(file["name"], file["role"], file["size"]) for file in answer["files"]] == [
        ("a.csv", "records", 14),
        ("plan.csv", "roster", 14),
    ]
    assert "unused" in answer["roles"]
    assert answer["shown"] == ["summarize"]
    assert answer["chosen"] is None


def test_what_was_chosen_last_is_known_to_a_page_that_is_loaded_anew(page, give):
    give(a="records")
    chosen = {"command": "summarize", "options": []}
    assert post(page, "/show", choices=chosen)[1]["command"] == "visittally summarize a.csv --lang en"

    assert post(page, "/state")[1]["chosen"] == chosen


def test_a_file_may_be_something_else_and_nothing_that_is_no_role(page, give):
    give(a="records")

    def role(**told):
        return post(page, "/role", **told)[1]["files"][0]["role"]

    assert role(name="a.csv", role="form") == "form"
    assert role(name="a.csv", role="nosuch") == "form"
    assert role(name="nosuch.csv", role="roster") == "form"


def test_a_file_is_forgotten(page, give):
    give(a="records", b="records")

    assert [file["name"] for file in post(page, "/remove", name="a.csv")[1]["files"]] == ["b.csv"]


@pytest.mark.parametrize("form", ["pdf", "json", "", None, 3, ["docx"]])
def test_only_some_forms_are_written(page, give, form):
    give(a="records")
    choices = {"command": "summarize", "options": []}

    assert "error" in post(page, "/write", choices=choices, form=form)[1]
    assert "result" in post(page, "/write", choices=choices, form="docx")[1]


def test_settings_to_keep_are_a_result(page, give):
    give(a="records")
    answer = post(page, "/keep", choices={"command": "summarize", "options": []})[1]

    assert answer["name"] == "visittally.toml"
    assert ask(page, "GET", f"/results/{answer['result']}/{answer['name']}")[0] == 200


def receive(page, *chunks, name="a.csv", **headers):
    status, _headers, content = ask(page, "POST", "/files", *chunks, query=f"name={name}", **headers)
    return status, json.loads(content) if content else None


def test_a_file_is_taken_in_under_a_name_of_its_own(page, desk):
    assert receive(page, b"village,", b"issue\n", content_length="14") == (200, {"name": "a.csv"})
    assert receive(page, b"x", content_length="1") == (200, {"name": "a (2).csv"})
    assert (desk.workspace.files / "a.csv").read_bytes() == b"village,issue\n"


@pytest.mark.parametrize("headers", [{}, {"content_length": ""}, {"content_length": "-1"}, {"content_length": "many"}])
def test_a_file_must_say_its_length(page, desk, headers):
    assert receive(page, b"x", **headers)[0] == 411
    assert desk.workspace.given == {}


def test_a_file_that_did_not_come_whole_is_not_kept(page, desk):
    assert "a.csv" in receive(page, b"x", content_length="9")[1]["error"]
    assert receive(page, b"x", None, content_length="9")[0] == 400
    assert desk.workspace.given == {}
    assert list(desk.workspace.files.iterdir()) == []


def test_stopping_stops_what_is_being_done(page, desk):
    assert post(page, "/stop") == (200, {})
    assert desk.worker.stops == 1


def test_finishing_ends_the_server(page):
    assert post(page, "/finish") == (200, {"finished": True})
    assert page.finished
    assert page.ended == [True]


def changes(page, *steps, alive=10.0):
    """What a page that listens is told while these things happen, one at each look."""
    told, steps = [], [*steps, lambda: setattr(page, "finished", True)]

    async def look(_seconds):
        assert page.looking_on == 1
        steps.pop(0)()

    async def listen():
        told.extend([json.loads(said.removeprefix("data: ")) async for said in page._changes()])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.anyio, "sleep", look)
        patch.setattr(app, "_ALIVE", alive)
        asyncio.run(listen())
    return told


def test_a_page_that_listens_is_told_what_changes(page, desk):
    def nothing():
        pass

    told = changes(page, nothing, lambda: desk.state.change("show", Progress(3, 9)), nothing)

    assert told == [{"kind": "", "done": 0, "size": 0}, {"kind": "show", "done": 3, "size": 9}]
    assert (page.opened, page.looking_on) == (True, 0)


def test_now_and_then_it_is_told_that_nothing_has_changed(page):
    """So that a page that was closed is noticed: here after two looks without news."""
    looks = [lambda: None] * 5

    assert len(changes(page, *looks, alive=0.2)) == 3
