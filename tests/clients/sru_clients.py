"""sruthi, an SRU client that believes in namespaces, against the door; RELIRE_HTTP says where."""

import os
import sys

import sruthi

URL = os.environ["RELIRE_HTTP"] + "/sru"


def same(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}: {got!r}, not {wanted!r}")


for version in ("1.1", "1.2"):
    found = sruthi.searchretrieve(URL, query="dc.title = misérables", sru_version=version, record_schema="dc")
    same(found.count, 2, version)
    same(found[0]["title"], "Les Misérables", f"title in {version}")

# More than a page: the client goes on at nextRecordPosition by itself.
many = sruthi.searchretrieve(URL, query="dc.type = LIV", maximum_records=7, record_schema="marcxml")
same(len(list(many)), many.count, "records of all pages")
if many.count < 100:
    sys.exit(f"only {many.count} books")

described = sruthi.explain(URL)
same(described.server["port"], int(URL.split(":")[2].split("/")[0]), "port in explain")
if "dc" not in described.schema or "marcxml" not in described.schema:
    sys.exit(f"explain has no schemas: {described.schema}")

try:
    sruthi.searchretrieve(URL, query="foo.bar = 1")
    sys.exit("an unknown context set was not refused")
except sruthi.errors.SruthiError as error:
    if "context set" not in str(error):
        sys.exit(f"refused with other words: {error}")
