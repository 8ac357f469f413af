"""A discovery portal that shows holdings and readers' accounts, in the habits of VuFind's XCNCIP2 driver.

NCIP 2.02 over HTTP, prefix ns1:, no InitiationHeader at all: the address is what tells who asks. A reader's name and
password go beside a UserId in one message, of which the schema allows one, and a record number is sent as a
BibliographicItemId under the code "Legal Deposit Number".

    python3 portal.py --ready ready.json --patron 1 --item 2 --answers answers/
"""

import datetime

from common import ITEM_NOT_CHECKED_OUT, Http, Partner, conduct
from messages import HEAD, Tree, account, authentication, e, in_utc, last_second, moment, prefixed, written
from vocabulary import AGENCY_ELEMENTS, CIRCULATION_STATUS, USER_ELEMENTS

VERSIONS = "http://www.niso.org/ncip/v1_0/imp1/xsd/ncip_version.xsd"
MOST_PAGES = 500


class Portal(Partner):
    """The parts that the portal's messages are made of."""

    def reader(self) -> list[Tree]:
        """Who asks, said twice."""
        return [
            authentication(self.card, "Username"),
            authentication(self.pin, "Password"),
            e("UserId", e("AgencyId", self.me["our_agency"]), e("UserIdentifierValue", self.card)),
        ]

    def thing(self) -> Tree:
        return e("ItemId", e("AgencyId", self.me["our_agency"]), e("ItemIdentifierValue", self.item["barcode"]))

    def title(self, bib: object) -> Tree:
        code = e("BibliographicItemIdentifierCode", "Legal Deposit Number")
        return e("BibliographicId", e("BibliographicItemId", e("BibliographicItemIdentifier", str(bib)), code))

    def lookup_user(self) -> Tree:
        wanted = [e("UserElementType", one) for one in USER_ELEMENTS]
        desired = [e(one) for one in ("LoanedItemsDesired", "RequestedItemsDesired", "UserFiscalAccountDesired")]
        return e("LookupUser", *self.reader(), *wanted, *desired)

    def status(self, step: str) -> str:
        """The status of the item; how many wait for it has to stand beside it."""
        wanted = [e("ItemElementType", one) for one in ("Circulation Status", "Hold Queue Length")]
        answer = self.ask(step, e("LookupItem", self.thing(), *wanted))
        status = answer.get("ItemOptionalFields/CirculationStatus")
        self.expect(status in CIRCULATION_STATUS, "expected a CirculationStatus of the list", answer)
        self.expect(answer.get("ItemOptionalFields/HoldQueueLength").isdigit(), "expected a HoldQueueLength", answer)
        return status

    def holdings(self, step: str, bib: object, most: int | None) -> tuple[list[Tree], int]:
        """All items of a title, page after page until there is no next token; and how many pages there were."""
        names = ("Bibliographic Description", "Circulation Status", "Hold Queue Length", "Location")
        wanted = [e("ItemElementType", one) for one in names]
        limit, token, items, tokens = e("MaximumItemsCount", str(most)) if most else None, None, [], set()
        while len(tokens) < MOST_PAGES:
            page = e("LookupItemSet", self.title(bib), *wanted, limit, e("NextItemToken", token) if token else None)
            answer = self.ask(f"{step}, page {len(tokens) + 1}", page)
            on_page = answer.all("BibInformation/HoldingsSet/ItemInformation")
            self.expect(not most or len(on_page) <= most, f"expected at most {most} on a page", answer)
            items += on_page
            token = answer.get("NextItemToken")
            if token in ("", "0"):
                return items, len(tokens) + 1
            self.expect(token not in tokens, "expected another NextItemToken than before", answer)
            tokens.add(token)
        self.expect(False, f"expected an end within {MOST_PAGES} pages")


def what_is_spoken(portal: Portal) -> None:
    """LookupVersion as its own schema has it, and in the form that no schema allows: the same versions."""

    def agency(name: str, code: str) -> Tree:
        return e(name, e("UniqueAgencyId", e("Scheme", "https://partner.example/agencies"), e("Value", code)))

    def apart(service: Tree) -> str:
        return f'{HEAD}<NCIPVersionMessage version="{VERSIONS}">\n{written(service, depth=1)}</NCIPVersionMessage>\n'

    whole = e("LookupVersion", agency("FromAgencyId", portal.me["agency"]), agency("ToAgencyId", portal.me["our_agency"]))
    versions = []
    for step, service, dialect in (
        ("LookupVersion in NCIPVersionMessage", whole, apart),
        ("LookupVersion in NCIPMessage", e("LookupVersion"), prefixed),
    ):
        answer = portal.ask(step, service, dialect=dialect)
        versions.append([one.text for one in answer.all("VersionSupported")])
    portal.expect(versions[0] and versions[0] == versions[1], "expected the same VersionSupported in both", versions)


