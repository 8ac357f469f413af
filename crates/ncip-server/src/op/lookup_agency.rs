//! `LookupAgency`: what is this agency, and which places has it?

use circulation::Branch;
use ncip::{
    Value,
    lists::{
        AgencyAddressRole, AgencyElement, General, PhysicalAddressKind, UnstructuredAddressKind,
    },
    message::{Body, LookupAgency, LookupAgencyResponse},
    model::{AgencyAddress, OrganizationName, PhysicalAddress, UnstructuredAddress},
};

use super::{Call, Told};
use crate::problem::{about, missing, problem};

/// The network tells all of its branches, one name each: a reader chooses among them where to collect. A branch tells
/// itself.
pub(super) fn answer(call: &Call<'_>, ask: LookupAgency) -> Told {
    let agency = ask.agency.ok_or_else(|| missing("AgencyId"))?;
    let known = |branch| call.book.branches.contains_key(&branch);
    let network = agency.text.eq_ignore_ascii_case(call.partner.our_agency());
    let branch = call.partner.place(&agency.text, &known);
    let told: Vec<&Branch> = match (network, branch) {
        (false, None) => {
            let detail = "agence inconnue ici / no agency of ours";
            let problem = problem(General::UnknownAgency, detail);
            return Err(about(problem, "AgencyId", Some(&agency.text)).into());
        }
        // The partner's word for the network may be a branch's code, too: then all are told.
        (true, _) => call.book.branches.values().collect(),
        (false, Some(code)) => call.book.branches.get(&code).into_iter().collect(),
    };
    let wanted: Vec<AgencyElement> = ask.elements.iter().filter_map(AgencyElement::of).collect();
    let wants = |element| wanted.is_empty() || wanted.contains(&element);
    Ok(Body::from(LookupAgencyResponse {
        agency,
        names: if wants(AgencyElement::OrganizationNameInformation) {
            told.iter().map(|branch| name(branch)).collect()
        } else {
            Vec::new()
        },
        addresses: if wants(AgencyElement::AgencyAddressInformation) {
            told.iter().map(|branch| address(call, branch)).collect()
        } else {
            Vec::new()
        },
        profiles: Vec::new(),
        privileges: if wants(AgencyElement::AgencyUserPrivilegeType) {
            ["STATUS", "PROFILE", "LIBRARY"].map(Value::plain).to_vec()
        } else {
            Vec::new()
        },
    }))
}

fn name(branch: &Branch) -> OrganizationName {
    OrganizationName {
        kind: Value::of(
            "http://www.niso.org/ncip/v1_0/schemes/organizationnametype/organizationnametype.scm",
            "Translated Name",
        ),
        name: branch.name.clone(),
    }
}

/// The place's code and its name, a line each: the code is what `PickupLocation` takes.
fn address(call: &Call<'_>, branch: &Branch) -> AgencyAddress {
    AgencyAddress {
        role: AgencyAddressRole::MultiPurpose.into(),
        physical: Some(PhysicalAddress {
            structured: None,
            unstructured: Some(UnstructuredAddress {
                kind: Some(UnstructuredAddressKind::NewlineDelimited.into()),
                data: format!("{}\n{}", call.partner.their_name(branch.code), branch.name),
            }),
            kind: Some(PhysicalAddressKind::Street.into()),
        }),
        electronic: None,
    }
}
