"""Who may talk to the page: this machine's browser, by the address that was given to it, from the page itself."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer says: nothing from elsewhere, nothing kept, nothing told to others."""
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def new_token() -> str:
    """A token that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


class Guard:
    """Lets through what bears the token, comes to 127.0.0.1 and, where it changes something, from the page itself.

    The host is checked against names that others point at this machine, the origin against pages of others that are
    open in the same browser.
    """

    def __init__(self, app: ASGIApp, token: str, port: int, once: str = "") -> None:
        """Guard an application that is served below `/TOKEN`.

        Args:
            app: The application.
            token: What its address begins with.
            port: Where it is served.
            once: Leads to the token a single time: a browser is started with it, and others see how it was started.
        """
        self._app, self._token, self._once = app, token.encode(), once.encode()
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse: 403 for another host or origin, 404 for another address."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                kept = [pair for pair in message.get("headers", ()) if pair[0].decode() not in HEADERS]
                message = {**message, "headers": [*kept, *own]}
            await send(message)

        app = self._instead(scope) or self._app
        await app(scope, receive, send_with_headers)

    def _instead(self, scope: Scope) -> Response | None:
        """What is answered in place of the application; None where it may answer."""
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        if [value for name, value in headers if name == b"host"] not in [[host] for host in self._hosts]:
            return PlainTextResponse("", 403)
        first, slash, rest = scope["path"].removeprefix("/").partition("/")
        named = first.encode("utf-8", "replace")
        if self._once and secrets.compare_digest(named, self._once):
            self._once = b""
            return RedirectResponse(f"/{self._token.decode()}/", 303)
        if not slash or not secrets.compare_digest(named, self._token):
            return PlainTextResponse("", 404)
        if scope["method"] in _CHANGING:
            origins = [value for name, value in headers if name == b"origin"]
            sites = [value for name, value in headers if name == b"sec-fetch-site"]
            if origins not in [[b"http://" + host] for host in self._hosts] or sites not in ([], [b"same-origin"]):
                return PlainTextResponse("", 403)
        scope["path"] = "/" + rest
        scope["raw_path"] = scope["path"].encode()
        return None
