use jiff::civil::date;
use sip2::Charset;

use super::{super::checkout::tests as twelve, *};
use crate::{
    fixtures::{profile_with, wire},
    manners::{Manners, Persons},
};

const TAKEN: Returned = Returned {
    was_lent: true,
    to: None,
    hold_shelf: None,
    for_whom: None,
    late_days: 0,
    suspended_until: None,
    to_staff: false,
};

fn away() -> BranchCode {
    "AVIO".parse().unwrap()
}

fn sent(returned: Returned, manner: Returns) -> String {
    let texts = texts(&returned, returned.to.map(|_| "Avion"), Language::French);
    let here = "LENS".parse().unwrap();
    let item = Some(twelve::item());
    wire(
        &taken(
            twelve::head(),
            "36200".into(),
            here,
            &returned,
            item,
            texts,
            manner,
        )
        .to_message(Charset::Utf8),
    )
}

#[test]
fn what_stays_and_what_travels() {
    assert_eq!(
        sent(TAKEN, Returns::default()),
        "101YUN20261122    153030AOLENS|AB36200|AQAVIO|AJLe Horla|CK001|CSR MAU|"
    );
    assert_eq!(
        sent(
            Returned {
                to: Some(away()),
                ..TAKEN
            },
            Returns::default()
        ),
        "101YUY20261122    153030AOLENS|AB36200|AQAVIO|AJLe Horla|CK001|CSR MAU|CTAVIO|CV04|AFÀ envoyer : Avion.|"
    );
}

#[test]
fn staff_come_before_the_journey() {
    let sent = sent(
        Returned {
            to: Some(away()),
            to_staff: true,
            ..TAKEN
        },
        Returns::default(),
    );
    assert!(
        sent.starts_with("101YUY") && sent.contains("|CTAVIO|CV99|AFÀ remettre au personnel"),
        "{sent}"
    );
}

#[test]
fn lateness_names_no_one() {
    let late = Returned {
        late_days: 3,
        suspended_until: Some(date(2026, 12, 1)),
        ..TAKEN
    };
    assert!(sent(late, Returns::default()).ends_with(
        "CSR MAU|AFRendu avec 3 jours de retard.|AFEmprunts à nouveau possibles à partir du 01/12/2026.|"
    ));
}

#[test]
fn what_was_not_lent_is_taken_or_rejected() {
    let seen = Returned {
        was_lent: false,
        ..TAKEN
    };
    let lax = sent(seen.clone(), Returns::default());
    assert!(
        lax.starts_with("101YUN") && lax.ends_with("AFCe document n'était pas en prêt.|"),
        "{lax}"
    );
    let strict = sent(
        seen,
        Returns {
            accept_not_lent: false,
            ..Returns::default()
        },
    );
    assert!(strict.starts_with("100NUY"), "{strict}");
}

#[test]
fn what_somebody_waits_for() {
    let patron = || desk::HoldPatron {
        id: 1,
        family_name: "Exemple".into(),
        given_name: "Zoé".into(),
        card: "26200".into(),
        phone: String::new(),
    };
    let here = Returned {
        hold_shelf: Some(date(2026, 12, 1)),
        for_whom: Some(patron()),
        ..TAKEN
    };
    let said = sent(here.clone(), Returns::default());
    assert!(
        said.ends_with(
            "|CV01|CY26200|DAZoé Exemple|AFRéservé : à garder ici jusqu'au 01/12/2026.|"
        ),
        "{said}"
    );
    let elsewhere = Returned {
        to: Some(away()),
        for_whom: Some(patron()),
        ..TAKEN
    };
    let said = sent(elsewhere, Returns::default());
    assert!(
        said.ends_with("|CTAVIO|CV02|CY26200|DAZoé Exemple|AFRéservé : à envoyer à Avion.|"),
        "{said}"
    );
    let nameless = Returns {
        name_hold_patron: false,
        ..Returns::default()
    };
    assert!(!sent(here, nameless).contains("Zoé"));
}

#[test]
fn sorters_that_want_everything() {
    let manner = Returns {
        always_alert_type: true,
        always_destination: true,
        ..Returns::default()
    };
    let sent = sent(TAKEN, manner);
    assert!(
        sent.starts_with("101YUN") && sent.ends_with("|CTLENS|CV00|"),
        "{sent}"
    );
}

#[test]
fn an_alert_only_with_its_reason_and_a_number_to_ring() {
    let shown = |manners: Manners, response: CheckinResponse| {
        let profile = profile_with(&["09"], manners);
        wire(&as_wanted(response, Some("0321000000"), &profile).to_message(Charset::Utf8))
    };
    let unknown = || not_taken(twelve::head(), "36200".into(), None, Vec::new());
    let only_with_cv = || Manners {
        alert_only_with_cv: true,
        ..Manners::default()
    };
    assert!(shown(Manners::default(), unknown()).starts_with("100NUY"));
    assert!(shown(only_with_cv(), unknown()).starts_with("100NUN"));
    let with_reason = CheckinResponse {
        alert_type: Some(AlertType::OtherAlert),
        ..unknown()
    };
    assert!(shown(only_with_cv(), with_reason).starts_with("100NUY"));

    let rings = || Manners {
        phone_of_hold_patron: true,
        ..Manners::default()
    };
    assert!(shown(rings(), unknown()).ends_with("|BF0321000000|"));
    assert!(!shown(Manners::default(), unknown()).contains("BF"));
    let nameless = Manners {
        persons: Persons::WithPin,
        ..rings()
    };
    assert!(
        !shown(nameless, unknown()).contains("BF"),
        "no PIN comes with a return"
    );
}

#[test]
fn an_unknown_item_goes_to_a_person() {
    let answer = not_taken(
        twelve::head(),
        "36200".into(),
        None,
        vec!["Document inconnu.".into()],
    );
    assert_eq!(
        wire(&answer.to_message(Charset::Utf8)),
        "100NUY20261122    153030AOLENS|AB36200|AQ|AFDocument inconnu.|"
    );
}
