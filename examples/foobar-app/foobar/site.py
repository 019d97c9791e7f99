"""The pages: what is answered to which request."""

import json
import math
import re
import time
import uuid
from http import HTTPStatus
from typing import Callable

from .assets import Assets
from .database import Unavailable
from .html import Templates, paragraphs
from .http import HttpError, Request, Response, see_other, text
from .log_book import Entry, LogBook

PER_PAGE = 20
LONGEST_WAIT = 30


class Site:
    def __init__(self, log_book: LogBook, *, release: str, sleep: Callable[[float], None] = time.sleep):
        self._log_book = log_book
        self._release = release
        self._sleep = sleep
        self._assets = Assets()
        self._templates = Templates()
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., Response]]] = [
            ("GET", re.compile(r"/"), self.home),
            ("GET", re.compile(r"/about"), self.about),
            ("GET", re.compile(r"/entries/([0-9a-f-]{36})"), self.entry),
            ("POST", re.compile(r"/entries"), self.sign),
            ("GET", re.compile(r"/assets/([\w.-]+)"), self.asset),
            ("GET", re.compile(r"/slow"), self.slow),
            ("GET", re.compile(r"/health/live"), self.live),
            ("GET", re.compile(r"/health/ready"), self.ready),
        ]

    def answer(self, request: Request) -> Response:
        allowed: list[str] = []
        for method, path, handler in self._routes:
            match = path.fullmatch(request.path)
            if match and request.method in (method, "HEAD" if method == "GET" else method):
                return handler(request, *match.groups())
            if match:
                allowed += [method, "HEAD"] if method == "GET" else [method]
        if allowed:
            raise HttpError(HTTPStatus.METHOD_NOT_ALLOWED, "That is not done here.", {"Allow": ", ".join(allowed)})
        raise HttpError(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def home(self, request: Request) -> Response:
        return self._home(_number(request.query.get("before")), self._form())

    def about(self, _: Request) -> Response:
        page = self._log_book.page("about")
        if page is None:
            raise HttpError(HTTPStatus.NOT_FOUND, "There is nothing here.")
        content = self._templates.render("page", title=page.title, body=paragraphs(page.body))
        return self._document(page.title, content)

    def entry(self, _: Request, id: str) -> Response:
        entry = self._log_book.find(id)
        if entry is None:
            raise HttpError(HTTPStatus.NOT_FOUND, "Nobody signed this.")
        content = self._templates.render("page", title=f"{entry.name} signed the log", body=self._entry(entry))
        return self._document(entry.name, content)

    def sign(self, request: Request) -> Response:
        if request.is_foreign:
            raise HttpError(HTTPStatus.FORBIDDEN, "Another site sent this.")
        form = {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in ("id", "name", "message")}
        problems = _problems(form)
        if problems:
            return self._home(None, self._form(form, problems), HTTPStatus.UNPROCESSABLE_ENTITY)
        self._log_book.sign(form["id"], form["name"], form["message"])
        return see_other(f"/entries/{form['id']}")

    def asset(self, _: Request, name: str) -> Response:
        asset = self._assets.find(name)
        if asset is None:
            raise HttpError(HTTPStatus.NOT_FOUND, "There is nothing here.")
        forever = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(asset.content, asset.type, headers=forever)

    def slow(self, request: Request) -> Response:
        """Takes its time: to see what becomes of requests in flight."""
        try:
            seconds = float(request.query.get("seconds", "5"))
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds <= LONGEST_WAIT:
            raise HttpError(HTTPStatus.BAD_REQUEST, f"seconds is from 0 to {LONGEST_WAIT}.")
        self._sleep(seconds)
        return text(f"That took {seconds:g} seconds.\n")

    def live(self, _: Request) -> Response:
        """This process can answer. Whether the database can is not its matter: a restart of ours would not mend it."""
        return self._health("ok")

    def ready(self, _: Request) -> Response:
        """A page could be served now."""
        try:
            self._log_book.check()
        except Unavailable:
            return self._health("the database does not answer", HTTPStatus.SERVICE_UNAVAILABLE)
        return self._health("ok")

    def failure(self, status: HTTPStatus, message: str) -> Response:
        """An error as a page. It needs no database."""
        title = status.phrase
        content = self._templates.render("page", title=title, body=paragraphs(message))
        return self._document(title, content, status)

    def _home(self, before: int | None, form: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        welcome = self._log_book.page("welcome")
        # One more than is shown tells whether there are more.
        entries = self._log_book.latest(PER_PAGE + 1, before)
        shown = entries[:PER_PAGE]
        more = f'<p><a href="/?before={shown[-1].number}">Earlier</a></p>' if len(entries) > PER_PAGE else ""
        nobody = '<p class="faint">Nobody has signed yet.</p>'
        title = welcome.title if welcome else "Foobar Harbour"
        content = self._templates.render(
            "home",
            title=title,
            body=paragraphs(welcome.body) if welcome else "",
            form=form,
            entries="".join(map(self._entry, shown)) or nobody,
            more=more,
        )
        return self._document(title, content, status)

    def _form(self, values: dict[str, str] | None = None, problems: list[str] | None = None) -> str:
        values = values or {"name": "", "message": ""}
        id = values.get("id", "")
        return self._templates.render(
            "form",
            id=id if _ID.fullmatch(id) else str(uuid.uuid4()),
            name=values["name"],
            message=values["message"],
            problems="".join(f'<p class="problem">{problem}</p>' for problem in problems or []),
        )

    def _entry(self, entry: Entry) -> str:
        when = entry.created_at
        return self._templates.render(
            "entry",
            id=entry.id,
            name=entry.name,
            message=entry.message,
            iso=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
            when=f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC",
        )

    def _document(self, title: str, content: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        urls = {name: self._assets.url(source) for name, source in _ASSETS.items()}
        return Response(self._templates.render("layout", title=title, content=content, **urls).encode(), status=status)

    def _health(self, status: str, code: HTTPStatus = HTTPStatus.OK) -> Response:
        body = json.dumps({"status": status, "release": self._release}, separators=(",", ":")) + "\n"
        return Response(body.encode(), "application/json", status=code)


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ASSETS = {"css": "site.css", "js": "site.js", "icon": "lamp.svg"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _problems(form: dict[str, str]) -> list[str]:
    rules = [
        (_ID.fullmatch(form["id"]), "The form was not whole; please send it again."),
        (1 <= len(form["name"]) <= 60, "A name has up to 60 characters."),
        (1 <= len(form["message"]) <= 500, "A word has up to 500 characters."),
        (not _UNPRINTABLE.search(form["name"] + form["message"]), "Some characters cannot be printed."),
    ]
    return [problem for is_so, problem in rules if not is_so]


_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None
