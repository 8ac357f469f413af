use super::{
    rows::{Ind, ROWS, Way},
    *,
};
use crate::model::{Indicators, Leader, Tag};

/// `200 1_ $aTitre$eSuite`: tag, indicators with `_` for blank, subfields.
fn field(text: &str) -> DataField {
    let (head, subfields) = text.split_at(7);
    let indicators: Vec<u8> = head.as_bytes()[4..6]
        .iter()
        .map(|byte| if *byte == b'_' { b' ' } else { *byte })
        .collect();
    let mut field = DataField::new(
        Tag::parse(&head[..3]).unwrap(),
        Indicators([indicators[0], indicators[1]]),
    );
    for subfield in subfields.split('$').skip(1) {
        field.push(subfield.as_bytes()[0], &subfield[1..]);
    }
    field
}

fn shown(field: &DataField) -> String {
    let indicators = field.indicators.to_string().replace(' ', "_");
    let subfields: String = field
        .subfields
        .iter()
        .map(|subfield| format!("${}{}", subfield.code, subfield.value))
        .collect();
    format!("{} {indicators} {subfields}", field.tag)
}

fn record(leader: Leader, fields: &[&str]) -> Record {
    let mut record = Record::new(leader);
    for text in fields {
        match text.split_once('=') {
            Some((tag, value)) if tag.len() == 3 => {
                record.push_control(Tag::parse(tag).unwrap(), value)
            }
            _ => record.push(field(text)),
        }
    }
    record
}

/// The fields of that tag after crossing over, but for what every record gets.
fn crossed(text: &str, to: Format) -> (Vec<String>, Vec<Lost>) {
    let (leader, crossing): (_, fn(&Record) -> Crossed) = match to {
        Format::Marc21 => (Leader::UNIMARC, to_marc21),
        Format::Unimarc => (Leader::MARC21, to_unimarc),
    };
    let crossed = crossing(&record(leader, &[text]));
    let made = ["100", "105", "106"];
    let fields = crossed.record.data_fields().map(shown);
    let fields = fields
        .filter(|field| to == Format::Marc21 || !made.contains(&&field[..3]))
        .collect();
    let lost = crossed
        .lost
        .into_iter()
        .filter(|lost| !matches!(lost, Lost::Coded(..)))
        .collect();
    (fields, lost)
}

