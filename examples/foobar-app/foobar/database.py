"""Connections that are used again, and made anew when the database was restarted."""

import queue
import threading
import time
from typing import Any, Callable, Protocol, TypeVar

T = TypeVar("T")
_SHORTEST = 0.05


class Unavailable(Exception):
    """The database did not answer in time."""


class Driver(Protocol):
    def connect(self) -> Any: ...

    def is_lost(self, error: Exception) -> bool:
        """Whether an error means that the connection is gone, not that the statement was wrong."""
        ...


class Database:
    def __init__(self, driver: Driver, *, connections: int, patience: float):
        self._driver = driver
        self._slots = threading.BoundedSemaphore(connections)
        # The one used last is used first, so that the others may grow old and be closed.
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        self._patience = patience

    def run(self, work: Callable[[Any], T], *, patience: float | None = None) -> T:
        """Does work with a cursor. Work may be done twice, so it must not matter whether it is."""
        deadline = time.monotonic() + (self._patience if patience is None else patience)
        if not self._slots.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise Unavailable("all connections are busy")
        try:
            return self._run(work, deadline)
        finally:
            self._slots.release()

    def _run(self, work: Callable[[Any], T], deadline: float) -> T:
        while True:
            connection, is_fresh = self._take(deadline)
            try:
                with connection.cursor() as cursor:
                    result = work(cursor)
            except Exception as error:
                self._drop(connection)
                if not self._driver.is_lost(error):
                    raise
                # What the others wait with is as dead as this one.
                self.close()
                if is_fresh:
                    # Such a server is on its way down, or up.
                    self._pause(_SHORTEST, deadline, error)
                continue
            self._idle.put(connection)
            return result

    def _take(self, deadline: float) -> tuple[Any, bool]:
        try:
            return self._idle.get_nowait(), False
        except queue.Empty:
            return self._connect(deadline), True

    def _connect(self, deadline: float) -> Any:
        pause = _SHORTEST
        while True:
            try:
                return self._driver.connect()
            except Exception as error:
                if not self._driver.is_lost(error):
                    raise Unavailable(str(error)) from error
                self._pause(pause, deadline, error)
            pause = min(2 * pause, 0.5)

    def _pause(self, seconds: float, deadline: float, error: Exception) -> None:
        if time.monotonic() + seconds >= deadline:
            raise Unavailable(str(error)) from error
        time.sleep(seconds)

    def _drop(self, connection: Any) -> None:
        try:
            connection.close()
        except Exception:
            # It was lost already; there is nobody left to say goodbye to.
            pass

    def close(self) -> None:
        while True:
            try:
                self._drop(self._idle.get_nowait())
            except queue.Empty:
                return
