//! The types of problems that the standard lists, messaging and processing, of all services that are offered.

#[rustfmt::skip]
pub(super) const KINDS: &[&str] = &[
    "Invalid Message Syntax Error", "Protocol Error", "Unknown Element", "Unknown Scheme", "Unknown Service",
    "Unknown Value From Known Scheme",
    "Agency Authentication Failed", "Invalid Amount", "Invalid Date", "Needed Data Missing", "System Authentication Failed",
    "Temporary Processing Failure", "Unauthorized Combination Of Element Values For Agency",
    "Unauthorized Combination Of Element Values For System", "Unauthorized Service For Agency",
    "Unauthorized Service For System", "Unknown Agency", "Unknown System", "Unsupported Service",
    "Element Rule Violated", "Non-Unique User", "Unknown User", "User Access Denied", "User Authentication Failed",
    "Item Access Denied", "Non-Unique Item", "Unknown Item", "Unknown Request",
    "Item Does Not Circulate", "Maximum Check Outs Exceeded", "Resource Cannot Be Provided",
    "Unsupported Shipping Address Type", "User Blocked", "User Ineligible To Check Out This Item",
    "Item Not Checked Out", "Item Not Renewable", "Maximum Renewals Exceeded",
    "Renewal Not Allowed - Item Has Outstanding Requests", "User Ineligible To Renew This Item",
    "Duplicate Request", "Item Not Available By Need Before Date", "User Ineligible To Request This Item",
    "Request Already Processed", "Cannot Accept Item", "Cannot Guarantee Restrictions On Use",
    "Unable To Add Element", "Unable To Delete Element",
];
