//! The API tried out: what is filled in is asked of the API itself, in the name of who is in, and of nothing else.

use super::{Served, web::Ask};

const ITEM: &str = "/staff/api/item";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_put_in_ones_own_name() {
    let served = Served::new().await;
    let session = served.session(&served.librarians[0]);
    let barcode = served.demo("/items/0/barcode");
    let told = served.ask(&session.form(ITEM, &[("path.barcode", &barcode)]));
    assert_eq!(told.status, 200, "{}", told.body);
    assert!(told.body.contains("200 OK"), "{}", told.body);
    let line = format!("/api/v1/items/{barcode}");
    assert!(told.body.contains(&line), "{}", told.body);

    // A command too, with the form's key; what is refused is shown as well.
    let body = r#"{"card": "none", "barcode": "none", "dry_run": true}"#;
    let told = served.ask(&session.form("/staff/api/lend", &[("body", body)]));
    assert!(told.body.contains("/problems/refused"), "{}", told.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_the_operation_is_reached() {
    let served = Served::new().await;
    let session = served.session(&served.librarians[0]);
    for wrong in ["../me", "..", "a/../../me", "", "?x=1", "#"] {
        let told = served.ask(&session.form(ITEM, &[("path.barcode", wrong)]));
        assert!(!told.body.contains("&quot;login&quot;"), "{}", told.body);
        assert!(!told.body.contains("200 OK"), "{wrong}: {}", told.body);
    }
    // What is written is shown as it was written, and is no page of its own.
    let told = served.ask(&session.form(ITEM, &[("path.barcode", "<script>x</script>")]));
    assert!(!told.body.contains("<script>x"), "{}", told.body);
    let nobody = served.ask(&Ask::form(ITEM, &[("path.barcode", "1")]));
    assert_eq!(nobody.status, 303);
    let unkeyed = served.ask(&session.shown(Ask::form(ITEM, &[("path.barcode", "1")])));
    assert_eq!(unkeyed.status, 403);
    let nothing = served.ask(&session.shown(Ask::get("/staff/api/none")));
    assert_eq!(nothing.status, 404);
}
