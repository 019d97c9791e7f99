import threading
import time
import unittest

from foobar.database import Database, Unavailable


class Lost(Exception):
    pass


class Connection:
    def __init__(self, server):
        self.server = server
        self.generation = server.generation
        self.is_closed = False

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def ask(self):
        if self.generation != self.server.generation or not self.server.is_up:
            raise Lost("gone")
        return "answer"

    def close(self):
        self.is_closed = True


class Server:
    """A server as a driver sees it: a restart ends all connections that there are."""

    def __init__(self):
        self.generation = 0
        self.is_up = True
        self.connections: list[Connection] = []

    def restart(self):
        self.generation += 1

    def connect(self):
        if not self.is_up:
            raise Lost("refused")
        self.connections.append(Connection(self))
        return self.connections[-1]

    def is_lost(self, error):
        return isinstance(error, Lost)


class TestDatabase(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.database = Database(self.server, connections=2, patience=0.3)

    def ask(self):
        return self.database.run(lambda cursor: cursor.ask())

    def test_a_connection_is_used_again(self):
        for _ in range(10):
            self.assertEqual("answer", self.ask())
        self.assertEqual(1, len(self.server.connections))

    def test_after_a_restart_work_is_done_over_a_new_one(self):
        self.ask()
        self.server.restart()
        self.assertEqual("answer", self.ask())
        self.assertEqual([True, False], [each.is_closed for each in self.server.connections])

    def test_all_that_were_idle_are_dropped_after_a_restart(self):
        both = threading.Barrier(2)
        threads = [threading.Thread(target=lambda: self.database.run(lambda _: both.wait())) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.server.restart()
        self.ask()
        self.assertEqual([True, True, False], [each.is_closed for each in self.server.connections])

    def test_a_short_absence_is_waited_for(self):
        self.ask()
        self.server.is_up = False
        threading.Timer(0.1, lambda: setattr(self.server, "is_up", True)).start()
        self.assertEqual("answer", self.ask())

    def test_a_long_one_is_not(self):
        self.server.is_up = False
        since = time.monotonic()
        with self.assertRaises(Unavailable):
            self.ask()
        self.assertLess(time.monotonic() - since, 2)

    def test_a_server_that_takes_connections_and_drops_them_is_given_up(self):
        def work(_):
            raise Lost("shutting down")

        with self.assertRaises(Unavailable):
            self.database.run(work)
        self.assertLess(len(self.server.connections), 20)

    def test_a_wrong_statement_is_not_tried_again(self):
        tries = []

        def work(_):
            tries.append(1)
            raise ValueError("syntax")

        with self.assertRaises(ValueError):
            self.database.run(work)
        self.assertEqual(1, len(tries))
        self.assertTrue(self.server.connections[0].is_closed)

    def test_no_more_connections_than_allowed(self):
        release = threading.Event()
        threads = [threading.Thread(target=lambda: self.database.run(lambda _: release.wait(5))) for _ in range(2)]
        for thread in threads:
            thread.start()
        while len(self.server.connections) < 2:
            time.sleep(0.01)
        with self.assertRaises(Unavailable):
            self.ask()
        release.set()
        for thread in threads:
            thread.join()
        self.assertEqual("answer", self.ask())
        self.assertEqual(2, len(self.server.connections))
