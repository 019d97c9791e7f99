import tempfile
import unittest
from pathlib import Path

from foobar.assets import Assets
from foobar.html import Templates, paragraphs
from foobar.migrate import migrate, numbered, statements
from foobar.settings import BadSettings, read_settings


class TestSettings(unittest.TestCase):
    def test_without_any_it_is_a_developers(self):
        settings = read_settings({})
        self.assertEqual("development", settings.release)
        database = settings.database
        self.assertEqual(("127.0.0.1", 3306, None), (database.host, database.port, database.socket))

    def test_all_mistakes_are_told_at_once(self):
        wrong = {"DATABASE_PORT": "x", "THREADS": "0", "RELEASE": "a b", "DATABASE_PASSWORD_FILE": "/no/such"}
        with self.assertRaises(BadSettings) as raised:
            read_settings(wrong)
        for name in wrong:
            self.assertIn(name, str(raised.exception))

    def test_a_password_comes_from_a_file_if_one_is_named_and_is_never_shown(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "password")
            file.write_text("hunter2\n")
            settings = read_settings({"DATABASE_PASSWORD_FILE": str(file), "DATABASE_PASSWORD": "other"})
        self.assertEqual("hunter2", settings.database.password)
        self.assertNotIn("hunter2", repr(settings))


class TestTemplates(unittest.TestCase):
    def test_holes(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.html").write_text("<b title='{{x}}'>{{{y}}}</b>{{x}}")
            rendered = Templates(Path(folder)).render("a", x="<'&", y="{{x}}<i>")
        self.assertEqual("<b title='&lt;&#x27;&amp;'>{{x}}<i></b>&lt;&#x27;&amp;", rendered)

    def test_paragraphs(self):
        self.assertEqual("<p>a\nb</p>\n<p>&lt;c&gt;</p>", paragraphs("a\nb\n \n\n<c>\n"))
        self.assertEqual("", paragraphs(" \n"))


class TestAssets(unittest.TestCase):
    def test_a_name_changes_with_its_content(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "site.css")
            file.write_text("a{}")
            one = Assets(Path(folder)).url("site.css")
            self.assertEqual(one, Assets(Path(folder)).url("site.css"))
            file.write_text("b{}")
            self.assertNotEqual(one, Assets(Path(folder)).url("site.css"))

    def test_what_is_published_stays(self):
        with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory() as target:
            for content in ("a{}", "b{}"):
                Path(source, "site.css").write_text(content)
                Assets(Path(source)).publish(Path(target))
            self.assertEqual({"a{}", "b{}"}, {path.read_text() for path in Path(target).iterdir()})


class TestMigrations(unittest.TestCase):
    def test_ours_are_numbered_and_can_be_split(self):
        paths = numbered(Path(__file__).parent.parent / "migrations")
        self.assertEqual([f"{number:03}" for number in range(1, len(paths) + 1)], [path.name[:3] for path in paths])
        for path in paths:
            for statement in statements(path.read_text()):
                self.assertRegex(statement, r"^(CREATE TABLE IF NOT EXISTS|INSERT IGNORE|ALTER TABLE) ")

    def test_two_of_one_number_have_no_order(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("001_a.sql", "001_b.sql"):
                Path(folder, name).write_text("")
            with self.assertRaises(ValueError):
                numbered(Path(folder))

    def test_each_runs_once_in_order_and_stops_at_the_first_that_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            files = {"002_b": "B;\n", "001_a": "-- one; two\nA1;\nA2;\n", "003_c": "FAIL;\n", "004_d": "D;\n"}
            for name, sql in files.items():
                Path(folder, f"{name}.sql").write_text(sql)
            cursor = Cursor({"001_a.sql"})
            with self.assertRaises(RuntimeError):
                migrate(cursor, Path(folder))
            self.assertEqual(["B", "FAIL"], cursor.ran)
            self.assertEqual({"001_a.sql", "002_b.sql"}, cursor.done)
            self.assertFalse(cursor.is_locked)


class TestTheOtherVariant(unittest.TestCase):
    def test_what_both_need_is_the_same(self):
        """Each variant is deployed alone, so each has its own copy."""
        root = Path(__file__).parent.parent
        for folder in ("templates", "static", "migrations"):
            ours, theirs = (
                {path.name: path.read_text() for path in at.iterdir()} for at in (root / folder, root / "node" / folder)
            )
            self.assertEqual(ours, theirs)


class Cursor:
    """Enough of a server to see in which order it is asked."""

    def __init__(self, done):
        self.done = set(done)
        self.ran = []
        self.is_locked = False

    def execute(self, statement, arguments=()):
        if "_LOCK(" in statement:
            self.is_locked = "GET_LOCK" in statement
        elif statement.startswith("INSERT INTO migrations"):
            self.done.add(arguments[0])
        elif statement == "FAIL":
            self.ran.append(statement)
            raise RuntimeError("refused")
        elif not statement.startswith(("CREATE TABLE IF NOT EXISTS migrations", "SELECT name")):
            self.ran.append(statement)

    def fetchone(self):
        return (1,)

    def fetchall(self):
        return [(name,) for name in self.done]
