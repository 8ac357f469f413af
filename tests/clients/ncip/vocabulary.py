"""The closed lists of NCIP that the clients hold answers to: shared by 1.0 and 2.02."""

NAMESPACE = "http://www.niso.org/2008/ncip"
VERSION_2 = "http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd"
VERSION_1 = "http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd"
DOCTYPE_1 = f'<!DOCTYPE NCIPMessage PUBLIC "-//NISO//NCIP DTD Version 1.0//EN" "{VERSION_1}">'
SCHEMES = "http://www.niso.org/ncip/v1_0/imp1/schemes"
MEDIA_TYPES = "http://www.iana.org/assignments/media-types"

ITEM_NOT_CHECKED_OUT = "Item Not Checked Out"

CIRCULATION_STATUS = {
    "Available For Pickup", "Available On Shelf", "Circulation Status Undefined", "Claimed Returned Or Never Borrowed",
    "In Process", "In Transit Between Library Locations", "Lost", "Missing", "Not Available", "On Loan", "On Order",
    "Pending Transfer", "Recalled", "Waiting To Be Reshelved",
}  # fmt: skip

USER_ELEMENTS = [
    "Authentication Input", "Block Or Trap", "Date Of Birth", "Name Information", "Previous User Id",
    "User Address Information", "User Id", "User Language", "User Privilege",
]  # fmt: skip

AGENCY_ELEMENTS = [
    "Agency Address Information", "Agency User Privilege Type", "Application Profile Supported Type",
    "Authentication Prompt", "Consortium Agreement", "Organization Name Information",
]  # fmt: skip

# Problem types that any service may answer with: messaging errors, then the general processing errors.
GENERAL = {
    "Invalid Message Syntax Error", "Protocol Error", "Unknown Element", "Unknown Scheme", "Unknown Service",
    "Unknown Value From Known Scheme",
    "Agency Authentication Failed", "Invalid Amount", "Invalid Date", "Needed Data Missing",
    "System Authentication Failed", "Temporary Processing Failure",
    "Unauthorized Combination Of Element Values For Agency", "Unauthorized Combination Of Element Values For System",
    "Unauthorized Service For Agency", "Unauthorized Service For System", "Unknown Agency", "Unknown System",
    "Unsupported Service",
}  # fmt: skip

# What a service may answer with beyond those.
PROBLEMS = {
    "LookupUser": {"Element Rule Violated", "Non-Unique User", "Unknown User", "User Access Denied",
                   "User Authentication Failed"},
    "LookupItem": {"Element Rule Violated", "Item Access Denied", "Non-Unique Item", "Unknown Item"},
    "LookupRequest": {"Element Rule Violated", "Unknown Request"},
    "CheckOutItem": {"Item Does Not Circulate", "Maximum Check Outs Exceeded", "Resource Cannot Be Provided",
                     "Unknown Item", "Unknown Request", "Unknown User", "Unsupported Shipping Address Type",
                     "User Authentication Failed", "User Blocked", "User Ineligible To Check Out This Item"},
    "CheckInItem": {ITEM_NOT_CHECKED_OUT, "Unknown Item"},
    "RenewItem": {ITEM_NOT_CHECKED_OUT, "Item Not Renewable", "Maximum Renewals Exceeded",
                  "Renewal Not Allowed - Item Has Outstanding Requests", "Unknown Item", "Unknown User",
                  "User Authentication Failed", "User Blocked", "User Ineligible To Renew This Item",
                  "Item Not Checked Out To This User"},
    "RequestItem": {"Duplicate Request", "Element Rule Violated", "Item Does Not Circulate",
                    "Item Not Available By Need Before Date", "Unknown Item", "Unknown User",
                    "User Authentication Failed", "User Blocked", "User Ineligible To Request This Item"},
    "CancelRequestItem": {"Element Rule Violated", "Request Already Processed", "Unknown Item", "Unknown Request",
                          "Unknown User", "User Authentication Failed"},
    "AcceptItem": {"Cannot Accept Item", "Cannot Guarantee Restrictions On Use", "Element Rule Violated",
                   "Unknown Item", "Unknown Request", "Unknown User", "User Ineligible To Check Out This Item"},
    "UpdateRequestItem": {"Element Rule Violated", "Item Access Denied", "Unable To Add Element",
                          "Unable To Delete Element", "Unknown Item", "Unknown Request", "Unknown User",
                          "User Authentication Failed"},
    "LookupVersion": set(),
}  # fmt: skip

# The create and delete family.
FAMILY = {"Duplicate Agency", "Duplicate Fiscal Transaction", "Duplicate Item", "Duplicate User", "Unsupported Notice",
          "Account Access Denied", "Recall Cannot Be Cancelled At This Time"}  # fmt: skip


def problems_of(service: str) -> set[str]:
    """The problem types that this service may answer with. One without a list of its own may use any of the others'."""
    own = PROBLEMS.get(service)
    return GENERAL | (own if own is not None else FAMILY.union(*PROBLEMS.values()))
