//! Every defect of the shared file of broken records is told as its table says, and no good record is lost.

use std::{collections::BTreeMap, fs, path::PathBuf};

use relire_intake::{
    Delivered, Deliveries, Delivery, Done, House, Houses, Profile, Remark, read_source,
};

/// What is expected of a defect: the kinds of remark of which one has to be there, and whether the record comes in.
/// No kinds: by the letter, or for others to judge, and nothing has to be said.
const EXPECTED: &[(&str, &[&str], bool)] = &[
    ("leader_length_too_short", &["structure"], true),
    ("leader_length_too_long", &["structure"], true),
    ("leader_length_00000", &["structure"], true),
    ("leader_length_not_numeric", &["structure"], true),
    ("base_address_wrong", &["structure"], true),
    ("directory_not_multiple_of_12", &["structure"], true),
    ("directory_offsets_shifted", &["structure"], true),
    ("directory_field_beyond_end", &["structure"], true),
    ("directory_letters_in_length", &["structure"], true),
    ("truncated_mid_field", &["unreadable"], false),
    ("no_record_terminator", &["structure"], true),
    ("junk_between_records", &[], true),
    ("utf8_bom", &["something between records"], true),
    ("latin1_declared_utf8", &["character set"], true),
    ("utf8_declared_iso5426", &["character set"], true),
    ("double_utf8", &["character set"], true),
    ("iso5426_declared_utf8", &["character set"], true),
    ("mixed_encodings", &["mixed character sets"], true),
    ("utf8_cut_character", &["characters lost"], true),
    ("decomposed_nfd", &[], true),
    ("no_200", &["no title"], true),
    ("200_without_a", &["no title"], true),
    ("empty_subfields", &["no title"], true),
    ("no_100", &["coded data"], true),
    ("100_too_short", &["coded data"], true),
    ("no_001", &["no control number"], true),
    ("two_001", &["control number twice in a record"], true),
    ("control_characters", &["control characters"], true),
    ("nsb_nse", &[], true),
    ("field_terminator_in_data", &["structure"], true),
    ("record_terminator_in_data", &["structure"], true),
    ("missing_indicators", &["structure"], true),
    ("no_subfield_delimiter", &["structure"], true),
    ("huge_field", &[], true),
    ("field_over_9999", &["structure"], true),
    ("record_over_99999", &["structure"], true),
    ("empty_record", &["nothing in it"], false),
    (
        "duplicate_barcode_same_record",
        &["barcode twice in a record"],
        true,
    ),
    ("duplicate_barcode_other_branch", &[], true),
    ("995_without_f", &["no barcode"], true),
    ("995_barcode_blank", &["no barcode"], true),
    ("995_unknown_branch", &["unknown branch"], true),
    (
        "995_barcode_with_spaces_and_star",
        &["barcode cleaned"],
        true,
    ),
    ("no_995", &[], true),
    ("isbn_bad_check_digit", &["ISBN"], true),
    ("isbn_with_text", &["ISBN"], true),
    ("isbn_of_another_work", &[], true),
    ("fields_out_of_order", &[], true),
    ("marc21_in_unimarc_file", &["MARC21"], true),
    ("status_d_deleted", &["deleted"], false),
];

fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(name);
    if !path.exists() {
        eprintln!("left out: {name} is not in ../shared");
        return None;
    }
    Some(path)
}

fn houses() -> Houses {
    let table = include_str!("../../../network/branches.csv");
    let houses = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some(House {
            code: cells.next()?.parse().ok()?,
            name: cells.next()?.to_owned(),
            commune: String::new(),
        })
    });
    Houses::new(houses.collect())
}

enum Got {
    In(Box<Delivered>),
    Lost(Remark),
}

#[test]
fn every_defect_is_told_and_no_good_record_is_lost() {
    let (Some(file), Some(table)) = (
        shared("catalogue/broken.mrc"),
        shared("catalogue/broken.tsv"),
    ) else {
        return;
    };
    let bytes = fs::read(file).unwrap();
    let read = Deliveries::new(
        bytes.as_slice(),
        Profile::default(),
        houses(),
        "LENS".parse().unwrap(),
    );
    let mut got: BTreeMap<u64, Got> = BTreeMap::new();
    for delivery in read.unwrap() {
        match delivery {
            Delivery::Record(record) => got.insert(record.offset.unwrap(), Got::In(record)),
            Delivery::Lost(remark) => got.insert(remark.offset.unwrap(), Got::Lost(remark)),
            Delivery::Broken(why) => panic!("{why}"),
        };
    }
    let expected: BTreeMap<&str, _> = EXPECTED
        .iter()
        .map(|(name, kinds, comes)| (*name, (kinds, *comes)))
        .collect();
    let (mut wrong, mut defects, mut before) = (Vec::new(), 0, String::new());
    for line in fs::read_to_string(table).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (offset, length, defect): (u64, u64, &str) = (
            cells[1].parse().unwrap(),
            cells[2].parse().unwrap(),
            cells[3],
        );
        // What stands before the leader belongs to the record's place in the table.
        let here: Vec<&Got> = got
            .range(offset..offset + length)
            .map(|(_, got)| got)
            .collect();
        let [here] = here.as_slice() else {
            wrong.push(format!(
                "{defect} at {offset}: {} records there",
                here.len()
            ));
            continue;
        };
        // What stands between two records is told with the second.
        let junk = before == "junk_between_records";
        before = defect.to_owned();
        if defect == "good" {
            match here {
                Got::In(record)
                    if !record.copies.is_empty()
                        && record.remarks.len() == usize::from(junk)
                        && record
                            .remarks
                            .iter()
                            .all(|remark| remark.kind == "something between records") => {}
                Got::In(record) => wrong.push(format!("good at {offset}: {:?}", record.remarks)),
                Got::Lost(remark) => wrong.push(format!("good at {offset}: {remark:?}")),
            }
            continue;
        }
        defects += 1;
        let (kinds, comes) = expected[defect];
        let (remarks, came) = match here {
            Got::In(record) => (record.remarks.clone(), true),
            Got::Lost(remark) => (vec![remark.clone()], false),
        };
        let told = kinds.is_empty() || remarks.iter().any(|remark| kinds.contains(&remark.kind));
        if !told || came != comes {
            wrong.push(format!("{defect} at {offset}: came in {came}, {remarks:?}"));
        }
        if let Got::In(record) = here {
            let again = read_source(&record.format, &record.body);
            if again.as_ref() != Some(&record.record) {
                wrong.push(format!(
                    "{defect} at {offset}: reads back as another record"
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "\n{}", wrong.join("\n"));
    assert_eq!(defects, EXPECTED.len());
    let rejected = got
        .values()
        .filter(|got| matches!(got, Got::Lost(remark) if remark.done == Done::Rejected));
    assert_eq!(rejected.count(), 3);
}
