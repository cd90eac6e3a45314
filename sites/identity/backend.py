"""A small backend beside a static site: it logs readers in, and tells the chat who is reading.

    python backend.py --site site --database readers.sqlite [--port N]

`chat` and `keep_visitor` are all that `identity: /account/chat` needs; the rest is what a site with
accounts has anyway. The account's salt comes from the variable CHAPORT_SALT and stays here; without
it the salt is one that everybody knows, and so are the passwords of the readers, Ada and Ben.
"""

import argparse
import hmac
import json
import os
import re
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn
from accounts import Accounts, Reader  # beside this file
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from chaport_core.integrity import sign_visitor, visitor_token

DEMO_SALT = "a-made-up-salt-which-signs-nothing-real"
SALT = os.environ.get("CHAPORT_SALT", DEMO_SALT)
LOGIN_COOKIE, CSRF_COOKIE, CSRF_HEADER = "login", "csrftoken", "X-CSRFToken"
# No cache, of a browser or between, may give one reader's answer to another.
PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie"}
MOST_BYTES = 5_000
NOTHING = 204


# ---- What the chat asks --------------------------------------------------------------------------


def chat(request: Request) -> Response:
    """Who is reading: the visitor's signed data, and credentials once the visitor is known."""
    reader = reader_of(request)
    if reader is None:
        return answer(request, None)
    visitor = {"name": reader.name, "email": reader.email, "custom": {"plan": reader.plan}}
    told: dict[str, Any] = {
        "visitor": visitor,
        "visitorIntegrityHash": sign_visitor(visitor, SALT),
    }
    if reader.visitor_id:
        token = visitor_token(reader.visitor_id, SALT)
        told["session"] = {"user": {"id": reader.visitor_id, "token": token}}
    return answer(request, told)


async def keep_visitor(request: Request) -> Response:
    """Keep whom the chat takes a reader for, so that it does so on every device."""
    told = await read_json(request)
    visitor_id, reader = told.get("visitorId"), reader_of(request)
    if reader is None:
        raise HTTPException(401)
    if not isinstance(visitor_id, str) or not re.fullmatch("[A-Za-z0-9_-]{1,100}", visitor_id):
        raise HTTPException(400)
    if not accounts(request).keep_visitor(reader, visitor_id):
        # The reader has another one already, or it is another reader's: nothing is signed for it.
        raise HTTPException(409)
    return answer(request, None)


# ---- The account ---------------------------------------------------------------------------------


def me(request: Request) -> Response:
    """What the page about the account shows; the first request of it brings the CSRF cookie."""
    reader = reader_of(request)
    return answer(request, {"name": reader.name if reader else None})


async def log_in(request: Request) -> Response:
    """Log in with email and password. (A real site also limits how often one may try.)"""
    told = await read_json(request)
    # In a thread: hashing a password takes its time.
    token = await run_in_threadpool(
        accounts(request).log_in, str(told.get("email")), str(told.get("password"))
    )
    if token is None:
        raise HTTPException(401)
    # Whoever was logged in here is not any more, and no cookie from before is worth anything.
    accounts(request).log_out(request.cookies.get(LOGIN_COOKIE, ""))
    response = answer(request, None, renews=True)
    set_cookie(request, response, LOGIN_COOKIE, token, httponly=True)
    return response


async def log_out(request: Request) -> Response:
    """Log out, on this device."""
    await read_json(request)
    accounts(request).log_out(request.cookies.get(LOGIN_COOKIE, ""))
    response = answer(request, None)
    response.delete_cookie(LOGIN_COOKIE)
    return response


# ---- Requests and answers ------------------------------------------------------------------------


def accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


def reader_of(request: Request) -> Reader | None:
    return accounts(request).reader_of(request.cookies.get(LOGIN_COOKIE, ""))


async def read_json(request: Request) -> dict[str, Any]:
    """The body of a request that changes something: small, JSON, and from a page of this site.

    Only such a page can read the cookie and say the same in a header (double submit).
    """
    cookie, header = request.cookies.get(CSRF_COOKIE, ""), request.headers.get(CSRF_HEADER, "")
    if not cookie or not hmac.compare_digest(cookie.encode(), header.encode()):
        raise HTTPException(403)
    if int(request.headers.get("Content-Length", MOST_BYTES + 1)) > MOST_BYTES:
        raise HTTPException(413)
    try:
        told = await request.json()
        # Half a character (a lone surrogate) cannot be kept or hashed.
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(told, dict):
        raise HTTPException(400)
    return told


def answer(request: Request, told: dict[str, Any] | None, *, renews: bool = False) -> Response:
    """JSON, or nothing; `renews`: with another CSRF cookie than the browser has."""
    response = Response(status_code=NOTHING) if told is None else JSONResponse(told)
    if renews or CSRF_COOKIE not in request.cookies:
        # Not HttpOnly: the site's scripts have to read it.
        set_cookie(request, response, CSRF_COOKIE, secrets.token_urlsafe(32), httponly=False)
    return response


def set_cookie(
    request: Request, response: Response, name: str, value: str, *, httponly: bool
) -> None:
    is_secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=httponly, samesite="lax", secure=is_secure)


def preview_salt(_: Request) -> Response:
    """Has the preview widget check signatures: for the made-up salt alone."""
    script = f"window.chaportPreviewSalt = {DEMO_SALT!r}"
    return Response(script, media_type="text/javascript")


async def keep_private(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Whatever is answered about the account, an error too, is for this reader alone."""
    response = await call_next(request)
    if request.url.path.startswith("/account/"):
        response.headers.update(PRIVATE)
    return response


# ---- The server ----------------------------------------------------------------------------------


def make_app(site: Path, database: Path) -> Starlette:
    """The backend, and the built site beside it."""
    routes = [
        Route("/account/chat", chat, methods=["GET"]),
        Route("/account/chat", keep_visitor, methods=["POST"]),
        Route("/account/me", me),
        Route("/account/login", log_in, methods=["POST"]),
        Route("/account/logout", log_out, methods=["POST"]),
        *([Route("/account/preview-salt.js", preview_salt)] if SALT == DEMO_SALT else []),
        Mount("/", StaticFiles(directory=site, html=True)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, keep_private)])
    app.state.accounts = Accounts(database)
    if SALT == DEMO_SALT:
        # Their passwords are published, and a real salt would sign for whoever reads them.
        app.state.accounts.add("ada@example.org", "Ada", "pro", "difference")
        app.state.accounts.add("ben@example.org", "Ben", "free", "lightning")
    return app


def main() -> None:
    """Serve to this machine, and say where."""
    parser = argparse.ArgumentParser(description="A backend beside a static site.")
    parser.add_argument("--site", type=Path, required=True, help="the folder of the built site")
    parser.add_argument("--database", type=Path, required=True, help="the SQLite file")
    parser.add_argument("--port", type=int, default=0, help="default: any free port")
    chosen = parser.parse_args()
    if not SALT.strip():
        parser.error("CHAPORT_SALT is empty, so that everybody could sign; set it, or unset it")
    if SALT == DEMO_SALT:
        print("A demo: without CHAPORT_SALT the salt is one that everybody knows.", file=sys.stderr)
    app = make_app(chosen.site, chosen.database)
    with socket.create_server(("127.0.0.1", chosen.port)) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
