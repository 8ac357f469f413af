//! As much as is read, and one more.

use relire_ncip::{
    FaultKind, Leniency,
    limits::{ATTRIBUTES, BYTES, DEPTH, ELEMENTS, IDENTIFIER, REPEATED, TEXT},
    message::Question,
    question, reply,
};

use super::{fault, is_read, refused, within};

const TOO_DEEP: FaultKind = FaultKind::TooMuch("elements within elements");

#[test]
fn sixty_four_deep_and_no_deeper() {
    let inside = |depth: usize| {
        let open: String = (2..depth).map(|_| "<a>\n").collect();
        within(&format!("{open}{}", "</a>".repeat(depth - 2)))
    };
    is_read(inside(DEPTH));
    assert_eq!(refused(inside(DEPTH + 1)), (TOO_DEEP, DEPTH + 1));
    // One that is closed at once, and those that nobody looks into, are as deep as any.
    let last = "<a>".repeat(DEPTH - 2) + "<b/>" + &"</a>".repeat(DEPTH - 2);
    assert_eq!(refused(within(&last)), (TOO_DEEP, 3));
    let foreign = "<x:a xmlns:x='urn:x'>".repeat(DEPTH - 1);
    assert_eq!(refused(within(&foreign)), (TOO_DEEP, 3));
    let endless = "<a>\n".repeat(100_000);
    assert_eq!(refused(&endless), (TOO_DEEP, DEPTH + 1));
    assert_eq!(refused(within(&endless)), (TOO_DEEP, DEPTH + 1));
}

#[test]
fn ten_thousand_elements_and_no_more() {
    let inside = |elements: usize| within(&"<a/>\n".repeat(elements - 2));
    is_read(inside(ELEMENTS));
    let too_many = FaultKind::TooMuch("elements");
    assert_eq!(refused(inside(ELEMENTS + 1)), (too_many, ELEMENTS + 1));
    let foreign = "<x:a xmlns:x='urn:x'/>\n".repeat(ELEMENTS);
    let too_many = FaultKind::TooMuch("elements");
    assert_eq!(refused(within(&foreign)), (too_many, ELEMENTS + 1));
}

#[test]
fn sixty_four_attributes_and_no_more() {
    let inside = |count: usize| {
        let attributes: String = (0..count).map(|n| format!(" a{n}='{n}'")).collect();
        within(&format!("<UserId\n{attributes}/>"))
    };
    is_read(inside(ATTRIBUTES));
    let too_many = FaultKind::TooMuch("attributes of an element");
    assert_eq!(refused(inside(ATTRIBUTES + 1)), (too_many.clone(), 3));
    assert_eq!(refused(inside(50_000)), (too_many.clone(), 3));
    // Declarations are attributes too.
    let declared: String = (0..=ATTRIBUTES)
        .map(|n| format!(" xmlns:n{n}='urn:n{n}'"))
        .collect();
    assert_eq!(refused(within(&format!("<a{declared}/>"))), (too_many, 3));
}

#[test]
fn sixty_four_kibibytes_of_text_and_no_more() {
    let too_long = || FaultKind::TooMuch("text in an element");
    let note = |text: &str| within(&format!("<Note>{text}</Note>"));
    is_read(note(&"x".repeat(TEXT)));
    assert_eq!(refused(note(&"x".repeat(TEXT + 1))), (too_long(), 3));
    assert_eq!(refused(note(&" ".repeat(TEXT + 1))), (too_long(), 3));
    // Bytes, not characters; and a text in pieces is one text.
    assert_eq!(refused(note(&"é".repeat(TEXT / 2 + 1))), (too_long(), 3));
    let half = "x".repeat(TEXT / 2);
    let pieces = format!("{half}<!-- -->\n<![CDATA[{half}]]>");
    assert_eq!(refused(note(&pieces)), (too_long(), 4));
    let references = "x".repeat(TEXT - 1) + "\n&#233;";
    assert_eq!(refused(note(&references)), (too_long(), 4));
    let around = format!("<a>{half}<b>{half}</b><b>{half}</b></a><a>{half}</a>");
    is_read(within(&around));
}

