"""Sickle, a harvester, against the door; RELIRE_HTTP says where. Prints what it copied, as JSON."""

import json
import os
import sys

from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch

harvester = Sickle(os.environ["RELIRE_HTTP"] + "/oai")
arguments = json.loads(os.environ.get("RELIRE_ARGUMENTS", "{}"))

identify = harvester.Identify()
if identify.deletedRecord != "persistent" or identify.granularity != "YYYY-MM-DDThh:mm:ssZ":
    sys.exit(f"Identify says {identify.deletedRecord}, {identify.granularity}")
formats = sorted(one.metadataPrefix for one in harvester.ListMetadataFormats())
if formats != ["marcxchange", "marcxml", "mods", "oai_dc"]:
    sys.exit(f"formats: {formats}")
sets = {one.setSpec for one in harvester.ListSets()}
if not {"branch:LENS", "type:LIV"} <= sets:
    sys.exit(f"sets: {sets}")
for prefix in formats:
    next(harvester.ListRecords(metadataPrefix=prefix))
try:
    harvester.GetRecord(identifier="oai:relire:99999999", metadataPrefix="oai_dc")
    sys.exit("a record that there is not was had")
except IdDoesNotExist:
    pass
try:
    list(harvester.ListRecords(resumptionToken="nonsense"))
    sys.exit("a token that nobody gave was taken")
except BadResumptionToken:
    pass

copied = {}
try:
    for record in harvester.ListRecords(metadataPrefix="oai_dc", **arguments):
        header = record.header
        copied[header.identifier] = {
            "deleted": header.deleted,
            "sets": header.setSpecs,
            "at": header.datestamp,
            "title": None if header.deleted else record.metadata.get("title", [None])[0],
        }
    listed = {header.identifier for header in harvester.ListIdentifiers(metadataPrefix="oai_dc", **arguments)}
except NoRecordsMatch:
    listed = set()
if listed != set(copied):
    sys.exit("ListIdentifiers and ListRecords do not have the same")
print(json.dumps(copied))