def where_to_collect(portal: Portal) -> None:
    """LookupAgency: the library, and the places among which a reader chooses, by the codes that requests then name."""
    ours = e("AgencyId", portal.me["our_agency"])
    answer = portal.ask("LookupAgency", e("LookupAgency", ours, *(e("AgencyElementType", one) for one in AGENCY_ELEMENTS)))
    portal.expect(answer.get("AgencyId") == portal.me["our_agency"], "expected the AgencyId", answer)
    portal.expect(answer.get("OrganizationNameInformation/OrganizationName"), "expected a name", answer)
    texts = [one.text for one in answer.deep()]
    portal.expect(any(portal.me["pickup"] in one for one in texts), f"expected the place {portal.me['pickup']}", answer)


def what_there_is(portal: Portal) -> None:
    """LookupItemSet one by one and all at once; and LookupItem."""
    bibs = [portal.item["bib"]] + [one["bib"] for one in portal.demo["items"] if one["bib"] != portal.item["bib"]]
    # A title of several items has pages to turn.
    for bib in dict.fromkeys(bibs):
        whole, _ = portal.holdings(f"LookupItemSet of {bib}", bib, None)
        barcodes = [one.get("ItemId/ItemIdentifierValue") for one in whole]
        portal.expect(len(set(barcodes)) == len(barcodes) > 0, "expected each item once", barcodes)
        portal.expect(bib != portal.item["bib"] or portal.item["barcode"] in barcodes, "expected the item in its title", barcodes)
        if len(whole) > 1:
            break
    parts, pages = portal.holdings(f"LookupItemSet of {bib} one by one", bib, 1)
    portal.expect(parts == whole, "expected all pages together to be the whole", *parts, "against the whole:", *whole)
    portal.said["pages of one item"] = pages
    on_shelf = portal.status("LookupItem")
    portal.expect(on_shelf == "Available On Shelf", "expected the item on the shelf", on_shelf)


def request(portal: Portal) -> None:
    """A request for an item is made, seen, changed, cancelled, and seen no more."""
    make = e(
        "RequestItem",
        *portal.reader(),
        portal.title(portal.item["bib"]),
        portal.thing(),
        e("RequestType", "Hold"),
        e("RequestScopeType", "Item"),
        e("PickupLocation", portal.me["pickup"]),
    )
    known = portal.look()["requests"]
    made = portal.ask("RequestItem", make)
    portal.expect(made.get("UserId/UserIdentifierValue") == portal.card, "expected the UserId", made)
    user = portal.ask("LookupUser with the request", portal.lookup_user())
    new = [one for one in account(user)["requests"] if one not in known]
    portal.expect(len(new) == 1, "expected one new request in the account", known, user)
    number = made.get("RequestId/RequestIdentifierValue")
    portal.expect(number == new[0], "expected a RequestId, by which the account knows it too", made, user)
    number = e("RequestId", e("AgencyId", portal.me["our_agency"]), e("RequestIdentifierValue", number))

    answer = portal.ask("LookupRequest", e("LookupRequest", number))
    portal.expect(answer.get("RequestStatusType"), "expected a RequestStatusType", answer)
    portal.expect(answer.get("PickupLocation") == portal.me["pickup"], "expected the PickupLocation", answer)

    until = portal.chosen.today + datetime.timedelta(days=21)
    changed = e("AddRequestFields", e("PickupExpiryDate", in_utc(last_second(until))))
    update = e("UpdateRequestItem", *portal.reader(), portal.thing(), e("RequestType", "Hold"), changed)
    portal.ask("UpdateRequestItem", update)
    answer = portal.ask("LookupRequest after the change", e("LookupRequest", number))
    expires = moment(answer.get("PickupExpiryDate")).astimezone(last_second(until).tzinfo).date()
    portal.expect(expires == until, f"expected PickupExpiryDate on {until}", answer)

    kind, scope = e("RequestType", "Hold"), e("RequestScopeType", "Item")
    portal.ask("CancelRequestItem", e("CancelRequestItem", *portal.reader(), number, portal.thing(), kind, scope))
    user = portal.ask("LookupUser without the request", portal.lookup_user())
    portal.expect(account(user)["requests"] == known, "expected the requests as before", known, user)


