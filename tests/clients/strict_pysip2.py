"""Every message of SIP2 2.00, and what real terminals make of them, against a strict decoder.

Requests are built by pysip2, or by hand where a quirk is the point; every answer goes through
pysip2's decoder, which accepts no missing field, no wrong width and no wrong checksum. On top of
that: the order of the standard, one message an answer, 255 bytes a field, our sequence number.
"""

from __future__ import annotations

import re
import sys

try:
    from pysip2.codec import decode_message, encode_message
    from pysip2.errors import SIP2Error
    from pysip2 import models
except ImportError as missing:
    sys.exit(f"{missing}: pip install -r requirements.txt (pysip2 needs Python 3.10 or later)")

from wire import Closed, Line, Report, Settings, Silence, checksum, fields, protected, shown

UNKNOWN = "0000000000000"
SUMMARIES = ["          "] + [" " * place + "Y" + " " * (9 - place) for place in range(6)]


class Oracle:
    """A line whose answers are checked to the letter."""

    def __init__(self, settings: Settings, report: Report, line: Line) -> None:
        self.settings = settings
        self.report = report
        self.line = line
        self.digit = 9

    def next_digit(self) -> int:
        self.digit = (self.digit + 1) % 10
        return self.digit

    def frame(self, message: models.SIPMessage) -> bytes:
        """A message as pysip2 writes it, with error detection."""
        return encode_message(message, sequence_number=self.next_digit(), checksum=True, encoding="utf-8")

    def tell(self, message: models.SIPMessage, code: str, what: str):
        """Sends a message, and returns its answer once it has passed; None if it has not."""
        return self.pass_on(self.frame(message), code, what, self.digit)

    def pass_on(self, sent: bytes, code: str, what: str, digit: int | None):
        try:
            heard = self.line.ask(sent)
        except (Closed, Silence) as error:
            self.report.check(False, f"{what}: {code}", error, sent)
            return None
        return self.judge(heard, code, what, digit, sent)

    def judge(self, heard: bytes, code: str, what: str, digit: int | None, sent: bytes):
        """The decoder's verdict and ours; `digit` is None for an answer without error detection."""
        faults = []
        decoded = None
        try:
            decoded = decode_message(heard, encoding="utf-8")
        except (SIP2Error, UnicodeDecodeError) as error:
            faults.append(f"pysip2: {error}")
        if heard[:2] != code.encode():
            faults.append(f"it is not a {code}")
        trailer = rb"AY%dAZ[0-9A-F]{4}\r$" % digit if digit is not None else rb"\|\r$|94[01]\r$|96\r$"
        if not re.search(trailer, heard):
            faults.append("it does not end as our message did")
        faults += out_of_order(heard)
        if not self.report.check(not faults, f"{what}: {code}", *faults, sent, heard):
            return None
        return decoded.message


def out_of_order(heard: bytes) -> list[str]:
    """Fields that do not stand in the order of the standard, or are too long."""
    spec = models.MESSAGE_SPECS_BY_ID.get(heard[:2].decode("ascii", "replace"))
    if spec is None:
        return ["its code is not in the standard"]
    fixed = 2 + sum(field.width for field in spec.fields if field.width)
    order = [field.field_id for field in spec.fields if field.field_id]
    found = fields(heard, fixed)
    places = [order.index(name) for name, _ in found if name in order]
    faults = [] if places == sorted(places) else ["its fields are not in the order of the standard"]
    return faults + [f"{name} has more than 255 bytes" for name, value in found if len(value) > 255]


def main() -> None:
    settings = Settings()
    report = Report("strict_pysip2")
    try:
        before_login(settings, report)
        with Line(settings) as line:
            oracle = Oracle(settings, report, line)
            now = log_in(oracle)
            if now is not None:
                every_message(oracle, now)
                quirks(oracle, now)
                repetitions(oracle, now)
    except (OSError, Closed, Silence) as error:
        report.check(False, "the line holds to the end, and every message has an answer", error)
    report.close()


