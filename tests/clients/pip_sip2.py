"""A day at a kiosk, by the Python package Sip2: log-in, loan, renewal, return, log-out.

The package parses every answer by the positions of the standard. Its wrapper sends loans and
renewals only if the patron status says that they are denied, so those go by its lower level.
"""

from __future__ import annotations

import re
import tempfile

from Sip2.wrapper import Sip2Wrapper

from wire import Report, Settings, checksum

DATE = re.compile(r"^\d{8}[ A-Z]{4}\d{6}$")


def connect(settings: Settings, logs: str) -> Sip2Wrapper:
    return Sip2Wrapper(
        {
            "hostName": settings.host,
            "hostPort": settings.port,
            "tlsEnable": False,
            "hostEncoding": "utf-8",
            "language": "002",
            "institutionId": settings.branch,
            "scLocation": settings.branch,
            "socketTimeout": 15,
            "logfile_path": logs,
            "loglevel": "CRITICAL",
        },
        True,
        "Sip2",
    )


def main() -> None:
    settings = Settings()
    report = Report("pip_sip2")
    with tempfile.TemporaryDirectory() as logs:
        wrapper = connect(settings, logs)
        try:
            kiosk(settings, report, wrapper)
        finally:
            wrapper.disconnect()
    report.close()


def kiosk(settings: Settings, report: Report, wrapper: Sip2Wrapper) -> None:
    sip = wrapper.return_sip2()
    (card, pin), (other_card, other_pin) = settings.patrons[:2]
    barcode = settings.items[0]

    def raw() -> str:
        return wrapper.return_last_response()

    def whole(code: str) -> None:
        """The bytes of the last answer: its code, its number, its checksum, one CR."""
        data = raw().encode()
        trailer = re.search(rb"AY(\d)AZ([0-9A-F]{4})\r$", data)
        ok = data.startswith(code.encode()) and trailer is not None
        ok = ok and checksum(data[:-5]) == trailer.group(2) and trailer.group(1) == b"%d" % sip._seq
        report.check(ok, f"the {code} has our number and the right checksum", wrapper.return_last_request(), raw())

    def first(answer: dict, field: str) -> str:
        return answer["variable"].get(field, [""])[0]

    # 93, 99
    wrapper.sip_login(settings.login, settings.password)
    report.check(True, "logged in")
    whole("94")
    status = wrapper.sip_sc_status()
    whole("98")
    fixed = status["fixed"]
    report.equal(fixed["OnlineStatus"], "Y", "the library is on-line", raw())
    report.equal(raw()[2:8].strip("YN"), "", "98 says Y or N", raw())
    report.check(bool(DATE.match(fixed["TransactionDate"])), "98 tells the time", raw())
    report.equal(fixed["ProtocolVersion"], "2.00", "98 speaks 2.00", raw())
    report.check(bool(re.match(r"^[YN]{16}$", first(status, "BX"))), "BX has 16 letters", raw())
    report.equal(first(status, "AO"), settings.branch, "AO is the terminal's branch", raw())
    report.check(first(status, "AM") != "", "the branch has a name", raw())
    report.equal(first(status, "BX"), "Y" * 16, "BX: every message is served", raw())

    # A wrong PIN, then the right one
    report.equal(wrapper.login_patron(card, "no" + pin), False, "a wrong PIN is refused")
    wrong = wrapper.return_last_response_parsed()
    report.equal(first(wrong, "BL"), "Y", "with a wrong PIN the card is still valid (BL)", raw())
    report.equal(first(wrong, "CQ"), "N", "and the PIN is not (CQ)", raw())
    report.equal(wrapper.login_patron(card, pin), True, "the right PIN is accepted")
    # 23
    patron = sip.sip_patron_status_response(sip.get_response(sip.sip_patron_status_request()))
    whole("24")
    report.equal(first(patron, "BL"), "Y", "the card is valid (BL)", raw())
    report.equal(first(patron, "CQ"), "Y", "the right PIN is right (CQ)", raw())
    report.equal(patron["fixed"]["Language"], "002", "in French (002)", raw())
    report.equal(patron["fixed"]["PatronStatus"], " " * 14, "nothing is denied", raw())
    report.check(bool(DATE.match(patron["fixed"]["TransactionDate"])), "24 has a date", raw())
    report.equal(first(patron, "AO"), settings.branch, "AO is echoed", raw())
    report.equal(first(patron, "AA"), card, "AA is echoed", raw())
    report.check(first(patron, "AE").strip() != "", "the patron has a name (AE)", raw())

    # 63, every list
    def information(summary: str) -> dict:
        # Below the wrapper, which would show its copy from before.
        request = sip.sip_patron_information_request(summary)
        return sip.sip_patron_information_response(sip.get_response(request))

    for summary in ("none", "hold", "overdue", "charged", "fine", "recall", "unavail"):
        info = information(summary)
        whole("64")
        counts = [value for name, value in info["fixed"].items() if name.endswith("Count")]
        ok = len(counts) == 6 and all(re.match(r"^(\d{4}| {4})$", count) for count in counts)
        report.check(ok, f"63 {summary}: six counts of four digits or blanks", raw())
        report.equal(info["fixed"]["ChargedItemsCount"], "0000", f"63 {summary}: no loans yet", raw())
        report.equal(first(info, "AE"), first(patron, "AE"), f"63 {summary}: the same name", raw())

    # 17
    def item() -> dict:
        answer = wrapper.sip_item_information(barcode)
        whole("18")
        report.equal(first(answer, "AB"), barcode, "18 echoes the barcode", raw())
        return answer

    answer = item()
    title = first(answer, "AJ")
    report.check(title != "", "the item has a title", raw())
    report.equal(answer["fixed"]["CirculationStatus"], "03", "the item is on the shelf", raw())

    # 11
    def lend(patron_card: str, patron_pin: str) -> dict:
        sip.patron, sip.patronpwd = patron_card, patron_pin
        return sip.sip_checkout_response(sip.get_response(sip.sip_checkout_request(barcode)))

    lent = lend(card, pin)
    whole("12")
    report.equal(lent["fixed"]["Ok"], "1", "the item is lent", raw())
    report.equal(first(lent, "AJ"), title, "12 has the same title", raw())
    report.check(bool(DATE.match(first(lent, "AH"))), "12 has a due date of 18 characters", raw())
    report.check(first(lent, "AH")[:8] > lent["fixed"]["TransactionDate"][:8], "due later than today", raw())
    report.check(bool(re.match(r"^\d{3}$", first(lent, "CK"))), "12 has a media type of three digits", raw())
    due = first(lent, "AH")

    again = lend(card, pin)
    report.equal((again["fixed"]["Ok"], first(again, "AH")), ("1", due), "asked again, it is the same loan", raw())
    refused = lend(other_card, other_pin)
    report.equal(refused["fixed"]["Ok"], "0", "nobody else borrows it", raw())
    report.check(first(refused, "AF") != "", "and the screen says why (AF)", raw())
    report.equal(first(refused, "AH"), "", "a refusal has no due date", raw())
    report.check("AH" in refused["variable"], "but its field, empty", raw())
    report.equal(raw()[5], "N", "a refusal does not desensitize", raw())
    sip.patron, sip.patronpwd = card, pin

    answer = item()
    report.check(answer["fixed"]["CirculationStatus"] in ("04", "05"), "the item is on loan", raw())
    info = information("charged")
    report.equal(info["fixed"]["ChargedItemsCount"], "0001", "one loan", raw())
    report.equal(info["variable"].get("AU"), [barcode], "the list names it (AU)", raw())

    # 29
    renewed = sip.sip_renew_response(sip.get_response(sip.sip_renew_request(barcode)))
    whole("30")
    if renewed["fixed"]["Ok"] == "1":
        report.check(first(renewed, "AH") >= due, "a renewal never shortens a loan", raw())
    else:
        report.equal(renewed["fixed"]["Ok"], "0", "30 says 1 or 0", raw())
        report.check(first(renewed, "AF") != "", "a refused renewal says why (AF)", raw())
    report.equal(first(renewed, "AJ"), title, "30 has the same title", raw())

    # 15: who has it may not wait for it; another reader waits, moves, and gives up
    def hold(mode: str, patron_card: str, patron_pin: str, pickup: str) -> dict:
        sip.patron, sip.patronpwd = patron_card, patron_pin
        request = sip.sip_hold_request(mode, "", 2, barcode, "", "N", pickup)
        answer = sip.sip_hold_response(sip.get_response(request))
        whole("16")
        return answer

    report.equal(hold("+", card, pin, settings.branch)["fixed"]["Ok"], "0", "no hold on what one has", raw())
    held = hold("+", other_card, other_pin, settings.branch)
    report.equal((held["fixed"]["Ok"], first(held, "BS")), ("1", settings.branch), "another one waits", raw())
    report.equal(information("unavail")["variable"].get("CD"), [title], "63: for what (CD)", raw())
    report.equal(hold("*", other_card, other_pin, "VIMY")["fixed"]["Ok"], "1", "elsewhere", raw())
    sip.patron, sip.patronpwd = card, pin
    # 65: the hold keeps it from being renewed
    all_of_it = sip.sip_renew_all_response(sip.get_response(sip.sip_renew_all_request()))
    whole("66")
    report.equal(all_of_it["variable"].get("BN"), [barcode], "66: what somebody waits for is not renewed", raw())
    report.equal(hold("-", other_card, other_pin, "")["fixed"]["Ok"], "1", "given up", raw())
    # Another question: the very same one within a second would be its repetition
    report.equal(hold("-", other_card, other_pin, "VIMY")["fixed"]["Ok"], "0", "once", raw())

    # 37, 19, 01, 25
    fee = sip.sip_fee_paid_response(sip.get_response(sip.sip_fee_paid_request(1, 0, "1.00", "", "TPE-1")))
    whole("38")
    report.equal(raw()[2], "N", "nothing is owed, and nothing is taken", raw())
    sip.sip_item_status_update_response(sip.get_response(sip.sip_item_status_update_request(barcode, "vu")))
    whole("20")
    report.equal(raw()[2], "1", "the remark is kept", raw())
    sip.get_response(sip.sip_block_patron_request("carte trouvee"))
    whole("24")
    report.equal(raw()[2], "Y", "the card is blocked", raw())
    sip.sip_patron_enable_response(sip.get_response(sip.sip_patron_enable_request()))
    whole("26")
    report.equal(raw()[2:16], " " * 14, "and good again", raw())
    sip.patron, sip.patronpwd = card, pin

    # 97: the last answer again, without its number
    last = raw()
    repeated = sip.get_response("97AZFEF5\r")
    report.equal(repeated[:-9], last[:-12], "97 brings the same answer again", last, repeated)

    # 09
    back = wrapper.sip_item_checkin(barcode)
    whole("10")
    report.equal(back["fixed"]["Ok"], "1", "the item is back", raw())
    report.equal(first(back, "AB"), barcode, "10 echoes the barcode", raw())
    report.check(first(back, "AQ") != "", "10 says where it belongs (AQ)", raw())
    report.equal(first(back, "AJ"), title, "10 has the same title", raw())
    answer = item()
    report.check(answer["fixed"]["CirculationStatus"] in ("03", "09", "10"), "nobody has it any more", raw())
    report.equal(information("charged")["fixed"]["ChargedItemsCount"], "0000", "no loan is left", raw())

    # 35
    wrapper.sip_patron_session_end()
    whole("36")
    report.equal(raw()[2], "Y", "the session ends", raw())


if __name__ == "__main__":
    main()
