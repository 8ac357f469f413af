"""What a library's door has to bear: noise, floods, slowness and wrong passwords.

The bad guests come from another loopback address where the system has one, so that what holds them
off need not hold off the kiosk that is served meanwhile and afterwards.
"""

from __future__ import annotations

import os
import random
import socket
import struct
import sys
import threading
import time

from wire import Closed, Line, Report, Settings, Silence, protected

MEGABYTE = 1024 * 1024
MOST_GROWTH = 64 * MEGABYTE
CONNECTIONS = 300


def main() -> None:
    settings = Settings()
    report = Report("hostile")
    pid = int(os.environ.get("RELIRE_PID") or sys.exit("RELIRE_PID is not set"))
    Guest(settings, report).serves("before")
    memory = resident(pid)
    stranger = other_address(settings)
    print(f"        bad guests come from {stranger or 'the same address'}; {memory // MEGABYTE} MB resident")

    endless_lines(settings, report, stranger, pid)
    noise(settings, report, stranger)
    many(settings, report, stranger)
    trickle(settings, report, stranger)
    wrong_logins(settings, report, stranger)
    inside(settings, report)

    Guest(settings, report).serves("afterwards")
    after = resident(pid)
    report.check(after - memory < MOST_GROWTH, f"memory: {memory / MEGABYTE:.1f} MB before, {after / MEGABYTE:.1f} MB after")
    report.close()


class Guest:
    """A kiosk that does everything right, and must be served whatever the others do."""

    def __init__(self, settings: Settings, report: Report) -> None:
        self.settings = settings
        self.report = report
        self.digit = 0

    def log_in(self, line: Line) -> bytes:
        return line.ask(self.whole(f"9300CN{self.settings.login}|CO{self.settings.password}|CP|"))

    def whole(self, body: str) -> bytes:
        self.digit = (self.digit + 1) % 10
        return protected(body, self.digit)

    def serves(self, when: str) -> None:
        """Log-in, status, a loan and its return, none of which takes two seconds."""
        settings, report = self.settings, self.report
        (card, pin), barcode = settings.patrons[3], settings.items[4]
        date = time.strftime("%Y%m%d    %H%M%S")
        slowest = 0.0
        try:
            with Line(settings) as line:
                report.equal(self.log_in(line)[:3], b"941", f"{when}: a kiosk logs in")
                for body, expected in (
                    ("9900802.00", b"98Y"),
                    (f"17{date}AO|AB{barcode}|AC|", b"18"),
                    (f"11NN{date}{date}AO|AA{card}|AB{barcode}|AC|AD{pin}|", b"121"),
                    (f"09N{date}{date}AP|AO|AB{barcode}|AC|", b"101"),
                ):
                    sent = self.whole(body)
                    begun = time.monotonic()
                    heard = line.ask(sent)
                    slowest = max(slowest, time.monotonic() - begun)
                    report.check(heard.startswith(expected), f"{when}: {body[:2]} is served", sent, heard)
        except (OSError, Closed, Silence) as error:
            report.check(False, f"{when}: a kiosk is served", error)
        report.check(slowest < 2, f"{when}: the slowest answer took {slowest * 1000:.0f} ms")


def other_address(settings: Settings) -> str | None:
    """A second loopback address, if this system has one."""
    if not settings.host.startswith("127."):
        return None
    try:
        with Line(settings, "127.0.0.66"):
            return "127.0.0.66"
    except OSError:
        return None