/// Field by field, both ways: what French public libraries use.
#[rustfmt::skip]
const BOTH: &[(&str, &str)] = &[
    ("010 __ $a2-07-036822-X$bbr.$d8 EUR", "020 __ $a2-07-036822-X$qbr. :$c8 EUR"),
    ("011 __ $a1144-1321$y0001-0002", "022 __ $a1144-1321$y0001-0002"),
    ("071 00 $a5301$bBarclay", "028 00 $a5301$bBarclay"),
    ("071 40 $aVID 12$bGaumont", "028 40 $aVID 12$bGaumont"),
    ("073 _0 $a9782070368228", "024 3_ $a9782070368228"),
    ("035 __ $a(OCoLC)836139996", "035 __ $a(OCoLC)836139996"),
    ("101 1_ $afre$ckor", "041 1_ $afre$hkor"),
    ("102 __ $aFR$aBE", "044 __ $cfr$cbe"),
    ("801 _0 $bFR-751131015$gAFNOR", "040 __ $aFR-751131015$eAFNOR"),
    ("205 __ $a2e éd.$bmise à jour$fpar X", "250 __ $a2e éd.,$bmise à jour / par X"),
    ("210 __ $aParis$cGallimard$d2011", "260 __ $aParis :$bGallimard,$c2011"),
    ("214 _0 $aParis$cGallimard$dDL 2020", "264 _1 $aParis :$bGallimard,$cDL 2020"),
    ("214 _3 $aMayenne$cFloch", "264 _3 $aMayenne :$bFloch"),
    ("214 _4 $d© 2020", "264 _4 $c© 2020"),
    ("215 __ $a1 vol. (210 p.)$cill.$d18 cm$e1 CD", "300 __ $a1 vol. (210 p.) :$bill. ;$c18 cm +$e1 CD"),
    ("225 0_ $aFolio$x0768-0732$v12", "490 0_ $aFolio,$x0768-0732 ;$v12"),
    ("300 __ $aTraduit du coréen", "500 __ $aTraduit du coréen"),
    ("320 __ $aBibliogr. p. 200", "504 __ $aBibliogr. p. 200"),
    ("326 __ $aMensuel", "310 __ $aMensuel"),
    ("327 1_ $aUn$aDeux", "505 0_ $aUn -- Deux"),
    ("328 _0 $bThèse$cLettres$eParis X$d1993$zTexte remanié de", "502 __ $bThèse$oLettres$cParis X$d1993$gTexte remanié de"),
    ("330 __ $aUn résumé.", "520 __ $aUn résumé."),
    ("333 __ $aÀ partir de 6 ans", "521 __ $aÀ partir de 6 ans"),
    ("345 __ $bL'éditeur$a123$d10 EUR", "037 __ $aL'éditeur$b123$c10 EUR"),
    ("410 _0 $0034280430$tFolio$v12$x0768-0732", "830 _0 $w034280430$aFolio$v12$x0768-0732"),
    ("430 _0 $tAncien titre$x0001-0002", "780 00 $tAncien titre$x0001-0002"),
    ("440 _0 $tNouveau titre", "785 00 $tNouveau titre"),
    ("454 _0 $tThe lost world", "765 0_ $tThe lost world"),
    ("461 _0 $034346913$tOpus$v1", "773 0_ $w34346913$tOpus$g1"),
    ("510 1_ $aParallel title$esub", "246 31 $aParallel title :$bsub"),
    ("517 1_ $aAutre titre", "246 13 $aAutre titre"),
    ("530 0_ $aEsope$b(Paris)", "222 _0 $aEsope$b(Paris)"),
    ("600 _1 $3120160$aVan der Post$bLaurens$f1906-1996$xBiographies$2rameau", "600 17 $0120160$aVan der Post, Laurens,$d1906-1996$xBiographies$2ram"),
    ("601 02 $aUnesco$xHistoire$2rameau", "610 27 $aUnesco$xHistoire$2ram"),
    ("605 __ $aBible$2rameau", "630 07 $aBible$2ram"),
    ("606 __ $3119$aMineurs$xHistoire$yFrance$z19e siècle$jRomans$2rameau", "650 _7 $0119$aMineurs$xHistoire$zFrance$y19e siècle$vRomans$2ram"),
    ("606 __ $aCoal miners$2lc", "650 _0 $aCoal miners"),
    ("607 __ $aLens (Pas-de-Calais)$2rameau", "651 _7 $aLens (Pas-de-Calais)$2ram"),
    ("608 __ $aBandes dessinées$2rameau", "655 _7 $aBandes dessinées$2ram"),
    ("610 0_ $amine$acharbon", "653 __ $amine$acharbon"),
    ("676 __ $a843.914$v23", "082 04 $a843.914$223"),
    ("686 __ $a823$2Cadre de classement", "084 __ $a823$2Cadre de classement"),
    ("700 _1 $3119139$aHugo$bVictor$f1802-1885$4070", "100 1_ $0119139$aHugo, Victor,$d1802-1885$4aut"),
    ("700 _0 $aÉsope$4070", "100 0_ $aÉsope$4aut"),
    ("702 _1 $aTardi$bJacques$4440", "700 1_ $aTardi, Jacques$4ill"),
    ("710 02 $aFrance$bMinistère$4070", "110 2_ $aFrance.$bMinistère$4aut"),
    ("712 12 $aColloque$d2$f1998$eLens", "711 2_ $aColloque$n2 :$d1998 :$cLens"),
    ("856 4_ $uhttps://example.org/a$zTexte", "856 40 $uhttps://example.org/a$zTexte"),
];

