import re
import unittest
import uuid

from tests.client import Client
from tests.memory_book import MemoryBook


class TestPages(unittest.TestCase):
    def setUp(self):
        self.book = MemoryBook()
        self.client = Client(self.book)

    def sign(self, name="Ada", message="Ahoy", **more):
        form = {"id": str(uuid.uuid4()), "name": name, "message": message, **more}
        return form["id"], self.client.post("/entries", form)

    def test_home_shows_the_texts_and_the_newest_entries_first(self):
        self.sign(message="one")
        self.sign(message="two")
        answer = self.client.get("/")
        self.assertEqual(200, answer.status)
        self.assertIn("<h1>Welcome</h1>", answer.body)
        self.assertIn("<p>First.</p>\n<p>&lt;Second&gt; &amp; last.</p>", answer.body)
        self.assertLess(answer.body.index("two"), answer.body.index("one"))
        self.assertIn('<time datetime="2026-01-02T03:04:05Z">2 Jan 2026, 03:04 UTC</time>', answer.body)

    def test_an_empty_log_says_so(self):
        self.assertIn("Nobody has signed yet.", self.client.get("/").body)

    def test_twenty_entries_make_a_page_and_the_rest_follows(self):
        for number in range(1, 42):
            self.sign(message=f"entry-{number}.")
        seen = []
        path = "/"
        while path:
            body = self.client.get(path).body
            seen.append(re.findall(r"entry-(\d+)\.", body))
            link = re.search(r'href="(/\?before=\d+)"', body)
            path = link and link.group(1)
        self.assertEqual([20, 20, 1], [len(page) for page in seen])
        self.assertEqual([str(number) for number in range(41, 0, -1)], sum(seen, []))

    def test_signing_leads_to_the_entry(self):
        id, answer = self.sign("Ada", "Ahoy")
        self.assertEqual((303, f"/entries/{id}"), (answer.status, answer.headers["Location"]))
        entry = self.client.get(f"/entries/{id}")
        self.assertEqual(200, entry.status)
        self.assertIn("Ada signed the log", entry.body)

    def test_the_same_form_twice_is_one_entry(self):
        id, first = self.sign()
        _, second = self.sign(id=id)
        self.assertEqual((first.status, first.headers), (second.status, second.headers))
        self.assertEqual(1, len(self.book.entries))

    def test_each_form_has_an_id_of_its_own(self):
        ids = {re.search(r'name="id" value="([^"]+)"', self.client.get("/").body).group(1) for _ in range(3)}
        self.assertEqual(3, len(ids))

    def test_whatever_is_written_is_shown_as_text(self):
        evil = '<script>alert("x")</script> & \'quoted\' {{name}} {{{body}}}'
        id, _ = self.sign(evil[:60], evil)
        for path in ("/", f"/entries/{id}"):
            body = self.client.get(path).body
            self.assertNotIn("<script>alert", body)
            self.assertIn("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;quoted&#x27;", body)
            self.assertIn("{{name}} {{{body}}}", body)

    def test_a_form_that_is_refused_comes_back_as_it_was(self):
        id, answer = self.sign('"><b>', "x" * 501)
        self.assertEqual(422, answer.status)
        self.assertIn("A word has up to 500 characters.", answer.body)
        self.assertIn('value="&quot;&gt;&lt;b&gt;"', answer.body)
        self.assertIn("x" * 501 + "</textarea>", answer.body)
        self.assertIn(f'value="{id}"', answer.body)
        self.assertEqual([], self.book.entries)

    def test_what_is_refused(self):
        for form, problem in [
            ({"name": " "}, "A name has up to 60 characters."),
            ({"name": "x" * 61}, "A name has up to 60 characters."),
            ({"message": ""}, "A word has up to 500 characters."),
            ({"id": "1"}, "The form was not whole"),
            ({"name": "bell\x07"}, "Some characters cannot be printed."),
        ]:
            with self.subTest(form=form):
                _, answer = self.sign(**form)
                self.assertEqual(422, answer.status)
                self.assertIn(problem, answer.body)
        self.assertEqual([], self.book.entries)

    def test_what_is_just_right(self):
        right = [("x" * 60, "y" * 500), ("ü€😀" * 20, "line\r\nline"), ("O'Brien", "%s; DROP TABLE entries")]
        for name, message in right:
            self.assertEqual(303, self.sign(name, message)[1].status)
        self.assertEqual("line\nline", self.book.entries[1].message)

    def test_another_sites_form_is_refused(self):
        form = {"id": str(uuid.uuid4()), "name": "Eve", "message": "x"}
        self.assertEqual(403, self.client.post("/entries", form, HTTP_SEC_FETCH_SITE="cross-site").status)
        self.assertEqual(303, self.client.post("/entries", form, HTTP_SEC_FETCH_SITE="same-origin").status)

    def test_what_is_not_there_and_what_is_not_done(self):
        nowhere = ["/nothing", "/entries/" + "0" * 36, "/entries/x", "/assets/site.css", "/assets/..", "//", "/é"]
        for path in nowhere:
            with self.subTest(path=path):
                self.assertEqual(404, self.client.get(path).status)
        answer = self.client.post("/", {})
        self.assertEqual((405, "GET, HEAD"), (answer.status, answer.headers["Allow"]))
        answer = self.client.get("/entries")
        self.assertEqual((405, "POST"), (answer.status, answer.headers["Allow"]))

    def test_bodies_that_are_no_forms(self):
        post = self.client.post
        self.assertEqual(415, post("/entries", b"{}", CONTENT_TYPE="application/json").status)
        self.assertEqual(411, post("/entries", b"", CONTENT_LENGTH="").status)
        self.assertEqual(413, post("/entries", b"x" * 32_769).status)
        self.assertEqual(400, post("/entries", b"name=x", CONTENT_LENGTH="100").status)
        self.assertEqual(400, post("/entries", b"name=%ff").status)
        self.assertEqual(400, post("/entries", b"a=1&" * 30).status)

    def test_head_is_get_without_a_body(self):
        answer = self.client.ask("HEAD", "/about")
        self.assertEqual((200, ""), (answer.status, answer.body))
        self.assertEqual(str(len(self.client.get("/about").body.encode())), answer.headers["Content-Length"])

    def test_assets_are_kept_for_ever(self):
        body = self.client.get("/").body
        urls = re.findall(r'(?:href|src)="(/assets/[^"]+)"', body)
        self.assertEqual(3, len(urls))
        for url in urls:
            answer = self.client.get(url)
            self.assertEqual(200, answer.status)
            self.assertEqual("public, max-age=31536000, immutable", answer.headers["Cache-Control"])
            self.assertRegex(url, r"\.[0-9a-f]{12}\.(css|js|svg)$")

    def test_every_answer_names_its_release(self):
        for path in ("/", "/nothing", "/health/live", "/slow?seconds=x"):
            answer = self.client.get(path)
            self.assertEqual("r1", answer.headers["X-Release"])
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])

    def test_slow_takes_as_long_as_it_is_told(self):
        self.assertEqual("That took 1.5 seconds.\n", self.client.get("/slow?seconds=1.5").body)
        self.assertEqual([1.5], self.client.slept)
        for seconds in ("31", "-1", "nan", "inf", "x"):
            self.assertEqual(400, self.client.get(f"/slow?seconds={seconds}").status)
        self.assertEqual([1.5], self.client.slept)


class TestFailures(unittest.TestCase):
    def setUp(self):
        self.book = MemoryBook()
        self.client = Client(self.book)

    def test_without_a_database_it_lives_and_is_not_ready(self):
        self.assertEqual((200, '{"status":"ok","release":"r1"}\n'), self._health("ready"))
        self.book.is_down = True
        self.assertEqual((503, '{"status":"the database does not answer","release":"r1"}\n'), self._health("ready"))
        self.assertEqual((200, '{"status":"ok","release":"r1"}\n'), self._health("live"))
        with self.assertLogs("foobar", "WARNING"):
            answer = self.client.get("/")
        self.assertEqual((503, "2"), (answer.status, answer.headers["Retry-After"]))
        self.assertIn("<h1>Service Unavailable</h1>", answer.body)

    def test_a_mistake_of_ours_is_logged_and_not_shown(self):
        self.book.page = lambda slug: 1 / 0
        with self.assertLogs("foobar", "ERROR") as logged:
            answer = self.client.get("/about")
        self.assertEqual(500, answer.status)
        self.assertNotIn("division", answer.body)
        self.assertIn("division", logged.output[0])

    def _health(self, which):
        answer = self.client.get(f"/health/{which}")
        return answer.status, answer.body
