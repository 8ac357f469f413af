"""A lending broker whose reader borrows here through us, in the habits of ReShare's clients.

NCIP 2.02 over HTTP, prefix ns1:, the partner named and authenticated in every header. The reader's library knows the
reader; another library lends the book, which is ours only from AcceptItem to DeleteItem.

    python3 broker_borrower.py --ready ready.json --patron 0 --item 0 --answers answers/
"""

import datetime

from common import Partner, conduct
from messages import Tree, authentication, e, in_utc, last_second, moment, prefixed, problems
from vocabulary import CIRCULATION_STATUS

# What a title may bring with it: accents, and all that XML would take for itself.
TITLE = "L'été à Liévin & autres <récits>"
WRONG_PIN = "wrong-pin-4q7z"


class Broker(Partner):
    """The parts that this broker's messages are made of."""

    def header(self) -> Tree:
        return e(
            "InitiationHeader",
            e("FromAgencyId", e("AgencyId", self.me["agency"])),
            e("FromAgencyAuthentication", self.me["secret"]),
            e("ToAgencyId", e("AgencyId", self.me["our_agency"])),
        )

    def reader(self) -> Tree:
        return e("UserId", e("AgencyId", self.me["our_agency"]), e("UserIdentifierValue", self.card))

    def request(self, number: str) -> Tree:
        return e("RequestId", e("AgencyId", self.me["agency"]), e("RequestIdentifierValue", number))

    def thing(self, barcode: str) -> Tree:
        return e("ItemId", e("AgencyId", self.me["our_agency"]), e("ItemIdentifierValue", barcode))

    def lookup_user(self, *who: Tree) -> Tree:
        wanted = [e("UserElementType", one) for one in ("Name Information", "User Address Information", "User Privilege")]
        return e("LookupUser", self.header(), *who, *wanted)

    def lookup_item(self, barcode: str) -> Tree:
        wanted = [e("ItemElementType", one) for one in ("Bibliographic Description", "Circulation Status")]
        return e("LookupItem", self.header(), self.thing(barcode), *wanted)

    def accept_item(self, number: str, barcode: str, until: datetime.datetime) -> Tree:
        return e(
            "AcceptItem",
            self.header(),
            self.request(number),
            e("RequestedActionType", "Hold For Pickup"),
            self.reader(),
            self.thing(barcode),
            e("DateForReturn", in_utc(until)),
            e(
                "ItemOptionalFields",
                e("BibliographicDescription", e("Author", "Dubois, Hélène"), e("Title", TITLE)),
                e("ItemDescription", e("CallNumber", "R DUB")),
            ),
            e("PickupLocation", self.me["pickup"]),
        )

    def accepted(self, step: str, number: str, barcode: str, until: datetime.datetime) -> str:
        """Lets the library take a thing in; the barcode under which it knows it."""
        answer = self.ask(step, self.accept_item(number, barcode, until))
        self.expect(answer.get("RequestId/RequestIdentifierValue") == number, "expected the same RequestId", answer)
        used = answer.get("ItemId/ItemIdentifierValue")
        self.expect(used, "expected an ItemId with the barcode used", answer)
        self.expect(number in self.look()["requests"] or used in self.look()["requests"], "expected the request in the account")
        return used

    def deleted(self, step: str, barcode: str) -> None:
        answer = self.ask(step, e("DeleteItem", self.header(), self.thing(barcode)))
        self.expect(answer.get("ItemId/ItemIdentifierValue") == barcode, "expected the ItemId", answer)


def who_is_it(broker: Broker) -> None:
    """LookupUser in four forms: who may borrow, and what a stranger learns (nothing)."""
    user = broker.ask("LookupUser by card", broker.lookup_user(broker.reader()))
    privileges = {
        one.get("AgencyUserPrivilegeType"): one.get("UserPrivilegeStatus/UserPrivilegeStatusType")
        for one in user.all("UserOptionalFields/UserPrivilege")
    }
    for key in ("STATUS", "PROFILE", "LIBRARY"):
        broker.expect(privileges.get(key), f"expected a value for the privilege {key}", privileges)
    broker.expect(privileges["STATUS"] != "BLOCKED", "expected a reader in good standing", privileges)
    broker.expect(user.get("UserId/UserIdentifierValue") == broker.card, "expected the card", user)
    names = "UserOptionalFields/NameInformation/PersonalNameInformation"
    name = user.get(f"{names}/StructuredPersonalUserName/Surname") or user.get(f"{names}/UnstructuredPersonalUserName")
    broker.expect(name, "expected a name", user)
    addresses = user.all("UserOptionalFields/UserAddressInformation/ElectronicAddress")
    mails = [one.get("ElectronicAddressData") for one in addresses if one.get("ElectronicAddressType") == "mailto"]
    broker.expect(mails and "@" in mails[0], "expected an e-mail as mailto", user)

    def signed_in(card: str, pin: str) -> Tree:
        return broker.lookup_user(authentication(card, "Barcode Id"), authentication(pin, "PIN"))

    user = broker.ask("LookupUser by card and PIN", signed_in(broker.card, broker.pin))
    broker.expect(user.get("UserId/UserIdentifierValue") == broker.card, "expected the card", user)

    failed, unknown = "User Authentication Failed", f"0{broker.run}"
    wrong = broker.refused("LookupUser with a wrong PIN", signed_in(broker.card, WRONG_PIN), failed)
    broker.expect(WRONG_PIN.encode() not in broker.answered, "the wrong PIN is in the answer")
    stranger = broker.refused("LookupUser of an unknown card", signed_in(unknown, WRONG_PIN), failed)
    broker.expect(WRONG_PIN.encode() not in broker.answered, "the wrong PIN is in the answer")
    # A detail that differs would tell which cards exist.
    details = [one.get("Problem/ProblemDetail").replace(card, "") for one, card in ((wrong, broker.card), (stranger, unknown))]
    broker.expect(details[0] == details[1], "expected the same detail for a wrong PIN and an unknown card", details)


