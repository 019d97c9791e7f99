"""For gunicorn: `gunicorn foobar.wsgi`."""

import os

from .application import Application
from .database import Database
from .log_book import LogBook
from .mysql import MySql
from .settings import read_settings
from .site import Site

_settings = read_settings(os.environ)
_database = Database(
    MySql(_settings.database),
    connections=_settings.database.connections,
    patience=_settings.database.patience,
)

application = Application(Site(LogBook(_database), release=_settings.release), release=_settings.release)
