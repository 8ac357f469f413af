"""What the clients share: settings, a raw SIP2 line, and a list of what went wrong.

The daemon under test is named by environment variables:

RELIRE_SIP2      host:port of its SIP2 door
RELIRE_LOGIN     a terminal's login (CN)
RELIRE_PASSWORD  its password (CO)
RELIRE_BRANCH    the branch where it stands
RELIRE_PATRONS   JSON: [{"card": …, "pin": …}, …], at least four in good standing, without loans
RELIRE_ITEMS     JSON: [barcode, …], at least five books on the shelf of that branch
RELIRE_PID       the daemon's process, for hostile.py
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import time

PATIENCE = 15.0


class Settings:
    """The daemon under test, and what may be used there."""

    def __init__(self) -> None:
        def needed(name: str) -> str:
            value = os.environ.get(name)
            if not value:
                sys.exit(f"{name} is not set: see {os.path.basename(__file__)} for what it has to be")
            return value

        self.host, port = needed("RELIRE_SIP2").rsplit(":", 1)
        self.port = int(port)
        self.login = needed("RELIRE_LOGIN")
        self.password = needed("RELIRE_PASSWORD")
        self.branch = needed("RELIRE_BRANCH")
        self.patrons = [(one["card"], one["pin"]) for one in json.loads(needed("RELIRE_PATRONS"))]
        self.items = json.loads(needed("RELIRE_ITEMS"))
        if len(self.patrons) < 4 or len(self.items) < 5:
            sys.exit("four patrons and five items are needed at least")


class Report:
    """Checks that go on after the first that fails, and an exit status at the end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.good = 0
        self.bad = 0

    def check(self, ok: bool, what: str, *seen: object) -> bool:
        """Notes a check; `seen` is shown if it failed."""
        if ok:
            self.good += 1
            print(f"ok      {what}")
        else:
            self.bad += 1
            print(f"NOT OK  {what}")
            for one in seen:
                print(f"        {shown(one)}")
        sys.stdout.flush()
        return ok

    def equal(self, got: object, expected: object, what: str, *seen: object) -> bool:
        """Notes that two values have to be equal."""
        return self.check(got == expected, what, f"expected {expected!r}, got {got!r}", *seen)

    def close(self) -> None:
        """Says how it went, and ends the process."""
        print(f"{self.name}: {self.good} checks passed, {self.bad} failed")
        sys.exit(1 if self.bad else 0)


class Closed(Exception):
    """The library hung up."""


class Silence(Exception):
    """The library said nothing in time."""


class Line:
    """One TCP connection on which messages are said and heard as bytes."""

    def __init__(self, settings: Settings, source: str | None = None) -> None:
        address = (settings.host, settings.port)
        source_address = (source, 0) if source else None
        self.socket = socket.create_connection(address, PATIENCE, source_address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.socket.close()

    def say(self, data: bytes) -> None:
        """Sends bytes as they are."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Closed("the library hung up before it was told everything") from error

    def hear(self, patience: float = PATIENCE) -> bytes:
        """One message with its CR. Of a CR LF the LF would stand before the next message."""
        until = time.monotonic() + patience
        while b"\r" not in self.buffer:
            left = until - time.monotonic()
            if left <= 0:
                raise Silence(f"no answer within {patience} s")
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except socket.timeout as error:
                raise Silence(f"no answer within {patience} s") from error
            except ConnectionResetError as error:
                raise Closed("connection reset") from error
            if not data:
                raise Closed(f"the library hung up; {self.buffer!r} was left")
            self.buffer += data
        end = self.buffer.index(b"\r") + 1
        frame, self.buffer = self.buffer[:end], self.buffer[end:]
        return frame

    def ask(self, data: bytes, patience: float = PATIENCE) -> bytes:
        """Says something and hears one message."""
        self.say(data)
        return self.hear(patience)

    def is_quiet(self, seconds: float = 0.3) -> bool:
        """Whether nothing more comes for a while."""
        try:
            self.buffer = self.hear(seconds) + self.buffer
        except Silence:
            return not self.buffer
        except Closed:
            return True
        return False

    def hangs_up(self, seconds: float = PATIENCE) -> bool:
        """Whether the library ends the connection without saying more."""
        try:
            self.hear(seconds)
        except Closed:
            return True
        except Silence:
            return False
        return False


def checksum(data: bytes) -> bytes:
    """The four digits for bytes that run from the message code to the AZ."""
    return b"%04X" % (-sum(data) & 0xFFFF)


def protected(body: bytes | str, digit: int, end: bytes = b"\r") -> bytes:
    """A message with sequence number and checksum."""
    whole = (body.encode() if isinstance(body, str) else body) + b"AY%dAZ" % digit
    return whole + checksum(whole) + end


def fields(frame: bytes, fixed: int) -> list[tuple[str, bytes]]:
    """The variable fields of a message; `fixed` is the length of its fixed part with the code."""
    body = re.sub(rb"(AY\d)?AZ[0-9A-F]{4}\r?$", b"", frame.rstrip(b"\r\n"))
    parts = [part for part in body[fixed:].split(b"|") if part]
    return [(part[:2].decode("ascii", "replace"), part[2:]) for part in parts]


def shown(one: object) -> str:
    """Something to be printed, without passwords."""
    if isinstance(one, (bytes, bytearray)):
        one = repr(bytes(one))
    return re.sub(r"(?<=\|)(AC|AD|CO)[^|']+", r"\1***", str(one))