def resident(pid: int) -> int:
    """The memory of a process, in bytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        lines = dict(line.split(":", 1) for line in status)
    return int(lines["VmRSS"].split()[0]) * 1024


def endless_lines(settings: Settings, report: Report, stranger: str | None, pid: int) -> None:
    """Lines without an end. Whether they are cut off or thrown away, they are not kept."""
    before = resident(pid)
    block = b"9" * 65536
    lines = []
    for start in (b"", b"63", b"9300CN"):
        try:
            line = Line(settings, stranger)
            lines.append(line)
            line.say(start)
            for _ in range(32 * MEGABYTE // len(block)):
                line.say(block)
        except (OSError, Closed):
            pass
    growth = resident(pid) - before
    report.check(growth < 32 * MEGABYTE, f"three lines of 32 MB without an end took {growth / MEGABYTE:.1f} MB")
    for line in lines:
        line.close()


def noise(settings: Settings, report: Report, stranger: str | None) -> None:
    """Bytes of every kind; the same ones each time."""
    seeded = random.Random(20261122)
    others = [
        b"GET / HTTP/1.1\r\nHost: library\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        b"\x00" * 4096,
        b"\r" * 65536,
        b"|" * 4096 + b"\r",
        b"AZ" * 5000 + b"\r",
        b"\xff\xfe\r\n" * 1000,
    ]
    others += [seeded.randbytes(65536) for _ in range(20)]
    said = 0
    for junk in others:
        try:
            with Line(settings, stranger) as line:
                line.say(junk)
                while True:
                    said = max(said, len(line.hear(0.2)))
        except (OSError, Closed, Silence):
            pass
    report.check(said < 200, f"noise gets no long answers (the longest had {said} bytes)")


def many(settings: Settings, report: Report, stranger: str | None) -> None:
    """Connections that come and go: silent, in the middle of a message, and torn off."""
    opened = 0
    for number in range(CONNECTIONS):
        try:
            line = Line(settings, stranger)
        except OSError:
            continue
        opened += 1
        try:
            if number % 3:
                line.say(b"9300CNsomebody|COsome")
            if number % 3 == 2:
                # Close with a reset instead of a farewell.
                line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except (OSError, Closed):
            pass
        line.close()
    report.check(opened > 0, f"{opened} of {CONNECTIONS} connections were opened, one after the other")

    lines = []
    for _ in range(CONNECTIONS):
        try:
            lines.append(Line(settings, stranger))
        except OSError:
            break
    print(f"        {len(lines)} connections are open at once")
    Guest(settings, report).serves(f"beside {len(lines)} open connections")
    for line in lines:
        line.close()


def trickle(settings: Settings, report: Report, stranger: str | None) -> None:
    """Twenty guests who never finish their sentence."""
    stop = threading.Event()

    def drip() -> None:
        try:
            with Line(settings, stranger) as line:
                while not stop.wait(0.05):
                    line.say(b"9")
        except (OSError, Closed):
            pass

    guests = [threading.Thread(target=drip, daemon=True) for _ in range(20)]
    for guest in guests:
        guest.start()
    time.sleep(1)
    Guest(settings, report).serves("beside twenty slow ones")
    stop.set()
    for guest in guests:
        guest.join(5)


def wrong_logins(settings: Settings, report: Report, stranger: str | None) -> None:
    """Wrong passwords: one answer for all of them, and an end to trying."""
    answers = set()
    for login, password in (
        (settings.login, "wrong"),
        (settings.login, ""),
        (settings.login, settings.password + "x"),
        ("nobody", "wrong"),
        ("nobody", settings.password),
        ("' OR 1=1 --", "é" * 200),
    ):
        try:
            with Line(settings, stranger) as line:
                answers.add(line.ask(protected(f"9300CN{login}|CO{password}|CP|", 1), 30))
        except (OSError, Closed):
            pass
        except Silence as error:
            report.check(False, "a wrong log-in is answered", error)
    report.equal(answers, {protected("940", 1)}, "every wrong log-in gets the same 940")

    tries = 0
    try:
        with Line(settings, stranger) as line:
            for tries in range(1, 51):
                line.ask(protected(f"9300CN{settings.login}|COwrong{tries}|CP|", tries % 10), 30)
    except (OSError, Closed, Silence):
        pass
    report.check(tries < 50, f"guessing on one connection ends after {tries} tries")
    Guest(settings, report).serves("after wrong log-ins")


def inside(settings: Settings, report: Report) -> None:
    """What a terminal that has logged in may do to itself."""
    kiosk = Guest(settings, report)
    with Line(settings) as line:
        report.equal(kiosk.log_in(line)[:3], b"941", "a broken kiosk logs in")
        line.say(b"9" * 100_000)
        line.say(b"\r")
        try:
            heard = line.hear(5)
            report.equal(heard[:2], b"96", "a message of 100 kB gets one 96", heard)
            report.check(line.is_quiet(), "and only one", line.buffer)
            report.equal(line.ask(kiosk.whole("9900802.00"))[:3], b"98Y", "and the line goes on")
        except Closed:
            report.check(True, "a message of 100 kB ends the connection")
    with Line(settings) as line:
        kiosk.log_in(line)
        answers = 0
        try:
            for _ in range(1000):
                line.ask(b"11damaged|AY1AZ0000\r", 5)
                answers += 1
        except (OSError, Closed, Silence):
            pass
        report.check(answers < 1000, f"a line that is always damaged ends after {answers} answers")
    with Line(settings) as line:
        kiosk.log_in(line)
        line.say(b"".join(kiosk.whole("9900802.00") for _ in range(500)))
        heard = 0
        try:
            while heard < 500:
                heard += line.hear(5).startswith(b"98Y")
        except (Closed, Silence):
            pass
        report.equal(heard, 500, "500 messages in one packet get 500 answers")


if __name__ == "__main__":
    main()
