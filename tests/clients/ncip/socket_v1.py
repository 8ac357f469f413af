"""A partner that speaks NCIP 1.0 over raw TCP, in the habits of ReShare's socket clients, Relais D2D and INN-Reach.

No HTTP and no namespace, but a DOCTYPE; identifiers are UniqueUserId and VisibleUserId, coded values are a Scheme and a
Value, and texts name their data type. There is no length before a message: it ends where its root element ends. The
client takes the first pause after the first line as the end of an answer.

    python3 socket_v1.py --ready ready.json --patron 2 --item 3 --answers answers/

NCIP 1.0 has no DeleteItem: the things taken in stay, until the library withdraws them.
"""

import datetime
import socket

from common import PATIENCE, Failed, Partner, conduct
from messages import Tree, account, e, last_second, moment, version_1
from vocabulary import MEDIA_TYPES, SCHEMES

AGENCIES = "https://partner.example/ncip/schemes/uniqueagencyid.scm"
END = b"</NCIPMessage>"


def coded(name: str, value: str, scheme: str = "") -> Tree:
    """A value out of a list, as 1.0 writes it."""
    return e(name, e("Scheme", scheme), e("Value", value))


class Peer(Partner):
    """The parts that this partner's messages are made of."""

    def agency(self, code: str) -> Tree:
        return coded("UniqueAgencyId", code, AGENCIES)

    def header(self) -> Tree:
        return e(
            "InitiationHeader",
            e("FromAgencyId", self.agency(self.me["agency"])),
            e("FromAgencyAuthentication", self.me["secret"]),
            e("ToAgencyId", self.agency(self.me["our_agency"])),
        )

    def reader(self) -> Tree:
        return e("UniqueUserId", self.agency(self.me["our_agency"]), e("UserIdentifierValue", self.card))

    def visible_reader(self, card: str) -> Tree:
        return e("VisibleUserId", coded("VisibleUserIdentifierType", "Barcode"), e("VisibleUserIdentifier", card))

    def thing(self, barcode: str) -> Tree:
        return e("UniqueItemId", self.agency(self.me["our_agency"]), e("ItemIdentifierValue", barcode))

    def request(self, number: str) -> Tree:
        return e("UniqueRequestId", self.agency(self.me["agency"]), e("RequestIdentifierValue", number))

    def lookup_user(self, *who: Tree, desired: bool = False) -> Tree:
        names = ("Name Information", "User Address Information", "Visible User Id", "User Privilege", "Block Or Trap")
        scheme = f"{SCHEMES}/userelementtype/userelementtype.scm"
        wanted = [coded("UserElementType", one, scheme) for one in names]
        more = [e(one) for one in ("LoanedItemsDesired", "RequestedItemsDesired", "UserFiscalAccountDesired")] if desired else []
        return e("LookupUser", self.header(), *who, *wanted, *more)

    def accepted(self, step: str, number: str, until: datetime.date) -> str:
        """Lets the library take a thing in for its reader, under the request's number; the barcode that it got."""
        described = e("BibliographicDescription", e("Author", "Lefèvre, Émile"), e("Title", "Mineurs & musiciens"))
        accept = e(
            "AcceptItem",
            self.header(),
            self.request(number),
            coded("RequestedActionType", "Hold For Pickup", f"{SCHEMES}/requestedactiontype/requestedactiontype.scm"),
            self.reader(),
            self.thing(number),
            e("DateForReturn", f"{until}T23:59:59"),  # no zone: the day is meant as the library's
            e("ItemOptionalFields", described),
        )
        answer = self.ask(step, accept)
        self.expect(answer.get("UniqueRequestId/RequestIdentifierValue") == number, "expected the UniqueRequestId", answer)
        barcode = answer.get("UniqueItemId/ItemIdentifierValue")
        self.expect(barcode, "expected a UniqueItemId with the barcode used", answer)
        known = self.look()["requests"]
        self.expect(number in known or barcode in known, "expected the request in the account", known)
        return barcode

    def requested(self) -> Tree:
        """What INN-Reach's central server tells the owner of a book: a reader of elsewhere has asked for it."""
        foreign = f"9{self.run}"
        group = coded("AgencyUserPrivilegeType", "Adulte", AGENCIES)
        return e(
            "ItemRequested",
            self.header(),
            e("UniqueUserId", self.agency(self.me["agency"]), e("UserIdentifierValue", foreign)),
            self.thing(self.item["barcode"]),
            coded("RequestType", "Hold", f"{SCHEMES}/requesttype/requesttype.scm"),
            coded("RequestScopeType", "Item", f"{SCHEMES}/requestscopetype/requestscopetype.scm"),
            e("DateOfUserRequest", f"{self.chosen.today}T08:30:00Z"),
            e("ItemOptionalFields", e("BibliographicDescription", e("Author", "Zola, Émile"), e("Title", "Germinal"))),
            e("UserOptionalFields", self.visible_reader(foreign), e("UserPrivilege", self.agency(self.me["agency"]), group)),
        )


