"""Only the page itself, in this machine's browser, gets an answer."""

from __future__ import annotations

import json

import pytest

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def serving(served):
    """One page for all: nothing that is refused changes it."""
    with served() as page:
        yield page


def test_the_address_opens_the_page(browser):
    status, headers, content = browser.ask("GET", "", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})

    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "数据不会离开这台电脑" in content.decode()


@pytest.mark.parametrize("token", ["/", "/x/", "/" + "A" * 43 + "/", "/%e4/", "//", "/../"])
def test_without_the_token_there_is_nothing(browser, token):
    for path in ("", "page.js", "events", "results/1/x"):
        assert browser.ask("GET", path, token=token)[0] == 404
    assert browser.ask("POST", "state", "{}", JSON, token=token)[0] == 404


def test_the_first_address_leads_to_the_page_once(browser, serving):
    once = "/" + serving.first_address.split("/")[3] + "/"
    first, headers, _content = browser.ask("GET", "", token=once)

    assert (first, headers["location"]) == (303, browser.token)
    assert browser.ask("GET", "", token=once)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "evil.example:{port}", "[::1]:{port}", ""])
def test_other_hosts_are_refused(browser, host):
    named = {"Host": host.format(port=browser.port)}

    assert browser.ask("GET", "", headers=named)[0] == 403
    assert browser.ask("POST", "state", "{}", {**JSON, **named})[0] == 403


def test_localhost_is_this_machine(browser):
    named = {"Host": f"localhost:{browser.port}"}

    assert browser.ask("GET", "", headers=named)[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_change_nothing(browser, headers):
    before = browser.post("state")["files"]
    for what in ("state", "finish", "files?name=a.csv"):
        assert browser.ask("POST", what, "{}", {**JSON, **headers})[0] == 403
    assert browser.post("state")["files"] == before


@pytest.mark.parametrize("path", ["", "page.js", "page.css", "results/none/x", "nothing", "..%2f..%2fapp.py"])
def test_every_answer_says_what_may_not_be_done_with_it(browser, path):
    _status, headers, content = browser.ask("GET", path)

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert "access-control-allow-origin" not in headers
    assert b"Starlette" not in content


def test_the_page_asks_nobody_else(browser):
    """No address of another machine, no script or style within the page."""
    page = browser.ask("GET", "")[2].decode()

    assert "://" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count('<script type="module" src="page.js"></script>') == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_understood(browser, kind):
    assert browser.ask("POST", "state", "{}", {"Content-Type": kind})[0] == 415


@pytest.mark.parametrize("body", ["", "{", "[]", "3", '"x"', "[" * 100_000])
def test_what_is_no_question_is_refused(browser, body):
    assert browser.ask("POST", "state", body, JSON)[0] == 400


def test_a_long_question_is_refused(browser):
    assert browser.ask("POST", "state", json.dumps({"x": "y" * (1 << 20)}), JSON)[0] == 413


WRONG = [
    None,
    [],
    {"command": "read"},
    {"command": ["summarize"]},
    {"command": "summarize", "options": {}},
    {"command": "summarize", "options": [["--output", "elsewhere/x.csv"]]},
    {"command": "summarize", "options": [["-o", "x.csv"]]},
    {"command": "report", "options": [["--notes", "x"]]},
    {"command": "summarize", "options": [["--config", "x"]]},
    {"command": "summarize", "options": [["--by", True]]},
    {"command": "summarize", "options": [["--public", "yes"]]},
    {"command": "summarize", "options": [["--by"]]},
    {"command": "summarize", "options": [[["--by"], "village"]]},
]


@pytest.mark.parametrize("choices", WRONG)
def test_choices_that_the_page_does_not_offer_are_refused(browser, choices, ledger):
    browser.give("a.csv", ledger)

    assert browser.post("show", choices=choices)["error"]
    assert browser.post("write", choices=choices, form="docx")["error"]


@pytest.mark.parametrize("form", ["md", "../x", "", None, "parquet"])
def test_forms_that_the_page_does_not_offer_are_refused(browser, form, ledger):
    browser.give("a.csv", ledger)

    assert browser.post("write", choices={"command": "summarize"}, form=form)["error"]


def test_a_file_must_say_its_length(browser):
    assert browser.ask("POST", "files?name=a.csv", iter([b"a,b\n"]), {"Transfer-Encoding": "chunked"})[0] == 411
