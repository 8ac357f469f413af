"""A broker that borrows our books for another library's readers, in the habits of OCLC's CIRC-ILL profile and of VDX.

NCIP 2.02 over HTTP with a default namespace and a bare version attribute; the header names systems besides agencies.
Here the reader is an institution: one card stands for all that the other library borrows, so it may ask for a title
more than once, and it has no limits.

    python3 broker_lender.py --ready ready.json --item 1 --answers answers/

The fee of 5 EUR that it assesses stays on the institution's account.
"""

import datetime

from common import Partner, conduct
from messages import Tree, bare, e, in_utc, last_second, moment

AGENCIES = "https://partner.example/ncip/schemes/agencyid.scm"
SYSTEMS = "https://partner.example/ncip/schemes/systemid.scm"
FEE = 500  # the smallest units of the currency: cents


class Broker(Partner):
    """The parts that this broker's messages are made of."""

    def header(self) -> Tree:
        return e(
            "InitiationHeader",
            e("FromSystemId", "ILL Broker", scheme=SYSTEMS),
            e("FromAgencyId", e("AgencyId", self.me["agency"], scheme=AGENCIES)),
            e("FromAgencyAuthentication", self.me["secret"]),
            e("ToSystemId", "Circulation", scheme=SYSTEMS),
            e("ToAgencyId", e("AgencyId", self.me["our_agency"], scheme=AGENCIES)),
        )

    def institution(self) -> Tree:
        kind = e("UserIdentifierType", "Institution Id Number")
        return e("UserId", kind, e("UserIdentifierValue", self.me["card"]))

    def request(self, number: str) -> Tree:
        return e("RequestId", e("RequestIdentifierType", "ILL Request Id"), e("RequestIdentifierValue", number))

    def thing(self) -> Tree:
        return e("ItemId", e("ItemIdentifierType", "Barcode"), e("ItemIdentifierValue", self.item["barcode"]))

    def title(self) -> Tree:
        number = e("BibliographicRecordIdentifier", str(self.item["bib"]))
        return e("BibliographicId", e("BibliographicRecordId", number, e("AgencyId", self.me["our_agency"])))

    def request_item(self, number: str) -> Tree:
        return e(
            "RequestItem",
            self.header(),
            self.institution(),
            self.title(),
            self.request(number),
            e("RequestType", "Loan"),
            e("RequestScopeType", "Title"),  # not in the standard's list, and sent all the same
            e("PickupLocation", self.me["pickup"]),
        )

    def status(self, step: str) -> str:
        looked = self.ask(step, e("LookupItem", self.header(), self.thing(), e("ItemElementType", "Circulation Status")))
        return looked.get("ItemOptionalFields/CirculationStatus")

    def lend(self, step: str, number: str | None) -> Tree:
        """Lends the item to the institution; the broker wishes a date, the library's rules say which it is."""
        wish = in_utc(last_second(self.chosen.today + datetime.timedelta(days=14)))
        request = self.request(number) if number else None
        date = e("DesiredDateDue", wish)
        lent = self.ask(step, e("CheckOutItem", self.header(), self.institution(), self.thing(), request, date))
        self.expect(moment(lent.get("DateDue")).date() >= self.chosen.today, "expected a DateDue that is not past", lent)
        self.expect(lent.get("ItemId/ItemIdentifierValue") == self.item["barcode"], "expected the ItemId", lent)
        self.expect(self.look()["loans"].get(self.item["barcode"]) == lent.get("DateDue"), "expected the loan in the account")
        return lent


def requests(broker: Broker) -> str:
    """Two requests for one title, each under its number, of which one is cancelled; the number of the other."""
    kept, dropped = broker.number("L1"), broker.number("L2")
    for number in (kept, dropped):
        answer = broker.ask(f"RequestItem {number[:2]} by record number", broker.request_item(number))
        broker.expect(answer.get("RequestId/RequestIdentifierValue") == number, "expected the broker's RequestId", answer)
        broker.expect(answer.get("UserId/UserIdentifierValue") == broker.me["card"], "expected the institution", answer)
        scope = answer.get("RequestScopeType")
        broker.expect(scope in ("Bibliographic Item", "Title"), "expected a request for the title", answer)
    for number in (kept, dropped):
        answer = broker.ask(f"LookupRequest {number[:2]}", e("LookupRequest", broker.header(), broker.request(number)))
        broker.expect(answer.get("RequestId/RequestIdentifierValue") == number, "expected the RequestId", answer)
        broker.expect(answer.get("RequestStatusType"), "expected a RequestStatusType", answer)
    waiting = broker.look()["requests"]
    broker.expect(kept in waiting and dropped in waiting, "expected both requests in the account", waiting)
    cancel = e(
        "CancelRequestItem",
        broker.header(),
        broker.institution(),
        broker.request(dropped),
        e("RequestType", "Loan"),
        e("RequestScopeType", "Title"),
    )
    broker.ask("CancelRequestItem L2", cancel)
    waiting = broker.look()["requests"]
    broker.expect(kept in waiting and dropped not in waiting, "expected the other request alone", waiting)
    return kept


