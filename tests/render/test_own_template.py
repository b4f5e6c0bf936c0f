"""Templates of the user's own end, whatever they ask for."""

import threading

import pytest

from visittally.errors import ConfigError
from visittally.render import own_template
from visittally.render.cells import RenderOptions
from visittally.render.own_template import render_template
from visittally.tables.document import Document


@pytest.fixture
def render(tmp_path):
    def rendered(source):
        path = tmp_path / "page.html"
        path.write_text(source, encoding="utf-8")
        return render_template(Document("Visits in Oxbow"), RenderOptions(), path).decode()

    return rendered


def test_a_template_finds_the_fields_of_the_page(render):
    assert render("<h1>{{ title }}</h1>{{ 2 * 3 }}") == "<h1>Visits in Oxbow</h1>6"


@pytest.mark.parametrize(
    "source",
    [
        '{{ "a" * 10000000000 }}',
        "{{ [1] * 10000000000 }}",
        "{{ 9 ** 9999999 }}",
        '{{ "%999999999d" % 1 }}',
        '{{ "a".center(10000000000) }}',
        '{{ "a"|center(10000000000) }}',
        '{{ "a"|indent(10000000000) }}',
        '{{ "{:9999999999}".format(1) }}',
    ],
)
def test_little_does_not_become_much(render, source):
    with pytest.raises(ConfigError, match="the template is wrong"):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in style %}{% for b in style %}{% for c in style %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in style %}{% for b in style %}{{ style }}{% endfor %}{% endfor %}",
    ],
)
def test_a_page_without_end_is_not_waited_for(render, source, monkeypatch):
    monkeypatch.setattr(own_template, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(own_template, "MOST_CHARACTERS", 100_000)

    running = threading.active_count()
    with pytest.raises(ConfigError, match="takes longer than"):
        render(source)
    assert threading.active_count() == running