def before_login(settings: Settings, report: Report) -> None:
    """Nothing is told to whoever has not logged in."""
    card, pin = settings.patrons[2]
    with Line(settings) as line:
        oracle = Oracle(settings, report, line)
        report.equal(line.ask(b"97AZFEF5\r"), b"96AZFEF6\r", "a fresh connection has nothing to repeat: 96")
        oracle.tell(status(), "98", "99 before log-in")
    with Line(settings) as line:
        asked = f"6300220260101    120000  Y       AO{settings.branch}|AA{card}|AC|AD{pin}|"
        try:
            heard = line.ask(protected(asked, 1))
        except Closed:
            heard = b""
        names = [name for name, value in fields(heard, 61) if name in ("AE", "BD", "BE", "BF", "AU") and value]
        report.check(not names, "63 before log-in tells nothing of a person", heard)


def status() -> models.SIPMessage:
    return models.SCStatusRequest(status_code="0", max_print_width="080", protocol_version="2.00")


def log_in(oracle: Oracle) -> str | None:
    """93 and 99; the library's time."""
    settings, report = oracle.settings, oracle.report
    login = models.LoginRequest(
        uid_algorithm="0",
        pwd_algorithm="0",
        login_user_id=settings.login,
        login_password=settings.password,
        location_code=settings.branch,
    )
    answer = oracle.tell(login, "94", "93 log-in")
    if not report.check(answer is not None and answer.ok == "1", "the terminal is let in"):
        return None
    answer = oracle.tell(status(), "98", "99 status")
    if answer is None:
        return None
    report.equal(answer.online_status, "Y", "the library is on-line")
    report.equal(answer.institution_id, settings.branch, "98 has the terminal's branch in AO")
    report.check(bool(answer.library_name), "98 names the branch")
    return answer.date_time_sync


