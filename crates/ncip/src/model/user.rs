//! What is told of readers.

use super::{AuthenticationInput, UserId, Value, codec::parts};
use crate::Moment;

parts! {
    /// A name in its parts.
    StructuredName {
        opt prefix: String = "Prefix",
        opt given_name: String = "GivenName",
        opt initials: String = "Initials",
        req surname: String = "Surname",
        opt suffix: String = "Suffix",
    }

    /// A person's name.
    PersonalName {
        opt structured: StructuredName = "StructuredPersonalUserName",
        opt unstructured: String = "UnstructuredPersonalUserName",
    }

    /// The name of a library or another body.
    OrganizationName {
        req kind: Value = "OrganizationNameType",
        req name: String = "OrganizationName",
    }

    /// A name.
    NameInformation {
        opt person: PersonalName = "PersonalNameInformation",
        many organizations: OrganizationName = "OrganizationNameInformation",
    }

    /// An address in lines.
    UnstructuredAddress {
        opt kind: Value = "UnstructuredAddressType",
        req data: String = "UnstructuredAddressData",
    }

    /// An address in its parts.
    StructuredAddress {
        opt within: String = "LocationWithinBuilding",
        opt house: String = "HouseName",
        opt street: String = "Street",
        opt box_number: String = "PostOfficeBox",
        opt district: String = "District",
        opt line1: String = "Line1",
        opt line2: String = "Line2",
        opt locality: String = "Locality",
        opt region: String = "Region",
        opt country: String = "Country",
        opt postal_code: String = "PostalCode",
        opt care_of: String = "CareOf",
    }

    /// An address of bricks.
    PhysicalAddress {
        opt structured: StructuredAddress = "StructuredAddress",
        opt unstructured: UnstructuredAddress = "UnstructuredAddress",
        opt kind: Value = "PhysicalAddressType",
    }

    /// An address of electronic mail or a telephone number.
    ElectronicAddress {
        opt kind: Value = "ElectronicAddressType",
        req data: String = "ElectronicAddressData",
    }

    /// One address of a reader.
    UserAddress {
        req role: Value = "UserAddressRoleType",
        opt from: Moment = "ValidFromDate",
        opt to: Moment = "ValidToDate",
        opt physical: PhysicalAddress = "PhysicalAddress",
        opt electronic: ElectronicAddress = "ElectronicAddress",
    }

    /// One address of an agency.
    AgencyAddress {
        req role: Value = "AgencyAddressRoleType",
        opt physical: PhysicalAddress = "PhysicalAddress",
        opt electronic: ElectronicAddress = "ElectronicAddress",
    }

    /// Whether a privilege holds.
    UserPrivilegeStatus {
        req kind: Value = "UserPrivilegeStatusType",
        opt since: Moment = "DateOfUserPrivilegeStatus",
    }

    /// What a reader may do. Partners look for the keys STATUS, PROFILE and LIBRARY.
    UserPrivilege {
        req agency: Value = "AgencyId",
        req kind: Value = "AgencyUserPrivilegeType",
        opt from: Moment = "ValidFromDate",
        opt to: Moment = "ValidToDate",
        opt status: UserPrivilegeStatus = "UserPrivilegeStatus",
        opt description: String = "UserPrivilegeDescription",
    }

    /// What keeps a reader from borrowing.
    BlockOrTrap {
        req agency: Value = "AgencyId",
        req kind: Value = "BlockOrTrapType",
        opt from: Moment = "ValidFromDate",
        opt to: Moment = "ValidToDate",
    }

    /// What is told of a reader where it is asked for.
    UserOptionalFields {
        opt name: NameInformation = "NameInformation",
        many addresses: UserAddress = "UserAddressInformation",
        opt born_on: Moment = "DateOfBirth",
        many languages: Value = "UserLanguage",
        many privileges: UserPrivilege = "UserPrivilege",
        many blocks: BlockOrTrap = "BlockOrTrap",
        many ids: UserId = "UserId",
    }

    /// What is to be written in or struck out of a reader's file.
    UserFields {
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt name: NameInformation = "NameInformation",
        many addresses: UserAddress = "UserAddressInformation",
        opt born_on: Moment = "DateOfBirth",
        many languages: Value = "UserLanguage",
        many privileges: UserPrivilege = "UserPrivilege",
        many blocks: BlockOrTrap = "BlockOrTrap",
    }
}
