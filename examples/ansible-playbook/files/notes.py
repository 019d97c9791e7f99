"""Counts its visitors in MariaDB."""

import os

import pymysql


def application(environ, start_response):
    connection = pymysql.connect(
        unix_socket="/run/mysqld/mysqld.sock",
        user=os.environ["DATABASE"],
        password=os.environ["DATABASE_PASSWORD"],
        database=os.environ["DATABASE"],
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS visits (at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)")
        cursor.execute("INSERT INTO visits () VALUES ()")
        cursor.execute("SELECT COUNT(*) FROM visits")
        (count,) = cursor.fetchone()
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"Notes: visitor {count}\n".encode()]
