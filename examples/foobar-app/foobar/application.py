"""WSGI around the site: every answer has its headers, every failure is an answer."""

import logging
from http import HTTPStatus
from typing import Any, Callable, Iterable

from .database import Unavailable
from .http import HttpError, Response, read_request
from .site import Site

_log = logging.getLogger("foobar")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Application:
    def __init__(self, site: Site, *, release: str):
        self._site = site
        self._release = release

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        response = self._answer(environ)
        headers = {
            **_HEADERS,
            "Content-Type": response.type,
            "Content-Length": str(len(response.body)),
            "X-Release": self._release,
            **response.headers,
        }
        start_response(f"{response.status.value} {response.status.phrase}", list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _answer(self, environ: dict[str, Any]) -> Response:
        try:
            return self._site.answer(read_request(environ))
        except HttpError as error:
            return self._failure(error.status, str(error), error.headers)
        except Unavailable as error:
            _log.warning("the database is not available: %s", error)
            message = "The log is being fetched. Please come back in a moment."
            return self._failure(HTTPStatus.SERVICE_UNAVAILABLE, message, {"Retry-After": "2"})
        except Exception:
            _log.exception("%s %s failed", environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"))
            return self._failure(HTTPStatus.INTERNAL_SERVER_ERROR, "Something broke, and was written down.", {})

    def _failure(self, status: HTTPStatus, message: str, headers: dict[str, str]) -> Response:
        page = self._site.failure(status, message)
        return Response(page.body, page.type, status, headers)
