//! The content models of `ncip_version.xsd`: LookupVersion, which is a document of its own in no namespace and in none of the
//! other schemas. The notation is told in `schema.rs`.

pub(super) const MODELS: &str = "\
NCIPVersionMessage = LookupVersion | LookupVersionResponse
LookupVersion = FromAgencyId ToAgencyId
LookupVersionResponse = FromAgencyId ToAgencyId VersionSupported+ ServiceSupported*
FromAgencyId ToAgencyId = UniqueAgencyId
UniqueAgencyId = Scheme Value
string: Scheme Value VersionSupported ServiceSupported
";
