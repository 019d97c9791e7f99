"""Asks the application as a web server would, and checks each answer against the rules of WSGI."""

import io
from dataclasses import dataclass
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from foobar.application import Application
from foobar.site import Site


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


class Client:
    def __init__(self, log_book, release="r1"):
        self.slept: list[float] = []
        site = Site(log_book, release=release, sleep=self.slept.append)
        self._application = validator(Application(site, release=release))

    def get(self, path, **more) -> Answer:
        return self.ask("GET", path, **more)

    def post(self, path, form, **more) -> Answer:
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        return self.ask("POST", path, body, **{"CONTENT_TYPE": "application/x-www-form-urlencoded", **more})

    def ask(self, method, path, body=b"", **more) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)) if method == "POST" else "",
            "wsgi.input": io.BytesIO(body),
            **more,
        }
        setup_testing_defaults(environ)
        environ.setdefault("SERVER_PROTOCOL", "HTTP/1.1")
        heard: list = []
        chunks = self._application(environ, lambda status, headers: heard.extend([status, headers]))
        answered = b"".join(chunks)
        chunks.close()
        status, headers = heard
        return Answer(int(status[:3]), dict(headers), answered.decode())