def every_message(oracle: Oracle, now: str) -> None:
    """The sixteen requests, as the standard has them."""
    settings, report, tell = oracle.settings, oracle.report, oracle.tell
    (card, pin), barcode = settings.patrons[2], settings.items[2]
    here = {"transaction_date": now, "institution_id": settings.branch}
    reader = {"patron_identifier": card, "terminal_password": "", "patron_password": pin}
    nobody = {**reader, "patron_identifier": UNKNOWN}

    def patron(**more: str) -> models.SIPMessage:
        return models.PatronStatusRequest(**{"language": "002", **here, **reader, **more})

    answer = tell(patron(), "24", "23 patron status")
    if answer:
        report.equal((answer.valid_patron, answer.valid_patron_password), ("Y", "Y"), "24: card and PIN are right")
        report.equal(answer.language, "002", "24: in French")
        report.equal((answer.institution_id, answer.patron_identifier), (settings.branch, card), "24 echoes AO and AA")
        report.check(answer.personal_name != "", "24 has a name")
    answer = tell(patron(patron_password="no" + pin), "24", "23 with a wrong PIN")
    report.check(answer is not None and answer.valid_patron_password == "N", "24: a wrong PIN is N, not blank", answer)
    answer = tell(patron(patron_password=""), "24", "23 without a PIN")
    report.check(answer is not None and answer.valid_patron_password != "Y", "24: no PIN is never Y", answer)
    answer = tell(patron(patron_identifier=UNKNOWN), "24", "23 for an unknown card")
    ok = answer is not None and answer.valid_patron == "N" and "Y" in answer.patron_status
    report.check(ok, "24: an unknown card is not valid and denied", answer)
    answer = tell(patron(language="001"), "24", "23 in English")

    def information(summary: str, **more: str):
        message = models.PatronInformationRequest(**{"language": "002", "summary": summary, **here, **reader, **more})
        return tell(message, "64", f"63 patron information, summary {summary!r}")

    for summary in SUMMARIES:
        information(summary, start_item="1", end_item="5")
    information(SUMMARIES[3], patron_identifier=UNKNOWN)

    def look(code: str, what: str = "17 item information"):
        return tell(models.ItemInformationRequest(**here, item_identifier=code, terminal_password=""), "18", what)

    answer = look(barcode)
    title = answer.title_identifier if answer else ""
    report.check(title != "", "18 has a title")
    if answer:
        report.equal(answer.circulation_status, "03", "18: on the shelf")
    answer = look(UNKNOWN, "17 for an unknown item")
    if answer:
        known = (answer.circulation_status, answer.item_identifier, answer.title_identifier)
        report.equal(known, ("01", UNKNOWN, ""), "18: an unknown item is 01, its barcode, no title")

    def lend(code: str, what: str, **more: str) -> models.SIPMessage:
        flags = {"sc_renewal_policy": "N", "no_block": "N", "nb_due_date": now, "fee_acknowledged": "N"}
        message = models.CheckoutRequest(**{**flags, **here, **reader, "item_identifier": code, **more})
        return tell(message, "12", what)

    answer = lend(barcode, "11 checkout")
    due = ""
    if report.check(answer is not None and answer.ok == "1", "the item is lent", answer):
        due = answer.due_date
        report.equal((answer.title_identifier, answer.renewal_ok), (title, "N"), "12: the title; no renewal")
        report.check(bool(re.match(r"^\d{8} {4}\d{6}$", due)), "12: a due date in local time", due)
        report.equal((answer.patron_identifier, answer.item_identifier), (card, barcode), "12 echoes AA and AB")
    for answer, why in (
        (lend(UNKNOWN, "11 for an unknown item"), "an unknown item"),
        (lend(settings.items[3], "11 with a wrong PIN", patron_password="no" + pin), "a wrong PIN"),
        (lend(settings.items[3], "11 for an unknown card", patron_identifier=UNKNOWN), "an unknown card"),
    ):
        ok = answer is not None and (answer.ok, answer.desensitize, answer.due_date) == ("0", "N", "")
        report.check(ok and len(answer.screen_message) > 0, f"{why} is refused, and the screen says so", answer)
    answer = information(SUMMARIES[3])
    if answer:
        report.equal(
            (answer.charged_items_count, answer.charged_items), ("0001", (barcode,)), "64: one loan, and which"
        )
    answer = look(barcode, "17 for an item on loan")
    if answer:
        report.equal((answer.circulation_status, answer.due_date), ("04", due), "18: on loan, due as told")

    flags = {"third_party_allowed": "N", "no_block": "N", "nb_due_date": now, "fee_acknowledged": "N"}
    answer = tell(models.RenewRequest(**flags, **here, **reader, item_identifier=barcode), "30", "29 renew")
    if answer and answer.ok == "1":
        report.check(answer.due_date >= due, "30: a renewal never shortens a loan", answer)
    elif answer:
        report.check(len(answer.screen_message) > 0, "30: a refused renewal says why", answer)
    tell(models.RenewRequest(**flags, **here, **reader), "30", "29 without an item")
    answer = tell(models.RenewAllRequest(**here, **reader, fee_acknowledged="N"), "66", "65 renew all")
    if answer and answer.ok == "1":
        listed = (len(answer.renewed_items), len(answer.unrenewed_items))
        report.equal(listed, (int(answer.renewed_count), int(answer.unrenewed_count)), "66: as many as it counts")

    other_card, other_pin = settings.patrons[3]
    for whose, expected in (((card, pin), "0"), ((other_card, other_pin), "1")):
        waits = {**reader, "patron_identifier": whose[0], "patron_password": whose[1]}
        for mode in "+*-":
            hold = models.HoldRequest(hold_mode=mode, hold_type="2", **here, **waits, item_identifier=barcode)
            answer = tell(hold, "16", f"15 hold {mode}")
            if answer:
                report.equal(answer.ok, expected, f"16: {mode}", answer)
    update = models.ItemStatusUpdateRequest(
        **here, item_identifier=barcode, terminal_password="", item_properties="abîmé"
    )
    answer = tell(update, "20", "19 item status update")
    if answer:
        report.equal(answer.item_properties_ok, "1", "20: it is kept", answer)

    fee = {"fee_type": "01", "payment_type": "00", "currency_type": "EUR", "fee_amount": "1.00"}
    answer = tell(models.FeePaidRequest(**fee, **here, **nobody, transaction_id="TPE-88"), "38", "37 fee paid")
    if answer:
        report.equal(answer.payment_accepted, "N", "38: nobody's fee is not accepted")
    block = {"card_retained": "N", "blocked_card_message": "oubliée", "terminal_password": ""}
    tell(models.BlockPatronRequest(**block, **here, patron_identifier=UNKNOWN), "24", "01 block patron")
    tell(models.PatronEnableRequest(**here, **nobody), "26", "25 patron enable")
    answer = tell(models.BlockPatronRequest(**block, **here, patron_identifier=other_card), "24", "01 for a reader")
    report.check(answer is not None and "Y" in answer.patron_status, "24: the card is blocked", answer)
    other = {**reader, "patron_identifier": other_card, "patron_password": other_pin}
    answer = tell(models.PatronEnableRequest(**here, **other), "26", "25 for a reader")
    report.check(answer is not None and "Y" not in answer.patron_status, "26: it is good again", answer)

    def give_back(what: str):
        message = models.CheckinRequest(
            no_block="N", return_date=now, current_location="", **here, item_identifier=barcode, terminal_password=""
        )
        return tell(message, "10", what)

    answer = give_back("09 checkin")
    if report.check(answer is not None and answer.ok == "1", "the item is back", answer):
        report.equal(answer.title_identifier, title, "10 has the title")
        report.check(answer.permanent_location != "", "10 says where it belongs")
    give_back("09 of what is not on loan")
    answer = tell(models.EndPatronSessionRequest(**here, **reader), "36", "35 end of session")
    if answer:
        report.equal((answer.end_session, answer.patron_identifier), ("Y", card), "36: the session is over")