def who_is_it(peer: Peer) -> None:
    """LookupUser by three ways to name the same reader."""

    def typed(data: str, kind: str) -> Tree:
        scheme = f"{SCHEMES}/authenticationinputtype/authenticationinputtype.scm"
        given, form = e("AuthenticationInputData", data), coded("AuthenticationDataFormatType", "text/plain", MEDIA_TYPES)
        return e("AuthenticationInput", given, form, coded("AuthenticationInputType", kind, scheme))

    answers = []
    for step, who in (
        ("LookupUser by UniqueUserId", [peer.reader()]),
        ("LookupUser by VisibleUserId", [peer.visible_reader(peer.card)]),
        ("LookupUser by AuthenticationInput", [typed(peer.card, "Barcode Id"), typed(peer.pin, "PIN")]),
    ):
        answers.append(peer.ask(step, peer.lookup_user(*who)))
        peer.expect(answers[-1].get("UniqueUserId/UserIdentifierValue") == peer.card, "expected the card", answers[-1])
        peer.expect(answers[-1].get("UserOptionalFields/NameInformation/PersonalNameInformation/*Surname")
                    or answers[-1].get("*UnstructuredPersonalUserName"), "expected a name", answers[-1])  # fmt: skip
    visible = answers[0].get("UserOptionalFields/VisibleUserId/VisibleUserIdentifier")
    peer.expect(visible == peer.card, "expected the barcode as VisibleUserId", answers[0])


def whole_loan(peer: Peer) -> None:
    """A thing of elsewhere comes, is lent, renewed, and given back twice."""
    day = peer.chosen.today + datetime.timedelta(days=40)
    number = peer.number("S1")
    barcode = peer.accepted("AcceptItem", number, day)
    lend = e("CheckOutItem", peer.header(), peer.reader(), peer.thing(barcode), peer.request(number))
    lent = peer.ask("CheckOutItem", lend)
    peer.expect(moment(lent.get("DateDue")) <= last_second(day), f"expected a DateDue not after {day}", lent)
    peer.expect(peer.look()["loans"].get(barcode) == lent.get("DateDue"), "expected the loan in the account", peer.look())
    peer.renewed("RenewItem", e("RenewItem", peer.header(), peer.reader(), peer.thing(barcode)), lent, last_second(day))
    back = e("CheckInItem", peer.header(), peer.thing(barcode))
    peer.checked_in("CheckInItem", back)
    peer.expect(barcode not in peer.look()["loans"], "expected the loan to be over", peer.look())
    peer.checked_in_again("CheckInItem once more", back)

    number = peer.number("S2")
    barcode = peer.accepted("AcceptItem to be cancelled", number, day)
    kind = coded("RequestType", "Hold", f"{SCHEMES}/requesttype/requesttype.scm")
    peer.ask("CancelRequestItem", e("CancelRequestItem", peer.header(), peer.reader(), peer.request(number), kind))
    left = peer.look()["requests"]
    peer.expect(number not in left and barcode not in left, "expected the request to be gone from the account", left)


def hear_all(line: socket.socket, count: int) -> list[bytes]:
    """As many answers as messages were written together; they may come together too."""
    data = b""
    while data.count(END) < count or not data.endswith(b"\n"):
        line.settimeout(PATIENCE)
        try:
            more = line.recv(1 << 20)
        except TimeoutError as error:
            raise Failed(f"expected {count} answers; heard {data!r}") from error
        if not more:
            raise Failed(f"expected {count} answers before the library hung up; heard {data!r}")
        data += more
    parts = [part.strip() + END for part in data.split(END)]
    if len(parts) != count + 1 or parts[-1] != END:
        raise Failed(f"expected {count} answers and no more; heard {data!r}")
    return parts[:-1]


def on_the_wire(peer: Peer) -> None:
    """The same question however its bytes come: the same answer."""
    user, told = peer.lookup_user(peer.reader()), peer.requested()
    expected, acknowledged = peer.once(user), peer.once(told)
    whole, other = (version_1(one).encode() for one in (user, told))

    peer.step = "a document without a newline at its end"
    for fresh in (False, True):
        answer = peer.exchange(whole.rstrip(b"\n"), "LookupUser", fresh)
        peer.expect(answer == expected, "expected the same answer", expected, answer)
    peer.checked.append(peer.step)

    one, two = [(user.name, expected)], [(user.name, expected), (told.name, acknowledged)]
    for step, pieces, services in (
        ("a document in single bytes", [bytes([byte]) for byte in whole], one),
        ("two documents in one write", [whole + other], two),
        ("two documents, the second without its newline", [whole + other.rstrip(b"\n")], two),
    ):
        peer.step, peer.sent, peer.answered = step, b"".join(pieces), b""
        for _ in range(2):
            with peer.wire.connection() as line:
                for piece in pieces:
                    line.sendall(piece)
                peer.messages += len(services)
                answers = hear_all(line, len(services))
            for body, (service, wanted) in zip(answers, services):
                answer = peer.judged(body, service)
                peer.expect(answer == wanted, "expected the same answer", wanted, answer)
        peer.checked.append(step)


def play(peer: Peer) -> None:
    peer.watch(peer.lookup_user(peer.reader(), desired=True))
    start = peer.look()
    who_is_it(peer)
    whole_loan(peer)
    peer.ask("ItemRequested", peer.requested())
    on_the_wire(peer)
    peer.expect(peer.look() == start, "expected the account as at the start", start, peer.look())


if __name__ == "__main__":
    conduct(play, Peer, "socket-v1", version_1)
