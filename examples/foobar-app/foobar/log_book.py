"""What is kept in MySQL: the log's entries, and the texts of the pages."""

from dataclasses import dataclass
from datetime import datetime, timezone

from .database import Database


@dataclass(frozen=True)
class Entry:
    number: int
    id: str
    name: str
    message: str
    created_at: datetime


@dataclass(frozen=True)
class Page:
    title: str
    body: str


class LogBook:
    def __init__(self, database: Database):
        self._database = database

    def latest(self, limit: int, before: int | None = None) -> list[Entry]:
        """The newest first; `before` an entry's number, those that came earlier."""
        where = "" if before is None else "WHERE number < %s"
        arguments = (limit,) if before is None else (before, limit)
        rows = self._read(f"SELECT {_COLUMNS} FROM entries {where} ORDER BY number DESC LIMIT %s", arguments)
        return [Entry(*row) for row in rows]

    def find(self, id: str) -> Entry | None:
        rows = self._read(f"SELECT {_COLUMNS} FROM entries WHERE id = %s", (id,))
        return Entry(*rows[0]) if rows else None

    def sign(self, id: str, name: str, message: str) -> None:
        """Writes an entry. The same id again writes nothing, so this may be asked for as often as one likes."""
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        statement = (
            "INSERT INTO entries (id, name, message, created_at) VALUES (%s, %s, %s, %s) "
            "ON DUPLICATE KEY UPDATE id = id"
        )
        self._database.run(lambda cursor: cursor.execute(statement, (id, name, message, now)))

    def page(self, slug: str) -> Page | None:
        rows = self._read("SELECT title, body FROM pages WHERE slug = %s", (slug,))
        return Page(*rows[0]) if rows else None

    def check(self) -> None:
        """Whether the database answers and has our tables; it does not wait for one that does not."""
        self._database.run(lambda cursor: cursor.execute("SELECT 1 FROM entries LIMIT 1"), patience=1)

    def _read(self, statement: str, arguments: tuple) -> list:
        def work(cursor) -> list:
            cursor.execute(statement, arguments)
            return cursor.fetchall()

        return self._database.run(work)


_COLUMNS = "number, id, name, message, created_at"
