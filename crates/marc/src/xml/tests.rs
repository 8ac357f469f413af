use super::*;
use crate::{
    iso2709::Limits,
    model::{DataField, Leader, Record, Tag},
};

fn read(text: &str) -> Vec<Result<XmlRecord, XmlError>> {
    Reader::new(text.as_bytes()).collect()
}

fn fault(text: &str) -> XmlFault {
    read(text).pop().unwrap().unwrap_err().fault
}

const RECORD: &str = "<leader>00000nam  2200000   450 </leader><controlfield tag=\"001\">1</controlfield>\
    <datafield tag=\"200\" ind1=\"1\" ind2=\" \"><subfield code=\"a\">A &amp; <![CDATA[<B>]]>&#233;</subfield></datafield>";

#[test]
fn namespaces_and_wrappers_do_not_matter() {
    let marc = RECORD
        .replace('<', "<m:")
        .replace("<m:/", "</m:")
        .replace("<m:![CDATA[<m:B", "<![CDATA[<B");
    for text in [
        format!("<record>{RECORD}</record>"),
        format!(
            "<?xml version='1.0'?><collection xmlns='http://www.loc.gov/MARC21/slim'>\n <record>{RECORD}</record></collection>"
        ),
        format!(
            "<m:record xmlns:m='info:lc/xmlns/marcxchange-v1' format='Unimarc'>{marc}</m:record>"
        ),
        format!(
            "<OAI-PMH><record><header/><metadata><record>{RECORD}</record></metadata></record></OAI-PMH>"
        ),
    ] {
        let read = read(&text);
        assert_eq!(read.len(), 1, "{text}");
        let read = read[0].as_ref().unwrap();
        assert_eq!(read.warnings, []);
        assert_eq!(read.record.first(b"200", b'a').unwrap(), "A & <B>é");
        assert_eq!(read.record.control_number().unwrap(), "1");
    }
}

#[test]
fn small_faults_are_warnings_or_cost_one_record() {
    let text = "<c><record><datafield tag='20' ind1='1'/></record>\
        <record><leader>short</leader><datafield tag='200' ind1='12'><subfield code='a'/></datafield></record>\
        <record><datafield tag='200' i1='1' i2=' '><subfield code='ab'>x</subfield></datafield></record></c>";
    let read = read(text);
    assert_eq!(
        read[0].as_ref().unwrap_err().fault,
        XmlFault::Tag("20".into())
    );
    let second = read[1].as_ref().unwrap();
    let tag = Tag::new(*b"200");
    assert_eq!(
        second.warnings,
        [
            XmlWarning::Leader("short".into()),
            XmlWarning::Indicator(tag),
            XmlWarning::Indicator(tag)
        ]
    );
    assert_eq!(
        read[2].as_ref().unwrap_err().fault,
        XmlFault::Code(tag, "ab".into())
    );
    assert_eq!(read[2].as_ref().unwrap_err().number, 3);
    assert_eq!(read.len(), 3);
}

#[test]
fn what_is_dangerous_is_refused() {
    let laughs = "<!DOCTYPE r [<!ENTITY a \"aaaa\">]><record>&a;</record>";
    assert_eq!(fault(laughs), XmlFault::DocumentType);
    assert_eq!(
        fault("<record><leader>&eacute;</leader></record>"),
        XmlFault::Entity("eacute".into())
    );
    assert!(matches!(
        fault("<record><leader></record>"),
        XmlFault::Document(_)
    ));
    assert!(matches!(fault("<record><leader>"), XmlFault::Document(_)));
    let endless = std::io::Read::chain("<record><leader>".as_bytes(), std::io::repeat(b'x'));
    let endless = std::io::BufReader::new(endless);
    let mut reader = Reader::with_limits(endless, Limits { max_record: 1000 });
    assert_eq!(
        reader.next().unwrap().unwrap_err().fault,
        XmlFault::TooLong { limit: 8000 }
    );
    assert!(reader.next().is_none());
}

#[test]
fn the_schema_of_marcxml_changes_what_that_of_marcxchange_takes() {
    let mut record = Record::new(Leader::UNIMARC);
    record.push(
        DataField::new(b"600", b" |")
            .with(b'a', "Un\u{1}")
            .with(b'|', "x"),
    );
    record.push(DataField::new(b"700", b"  "));
    record.push_control(b"001", "1");
    let tag = |tag: &[u8; 3]| Tag::new(*tag);
    let (text, changes) = to_string(&record, Dialect::Marcxml, Form::Valid);
    assert_eq!(
        changes,
        [
            Change::Leader {
                position: 23,
                was: b' '
            },
            Change::Empty(tag(b"700")),
            Change::Moved(tag(b"001")),
            Change::Indicator(tag(b"600"), b'|'),
            Change::Character(tag(b"600"), '\u{1}'),
            Change::Code(tag(b"600"), b'|'.into()),
        ]
    );
    assert_eq!(
        text,
        "<record xmlns=\"http://www.loc.gov/MARC21/slim\"><leader>00000nam  2200000   4500</leader>\
         <controlfield tag=\"001\">1</controlfield>\
         <datafield tag=\"600\" ind1=\" \" ind2=\" \"><subfield code=\"a\">Un</subfield></datafield></record>"
    );
    let (_, changes) = to_string(&record, Dialect::MarcXchange, Form::Valid);
    assert_eq!(
        changes,
        [
            Change::Empty(tag(b"700")),
            Change::Moved(tag(b"001")),
            Change::Character(tag(b"600"), '\u{1}')
        ]
    );
}
