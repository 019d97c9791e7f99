"""A log that is kept in memory: what the pages do with it is what the tests are about."""

from datetime import datetime

from foobar.database import Unavailable
from foobar.log_book import Entry, Page


class MemoryBook:
    def __init__(self):
        self.entries: list[Entry] = []
        self.is_down = False

    def latest(self, limit, before=None):
        self.check()
        found = [entry for entry in reversed(self.entries) if before is None or entry.number < before]
        return found[:limit]

    def find(self, id):
        self.check()
        return next((entry for entry in self.entries if entry.id == id), None)

    def sign(self, id, name, message):
        if self.find(id) is None:
            at = datetime(2026, 1, 2, 3, 4, 5)
            self.entries.append(Entry(len(self.entries) + 1, id, name, message, at))

    def page(self, slug):
        self.check()
        return {"welcome": Page("Welcome", "First.\n\n<Second> & last."), "about": Page("About", "Us.")}.get(slug)

    def check(self):
        if self.is_down:
            raise Unavailable("it is down")
