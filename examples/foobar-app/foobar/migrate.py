"""`python3 -m foobar.migrate` brings the database to what this release needs.

Each file of `migrations/` runs once, in order. Migrations only add, so that the release before goes on working: what is
not used any more is removed one release later.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any

from .settings import read_settings

_FOLDER = Path(__file__).parent.parent / "migrations"


def migrate(cursor: Any, folder: Path = _FOLDER) -> list[str]:
    """Runs what has not been run, and says what that was. Two at the same time wait for each other."""
    cursor.execute("SELECT GET_LOCK('foobar.migrations', 60)")
    if cursor.fetchone()[0] != 1:
        raise RuntimeError("another migration has been running for a minute")
    try:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS migrations ("
            "name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, "
            "applied_at DATETIME NOT NULL)"
        )
        cursor.execute("SELECT name FROM migrations")
        done = {name for (name,) in cursor.fetchall()}
        new = [path for path in numbered(folder) if path.name not in done]
        for path in new:
            for statement in statements(path.read_text(encoding="utf-8")):
                cursor.execute(statement)
            cursor.execute("INSERT INTO migrations (name, applied_at) VALUES (%s, UTC_TIMESTAMP())", (path.name,))
        return [path.name for path in new]
    finally:
        cursor.execute("SELECT RELEASE_LOCK('foobar.migrations')")


def numbered(folder: Path) -> list[Path]:
    """The migrations in their order. Two of one number would have none."""
    paths = sorted(path for path in folder.iterdir() if re.fullmatch(r"\d{3}_\w+\.sql", path.name))
    numbers = [path.name[:3] for path in paths]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"two migrations have the same number: {', '.join(path.name for path in paths)}")
    return paths


def statements(sql: str) -> list[str]:
    """A file's statements. One ends with a semicolon at the end of a line."""
    without_remarks = re.sub(r"^\s*--.*$", "", sql, flags=re.MULTILINE)
    return [part.strip() for part in re.split(r";[ \t]*$", without_remarks, flags=re.MULTILINE) if part.strip()]


if __name__ == "__main__":
    from .mysql import MySql

    connection = MySql(read_settings(os.environ).database).connect()
    with connection.cursor() as opened:
        applied = migrate(opened)
    connection.close()
    print("applied " + ", ".join(applied) if applied else "nothing to apply", file=sys.stderr)
