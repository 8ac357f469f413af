//! Every message that was seen in the wild gets a defensible answer: a table, made here.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use super::{Served, text};
use crate::ncip_rules::xmllint::available;

/// What a message is answered with that no reader, copy or request of ours is in: by the first words of the answer.
fn why(answered: &str) -> Option<&'static str> {
    Some(match answered {
        "Invalid Message Syntax Error" => "it is not well-formed",
        "Protocol Error" => "it is an answer, and a question is expected",
        "Unknown Service" => "what stands where a service should is none of the standard's",
        "Unsupported Service" => "the service is the standard's, and not offered",
        "Unauthorized Service For Agency" => "the service is not among this partner's",
        "Needed Data Missing" => "an element that the service needs is missing or empty",
        "Invalid Date" => "a date that is none",
        "Unknown User" | "User Authentication Failed" => "the reader is another library's",
        "Unknown Item" => "the copy is another library's",
        "Unknown Request" => "nobody here made that request",
        "Agency Authentication Failed" | "System Authentication Failed" => {
            "it brings a password that is not this partner's"
        }
        "Unknown Agency" => "the agency is none of ours",
        "Element Rule Violated" => "a pickup place, token or value that is none of ours",
        "Unauthorized Combination Of Element Values For Agency" => {
            "it asks for what a partner may not change"
        }
        "Invalid Amount" => "not in euros, or nothing",
        "heard" => "a notification is heard",
        "answered" => "it can be answered whoever asks",
        _ => return None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_gets_an_answer_that_can_be_defended() {
    let Some(folder) = available() else {
        return;
    };
    let folder = folder.join("samples");
    let served = Served::new().await;
    let mut files: Vec<PathBuf> = Vec::new();
    for kind in ["malformed", "v1-valid", "v2-valid", "wild-invalid"] {
        let listed = fs::read_dir(folder.join(kind)).unwrap();
        files.extend(listed.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    assert!(files.len() >= 160, "{} messages", files.len());
    let mut table =
        String::from("| message | answer in | answer | why |\n| --- | --- | --- | --- |\n");
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let (head, body) = served.send(
            &served.path("broker-lender"),
            "Content-Type: application/xml\r\n",
            &fs::read(file).unwrap(),
        );
        assert!(head.starts_with("HTTP/1.1 200"), "{name}: {head}");
        served.judge.valid(&body);
        let answered = match text(&body, "ProblemType") {
            Some(problem) => problem.to_owned(),
            None if body.contains("LookupVersionResponse")
                || body.contains("LookupAgencyResponse") =>
            {
                "answered".to_owned()
            }
            None if body.contains("BibInformation") => "answered".to_owned(),
            None => "heard".to_owned(),
        };
        let why =
            why(&answered).unwrap_or_else(|| panic!("{name}: {answered:?} has no reason\n{body}"));
        let element = body
            .split(['<', '>', ' ', '/'])
            .find(|word| word.ends_with("Response"));
        let element = element.map_or("NCIPMessage", |element| {
            element.split(':').next_back().unwrap()
        });
        writeln!(table, "| {name} | {element} | {answered} | {why} |").unwrap();
        *counted.entry(answered).or_default() += 1;
    }
    let path = std::env::temp_dir().join("relire-ncip-samples.md");
    fs::write(&path, &table).unwrap();
    println!(
        "{} messages, answered: {counted:?}; the table: {}",
        files.len(),
        path.display()
    );
    // Not all of them one way: that would be a door that is shut.
    assert!(counted.len() >= 8, "{counted:?}");
}
