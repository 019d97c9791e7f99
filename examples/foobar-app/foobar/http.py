"""Requests and responses, as plain values."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Mapping
from urllib.parse import parse_qs

# Ten times what the form can hold.
MAX_BODY = 32 * 1024


class HttpError(Exception):
    def __init__(self, status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    # Whether a page of somebody else's sent it; browsers say so.
    is_foreign: bool


@dataclass(frozen=True)
class Response:
    body: bytes
    type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


def text(body: str, **more: Any) -> Response:
    return Response(body.encode(), "text/plain; charset=utf-8", **more)


def see_other(path: str) -> Response:
    return text("see " + path + "\n", status=HTTPStatus.SEE_OTHER, headers={"Location": path})


def read_request(environ: Mapping[str, Any]) -> Request:
    method = environ["REQUEST_METHOD"]
    # WSGI hands the path over as bytes in disguise.
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace") or "/"
    return Request(
        method=method,
        path=path,
        query=_fields(environ.get("QUERY_STRING", "")),
        form=_fields(_read_body(environ)) if method == "POST" else {},
        is_foreign=environ.get("HTTP_SEC_FETCH_SITE") == "cross-site",
    )


def _read_body(environ: Mapping[str, Any]) -> str:
    if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        raise HttpError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This takes a form.")
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isascii() or not length.isdigit():
        raise HttpError(HTTPStatus.LENGTH_REQUIRED, "This takes a form of a known length.")
    if int(length) > MAX_BODY:
        raise HttpError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too long.")
    body = environ["wsgi.input"].read(int(length))
    if len(body) < int(length):
        raise HttpError(HTTPStatus.BAD_REQUEST, "Half of the form is missing.")
    return body.decode("ascii", "replace")


def _fields(encoded: str) -> dict[str, str]:
    try:
        fields = parse_qs(encoded, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=20)
    except (ValueError, UnicodeError):
        raise HttpError(HTTPStatus.BAD_REQUEST, "The form cannot be read.") from None
    return {name: values[-1] for name, values in fields.items()}
