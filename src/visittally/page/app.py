"""The addresses of the page, each a few lines: what comes in is handed to the desk, what comes out is sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import jinja2
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from visittally import messages
from visittally.errors import VisitTallyError
from visittally.guidebook import TOPICS
from visittally.messages import _
from visittally.page.handbook import chapter, contents
from visittally.page.names import PROSE
from visittally.page.words import spoken_words
from visittally.page.workspace import ROLES
from visittally.reading.inputs.source import SUFFIXES

if TYPE_CHECKING:
    from visittally.page.desk import Desk

_HERE = Path(__file__).parent
_STATIC = {
    path.name: {".js": "text/javascript", ".css": "text/css"}[path.suffix] for path in (_HERE / "static").iterdir()
}
_BODY = 1 << 20
"""Bytes that a request without a file may have."""
_LOOK = 0.15
"""Seconds between two looks at how far the work has come."""
_ALIVE = 10.0
"""Seconds after which a page is told that nothing has changed, so that a closed one is noticed."""

Endpoint = Callable[[Request], Awaitable[Response]]


class PageApp:
    """The application that is served below the token.

    Attributes:
        desk: What it works with.
        looking_on: How many pages listen to how far the work has come.
        opened: Whether any page ever did.
        finished: Whether somebody has asked to end.
    """

    def __init__(self, desk: Desk, finish: Callable[[], None]) -> None:
        """Make the application; `finish` ends the server."""
        self.desk, self._finish = desk, finish
        self.looking_on, self.opened, self.finished = 0, False, False
        routes = [
            Route("/", self._page),
            *(Route(f"/{name}", self._static) for name in _STATIC),
            Route("/guide", self._guide),
            Route("/events", self._events),
            Route("/results/{number}/{name}", self._result),
            *(Route(f"/{name}", self._told(answer), methods=["POST"]) for name, answer in self._answers().items()),
            Route("/files", self._receive, methods=["POST"]),
        ]
        self.asgi = Starlette(routes=routes)

    def _answers(self) -> dict[str, Callable[[Any], Awaitable[Any]]]:
        return {
            "state": self._state,
            "role": self._role,
            "remove": self._remove,
            "show": lambda told: self.desk.show(told.get("choices")),
            "write": lambda told: self.desk.write(told.get("choices"), _form(told), str(told.get("table", ""))),
            "keep": lambda told: self.desk.keep(told.get("choices")),
            "stop": self._stop,
            "finish": self._end,
        }

    # ------------------------------------------------------------------ what is sent without being asked for more
    async def _page(self, request: Request) -> Response:
        language = self._spoken(request)
        suffixes = " ".join(sorted(SUFFIXES | PROSE))
        words = json.dumps(spoken_words(), ensure_ascii=False)
        page = _template("page.html").render(lang=language, words=words, suffixes=suffixes)
        return HTMLResponse(page)

    async def _guide(self, request: Request) -> Response:
        language, topic = self._spoken(request), request.query_params.get("topic", TOPICS[0])
        if topic not in TOPICS:
            return Response(status_code=404)
        listed = contents(language)
        page = _template("guide.html").render(
            lang=language, topic=topic, title=dict(listed)[topic], contents=listed, chapter=chapter(topic, language)
        )
        return HTMLResponse(page)

    def _spoken(self, request: Request) -> str:
        """The language that is asked for, else the browser's, else the terminal's; it is spoken from here on."""
        asked = messages.spoken(request.query_params.get("lang", ""))
        language = asked or _preferred(request.headers.get("accept-language", "")) or messages.language()
        self.desk.speak(language)
        return language

    async def _static(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return Response((_HERE / "static" / name).read_bytes(), media_type=_STATIC[name])

    async def _result(self, request: Request) -> Response:
        path = self.desk.result(request.path_params["number"])
        if path is None:
            return Response(status_code=404)
        return FileResponse(path, media_type="application/octet-stream", filename=request.path_params["name"])

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def _changes(self) -> AsyncIterator[str]:
        self.looking_on += 1
        self.opened = True
        state, seen, silent = self.desk.state, -1, 0.0
        try:
            while not self.finished:
                if state.version != seen or silent > _ALIVE:
                    seen, silent = state.version, 0.0
                    yield f"data: {json.dumps(state.told())}\n\n"
                await anyio.sleep(_LOOK)
                silent += _LOOK
        finally:
            self.looking_on -= 1

    # ------------------------------------------------------------------ what is asked for
    def _told(self, answer: Callable[[Any], Awaitable[Any]]) -> Endpoint:
        """An endpoint that takes JSON and gives JSON; what goes wrong is an `error` in it."""

        async def endpoint(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                return Response(status_code=415)
            body = b""
            async for chunk in request.stream():
                body += chunk
                if len(body) > _BODY:
                    return Response(status_code=413)
            try:
                told = json.loads(body)
            except (ValueError, RecursionError):
                return Response(status_code=400)
            if not isinstance(told, dict):
                return Response(status_code=400)
            self.desk.speak(str(told.get("lang", "")))
            try:
                return _json(await answer(told))
            except VisitTallyError as error:
                return _json({"error": str(error)})

        return endpoint

    async def _receive(self, request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal():
            return Response(status_code=411)
        try:
            name = request.query_params.get("name", "")
            given = await self.desk.workspace.receive(name, request.stream(), int(length))
        except VisitTallyError as error:
            return _json({"error": str(error)})
        except ClientDisconnect:
            return Response(status_code=400)
        return _json({"name": given.name})

    async def _state(self, _told: Any) -> Any:
        await self.desk.look()
        known = await self.desk.known()
        files = [{"name": g.name, "size": g.size, "role": g.role} for g in self.desk.workspace.given.values()]
        return {**known, "files": files, "roles": ROLES, "chosen": self.desk.chosen}

    async def _role(self, told: Any) -> Any:
        given = self.desk.workspace.given.get(str(told.get("name")))
        if given is not None and told.get("role") in ROLES:
            given.role = str(told["role"])
        return await self._state(told)

    async def _remove(self, told: Any) -> Any:
        self.desk.workspace.remove(str(told.get("name")))
        return await self._state(told)

    async def _stop(self, _told: Any) -> Any:
        self.desk.stop()
        return {}

    async def _end(self, _told: Any) -> Any:
        self.finished = True
        self._finish()
        return {"finished": True}


def _form(told: Any) -> str:
    form = told.get("form")
    if form not in ("docx", "xlsx", "html", "csv"):
        raise VisitTallyError(_('The page does not offer "{name}" here.').format(name=form))
    return str(form)


def _json(answer: Any) -> Response:
    return JSONResponse(answer)


def _preferred(accepted: str) -> str:
    """The first language of an Accept-Language header that we speak; "" where there is none.

    >>> _preferred("fr;q=0.9, zh-CN;q=0.8, en;q=0.7"), _preferred("en;q=0.5,zh-TW"), _preferred("*")
    ('zh', 'zh', '')
    """
    ranked = []
    for place, part in enumerate(accepted.split(",")):
        name, _sign, quality = part.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        ranked.append((-weight, place, messages.spoken(name)))
    return next((name for weight, _place, name in sorted(ranked) if name and weight), "")


@cache
def _template(name: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_HERE / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals = {"_": _}
    return environment.get_template(name)
