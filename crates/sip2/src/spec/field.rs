//! Variable fields: their ids, names and how private they are.

use std::fmt;

/// The two characters that open a variable field, usually letters. Any two bytes are kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub [u8; 2]);

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is known about a variable field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its two characters.
    pub id: FieldId,
    /// Our name for it.
    pub name: &'static str,
    /// The standard's name, or the one that its inventor gave to an extension.
    pub standard: &'static str,
    /// Who may see its value.
    pub privacy: Privacy,
    /// Not of the standard of 2006, but in use.
    pub extension: bool,
}

/// Who may see the value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Privacy {
    /// Nothing about a person.
    Public,
    /// About a person, or free text that may name one.
    Person,
    /// A password or PIN: never shown.
    Secret,
}

macro_rules! fields {
    (@extension standard) => { false };
    (@extension extension) => { true };
    ($($origin:ident $id:ident $privacy:ident $name:ident $standard:literal)*) => {
        impl FieldId {
            $(
                #[doc = concat!("`", stringify!($id), "` ", $standard, "; here `", stringify!($name), "`.")]
                pub const $id: FieldId = {
                    let bytes = stringify!($id).as_bytes();
                    FieldId([bytes[0], bytes[1]])
                };
            )*
        }

        /// Every field id of the standard, then the extensions met in the field.
        pub static FIELDS: &[FieldSpec] = &[$(
            FieldSpec {
                id: FieldId::$id,
                name: stringify!($name),
                standard: $standard,
                privacy: Privacy::$privacy,
                extension: fields!(@extension $origin),
            },
        )*];
    };
}

fields! {
    standard AA Person card "patron identifier"
    standard AB Public barcode "item identifier"
    standard AC Secret terminal_password "terminal password"
    standard AD Secret pin "patron password"
    standard AE Person patron_name "personal name"
    standard AF Person screen_messages "screen message"
    standard AG Person print_lines "print line"
    standard AH Public due_date "due date"
    standard AJ Public title "title identifier"
    standard AL Person blocked_card_message "blocked card msg"
    standard AM Public library_name "library name"
    standard AN Public terminal_location "terminal location"
    standard AO Public institution "institution id"
    standard AP Public current_location "current location"
    standard AQ Public permanent_location "permanent location"
    standard AS Public hold_items "hold items"
    standard AT Public overdue_items "overdue items"
    standard AU Public charged_items "charged items"
    standard AV Public fine_items "fine items"
    standard AY Public sequence "sequence number"
    standard AZ Public checksum "checksum"
    standard BD Person home_address "home address"
    standard BE Person email "e-mail address"
    standard BF Person phone "home phone number"
    standard BG Public owner "owner"
    standard BH Public currency "currency type"
    standard BI Public cancel "cancel"
    standard BK Public transaction_id "transaction id"
    standard BL Public valid_patron "valid patron"
    standard BM Public renewed_items "renewed items"
    standard BN Public unrenewed_items "unrenewed items"
    standard BO Public fee_acknowledged "fee acknowledged"
    standard BP Public start_item "start item"
    standard BQ Public end_item "end item"
    standard BR Public queue_position "queue position"
    standard BS Public pickup_location "pickup location"
    standard BT Public fee_type "fee type"
    standard BU Public recall_items "recall items"
    standard BV Public fee_amount "fee amount"
    standard BW Public expiration_date "expiration date"
    standard BX Public supported "supported messages"
    standard BY Public hold_type "hold type"
    standard BZ Public hold_items_limit "hold items limit"
    standard CA Public overdue_items_limit "overdue items limit"
    standard CB Public charged_items_limit "charged items limit"
    standard CC Public fee_limit "fee limit"
    standard CD Public unavailable_hold_items "unavailable hold items"
    standard CF Public hold_queue_length "hold queue length"
    standard CG Public fee_id "fee identifier"
    standard CH Public item_properties "item properties"
    standard CI Public security_inhibit "security inhibit"
    standard CJ Public recall_date "recall date"
    standard CK Public media_type "media type"
    standard CL Public sort_bin "sort bin"
    standard CM Public hold_pickup_date "hold pickup date"
    standard CN Person user "login user id"
    standard CO Secret password "login password"
    standard CP Public location "location code"
    standard CQ Public valid_pin "valid patron password"
    extension CR Public collection_code "collection code"
    extension CS Public call_number "call number"
    extension CT Public destination "destination location"
    extension CV Public alert_type "alert type"
    extension CY Person hold_card "hold patron id"
    extension DA Person hold_name "hold patron name"
    extension FA Public message_type "fee or message type of the vendor"
    extension PA Person card_expiry "patron expiration date"
    extension PB Person birth_date "patron birth date"
    extension PC Person patron_class "patron class or profile"
    extension PE Person home_branch "patron's home branch"
    extension PI Person internet_privilege "patron internet profile"
    extension PS Person statistical_class "patron statistical class"
    extension PX Person card_expiration "patron expiration (Polaris)"
    extension PY Person patron_code "patron code (Polaris)"
    extension PZ Person postal_code "postal code (Polaris)"
    extension XI Person patron_internal_id "internal patron or item id"
    extension XY Person patron_attributes "patron attributes (Koha)"
    extension U1 Person user_defined_1 "user defined 1 (Polaris)"
    extension U2 Person user_defined_2 "user defined 2 (Polaris)"
    extension U3 Person user_defined_3 "user defined 3 (Polaris)"
    extension U4 Person user_defined_4 "user defined 4 (Polaris)"
    extension U5 Person user_defined_5 "user defined 5 (Polaris)"
}
