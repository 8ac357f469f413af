"""NCIP messages as trees: written in three dialects, read by local names, and what the clients read out of them."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from vocabulary import DOCTYPE_1, MEDIA_TYPES, NAMESPACE, SCHEMES, VERSION_1, VERSION_2

LIBRARY_ZONE = zoneinfo.ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Tree:
    """An element by its local name. Two trees are equal if they say the same, whatever their prefixes."""

    name: str
    attributes: tuple = ()
    text: str = ""
    children: tuple = ()

    def all(self, path: str) -> list[Tree]:
        """The elements at a path of local names; "*" before a name finds it at any depth."""
        found = [self]
        for name in path.split("/"):
            if name.startswith("*"):
                found = [one for node in found for one in node.deep() if one.name == name[1:] and one is not node]
            else:
                found = [one for node in found for one in node.children if one.name == name]
        return found

    def deep(self) -> list[Tree]:
        return [self] + [one for child in self.children for one in child.deep()]

    def get(self, path: str) -> str:
        """The first value at a path, or nothing. 1.0 wraps coded values in Scheme and Value."""
        for node in self.all(path):
            return next((one.text for one in node.children if one.name == "Value"), node.text)
        return ""


def read(element: Element) -> Tree:
    """What was parsed, by local names."""
    local = lambda name: name.rpartition("}")[2]
    attributes = tuple(sorted((local(name), value) for name, value in element.attrib.items()))
    return Tree(local(element.tag), attributes, (element.text or "").strip(), tuple(read(one) for one in element))


def e(name: str, *content: Tree | str | None, scheme: str | None = None) -> Tree:
    """An element to be sent: with a text, or with elements, of which None is left out."""
    text = "".join(one for one in content if isinstance(one, str))
    children = tuple(one for one in content if isinstance(one, Tree))
    return Tree(name, (("Scheme", scheme),) if scheme else (), text, children)


def written(tree: Tree, prefix: str = "", datatypes: bool = False, depth: int = 0) -> str:
    """A tree as XML, its elements and attributes with a prefix; 1.0 clients like to name the data type of each text."""
    name, pad = prefix + tree.name, "  " * depth
    attributes = "".join(f" {prefix}{key}={quoteattr(value)}" for key, value in tree.attributes)
    if tree.children:
        inside = "".join(written(one, prefix, datatypes, depth + 1) for one in tree.children)
        return f"{pad}<{name}{attributes}>\n{inside}{pad}</{name}>\n"
    if datatypes and (tree.text or tree.name in ("Scheme", "Value")):
        attributes += ' datatype="dateTime"' if tree.name.startswith("Date") else ' datatype="string"'
    elif not tree.text:
        return f"{pad}<{name}{attributes}/>\n"
    return f"{pad}<{name}{attributes}>{escape(tree.text)}</{name}>\n"


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def prefixed(service: Tree) -> str:
    """2.02 as the toolkits write it: every name and attribute with ns1:."""
    root = f'<ns1:NCIPMessage xmlns:ns1="{NAMESPACE}" ns1:version="{VERSION_2}">'
    return f"{HEAD}{root}\n{written(service, 'ns1:', depth=1)}</ns1:NCIPMessage>\n"


def bare(service: Tree) -> str:
    """2.02 as it is written by hand: a default namespace, and the version attribute outside of it."""
    root = f'<NCIPMessage xmlns="{NAMESPACE}" version="{VERSION_2}">'
    return f"{HEAD}{root}\n{written(service, depth=1)}</NCIPMessage>\n"


def version_1(service: Tree) -> str:
    """1.0: a DOCTYPE that nobody needs to fetch, no namespace."""
    root = f'{DOCTYPE_1}\n<NCIPMessage version="{VERSION_1}">'
    return f"{HEAD}{root}\n{written(service, datatypes=True, depth=1)}</NCIPMessage>\n"


def authentication(data: str, kind: str) -> Tree:
    """One thing by which a reader shows who they are, in 2.02."""
    return e(
        "AuthenticationInput",
        e("AuthenticationInputData", data),
        e("AuthenticationDataFormatType", "text/plain", scheme=MEDIA_TYPES),
        e("AuthenticationInputType", kind, scheme=f"{SCHEMES}/authenticationinputtype/authenticationinputtype.scm"),
    )


def problems(answer: Tree) -> list[str]:
    """The types of the problems anywhere in an answer, of 1.0 and of 2.02."""
    kinds = ("ProblemType", "ProcessingErrorType", "MessagingErrorType")
    return [one.get("Value") or one.text for one in answer.deep() if one.name in kinds]


def account(user: Tree) -> dict:
    """What a LookupUserResponse of either version says of loans, requests and debts, in a form to be compared."""
    barcode, number = "*ItemIdentifierValue", "*RequestIdentifierValue"
    return {
        "loans": {one.get(barcode): one.get("DateDue") for one in user.all("*LoanedItem")},
        "requests": {one.get(number) or one.get(barcode): one.get("RequestStatusType") for one in user.all("*RequestedItem")},
        "owes": int(user.get("UserFiscalAccount/AccountBalance/MonetaryValue") or 0),
    }


def moment(text: str) -> datetime.datetime:
    """A date that the library wrote: it always says the second, and that it is UTC."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text):
        raise ValueError(f"expected a date and time in UTC with Z, got {text!r}")
    return datetime.datetime.fromisoformat(text[:19]).replace(tzinfo=datetime.timezone.utc)


def last_second(day: datetime.date) -> datetime.datetime:
    """The end of a day where the library stands: a thing due that day is due by then."""
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), LIBRARY_ZONE)


def in_utc(at: datetime.datetime) -> str:
    """A moment as 2.02 clients write it."""
    return at.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
