"""What the NCIP clients share: the ready line, messages, two transports, answers, and the double sending.

A message is a tree of `e("Name", …)`, written in its partner's dialect. Every message is sent twice, byte for byte:
first on the connection that the partner keeps, then on a new one, as after a time-out. The second answer has to be the
first one's tree, and between the two the reader's account must not have moved.
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import json
import pathlib
import re
import select
import socket
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from typing import Callable, NoReturn

from messages import Tree, account, moment, problems, read, version_1, written
from vocabulary import ITEM_NOT_CHECKED_OUT, NAMESPACE, problems_of

PATIENCE = 15.0
CONTENT_TYPE = 'application/xml; charset="utf-8"'


class Failed(Exception):
    """An expectation that was not met."""


class Http:
    """POST to the partner's address. HTTP 200 and this Content-Type are right for Problems too."""

    def __init__(self, url: str, content_type: str) -> None:
        self.url = urllib.parse.urlsplit(url)
        self.headers = {"Content-Type": content_type}
        self.kept = self.connection()

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=PATIENCE)

    def send(self, data: bytes, fresh: bool) -> bytes:
        connection = self.connection() if fresh else self.kept
        connection.request("POST", self.url.path, data, self.headers)
        answer = connection.getresponse()
        body = answer.read()
        if fresh:
            connection.close()
        if answer.status != 200:
            raise Failed(f"HTTP {answer.status}, expected 200 (also for a Problem): {body[:2000]!r}")
        if answer.headers["Content-Type"] != CONTENT_TYPE:
            raise Failed(f"Content-Type {answer.headers['Content-Type']!r}, expected {CONTENT_TYPE!r}")
        return body