def quirks(oracle: Oracle, now: str) -> None:
    """What comes over the wire in the field, each with the answer that it has to get."""
    settings, report, line = oracle.settings, oracle.report, oracle.line
    (card, pin), barcode = settings.patrons[2], settings.items[3]
    branch = settings.branch
    asked = f"17{now}AO{branch}|AB{barcode}|AC|"

    def answered(sent: bytes, what: str, code: str = "18", numbered: bool = True):
        answer = oracle.pass_on(sent, code, what, oracle.digit if numbered else None)
        if answer is not None and code == "18":
            report.check(answer.title_identifier != "", f"{what}: the item is found", sent)
        return answer

    def whole(body: str | bytes, end: bytes = b"\r") -> bytes:
        return protected(body, oracle.next_digit(), end)

    sent = whole(asked)
    for byte in sent[:-1]:
        line.say(bytes([byte]))
    answered(sent[-1:], "byte by byte")

    first, second = whole(asked), whole("9900802.00")
    line.say(first + second)
    oracle.judge(line.hear(), "18", "two in one packet, the first", oracle.digit - 1 if oracle.digit else 9, first)
    oracle.judge(line.hear(), "98", "two in one packet, the second", oracle.digit, second)

    answered(whole(asked, b"\r\n"), "ended by CR LF")
    answered(whole(asked, b"\n"), "ended by LF")
    answered(b"\n" + whole(asked), "with the LF of the message before")
    answered(b"\r\n\x00  " + whole(asked), "with blanks, NUL and line ends before")
    line.say(b"\r\r\n\n")
    report.check(line.is_quiet(), "empty lines are not answered", line.buffer)
    answered(whole(asked[:-1]), "without the last bar (empty AC)")
    answered(whole(f"17{now}AO{branch}|AC|AB{barcode}"), "without the last bar, after a value")
    answered(whole(asked.replace("|", "||")), "with every bar twice")
    answered(asked.encode() + b"\r", "without error detection", numbered=False)
    answered(asked.encode() + b"|||\r", "with three bars behind", numbered=False)
    lower = whole(asked)
    answered(lower[:-5] + lower[-5:].lower(), "with a checksum in lower case")
    answered(whole(f"17{' ' * 18}AO{branch}|AB{barcode}|"), "with a blank date and no AC")
    answered(whole(f"17{now}AB{barcode}|"), "without AO and AC")
    answered(whole(f"17{now}AOnowhere|AB {barcode} |AC|ZZextra|"), "with another AO, blanks and an unknown field")
    answered(whole(f"17{now}AO{branch}|AB{barcode}|AB{barcode}|AC|"), "with a field twice")
    latin = f"17{now}AO{branch}|ABé{barcode}|AC|".encode("latin-1")
    oracle.pass_on(whole(latin), "18", "with a byte that is no UTF-8", oracle.digit)
    oracle.pass_on(whole(f"17{now}AO{branch}|AB{'9' * 300}|AC|"), "18", "with 300 bytes in a field", oracle.digit)
    oracle.pass_on(whole(f"17{now}AO{branch}|AC|"), "18", "17 without a barcode", oracle.digit)

    answer = answered(whole(f"23   {now}AO{branch}|AA{card}|AD{pin}|"), "23 with a blank language, no AC", "24")
    report.check(answer is not None and answer.language.isdigit(), "24: a language is three digits all the same")
    odd = f"63002{now}      Y   AO{branch}|AA{card}|AD{pin}|BP|BQ|"
    answer = answered(whole(odd), "63 with a Y at the seventh place, BP and BQ empty", "64")
    report.check(answer is not None and not answer.charged_items, "64: counts only", answer)
    two = f"63002{now}  YY      AO{branch}|AA{card}|AD{pin}|"
    answered(whole(two), "63 with two Y", "64")
    answered(whole(f"11NN{now}{' ' * 18}AO{branch}|AA{UNKNOWN}|AB{barcode}|"), "11 with a blank nb due date", "12")
    answered(whole(f"35{now}AO{branch}|AA{card}|"), "35 without AC and AD", "36")

    report.equal(line.ask(whole("77something|")), b"96AZFEF6\r", "an unknown code gets a 96")
    report.equal(line.ask(whole("12" + "0" * 22)), b"96AZFEF6\r", "a library's message from a terminal gets a 96")
    good = whole(asked)
    bad = good[:-5] + b"0000\r"
    report.equal(line.ask(bad), b"96AZFEF6\r", "a wrong checksum gets a 96", bad)
    report.equal(line.ask(b"97AZFEF5\r"), b"96AZFEF6\r", "97 after a 96: there is nothing to repeat")
    answered(good, "the same message, whole this time")
    ten = (asked + "AY10AZ").encode()
    ten += checksum(ten) + b"\r"
    report.equal(line.ask(ten), b"96AZFEF6\r", "a sequence number of two digits gets a 96", ten)
    answered(whole(asked), "and the line goes on")


