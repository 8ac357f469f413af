//! SOAP 1.1, as SRW used it before it was called SRU: the same parameters as elements in an
//! envelope. *W3C Note SOAP 1.1; SRU 1.1, «SRU via HTTP SOAP»*.

use quick_xml::{NsReader, events::Event, name::ResolveResult};

use crate::{
    Version,
    form::{MAX_BYTES, MAX_PARAMETERS, Parameter},
    xml::Xml,
};

/// The namespace of the envelope, in answers too.
pub const NAMESPACE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// What was in an envelope.
#[derive(Debug)]
pub(crate) struct Enveloped {
    /// `operation` first, then what the request had.
    pub(crate) parameters: Vec<Parameter>,
    /// By the namespace of the request.
    pub(crate) version: Option<Version>,
}

/// Elements within elements; a request needs four.
const DEPTH: usize = 16;

/// Reads an envelope. Parameters are the children of the first element of the body; what is in
/// `extraRequestData` is passed over.
pub(crate) fn read(body: &[u8]) -> Result<Enveloped, String> {
    if body.len() > MAX_BYTES {
        return Err(format!("the envelope has more than {MAX_BYTES} bytes"));
    }
    let body = std::str::from_utf8(body).map_err(|_| "the envelope is not UTF-8".to_owned())?;
    let mut reader = NsReader::from_str(body.trim_start_matches('\u{feff}'));
    let mut path: Vec<String> = Vec::new();
    let mut found: Option<Enveloped> = None;
    let mut value: Option<Parameter> = None;
    loop {
        let (resolved, event) = reader
            .read_resolved_event()
            .map_err(|error| error.to_string())?;
        let namespace = match &resolved {
            ResolveResult::Bound(namespace) => Some(namespace.as_ref().to_owned()),
            _ => None,
        };
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.local_name().as_ref().to_owned();
                path.push(name.clone());
                match path.len() {
                    1 if name != "Envelope" || namespace.as_deref() != Some(NAMESPACE) => {
                        return Err("no SOAP 1.1 envelope".to_owned());
                    }
                    3 if path[1] == "Body" && found.is_none() => {
                        found = Some(operation(&name, namespace.as_deref()));
                    }
                    4 if path[1] == "Body" => {
                        let parameters = found.as_ref().map_or(0, |found| found.parameters.len());
                        if parameters >= MAX_PARAMETERS {
                            return Err(format!("more than {MAX_PARAMETERS} parameters"));
                        }
                        value = Some(Parameter {
                            name,
                            value: String::new(),
                            intact: true,
                        });
                    }
                    depth if depth > DEPTH => {
                        return Err(format!("more than {DEPTH} elements deep"));
                    }
                    _ => {}
                }
                if empty {
                    close(&mut path, &mut value, &mut found);
                }
            }
            Event::End(_) => close(&mut path, &mut value, &mut found),
            Event::Text(text) if path.len() == 4 => put(&mut value, &text.xml10_content()),
            Event::CData(text) if path.len() == 4 => put(&mut value, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let char = match reference.resolve_char_ref() {
                    Ok(Some(char)) => char,
                    Ok(None) => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        unknown => return Err(format!("the entity {unknown} is not known")),
                    },
                    Err(error) => return Err(error.to_string()),
                };
                if path.len() == 4 {
                    put(&mut value, char.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => return Err("document types are refused".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    if !path.is_empty() {
        return Err("the envelope is not closed".to_owned());
    }
    found.ok_or_else(|| "there is nothing in the body".to_owned())
}

/// `searchRetrieveRequest` asks for searchRetrieve.
fn operation(name: &str, namespace: Option<&str>) -> Enveloped {
    let of_2 = [Version::V2_0.namespace(), Version::V2_0.scan_namespace()];
    let version = namespace.map(|namespace| {
        let is_2 = of_2.contains(&namespace) || namespace.contains("oasis-open");
        if is_2 { Version::V2_0 } else { Version::V1_1 }
    });
    let operation = Parameter {
        name: "operation".to_owned(),
        value: name.strip_suffix("Request").unwrap_or(name).to_owned(),
        intact: true,
    };
    Enveloped {
        parameters: vec![operation],
        version,
    }
}

fn close(path: &mut Vec<String>, value: &mut Option<Parameter>, found: &mut Option<Enveloped>) {
    let depth = path.len();
    path.pop();
    if let (4, Some(done), Some(found)) = (depth, value.take_if(|_| depth == 4), found)
        && done.name != "extraRequestData"
        && done.name != "operation"
    {
        found.parameters.push(done);
    }
}

fn put(value: &mut Option<Parameter>, text: &str) {
    if let Some(value) = value {
        value.value.push_str(text);
    }
}

/// A fault: the envelope itself could not be read.
pub(crate) fn fault(reason: &str) -> String {
    let mut xml = Xml::document();
    xml.open_with("soap:Envelope", &[("xmlns:soap", NAMESPACE)]);
    xml.open("soap:Body");
    xml.open("soap:Fault");
    xml.leaf("faultcode", "soap:Client");
    xml.leaf("faultstring", reason);
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><S:Envelope xmlns:S=\"{NAMESPACE}\"><S:Header><x>1</x></S:Header><S:Body>{body}</S:Body></S:Envelope>"
        )
    }

    #[test]
    fn elements_become_parameters() {
        let body = "<z:searchRetrieveRequest xmlns:z=\"http://www.loc.gov/zing/srw/\">\
            <z:version>1.1</z:version><z:query>a &lt; <![CDATA[\"b&c\"]]>&#233;</z:query><z:startRecord/>\
            <z:extraRequestData><q:x xmlns:q=\"u:q\">1</q:x></z:extraRequestData></z:searchRetrieveRequest>";
        let read = read(envelope(body).as_bytes()).unwrap();
        let pairs: Vec<_> = read
            .parameters
            .iter()
            .map(|one| (one.name.as_str(), one.value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("operation", "searchRetrieve"),
                ("version", "1.1"),
                ("query", "a < \"b&c\"é"),
                ("startRecord", ""),
            ]
        );
        assert_eq!(read.version, Some(Version::V1_1));
    }

    #[test]
    fn what_is_no_envelope_is_told() {
        let deep = envelope(&format!(
            "<r><q>{}{}</q></r>",
            "<a>".repeat(20),
            "</a>".repeat(20)
        ));
        let wide = envelope(&format!("<r>{}</r>", "<a/>".repeat(100)));
        let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]>".to_owned() + &envelope("<r><q>&b;</q></r>");
        for (bad, why) in [
            ("", "nothing in the body"),
            ("<a/>", "no SOAP 1.1 envelope"),
            (&envelope(""), "nothing in the body"),
            (&envelope("<r><q>&b;</q></r>"), "not known"),
            (
                "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\">",
                "not closed",
            ),
            (&deep, "deep"),
            (&wide, "more than 64"),
            (&entity, "document types"),
        ] {
            let told = read(bad.as_bytes()).unwrap_err();
            assert!(told.contains(why), "{bad}: {told}");
        }
        assert!(read(b"\xff").unwrap_err().contains("UTF-8"));
    }
}
