"""gunicorn's threaded worker, but for the way in which older ones end."""

import threading

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Told to end, gunicorn's own (20.1 and 23) still accepts a connection and then drops it, with those whose request
    it has not read yet (github.com/benoitc/gunicorn/issues/3038). This one accepts no more, and reads what has come in.
    """

    _is_ending = False

    def handle_exit(self, sig, frame):
        accepting = [listener for listener in self.sockets if listener in self.poller.get_map()]
        # A later one does so itself; one that is only starting has nothing to end.
        if hasattr(self, "set_accept_enabled") or not (accepting or self._is_ending):
            super().handle_exit(sig, frame)
        elif not self._is_ending:
            self._is_ending = True
            for listener in accepting:
                self.poller.unregister(listener)
            threading.Timer(0.5, super().handle_exit, (sig, frame)).start()
