//! The Rust crate `sip2` of the field: its own client for what it can send, its `Connection` for the rest.

use peer_sip2::{Client, Connection, Message, ParamSet};

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn the_fields_own_client_logs_in_reads_lends_renews_and_returns() {
    let served = Served::new().await;
    let text = |path: &str| served.daemon.text(path).unwrap().to_owned();
    let (address, login, password) = (
        text("/sip2"),
        text("/demo/terminals/0/login"),
        text("/demo/terminals/0/password"),
    );
    let (card, pin, barcode) = (
        text("/demo/patrons/0/card"),
        text("/demo/patrons/0/pin"),
        text("/demo/items/0/barcode"),
    );
    // A blocking client has a thread of its own.
    tokio::task::spawn_blocking(move || drive(&address, &login, &password, &card, &pin, &barcode))
        .await
        .unwrap();
}

fn drive(address: &str, login: &str, password: &str, card: &str, pin: &str, barcode: &str) {
    let mut client = Client::new(address).unwrap();
    let mut params = ParamSet::new();
    params
        .set_sip_user(login)
        .set_sip_pass(password)
        .set_institution("LENS")
        .set_patron_id(card)
        .set_patron_pwd(pin)
        .set_item_id(barcode);
    assert!(client.login(&params).unwrap().ok());
    assert!(client.sc_status().unwrap().ok());
    let status = client.patron_status(&params).unwrap();
    assert!(status.ok());
    assert_eq!(status.value("BL"), Some("Y"));
    assert_eq!(status.value("CQ"), Some("Y"));
    assert!(client.patron_info(&params).unwrap().ok());
    let item = client.item_info(&params).unwrap();
    assert!(!item.value("AJ").unwrap().is_empty());
    let lent = client.checkout(&params).unwrap();
    assert!(lent.ok(), "{:?}", lent.msg());
    let mut second = Connection::new(address).unwrap();
    let log_in = Message::from_sip(&format!("9300CN{login}|CO{password}|CPLENS|")).unwrap();
    assert!(
        second
            .sendrecv(&log_in)
            .unwrap()
            .to_sip()
            .starts_with("941")
    );
    let renewal =
        format!("29NN20260609    110000                  AOLENS|AA{card}|AB{barcode}|AC|BON|");
    let renewed = second
        .sendrecv(&Message::from_sip(&renewal).unwrap())
        .unwrap();
    assert!(renewed.to_sip().starts_with("301Y"), "{}", renewed.to_sip());
    // What its client has no call for; 19 and 25 are no messages to it at all.
    let mut says = |frame: String, answer: &str| {
        let said = second
            .sendrecv(&Message::from_sip(&frame).unwrap())
            .unwrap()
            .to_sip();
        assert!(said.starts_with(answer), "{frame}: {said}");
    };
    let date = "20260609    110000";
    says(
        format!("15+{date}BSLENS|AOLENS|AA{card}|AB{barcode}|AC|"),
        "160",
    );
    says(format!("65{date}AOLENS|AA{card}|AC|"), "661");
    says(
        format!("37{date}0100EURBV1.00|AOLENS|AA{card}|AC|BK1|"),
        "38N",
    );
    says(format!("01N{date}AOLENS|ALvu|AA{card}|AC|"), "24YYYY");
    says(format!("35{date}AOLENS|AA{card}|AC|"), "36Y");
    assert!(client.checkin(&params).unwrap().ok());
}
