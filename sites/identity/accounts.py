"""Knows the readers of a site: their passwords, who is logged in, and the visitor that the chat
takes each of them for. One SQLite file, nothing but the standard library."""

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
create table if not exists readers (
  id integer primary key,
  email text not null unique,
  name text not null,
  plan text not null,
  password text not null,
  -- Unique: whoever could claim another reader's visitor would get a token for it.
  visitor_id text unique
);
create table if not exists logins (
  token text primary key,
  reader integer not null references readers on delete cascade,
  ends real not null
);
"""
LOGIN_LASTS = 14 * 24 * 3600


class Reader(NamedTuple):
    """Somebody with an account."""

    id: int
    email: str
    name: str
    plan: str
    visitor_id: str | None


class Accounts:
    """The readers in one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with self._open() as database:
            database.executescript(SCHEMA)

    def add(self, email: str, name: str, plan: str, password: str) -> None:
        """Add a reader, unless the email is taken."""
        with self._open() as database:
            database.execute(
                "insert into readers (email, name, plan, password) values (?, ?, ?, ?)"
                " on conflict do nothing",
                (email, name, plan, hash_password(password)),
            )

    def log_in(self, email: str, password: str) -> str | None:
        """What the cookie of a new log-in says; None for a wrong email or password."""
        with self._open() as database:
            found = database.execute("select id, password from readers where email = ?", (email,))
            reader, hashed = found.fetchone() or (None, NOBODYS_PASSWORD)
            # Also for an email that nobody has, so that the time it takes does not tell.
            if not is_password(password, hashed) or reader is None:
                return None
            token = secrets.token_urlsafe(32)
            row = (_digest(token), reader, time.time() + LOGIN_LASTS)
            database.execute("insert into logins (token, reader, ends) values (?, ?, ?)", row)
            return token

    def log_out(self, token: str) -> None:
        """End a log-in, and all that are over."""
        with self._open() as database:
            over = (_digest(token), time.time())
            database.execute("delete from logins where token = ? or ends < ?", over)

    def reader_of(self, token: str) -> Reader | None:
        """Who is logged in with this cookie."""
        with self._open() as database:
            found = database.execute(
                "select readers.id, email, name, plan, visitor_id from readers"
                " join logins on logins.reader = readers.id where token = ? and ends > ?",
                (_digest(token), time.time()),
            ).fetchone()
        return Reader(*found) if found else None

    def keep_visitor(self, reader: Reader, visitor_id: str) -> bool:
        """Keep a reader's first visitor; whether that is theirs, and nobody else's."""
        with self._open() as database:
            database.execute(
                "update or ignore readers set visitor_id = ? where id = ? and visitor_id is null",
                (visitor_id, reader.id),
            )
            found = database.execute("select visitor_id from readers where id = ?", (reader.id,))
            return found.fetchone() == (visitor_id,)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute("pragma foreign_keys = on")
            yield database


def hash_password(password: str) -> str:
    """What is kept of a password: `salt$hash`, by scrypt with OWASP's numbers for 16 MB."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_scrypt(password, salt).hex()}"


def is_password(password: str, hashed: str) -> bool:
    """Whether this is the password that was hashed."""
    salt, _, wanted = hashed.partition("$")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), wanted)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=5)


def _digest(token: str) -> str:
    # Whoever reads the file cannot log in with what stands in it.
    return hashlib.sha256(token.encode()).hexdigest()


NOBODYS_PASSWORD = hash_password(secrets.token_urlsafe())