#[test]
fn two_hundred_and_fifty_six_characters_of_an_identifier() {
    let too_long = FaultKind::TooMuch("characters of an identifier");
    for (open, close) in [
        (
            "<UserId><UserIdentifierValue>",
            "</UserIdentifierValue></UserId>",
        ),
        (
            "<UserId><AgencyId>",
            "</AgencyId><UserIdentifierValue>1</UserIdentifierValue></UserId>",
        ),
        (
            "<VisibleUserId><VisibleUserIdentifier>",
            "</VisibleUserIdentifier></VisibleUserId>",
        ),
        (
            "<UniqueUserId><UniqueAgencyId><Scheme>x</Scheme><Value>",
            "</Value></UniqueAgencyId><UserIdentifierValue>1</UserIdentifierValue></UniqueUserId>",
        ),
        (
            "<InitiationHeader><FromSystemId>",
            "</FromSystemId></InitiationHeader>",
        ),
        (
            "<AuthenticationInput><AuthenticationInputData>",
            "</AuthenticationInputData></AuthenticationInput>",
        ),
    ] {
        let of = |count: usize| within(&format!("{open} {} {close}", "é".repeat(count)));
        is_read(of(IDENTIFIER));
        let fault = fault(of(IDENTIFIER + 1));
        assert_eq!((fault.kind, fault.line), (too_long.clone(), 0), "{open}");
    }
    // A title is as long as it is.
    let title = "x".repeat(2_000);
    let item = format!(
        "<ItemOptionalFields><BibliographicDescription><Title>{title}</Title></BibliographicDescription></ItemOptionalFields>"
    );
    let sent = format!("<NCIPMessage><AcceptItem>{item}</AcceptItem></NCIPMessage>");
    let asked = question(sent.as_bytes(), None, Leniency::default()).unwrap();
    assert!(matches!(asked.question, Question::AcceptItem(_)));
}

#[test]
fn a_thousand_of_a_name_and_no_more() {
    let too_many = FaultKind::TooMuch("elements of one name");
    let kinds =
        |count: usize| within(&"<UserElementType>User Id</UserElementType>\n".repeat(count));
    is_read(kinds(REPEATED));
    assert_eq!(fault(kinds(REPEATED + 1)).kind, too_many);
    // Empty ones are none, and are counted.
    assert_eq!(
        fault(within(&"<UserElementType/>".repeat(REPEATED + 1))).kind,
        too_many
    );
    let set = |count: usize| {
        let items = "<ItemId><ItemIdentifierValue>1</ItemIdentifierValue></ItemId>".repeat(count);
        format!("<NCIPMessage><LookupItemSet>{items}</LookupItemSet></NCIPMessage>")
    };
    question(set(REPEATED).as_bytes(), None, Leniency::default()).unwrap();
    assert_eq!(fault(set(REPEATED + 1)).kind, too_many);
    let problems = "<Problem><ProblemType>x</ProblemType></Problem>".repeat(REPEATED + 1);
    let said = format!("<NCIPMessage>{problems}</NCIPMessage>");
    assert_eq!(reply(said.as_bytes(), None).unwrap_err().kind, too_many);
}

#[test]
fn a_mebibyte_and_no_more() {
    let spaced = |bytes: usize| {
        let whole = within("<a/>");
        let blanks = " ".repeat(bytes - whole.len());
        whole + &blanks
    };
    is_read(spaced(BYTES));
    let too_large = FaultKind::TooLarge(BYTES);
    assert_eq!(refused(spaced(BYTES + 1)), (too_large.clone(), 0));
    assert_eq!(refused(vec![b'<'; BYTES + 1]), (too_large.clone(), 0));
    // One that grows when its bytes become text is as long as its text.
    let mut latin = within("<!---->").into_bytes();
    let at = latin.windows(3).position(|bytes| bytes == b"-->").unwrap();
    latin.splice(at..at, vec![0xE9; BYTES / 2]);
    assert_eq!(refused(latin), (too_large, 0));
}