def on_its_way(broker: Broker, number: str) -> None:
    """Two notifications: they tell, ask nothing, and are answered all the same."""
    now = in_utc(last_second(broker.chosen.today))
    lines = e("UnstructuredAddressType", "Newline-Delimited Text"), e("UnstructuredAddressData", "Bibliothèque partenaire")
    address = e("PhysicalAddress", e("UnstructuredAddress", *lines), e("PhysicalAddressType", "Postal Address"))
    shipped = e(
        "ItemShipped",
        broker.header(),
        broker.request(number),
        broker.thing(),
        broker.institution(),
        e("DateShipped", now),
        e("ShippingInformation", e("ShippingInstructions", "Navette"), address),
    )
    broker.ask("ItemShipped", shipped)
    about = broker.thing(), broker.institution(), broker.request(number)
    broker.ask("ItemReceived", e("ItemReceived", broker.header(), *about, e("DateReceived", now)))


def fee(broker: Broker, number: str) -> None:
    """A fee for a request, assessed once although it is sent twice."""
    owed = broker.look()["owes"]
    amount = e("Amount", e("CurrencyCode", "EUR"), e("MonetaryValue", str(FEE)))
    transaction = e(
        "FiscalTransactionInformation",
        e("FiscalActionType", "Assess"),
        e("FiscalTransactionType", "Interlibrary Loan Fee"),
        amount,
        broker.request(number),
    )
    create = e("CreateUserFiscalTransaction", broker.header(), broker.institution(), transaction)
    answer = broker.ask("CreateUserFiscalTransaction", create)
    broker.expect(answer.get("FiscalTransactionReferenceId/FiscalTransactionIdentifierValue"), "expected a reference", answer)
    owes = broker.look()["owes"]
    broker.expect(owes == owed + FEE, f"expected {FEE} more than {owed} to be owed", owes)


def play(broker: Broker) -> None:
    desired = [e(one) for one in ("LoanedItemsDesired", "RequestedItemsDesired", "UserFiscalAccountDesired")]
    broker.watch(e("LookupUser", broker.header(), broker.institution(), *desired))
    start, barcode = broker.look(), broker.item["barcode"]

    wanted = [e("ItemElementType", one) for one in ("Circulation Status", "Location", "Item Description")]
    found = broker.ask("LookupItemSet by record number", e("LookupItemSet", broker.header(), broker.title(), *wanted))
    items = found.all("BibInformation/HoldingsSet/ItemInformation")
    status = [one.get("*CirculationStatus") for one in items if one.get("ItemId/ItemIdentifierValue") == barcode]
    broker.expect(status == ["Available On Shelf"], f"expected the item {barcode} once, on the shelf", status, found)

    number = requests(broker)
    broker.lend("CheckOutItem for the request", number)
    broker.expect(number not in broker.look()["requests"], "expected the request to be filled by the loan", broker.look())
    broker.expect(broker.status("LookupItem on loan") == "On Loan", "expected On Loan")
    on_its_way(broker, number)

    broker.checked_in("CheckInItem", e("CheckInItem", broker.header(), broker.thing()))
    broker.expect(barcode not in broker.look()["loans"], "expected the loan to be over", broker.look())

    fee(broker, number)

    # A debt does not block an institution, so it may borrow again; the broker takes it back as never lent.
    broker.lend("CheckOutItem to be undone", None)
    undone = broker.ask("UndoCheckOutItem", e("UndoCheckOutItem", broker.header(), broker.thing(), broker.institution()))
    broker.expect(undone.get("ItemId/ItemIdentifierValue") == barcode, "expected the ItemId", undone)
    broker.expect(broker.status("LookupItem after all") != "On Loan", "expected the item not to be on loan")
    end = broker.look() | {"owes": start["owes"]}
    broker.expect(end == start, "expected loans and requests as at the start", start, end)


if __name__ == "__main__":
    conduct(play, Broker, "broker-lender", bare, "text/xml; charset=UTF-8")