def repetitions(oracle: Oracle, now: str) -> None:
    """97, and the same message with the same number: nothing is done twice."""
    settings, report, line = oracle.settings, oracle.report, oracle.line
    (card, pin), barcode = settings.patrons[2], settings.items[3]
    reader = f"AO{settings.branch}|AA{card}|"

    def loans() -> str:
        asked = f"63002{now}  Y       {reader}AD{pin}|"
        answer = oracle.pass_on(protected(asked, oracle.next_digit()), "64", "63 how many loans", oracle.digit)
        return answer.charged_items_count if answer else "?"

    sent = protected(f"11NN{now}{now}{reader}AB{barcode}|AC|AD{pin}|", oracle.next_digit())
    first = line.ask(sent)
    report.equal(first[:3], b"121", "an item is lent", sent, first)
    report.equal(line.ask(sent), first, "the same message again gets the same answer, byte for byte", sent)
    repeated = line.ask(b"97AZFEF5\r")
    body = first[:-len(b"AY0AZ0000\r")]
    report.equal(repeated, body + b"AZ" + checksum(body + b"AZ") + b"\r", "97 gets the same body without number")
    report.equal(loans(), "0001", "it is one loan")

    with Line(settings) as other:
        login = f"9300CN{settings.login}|CO{settings.password}|CP|"
        report.equal(other.ask(protected(login, 0))[:3], b"941", "the terminal comes back on another connection")
        again = other.ask(sent)
        cut = rb"\d{8} {4}\d{6}AO"
        report.equal(
            (again[:6], re.split(cut, again)[1:]), (first[:6], re.split(cut, first)[1:]),
            "the same message after a lost connection: the same loan", shown(again),
        )
        report.equal(other.ask(b"97AZFEF5\r")[:3], b"121", "97 is about this connection's own answer")
    report.equal(loans(), "0001", "it is still one loan")

    back = protected(f"09N{now}{now}AP|AO{settings.branch}|AB{barcode}|AC|", oracle.next_digit())
    report.equal(line.ask(back)[:3], b"101", "and it is given back", back)
    report.equal(loans(), "0000", "no loan is left")


if __name__ == "__main__":
    main()
