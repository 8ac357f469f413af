//! `branches.csv`: the branches, with everything that is known of them.

use circulation::BranchCode;

use crate::table::{Problems, Unique, rows};

pub(crate) const FILE: &str = "branches.csv";

/// One branch, with all columns of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchRecord {
    /// Its stable code.
    pub code: BranchCode,
    /// The commune, as the network writes it.
    pub commune: String,
    /// Whether the commune stood in the row itself, not in the one above.
    pub commune_in_seed_row: bool,
    /// Its name for people.
    pub name: String,
    /// Its telephone number, as written.
    pub phone: String,
    /// A second number.
    pub phone2: Option<String>,
    /// The whole address, as written.
    pub address_seed: String,
    /// The address up to the postcode.
    pub street: String,
    /// Five digits. Several branches may share one.
    pub postcode: String,
    /// The address after the postcode.
    pub town: String,
    /// A remark that stood beside the address.
    pub seed_note: Option<String>,
}

const COLUMNS: [&str; 11] = [
    "code",
    "commune",
    "commune_in_seed_row",
    "name",
    "phone",
    "phone2",
    "address_seed",
    "street",
    "postcode",
    "town",
    "seed_note",
];

pub(crate) fn read(text: &str, problems: &mut Problems) -> Vec<BranchRecord> {
    let mut codes = Unique::new();
    rows(FILE, text, &COLUMNS, problems, |row, problems| {
        let code = row.parse("code", "write it as LENS", problems);
        let in_row = row.word(
            "commune_in_seed_row",
            &[("yes", true), ("no", false)],
            problems,
        );
        let name = row.needed("name", problems);
        let code = code?;
        codes.see(code, "code", row, problems);
        let given = |column: &str| Some(row.raw(column)).filter(|text| !text.trim().is_empty());
        Some(BranchRecord {
            code,
            commune: row.raw("commune"),
            commune_in_seed_row: in_row?,
            name: name?,
            phone: row.raw("phone"),
            phone2: given("phone2"),
            address_seed: row.raw("address_seed"),
            street: row.raw("street"),
            postcode: row.raw("postcode"),
            town: row.raw("town"),
            seed_note: given("seed_note"),
        })
    })
}