def whole_loan(broker: Broker) -> None:
    """A book from elsewhere comes, is lent, renewed and given back, and goes."""
    number = broker.number("B1")
    until = last_second(broker.chosen.today + datetime.timedelta(days=40))
    barcode = broker.accepted("AcceptItem", number, number, until)

    answer = broker.ask("LookupRequest", e("LookupRequest", broker.header(), broker.request(number)))
    broker.expect(answer.get("RequestId/RequestIdentifierValue") == number, "expected the RequestId", answer)
    broker.expect(answer.get("RequestStatusType"), "expected a RequestStatusType", answer)

    answer = broker.ask("LookupItem of what came", broker.lookup_item(barcode))
    broker.expect(answer.get("ItemOptionalFields/BibliographicDescription/Title") == TITLE, "expected the title as sent", answer)
    broker.expect(answer.get("*CirculationStatus") in CIRCULATION_STATUS, "expected a CirculationStatus of the list", answer)

    lend = e("CheckOutItem", broker.header(), broker.reader(), broker.thing(barcode), broker.request(number))
    lent = broker.ask("CheckOutItem when the reader collects it", lend)
    broker.expect(moment(lent.get("DateDue")) <= until, f"expected a DateDue not after {until}", lent)
    broker.expect(broker.look()["loans"].get(barcode) == lent.get("DateDue"), "expected the loan in the account", broker.look())
    on_loan = broker.ask("LookupItem on loan", broker.lookup_item(barcode)).get("*CirculationStatus")
    broker.expect(on_loan == "On Loan", "expected On Loan", on_loan)

    renew = e("RenewItem", broker.header(), broker.reader(), broker.thing(barcode))
    broker.renewed("RenewItem", renew, lent, until)

    back = e("CheckInItem", broker.header(), broker.thing(barcode))
    answer = broker.checked_in("CheckInItem", back)
    broker.expect(answer.get("ItemId/ItemIdentifierValue") == barcode, "expected the ItemId", answer)
    broker.expect(barcode not in broker.look()["loans"], "expected the loan to be over", broker.look())
    broker.checked_in_again("CheckInItem once more", back)

    broker.deleted("DeleteItem", barcode)
    broker.refused("LookupItem of what has gone", broker.lookup_item(barcode), "Unknown Item")


def cancelled(broker: Broker, step: str, number: str, barcode: str) -> None:
    """The reader wants it no more: CancelRequestItem by the request's number alone, then DeleteItem."""
    cancel = e(
        "CancelRequestItem",
        broker.header(),
        broker.reader(),
        broker.request(number),
        e("RequestType", "Hold"),
        e("RequestScopeType", "Item"),
    )
    answer = broker.ask(f"CancelRequestItem {step}", cancel)
    broker.expect(answer.get("UserId/UserIdentifierValue") == broker.card, "expected the UserId", answer)
    left = broker.look()["requests"]
    broker.expect(number not in left and barcode not in left, "expected the request to be gone from the account", left)
    broker.deleted(f"DeleteItem {step}", barcode)


def play(broker: Broker) -> None:
    desired = [e(one) for one in ("LoanedItemsDesired", "RequestedItemsDesired", "UserFiscalAccountDesired")]
    broker.watch(e("LookupUser", broker.header(), broker.reader(), *desired))
    start = broker.look()
    until = last_second(broker.chosen.today + datetime.timedelta(days=40))

    who_is_it(broker)
    whole_loan(broker)

    number = broker.number("B2")
    cancelled(broker, "after a change of mind", number, broker.accepted("AcceptItem to be cancelled", number, number, until))

    # Another library's barcode may be one of ours: the book that is here already keeps it, and stays what it is.
    ours, number = broker.item["barcode"], broker.number("B3")
    branches = broker.item["branch"], broker.me["branch"]
    broker.expect(branches[0] == branches[1], "choose an --item of the partner's own branch", branches)
    before = broker.ask("LookupItem of a local book", broker.lookup_item(ours))
    barcode = broker.accepted("AcceptItem under a local book's barcode", number, ours, until)
    broker.expect(barcode != ours, "expected another barcode than the local book's", barcode)
    kept = broker.ask("LookupItem of the local book", broker.lookup_item(ours)) == before
    broker.expect(kept, "expected the local book as before", before)
    cancelled(broker, "under another barcode", number, barcode)
    broker.step = "DeleteItem of a local book"
    refusal = broker.twice(broker.step, e("DeleteItem", broker.header(), broker.thing(ours)))
    broker.expect(len(problems(refusal)) == 1, "expected one Problem: only what AcceptItem brought may be deleted", refusal)
    kept = broker.ask("LookupItem of the local book after all", broker.lookup_item(ours)) == before
    broker.expect(kept, "expected the local book as before", before)
    broker.expect(broker.look() == start, "expected the account as at the start", start, broker.look())


if __name__ == "__main__":
    conduct(play, Broker, "broker-borrower", prefixed, 'application/xml; charset="utf-8"')
