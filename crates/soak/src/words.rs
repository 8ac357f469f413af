//! Questions as SIP2 texts, and answers read back. It shares no code with the daemon's codec, so that the two cannot
//! be wrong together.
//!
//! Field ids and fixed parts are those of *3M SIP2 2.00*.

use anyhow::{Context, bail, ensure};
use jiff::civil::DateTime;
use testkit::field;

use crate::{
    ask::{Ask, Expected, Goes},
    world::World,
};

/// What the daemon says in AF where it could not ask its database: nothing was written, and it is to be asked again.
const NOTHING_WRITTEN: &str = "rien n'a été enregistré";
const NO_DATE: &str = "                  ";

/// A date of 18 characters.
pub(crate) fn date(at: DateTime) -> String {
    at.strftime("%Y%m%d    %H%M%S").to_string()
}

/// The text of a question, without sequence number and checksum.
pub(crate) fn text(world: &World, ask: &Ask, at: DateTime) -> String {
    let date = date(at);
    let card = |reader: usize| world.readers[reader].card.as_str();
    let barcode = |item: usize| world.items[item].barcode.as_str();
    let copy = |title: usize| barcode(world.titles[title].items[0]);
    let lend = |block: char, card: &str, barcode: &str, undo: char| {
        format!("11N{block}{date}{NO_DATE}AO|AA{card}|AB{barcode}|AC|BON|BI{undo}|")
    };
    let take_back = |block: char, barcode: &str, undo: char| {
        format!("09{block}{date}{date}AP|AO|AB{barcode}|AC|BI{undo}|")
    };
    match *ask {
        Ask::Lend { reader, item } | Ask::LendOnceMore { reader, item } => {
            lend('N', card(reader), barcode(item), 'N')
        }
        Ask::TakeBack { item } => take_back('N', barcode(item), 'N'),
        Ask::Renew { reader, item } => format!(
            "29NN{date}{NO_DATE}AO|AA{}|AB{}|AC|BON|",
            card(reader),
            barcode(item)
        ),
        Ask::Place {
            reader,
            title,
            pickup,
        } => format!(
            "15+{date}BS{}|BY2|AO|AA{}|AB{}|AC|",
            world.code(pickup),
            card(reader),
            copy(title)
        ),
        Ask::GiveUp { reader, title } => {
            format!("15-{date}BY2|AO|AA{}|AB{}|AC|", card(reader), copy(title))
        }
        Ask::UndoLoan { item } => take_back('N', barcode(item), 'Y'),
        Ask::UndoReturn { reader, item } => lend('N', card(reader), barcode(item), 'Y'),
        Ask::Pay {
            reader,
            cents,
            number,
        } => format!(
            "37{date}0100EURBV{}.{:02}|AO|AA{}|AC|BKsoak-{number}|",
            cents / 100,
            cents % 100,
            card(reader)
        ),
        Ask::LateLend { reader, item } => lend('Y', card(reader), barcode(item), 'N'),
        Ask::LateTakeBack { item } => take_back('Y', barcode(item), 'N'),
        Ask::LateUnknown { reader, lend: true } => lend('Y', card(reader), "000000", 'N'),
        Ask::LateUnknown { lend: false, .. } => take_back('Y', "000000", 'N'),
    }
}

/// 17: where is it?
pub(crate) fn where_is(world: &World, item: usize, at: DateTime) -> String {
    format!("17{}AO|AB{}|AC|", date(at), world.items[item].barcode)
}

/// 63: how many holds are there?
pub(crate) fn who_is(world: &World, reader: usize, at: DateTime) -> String {
    let card = &world.readers[reader].card;
    format!("63002{}          AO|AA{card}|AC|AD|", date(at))
}

/// What an answer says, as far as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) ok: bool,
    renewed: bool,
    /// AH of a loan.
    pub(crate) due: Option<String>,
    /// BK of a loan: the number in the log.
    pub(crate) event: Option<u64>,
    destination: Option<String>,
    alert: Option<String>,
    hold_card: Option<String>,
    place: Option<usize>,
    /// It was not done because the database was away, and that says so: nothing was written.
    pub(crate) away: bool,
}

