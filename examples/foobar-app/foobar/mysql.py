"""PyMySQL, as the rest wants it."""

import pymysql
import pymysql.err

from .settings import DatabaseSettings

# The server is full or shutting down, or the connection was refused, cut, killed or closed for idling.
_LOST = {1040, 1053, 1152, 1158, 1159, 1160, 1161, 1927, 2002, 2003, 2006, 2013, 2055, 4031}


class MySql:
    def __init__(self, settings: DatabaseSettings):
        self._settings = settings

    def connect(self) -> pymysql.connections.Connection:
        settings = self._settings
        where = {"unix_socket": settings.socket} if settings.socket else {"host": settings.host, "port": settings.port}
        return pymysql.connect(
            **where,
            user=settings.user,
            password=settings.password,
            database=settings.name,
            charset="utf8mb4",
            autocommit=True,
            connect_timeout=3,
            read_timeout=5,
            write_timeout=5,
            init_command="SET time_zone = '+00:00'",
        )

    def is_lost(self, error: Exception) -> bool:
        if isinstance(error, pymysql.err.InterfaceError):
            return True
        return isinstance(error, pymysql.err.OperationalError) and bool(error.args) and error.args[0] in _LOST