class Tcp:
    """Raw TCP. Reads as strictly as the strictest partner: the first pause after the first line ends the answer."""

    def __init__(self, address: str) -> None:
        host, port = address.rsplit(":", 1)
        self.address = (host, int(port))
        self.kept = self.connection()

    def connection(self) -> socket.socket:
        line = socket.create_connection(self.address, PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def send(self, data: bytes, fresh: bool) -> bytes:
        line = self.connection() if fresh else self.kept
        line.sendall(data)
        answer = self.hear(line)
        if fresh:
            line.close()
        return answer

    @staticmethod
    def hear(line: socket.socket) -> bytes:
        data, until = b"", time.monotonic() + PATIENCE
        while b"\n" not in data or select.select([line], [], [], 0)[0]:
            line.settimeout(max(until - time.monotonic(), 0.001))
            try:
                more = line.recv(1 << 20)
            except TimeoutError as error:
                raise Failed(f"no line end within {PATIENCE} s; heard {data!r}") from error
            data += more
            if not more:
                break
        if not data.endswith(b"\n"):
            raise Failed(f"the answer does not end in a newline, or was not written at once: {data!r}")
        return data


def unnumbered(answer: Tree) -> str:
    """What an answer says, without the number under which a refusal is logged: each asking is logged by itself."""
    return re.sub(r"\[réf\. \d+\]", "[réf.]", str(answer))


class Partner:
    """A partner system of one kind, with its settings, its dialect and its transport."""

    def __init__(self, kind: str, dialect: Callable[[Tree], str], content_type: str = "application/xml") -> None:
        parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
        parser.add_argument("--ready", required=True, type=pathlib.Path, help="file with the daemon's ready line")
        parser.add_argument("--patron", type=int, default=0, help="which of demo.patrons")
        parser.add_argument("--item", type=int, default=0, help="which of demo.items")
        parser.add_argument("--answers", type=pathlib.Path, help="folder in which each answer is kept")
        parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date.today(),
                            help="the daemon's day, where its clock is elsewhere")  # fmt: skip
        self.chosen = parser.parse_args()
        ready = json.loads(self.chosen.ready.read_text().partition("\n")[0])
        self.demo, self.kind, self.dialect = ready["demo"], kind, dialect
        found = [one for one in self.demo.get("partners", []) if one["kind"] == kind]
        enough = self.chosen.patron < len(self.demo["patrons"]) and self.chosen.item < len(self.demo["items"])
        if not found or not enough:
            raise Failed(f"the ready line has no {kind} in demo.partners, or too few patrons or items")
        self.me = found[0]
        self.card, self.pin = (self.demo["patrons"][self.chosen.patron][key] for key in ("card", "pin"))
        self.item = self.demo["items"][self.chosen.item]
        self.wire = Http(self.me["url"], content_type) if "url" in self.me else Tcp(ready["ncip_tcp"])
        token = self.me.get("url", "").rpartition("/")[2]
        self.secrets = [one for one in (self.me.get("secret"), token) if one]
        self.look: Callable[[], object] | None = None
        self.run = format(time.time_ns() // 1000, "x")
        self.messages, self.services, self.checked, self.said = 0, {}, [], {}
        self.step, self.sent, self.answered = "the ready line", b"", b""
        if self.chosen.answers:
            self.chosen.answers.mkdir(parents=True, exist_ok=True)

    def expect(self, good: object, what: str, *seen: object) -> None:
        """Ends the program if something is not as it has to be."""
        if not good:
            shown = (written(one) if isinstance(one, Tree) else one for one in seen)
            raise Failed(what + "".join(f"\n  seen: {one}" for one in shown))

    def number(self, which: str) -> str:
        """A request number that no other run has used."""
        return f"{which}-{self.run}"

    def watch(self, user: Tree) -> None:
        """Says which LookupUser shows the account that messages may move."""
        self.step, self.look = "the account at the start", lambda: self.seen(user)

    def seen(self, user: Tree) -> dict:
        """The account as it is now."""
        answer = self.once(user)
        self.expect(not problems(answer), "expected no Problem", problems(answer))
        return account(answer)

    def once(self, service: Tree, fresh: bool = False, dialect: Callable[[Tree], str] | None = None) -> Tree:
        """Sends one message once; the response element, with whatever it says."""
        return self.exchange((dialect or self.dialect)(service).encode(), service.name, fresh)

    def exchange(self, data: bytes, service: str, fresh: bool) -> Tree:
        """Sends bytes; the answer is kept, and held to what is true of every answer."""
        self.sent, self.answered = data, b""
        self.messages += 1
        return self.judged(self.wire.send(data, fresh), service)

    def judged(self, body: bytes, service: str) -> Tree:
        """The response element in an answer, which has to be one for this service."""
        self.answered = body
        count = self.services[service] = self.services.get(service, 0) + 1
        if self.chosen.answers:
            (self.chosen.answers / f"{sum(self.services.values()):03}-{service}.xml").write_bytes(body)
        self.expect(all(one.encode() not in body for one in self.secrets), f"a secret is in answer {count}")
        try:
            element = ElementTree.fromstring(body)
        except ElementTree.ParseError as error:
            raise Failed(f"expected well-formed XML: {error}") from error
        root = read(element)
        first, own = self.dialect is version_1, root.name == "NCIPVersionMessage"
        self.expect(first or b"<!" not in body, "expected no comment and no DOCTYPE")
        namespace = "" if first or own else f"{{{NAMESPACE}}}"
        self.expect(all(one.tag.startswith(namespace) if namespace else "}" not in one.tag for one in element.iter()),
                    f"expected every element in namespace {namespace or 'none'}")  # fmt: skip
        asked_apart = b"<NCIPVersionMessage" in self.sent
        self.expect(root.name == ("NCIPVersionMessage" if asked_apart else "NCIPMessage"), "expected another root", root.name)
        self.expect(any(key == "version" for key, _ in root.attributes), "expected a version attribute")
        self.expect([one.name for one in root.children] == [service + "Response"], f"expected {service}Response alone",
                    [one.name for one in root.children])  # fmt: skip
        self.expect(all(one.text != self.pin for one in root.deep()), "the PIN is in the answer")
        strange = [one for one in problems(root) if one not in problems_of(service)]
        self.expect(not strange, f"expected Problem types of the standard's list for {service}", strange)
        return root.children[0]

    def twice(self, step: str, service: Tree, unless: str | None = None, dialect: Callable[[Tree], str] | None = None) -> Tree:
        """Sends a message, looks, sends it again on a new connection, and looks again: nothing may have changed.

        `unless` names the one Problem that may come instead the second time.
        """
        self.step = step
        first = self.once(service, dialect=dialect)
        # What is looked at is not looked at twice. A Lookup moves nothing, which the look after the next message shows.
        look = self.look if self.look and not service.name.startswith("Lookup") else lambda: None
        before = look()
        second = self.once(service, fresh=True, dialect=dialect)
        exchanged = self.sent, self.answered
        same = unnumbered(second) == unnumbered(first) or (unless and problems(second) == [unless])
        self.expect(same, "the same message was answered otherwise the second time", first, second)
        after = look()
        self.sent, self.answered = exchanged
        self.expect(after == before, "the second sending moved the account", f"before: {before}", f"after: {after}")
        self.checked.append(step)
        return first

    def ask(self, step: str, service: Tree, **options) -> Tree:
        """A message to which there has to be a good answer."""
        answer = self.twice(step, service, **options)
        self.expect(not problems(answer), "expected no Problem", problems(answer))
        return answer

    def refused(self, step: str, service: Tree, kind: str, **options) -> Tree:
        """A message to which there has to be exactly this one Problem."""
        answer = self.twice(step, service, **options)
        self.expect(problems(answer) == [kind], f"expected one Problem {kind!r}", problems(answer))
        return answer

    def renewed(self, step: str, service: Tree, lent: Tree, until: datetime.datetime | None = None) -> None:
        """A renewal that moves the due date once, or is refused by the standard's words: rules decide."""
        answer = self.twice(step, service)
        if problems(answer):
            self.expect(len(problems(answer)) == 1, "expected one Problem", problems(answer))
            self.said[step] = problems(answer)[0]
            return
        due, count = moment(answer.get("DateDue")), answer.get("RenewalCount")
        self.expect(due > moment(lent.get("DateDue")), "expected a later DateDue", lent, answer)
        self.expect(until is None or due <= until, f"expected a DateDue not after {until}", answer)
        self.expect(count in ("", "1"), "two sendings of one renewal renewed more than once", answer)
        loan = self.look()["loans"].get(service.get("*ItemIdentifierValue"))
        self.expect(loan == answer.get("DateDue"), "the account has another due date", loan, answer)
        self.said[step] = "renewed"

    def checked_in(self, step: str, service: Tree) -> Tree:
        """A check-in names no request and no loan, so the second may be told that the item is here already."""
        return self.ask(step, service, unless=ITEM_NOT_CHECKED_OUT)

    def checked_in_again(self, step: str, service: Tree) -> None:
        """Back already: good, or one Problem in the words that brokers take as harmless."""
        answer = self.twice(step, service)
        harmless = problems(answer) in ([], [ITEM_NOT_CHECKED_OUT])
        self.expect(harmless, f"expected no Problem, or one {ITEM_NOT_CHECKED_OUT!r}", problems(answer))

    def masked(self, text: str) -> str:
        """A message or an answer to be shown, without secrets and what readers authenticate with."""
        named = "AuthenticationInputData|FromAgencyAuthentication|FromSystemAuthentication"
        text = re.sub(rf"(<(?:\w+:)?(?:{named})\b[^>]*>)[^<]*", r"\1***", text)
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text.replace(f">{self.pin}<", ">***<")


def conduct(play: Callable[..., None], kind: type[Partner], *how: object) -> NoReturn:
    """Runs a program from its first step to its report, and ends the process."""
    partner = None
    try:
        partner = kind(*how)
        play(partner)
    except (Failed, OSError, http.client.HTTPException, LookupError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        if partner is None:
            sys.exit(what)
        sent, answered = (one.decode("utf-8", "replace") for one in (partner.sent, partner.answered))
        report = f"FAILED at: {partner.step}\n\nsent:\n{sent}\nanswered:\n{answered}\n\n{what}"
        sys.exit(partner.masked(report))
    done = {"client": partner.kind, "messages": partner.messages, "answers": partner.services}
    print(json.dumps(done | {"checked": partner.checked, "said": partner.said}, ensure_ascii=False))
    sys.exit(0)