/// Reads the answer to a question.
pub(crate) fn read(ask: &Ask, answer: &str) -> anyhow::Result<Said> {
    let code = match ask {
        Ask::Lend { .. }
        | Ask::LendOnceMore { .. }
        | Ask::UndoReturn { .. }
        | Ask::LateLend { .. }
        | Ask::LateUnknown { lend: true, .. } => "12",
        Ask::TakeBack { .. }
        | Ask::UndoLoan { .. }
        | Ask::LateTakeBack { .. }
        | Ask::LateUnknown { lend: false, .. } => "10",
        Ask::Renew { .. } => "30",
        Ask::Place { .. } | Ask::GiveUp { .. } => "16",
        Ask::Pay { .. } => "38",
    };
    ensure!(
        answer.starts_with(code),
        "a {code} is due, and there came {answer}"
    );
    let fixed = match code {
        "12" | "10" | "30" => 24,
        "16" => 22,
        _ => 21,
    };
    let of = |id: &str| {
        field(answer, fixed, id)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let ok = match answer.get(2..3) {
        Some("1" | "Y") => true,
        Some("0" | "N") => false,
        _ => bail!("neither yes nor no: {answer}"),
    };
    Ok(Said {
        ok,
        renewed: matches!(code, "12" | "30") && answer.get(3..4) == Some("Y"),
        due: of("AH"),
        event: (code == "12" || code == "30")
            .then(|| of("BK"))
            .flatten()
            .and_then(|number| number.parse().ok()),
        destination: of("CT"),
        alert: of("CV"),
        hold_card: of("CY"),
        place: of("BR").and_then(|place| place.parse().ok()),
        away: !ok && answer.contains(NOTHING_WRITTEN),
    })
}

/// Whether an 18 says that the item is on loan.
pub(crate) fn is_lent(answer: &str) -> anyhow::Result<bool> {
    ensure!(answer.starts_with("18"), "an 18 is due: {answer}");
    Ok(answer.get(2..4) == Some("04"))
}

/// How many active holds a 64 counts: those that are ready and those that are not.
pub(crate) fn holds(answer: &str) -> anyhow::Result<usize> {
    ensure!(answer.starts_with("64"), "a 64 is due: {answer}");
    let count = |from: usize| {
        answer
            .get(from..from + 4)
            .and_then(|count| count.trim().parse::<usize>().ok())
            .with_context(|| format!("no count at {from}: {answer}"))
    };
    Ok(count(37)? + count(57)?)
}

/// What of an answer is not as the model has it; in words.
pub(crate) fn differs(world: &World, expected: Expected, said: &Said) -> Option<String> {
    let code = |branch: usize| Some(world.code(branch).to_owned());
    let card = |reader: usize| Some(world.readers[reader].card.clone());
    let shown = Said {
        due: None,
        event: None,
        ..said.clone()
    };
    let same = match expected {
        Expected::Refused => !said.ok,
        Expected::Lent => said.ok && !said.renewed && said.due.is_some(),
        Expected::Renewed => said.ok && said.renewed && said.due.is_some(),
        Expected::Waits { before } => said.ok && said.place == Some(before + 1),
        Expected::GivenUp | Expected::Undone | Expected::Paid => said.ok,
        Expected::Back(goes) => {
            let (alert, destination, hold_card) = match goes {
                Goes::Stays => (None, None, None),
                Goes::Travels { to } => (Some("04"), code(to), None),
                Goes::SetAside { reader } => (Some("01"), None, card(reader)),
                Goes::TravelsFor { to, reader } => (Some("02"), code(to), card(reader)),
            };
            said.ok
                && said.alert.as_deref() == alert
                && said.destination == destination
                && said.hold_card == hold_card
        }
    };
    (!same).then(|| format!("the model says {expected:?}, the daemon {shown:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::tests::small;

    const AT: DateTime = DateTime::constant(2026, 6, 10, 8, 0, 7, 0);

    #[test]
    fn questions_are_by_the_letter() {
        let world = small();
        let text = |ask| text(&world, &ask, AT);
        assert_eq!(
            text(Ask::Lend { reader: 1, item: 2 }),
            "11NN20260610    080007                  AO|AA2629000000001|AB3629000000002|AC|BON|BIN|"
        );
        assert_eq!(
            text(Ask::UndoLoan { item: 2 }),
            "09N20260610    08000720260610    080007AP|AO|AB3629000000002|AC|BIY|"
        );
        assert!(text(Ask::LateTakeBack { item: 2 }).starts_with("09Y"));
        assert_eq!(
            text(Ask::Pay {
                reader: 0,
                cents: 1205,
                number: 9
            }),
            "3720260610    0800070100EURBV12.05|AO|AA2629000000000|AC|BKsoak-9|"
        );
    }

    #[test]
    fn answers_are_compared_with_what_is_due() {
        let world = small();
        let ask = Ask::TakeBack { item: 2 };
        let answer =
            "101YUY20260610    080007AO|AB3629000000002|AQLENS|CTVIMY|CV02|CY2629000000001|";
        let said = read(&ask, answer).unwrap();
        let goes = Goes::TravelsFor { to: 1, reader: 1 };
        assert_eq!(differs(&world, Expected::Back(goes), &said), None);
        let differing = [
            Goes::TravelsFor { to: 0, reader: 1 },
            Goes::TravelsFor { to: 1, reader: 0 },
            Goes::Travels { to: 1 },
            Goes::Stays,
        ];
        for goes in differing {
            assert!(differs(&world, Expected::Back(goes), &said).is_some());
        }
        assert!(read(&ask, "121NUY").is_err());
        let lend = Ask::Lend { reader: 1, item: 2 };
        let lent = "121NUY20260610    080007AO|AA1|AB2|AJT|AH20260708    235959|BK77|";
        let said = read(&lend, lent).unwrap();
        assert_eq!((said.event, said.away), (Some(77), false));
        assert_eq!(differs(&world, Expected::Lent, &said), None);
        assert!(differs(&world, Expected::Refused, &said).is_some());
        let no = format!("120NUN20260610    080007AO|AA1|AB2|AJ|AH|AF…{NOTHING_WRITTEN}…|");
        assert!(read(&lend, &no).unwrap().away);
    }

    #[test]
    fn looks_are_read() {
        let patron = "64              00220260610    080007000200000002        0003AO|AA1|";
        assert_eq!(holds(patron).unwrap(), 5);
        assert!(is_lent("180400012026").unwrap());
        assert!(!is_lent("180301012026").unwrap());
    }
}