#[test]
fn field_by_field_both_ways() {
    let mut wrong = Vec::new();
    for (unimarc, marc21) in BOTH {
        for (from, to, expected) in [
            (unimarc, Format::Marc21, marc21),
            (marc21, Format::Unimarc, unimarc),
        ] {
            let made = crossed(from, to);
            if made != (vec![(*expected).to_owned()], vec![]) {
                wrong.push(format!("{from} → {made:?}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One way only: what comes back is something else.
#[rustfmt::skip]
const ONE_WAY: &[(Format, &str, &str)] = &[
    (Format::Marc21, "071 50 $a77$bX", "028 50 $a77$bX"),
    (Format::Marc21, "020 __ $aFR$b09804653", "015 __ $a09804653"),
    (Format::Marc21, "314 __ $aD'après X", "500 __ $aD'après X"),
    (Format::Marc21, "225 1_ $aFolio$ejunior$v12", "490 0_ $aFolio : junior ;$v12"),
    (Format::Marc21, "463 __ $1001abc$12001_$aPiège$v3", "773 0_ $wabc$tPiège$g3"),
    (Format::Marc21, "430 _1 $aAncien titre$x0001-0002", "780 00 $tAncien titre$x0001-0002"),
    (Format::Marc21, "606 __ $aMineurs", "650 _4 $aMineurs"),
    (Format::Marc21, "181 __ $601$ai_$bxxxe", ""),
    (Format::Marc21, "181 __ $602$ctxt$2rdacontent", "336 __ $btxt$2rdacontent"),
    (Format::Unimarc, "700 1_ $aA, B$1https://isni.org/isni/0000000085719479", "702 _1 $aA$bB$oISNI0000000085719479"),
    (Format::Marc21, "701 _1 $aDodo$bJean$4730", "700 1_ $aDodo, Jean$4trl"),
    (Format::Marc21, "700 _| $aBureau$bRony$oISNI0000000085719479", "100 1_ $aBureau, Rony$1https://isni.org/isni/0000000085719479"),
    (Format::Marc21, "500 11 $a\u{98}Les \u{9C}misérables$mAnglais", "130 4_ $aLes misérables.$lAnglais"),
    (Format::Marc21, "200 1_ $aA$eb$dC$fd$ge$h1$iUn", "245 00 $aA :$bb = C /$cd ; e.$n1,$pUn"),
    (Format::Unimarc, "245 10 $aThe title :$ba subtitle = Le titre /$cby X ; transl. by Y Zedde.", "200 1_ $aThe title$ea subtitle$dLe titre$fby X$gtransl. by Y Zedde"),
    (Format::Unimarc, "245 14 $aThe title.", "200 1_ $a\u{98}The \u{9C}title"),
    (Format::Unimarc, "240 14 $aThe work.$lFrench", "500 10 $a\u{98}The \u{9C}work$mFrench"),
    (Format::Unimarc, "700 1_ $aGreene, J. R.,$d1950-$eauthor.", "702 _1 $aGreene$bJ. R.$f1950-"),
    (Format::Unimarc, "650 _0 $aMines$zFrance$xHistory.", "606 __ $aMines$yFrance$xHistory$2lc"),
    (Format::Unimarc, "780 05 $tOld", "434 _0 $tOld"),
    (Format::Unimarc, "024 7_ $ahttp://ark$2uri", ""),
];

#[test]
fn field_by_field_one_way() {
    let mut wrong = Vec::new();
    for (to, from, expected) in ONE_WAY {
        let expected: Vec<_> = Some((*expected).to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        let made = crossed(from, *to).0;
        if made != expected {
            wrong.push(format!("{from} → {made:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each row by itself: a field made of all its codes comes back the same, unless another row
/// takes it on the way; those are named in the table as one way, or here.
#[test]
fn every_row_comes_back() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in ROWS.iter().filter(|row| row.way == Way::Both) {
        let byte = |ind: Ind| match ind {
            Ind::Is(byte) | Ind::Any(byte) => byte,
            Ind::Of(_) => b'1',
        };
        for codes in row.codes {
            let code = codes.as_bytes()[0];
            let mut field = DataField::new(row.unimarc.tag, Indicators(row.unimarc.ind.map(byte)));
            // A code that depends on one before it stands behind that one.
            field.push(row.codes[0].as_bytes()[0], "Premier");
            if code != row.codes[0].as_bytes()[0] && code != b'2' && code != b'4' {
                field.push(code, "valeur");
            }
            let field = shown(&field);
            let there = crossed(&field, Format::Marc21).0;
            let back = there.first().map(|there| crossed(there, Format::Unimarc).0);
            tried += 1;
            // Codes that MARC21 does not tell apart, and countries, which are no words.
            let known = ["102$a", "206$b", "206$c", "225$h", "225$i", "605$n"];
            if known.contains(&format!("{}${}", &field[..3], char::from(code)).as_str()) {
                continue;
            }
            if back.as_deref() != Some(std::slice::from_ref(&field)) {
                wrong.push(format!("{field} → {there:?} → {back:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty() && tried > 300,
        "{tried}\n{}",
        wrong.join("\n")
    );
}

#[test]
fn coded_data_both_ways() {
    let general = "20110419d2011    m  y0frey50      ba";
    let book = record(
        Leader::UNIMARC,
        &[
            "001=1",
            &format!("100 __ $a{general}"),
            "101 0_ $afre",
            "102 __ $aFR",
            "105 __ $aac  z   00|a ",
            "106 __ $ar",
        ],
    );
    let there = to_marc21(&book);
    assert_eq!(
        there.record.control(b"008").unwrap(),
        "110419s2011    fr ac  e      00| f fre |"
    );
    assert_eq!(there.lost, [Lost::Coded(Tag::new(*b"105"), 4, 'z')]);
    let back = to_unimarc(&there.record);
    assert_eq!(back.record.first(b"100", b'a').unwrap(), general);
    assert_eq!(there.record.first(b"040", b'b').unwrap(), "fre");
    assert_eq!(back.record.first(b"105", b'a').unwrap(), "acyy    00 ay");
    assert_eq!(back.record.first(b"102", b'a').unwrap(), "FR");
    assert_eq!(back.record.first(b"101", b'a').unwrap(), "fre");
    assert_eq!(there.record.control(b"008").unwrap().chars().count(), 40);

    let serial = record(
        Leader::new(*b"00000nas  2200000   450 "),
        &[
            &format!("100 __ $a{}", general.replace("d2011    ", "a19559999")),
            "110 __ $aafa",
        ],
    );
    let there = to_marc21(&serial);
    let coded = there.record.control(b"008").unwrap();
    assert_eq!((&coded[6..15], &coded[18..22]), ("c19559999", "mr p"));
    assert_eq!(
        to_unimarc(&there.record)
            .record
            .first(b"110", b'a')
            .unwrap(),
        "afa        "
    );

    let video = record(
        Leader::new(*b"00000ngm  2200000   450 "),
        &[
            &format!("100 __ $a{general}"),
            "115 __ $ac090ba         b    ",
        ],
    );
    let there = to_marc21(&video);
    assert_eq!(
        (
            there.record.control(b"007").unwrap().as_str(),
            &there.record.control(b"008").unwrap()[18..21]
        ),
        ("vd c|a|||", "090")
    );
    let back = to_unimarc(&there.record);
    assert_eq!(
        back.record.first(b"115", b'a').unwrap(),
        "c   ba         b    "
    );
    let disc = record(
        Leader::new(*b"00000njm  2200000   450 "),
        &[&format!("100 __ $a{general}"), "126 __ $aaxc"],
    );
    let there = to_marc21(&disc);
    assert_eq!(there.record.control(b"007").unwrap(), "sd |s|||||||||");
    assert_eq!(there.lost, [Lost::Coded(Tag::new(*b"126"), 1, 'x')]);
}

#[test]
fn leaders_and_addresses() {
    let game = record(
        Leader::new(*b"00000clm  22000003  450 "),
        &[
            "001=7",
            "003=http://catalogue.bnf.fr/ark:/12148/cb1",
            "995 __ $fX",
            "930 __ $aY",
            "830 __ $anote",
        ],
    );
    let there = to_marc21(&game);
    assert_eq!(there.record.leader.as_bytes(), b"00000cmm a22000005i 4500");
    assert_eq!(
        there.record.first(b"024", b'a').unwrap(),
        "http://catalogue.bnf.fr/ark:/12148/cb1"
    );
    let tag = |tag: &[u8; 3]| Tag::new(*tag);
    assert_eq!(
        there.lost,
        [
            Lost::Local(tag(b"995")),
            Lost::Local(tag(b"930")),
            Lost::Field(tag(b"830"))
        ]
    );
    let back = to_unimarc(&there.record);
    assert_eq!(
        back.record.control(b"003").unwrap(),
        "http://catalogue.bnf.fr/ark:/12148/cb1"
    );
    assert_eq!(back.record.leader.record_type(), b'l');
}

fn le_horla() -> Record {
    record(
        Leader::UNIMARC,
        &[
            "001=1",
            "010 __ $a2-07-036822-X",
            "100 __ $a20110419d2011    m  y0frey50      ba",
            "101 0_ $afre",
            "200 1_ $a\u{98}Le \u{9C}Horla$eet autres contes$fGuy de Maupassant$h2$iSuite",
            "210 __ $aParis$cGallimard & fils$d2011",
            "215 __ $a210 p.$d18 cm",
            "225 0_ $aFolio$v12",
            "330 __ $aPeur <1>",
            "606 __ $aMiroirs$xHistoire$yFrance$z19e siècle$2rameau",
            "608 __ $aNouvelles",
            "676 __ $a843",
            "700 _1 $aMaupassant$bGuy de$f1850-1893$4070",
            "702 _1 $aTardi$bJacques$4440",
            "710 02 $aUnesco",
            "856 4_ $uhttps://example.org",
        ],
    )
}

#[test]
fn dublin_core_is_the_same_from_both() {
    let unimarc = le_horla();
    let dc = dublin_core(&unimarc, Format::Unimarc);
    assert_eq!(
        dc.all("title").collect::<Vec<_>>(),
        ["Le Horla : et autres contes. 2. Suite"]
    );
    assert_eq!(
        dc.all("creator").collect::<Vec<_>>(),
        ["Maupassant, Guy de (1850-1893)", "Unesco"]
    );
    assert_eq!(
        dc.all("subject").collect::<Vec<_>>(),
        [
            "Miroirs -- Histoire -- France -- 19e siècle",
            "Nouvelles",
            "843"
        ]
    );
    assert_eq!(
        dc.all("identifier").collect::<Vec<_>>(),
        ["ISBN 2-07-036822-X", "https://example.org"]
    );
    let marc21 = dublin_core(&to_marc21(&unimarc).record, Format::Marc21);
    assert_eq!(marc21, dc);
    let xml = dc.to_oai_dc();
    assert!(
        xml.contains("<dc:publisher>Gallimard &amp; fils</dc:publisher>")
            && xml.contains("Peur &lt;1&gt;"),
        "{xml}"
    );
}

#[test]
fn mods_is_the_same_from_both() {
    let unimarc = le_horla();
    let xml = mods(&unimarc, Format::Unimarc);
    assert_eq!(mods(&to_marc21(&unimarc).record, Format::Marc21), xml);
    for part in [
        "<titleInfo><nonSort>Le </nonSort><title>Horla</title><subTitle>et autres contes</subTitle><partNumber>2</partNumber><partName>Suite</partName></titleInfo>",
        "<namePart type=\"family\">Maupassant</namePart><namePart type=\"given\">Guy de</namePart><namePart type=\"date\">1850-1893</namePart>",
        "<roleTerm type=\"code\" authority=\"marcrelator\">ill</roleTerm>",
        "<subject authority=\"rameau\"><topic>Miroirs</topic><topic>Histoire</topic><geographic>France</geographic><temporal>19e siècle</temporal></subject>",
        "<genre>Nouvelles</genre>",
        "<relatedItem type=\"series\"><titleInfo><title>Folio</title><partNumber>12</partNumber></titleInfo></relatedItem>",
    ] {
        assert!(xml.contains(part), "{part}\n{xml}");
    }
}
