//! Drafts: made once, changed by one at a time, within what somebody may change.

use circulation::PolicyFinding;
use desk::DraftRefused;
use serde_json::json;

use super::{Library, member, rule};

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_begins_as_a_version_and_is_made_once() {
    let library = Library::new().await;
    let draft = library.make("Été").await;
    assert_eq!(draft.line.based_on, 1);
    assert!(draft.policy.is_ok());
    // The same once more is the same draft.
    assert_eq!(library.make("  Été ").await.line.id, draft.line.id);
    assert_eq!(library.noted("make").await, 1);
    // Nobody else's, and none that was worked on.
    let other = member(&library.town, "autre", &[("policy", None)]).await;
    let taken = Err(DraftRefused::NameTaken(draft.line.id));
    let made = library.tried_to_make(&other, "Été", 1).await;
    assert_eq!(made.map(|draft| draft.line), taken);
    for name in ["", "  ", "a\nb", &"x".repeat(81)] {
        let made = library.tried_to_make(&other, name, 1).await;
        assert_eq!(made.unwrap_err(), DraftRefused::BadName, "{name:?}");
    }
    let made = library.tried_to_make(&other, "Sans version", 7).await;
    assert_eq!(made.unwrap_err(), DraftRefused::NoVersion(7));
    let nobody = member(&library.town, "personne", &[("circulate", None)]).await;
    let made = library.tried_to_make(&nobody, "Sans droit", 1).await;
    assert!(matches!(made, Err(DraftRefused::Right(_))));
    assert_eq!(library.count("SELECT count(*) FROM policy_draft").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_listed_a_page_at_a_time() {
    let library = Library::new().await;
    for name in ["un", "deux", "trois"] {
        library.make(name).await;
    }
    let desk = &library.served.desk;
    let first = desk.policy_drafts(None, 2).await.unwrap();
    let names: Vec<_> = first.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["trois", "deux"]);
    let last = desk.policy_drafts(first.next, 2).await.unwrap();
    assert_eq!((last.lines[0].name.as_str(), last.next), ("un", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_draft_the_later_is_told() {
    let library = Library::new().await;
    let draft = library.make("Été").await;
    let push = |id: &'static str, document: &'static str| {
        let made = rule(json!({ "id": id, "document": document, "renewals": 3 }));
        move |policy: &mut circulation::PolicyDocument| policy.rules.push(made)
    };
    let changed = library
        .change(&library.network, &draft, push("R-GCA", "GCA"))
        .await
        .unwrap();
    assert_eq!(changed.line.version, 2);
    // The very same once more is done already, whichever version it was made on.
    let again = library.change(&library.network, &draft, push("R-GCA", "GCA"));
    assert_eq!(again.await.unwrap().line.version, 2);
    let late = library.change(&library.network, &draft, push("R-VIN", "VIN"));
    assert_eq!(late.await.unwrap_err(), DraftRefused::Changed(2));
    assert_eq!(library.noted("change").await, 1);
    assert_eq!(library.read(draft.line.id).await.document, changed.document);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsound_draft_is_kept_and_shown_with_what_is_wrong() {
    let library = Library::new().await;
    let draft = library.make("En travaux").await;
    let rootless = library
        .change(&library.network, &draft, |document| {
            document.rules.retain(|rule| rule.id != *"R0");
        })
        .await
        .unwrap();
    assert_eq!(rootless.policy.unwrap_err(), [PolicyFinding::NoRoot]);
    let read = library.read(draft.line.id).await;
    assert_eq!(read.policy.unwrap_err(), [PolicyFinding::NoRoot]);
    // What is out of all proportion is not kept.
    let huge = library.change(&library.network, &draft, |document| {
        document.rules[0].set.loan_days = Some(u32::MAX);
    });
    assert_eq!(huge.await.unwrap_err(), DraftRefused::Misfit("rule"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_drafts_rules_that_name_it_and_nothing_else() {
    let library = Library::new().await;
    let branch = library.branch().await;
    let draft = library.tried_to_make(&branch, "Lens", 1).await.unwrap();
    let ours = rule(json!({ "id": "X-LENS", "branch": "LENS", "document": "DVD", "loan_days": 7 }));
    let draft = library
        .change(&branch, &draft, |document| document.rules.push(ours))
        .await
        .unwrap();
    let only = Err(DraftRefused::OtherRules("LENS".parse().unwrap()));
    for theirs in [
        json!({ "id": "X-VIMY", "branch": "VIMY", "document": "DVD", "loan_days": 7 }),
        json!({ "id": "R-GCA", "document": "GCA", "loan_days": 7 }),
    ] {
        let tried = library
            .change(&branch, &draft, |document| {
                document.rules.push(rule(theirs))
            })
            .await;
        assert_eq!(tried.map(|draft| draft.line), only);
    }
    let tried = library
        .change(&branch, &draft, |document| document.limits.clear())
        .await;
    assert_eq!(tried.map(|draft| draft.line), only);
    // The network may, in the same draft.
    let theirs = rule(json!({ "id": "R-GCA", "document": "GCA", "loan_days": 7 }));
    let changed = library
        .change(&library.network, &draft, |document| {
            document.rules.push(theirs)
        })
        .await
        .unwrap();
    // Publishing and withdrawing is up to the network.
    let ask = library.publish_ask(&changed, "2026-06-10");
    let published = library.asked(&branch, &ask).await;
    assert_eq!(published.unwrap_err(), DraftRefused::Network);
    assert_eq!(
        library.withdraw(&branch, 1).await,
        Err(DraftRefused::Network)
    );
    assert_eq!(
        library.count("SELECT count(*) FROM policy_version").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_thrown_away_by_who_made_it_or_the_network() {
    let library = Library::new().await;
    let branch = library.branch().await;
    let (ours, theirs) = (
        library.tried_to_make(&branch, "Lens", 1).await.unwrap(),
        library.make("Réseau").await,
    );
    let desk = &library.served.desk;
    let now = library.town.now();
    let drop =
        async |who, id, version| desk.drop_policy_draft(who, id, version, now).await.unwrap();
    let other = drop(&branch, theirs.line.id, None).await;
    assert_eq!(other, Err(DraftRefused::NotYours));
    let late = drop(&branch, ours.line.id, Some(9)).await;
    assert_eq!(late, Err(DraftRefused::Changed(1)));
    assert_eq!(drop(&branch, ours.line.id, Some(1)).await, Ok(()));
    assert_eq!(drop(&library.network, theirs.line.id, None).await, Ok(()));
    let again = drop(&library.network, theirs.line.id, None).await;
    assert_eq!(again, Err(DraftRefused::NoDraft));
    assert_eq!(library.noted("drop").await, 2);
    assert_eq!(library.count("SELECT count(*) FROM policy_draft").await, 0);
}
