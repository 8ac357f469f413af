//! Every document of `protocol-fixtures/ncip/hostile`, and those that are too large for a file: made here.
//!
//! The README there says of each file what it is and what is right.

use std::path::Path;

#[derive(Debug)]
pub(crate) struct Document {
    /// Of a file without its `.xml`; begins with `accept-` or `refuse-`.
    pub(crate) name: String,
    /// What is sent as the body.
    pub(crate) bytes: Vec<u8>,
    /// Whether it is answered like the same message in plain dress. Otherwise the answer is a Problem, soon.
    pub(crate) accepted: bool,
    /// What is sent as its `Content-Type`.
    pub(crate) media_type: &'static str,
}

impl Document {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            bytes,
            accepted: name.starts_with("accept-"),
            media_type: match name.rsplit_once('.') {
                Some((_, "as-form")) => "application/x-www-form-urlencoded",
                Some((_, "as-utf-8")) => "application/xml; charset=\"utf-8\"",
                _ => "application/xml",
            },
        }
    }
}

/// The files of that folder first, by name; then what is made.
pub(crate) fn documents(folder: &Path) -> Result<Vec<Document>, String> {
    let mut documents = read(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    documents.extend(made().map(|(name, text)| Document::new(name, text.into_bytes())));
    Ok(documents)
}

fn read(folder: &Path) -> std::io::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if let Some(name) = name.strip_suffix(".xml") {
            documents.push(Document::new(name, std::fs::read(&path)?));
        }
    }
    Ok(documents)
}

/// Past a bound, and just within.
fn made() -> impl Iterator<Item = (&'static str, String)> {
    let nested = |depth: usize| {
        let depth = depth - 2;
        look_up(&("<Ext>".repeat(depth) + &"</Ext>".repeat(depth)), "")
    };
    // The message, its service, ItemId, its value, and the Ext around them all.
    let elements =
        |count: usize| look_up(&format!("<Ext>{}</Ext>", "<Ext/>".repeat(count - 5)), "");
    let attributes = |count: usize| {
        let attributes: String = (0..count)
            .map(|number| format!(" a{number}=\"\""))
            .collect();
        look_up(&format!("<Ext{attributes}/>"), "")
    };
    let text = |bytes: usize| {
        let header = format!(
            "<InitiationHeader><FromAgencyId><AgencyId>PARTENAIRE</AgencyId></FromAgencyId>\
             <ToAgencyId><AgencyId>LENS</AgencyId></ToAgencyId>\
             <ApplicationProfileType>{}</ApplicationProfileType></InitiationHeader>",
            "a".repeat(bytes)
        );
        look_up("", "").replace("<LookupItem>", &format!("<LookupItem>{header}"))
    };
    let user_elements = |count: usize| {
        let wanted = "<UserElementType>Name Information</UserElementType>".repeat(count);
        let user = "<UserId><UserIdentifierValue>2620000000017</UserIdentifierValue></UserId>";
        message(&format!("<LookupUser>{user}{wanted}</LookupUser>"))
    };
    let items = |count: usize| {
        let item = "<ItemId><ItemIdentifierValue>3620000000019</ItemIdentifierValue></ItemId>";
        message(&format!(
            "<LookupItemSet>{}</LookupItemSet>",
            item.repeat(count)
        ))
    };
    let long = |bytes: usize| {
        let comment = format!("<!--{}-->", "a".repeat(1000));
        let mut text = look_up("", "");
        while text.len() + comment.len() < bytes {
            text.push_str(&comment);
        }
        // Blanks after the root are nobody's text.
        text.push_str(&" ".repeat(bytes.saturating_sub(text.len())));
        text
    };
    [
        ("refuse-limit-depth-10000", nested(10_000)),
        (
            "refuse-limit-depth-10000-without-ends",
            look_up(&"<Ext>".repeat(10_000), ""),
        ),
        ("accept-limit-10000-elements", elements(10_000)),
        ("refuse-limit-10001-elements", elements(10_001)),
        ("refuse-limit-50000-attributes", attributes(50_000)),
        ("refuse-limit-text-64-kib-and-1", text(64 * 1024 + 1)),
        ("accept-limit-1000-user-elements", user_elements(1_000)),
        ("refuse-limit-1001-user-elements", user_elements(1_001)),
        ("refuse-limit-1001-items", items(1_001)),
        ("accept-limit-1-mib", long(1024 * 1024)),
        ("refuse-limit-1-mib-and-1", long(1024 * 1024 + 1)),
        (
            "refuse-limit-1-mib-without-an-end",
            look_up("", &"<!-- ".repeat(300_000)),
        ),
    ]
    .into_iter()
}

fn look_up(more: &str, after: &str) -> String {
    let item = "<ItemId><ItemIdentifierValue>3620000000019</ItemIdentifierValue></ItemId>";
    message(&format!("<LookupItem>{item}{more}</LookupItem>")) + after
}

fn message(service: &str) -> String {
    format!(
        "<NCIPMessage xmlns=\"http://www.niso.org/2008/ncip\" xmlns:ncip=\"http://www.niso.org/2008/ncip\" \
         ncip:version=\"2.02\">{service}</NCIPMessage>\n"
    )
}