def at_a_desk(portal: Portal, step: str, service: Tree) -> Tree:
    """A portal neither lends nor takes back, and may not ask for it; a broker of the same library stands in for the desk."""
    portal.refused(f"{step} by the portal", service, "Unauthorized Service For Agency")
    broker = next(one for one in portal.demo["partners"] if one["kind"] == "broker-borrower")
    own, portal.wire = portal.wire, Http(broker["url"], "application/xml; charset=utf-8")
    try:
        return portal.ask(step, service, unless=ITEM_NOT_CHECKED_OUT)
    finally:
        portal.wire = own


def loan(portal: Portal) -> None:
    """A loan is made, renewed from the account's page, and ended."""
    lent = at_a_desk(portal, "CheckOutItem", e("CheckOutItem", *portal.reader(), portal.thing()))
    portal.expect(moment(lent.get("DateDue")).date() >= portal.chosen.today, "expected a DateDue that is not past", lent)
    user = portal.ask("LookupUser with the loan", portal.lookup_user())
    shown = account(user)["loans"].get(portal.item["barcode"])
    portal.expect(shown == lent.get("DateDue"), "expected the loan with its DateDue in the account", lent, user)
    portal.expect(portal.status("LookupItem on loan") == "On Loan", "expected On Loan")
    portal.renewed("RenewItem", e("RenewItem", *portal.reader(), portal.thing()), lent)
    at_a_desk(portal, "CheckInItem", e("CheckInItem", portal.thing()))
    portal.expect(portal.item["barcode"] not in portal.look()["loans"], "expected the loan to be over", portal.look())


def mails(user: Tree) -> list[str]:
    addresses = user.all("UserOptionalFields/UserAddressInformation/ElectronicAddress")
    return [one.get("ElectronicAddressData") for one in addresses if one.get("ElectronicAddressType") == "mailto"]


def address(portal: Portal) -> None:
    """The reader changes the e-mail, and changes it back. There is one: what is added takes the place of what was."""

    def update(name: str, mail: str) -> Tree:
        electronic = e("ElectronicAddress", e("ElectronicAddressType", "mailto"), e("ElectronicAddressData", mail))
        information = e("UserAddressInformation", e("UserAddressRoleType", "Notice"), electronic)
        return e("UpdateUser", *portal.reader(), e(name, information))

    old = mails(portal.ask("LookupUser before the change", portal.lookup_user()))
    new = f"lecteur.{portal.run}@courriel.example"
    portal.ask("UpdateUser", update("AddUserFields", new))
    now = mails(portal.ask("LookupUser after the change", portal.lookup_user()))
    portal.expect(now == [new], "expected the new e-mail", now)
    portal.ask("UpdateUser back", update("AddUserFields", old[0]) if old else update("DeleteUserFields", new))
    now = mails(portal.ask("LookupUser after changing back", portal.lookup_user()))
    portal.expect(now == old, "expected the e-mail as before", old, now)


def play(portal: Portal) -> None:
    portal.watch(portal.lookup_user())
    start = portal.look()
    what_is_spoken(portal)
    where_to_collect(portal)
    what_there_is(portal)
    user = portal.ask("LookupUser with everything", portal.lookup_user())
    portal.expect(user.get("UserId/UserIdentifierValue") == portal.card, "expected the card", user)
    request(portal)
    loan(portal)
    address(portal)
    unsupported = "Unsupported Service"
    portal.refused("RecallItem", e("RecallItem", portal.thing()), unsupported)
    name = e("StructuredPersonalUserName", e("GivenName", "Aline"), e("Surname", "Personne"))
    nobody = e("CreateUser", e("NameInformation", e("PersonalNameInformation", name)))
    portal.refused("CreateUser", nobody, unsupported)
    portal.expect(portal.look() == start, "expected the account as at the start", start, portal.look())


if __name__ == "__main__":
    conduct(play, Portal, "portal", prefixed, "application/xml; charset=utf-8")
