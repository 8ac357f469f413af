//! What changes while a terminal is connected.

use super::*;
use crate::manners::{Hidden, Resend};

const END: &str = "3520261122    153030AO|AA26200|";

#[tokio::test]
async fn the_next_answer_is_under_the_new_settings() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    assert!(
        kiosk
            .ask("17                  AO|AB1|")
            .await
            .contains("AJL’Été d’Œdipe|")
    );
    kiosk.stub.change(Manners {
        charset: CharsetName::Ascii,
        hidden: vec![Hidden(sip2::FieldId::AJ)],
        ..Manners::default()
    });
    assert!(
        kiosk
            .ask("17                  AO|AB1|")
            .await
            .contains("|AJ|")
    );
    kiosk.stub.change(Manners {
        charset: CharsetName::Ascii,
        ..Manners::default()
    });
    let told = kiosk.ask("17                  AO|AB1|").await;
    assert!(told.contains("AJL'Ete d'OEdipe|"), "{told}");
}

#[tokio::test]
async fn a_message_keeps_the_settings_of_its_first_byte() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    kiosk.say(b"17                  AO|A").await;
    settle().await;
    kiosk.stub.change(Manners {
        line_end: LineEnd::CrLf,
        hidden: vec![Hidden(sip2::FieldId::AJ)],
        ..Manners::default()
    });
    settle().await;
    kiosk.say(b"B1|\r").await;
    let told = String::from_utf8(kiosk.hear().await).unwrap();
    assert!(told.contains("AJL’Été d’Œdipe|"), "{told}");
    let told = kiosk.ask("17                  AO|AB1|").await;
    assert!(told.contains("|AJ|"), "{told}");
}

#[tokio::test]
async fn who_was_revoked_is_hung_up_on_also_when_silent_or_nameless() {
    let idle = Kiosk::logged_in(Stub::default()).await;
    settle().await;
    idle.stub.revoke(NotAdmitted::Gone);
    assert_eq!(idle.ending().await, Ending::Revoked);

    let mut half = Kiosk::logged_in(Stub::default()).await;
    half.say(b"35202611").await;
    settle().await;
    half.stub.revoke(NotAdmitted::CertificateRevoked);
    assert_eq!(half.ending().await, Ending::Revoked);

    let nameless = Kiosk::connect(Stub::default());
    settle().await;
    nameless.stub.revoke(NotAdmitted::CertificateRevoked);
    assert_eq!(nameless.ending().await, Ending::Revoked);

    let stub = Stub::default();
    stub.revoke(NotAdmitted::CertificateRevoked);
    let mut late = Kiosk::connect(stub);
    late.say(b"9900802.00\r").await;
    assert_eq!(late.ending().await, Ending::Revoked, "it was so before");
}

#[tokio::test]
async fn who_is_revoked_while_served_has_that_answer_and_no_other() {
    let mut busy = Kiosk::logged_in(Stub::default()).await;
    busy.say(b"17                  AO|ABshort|\r").await;
    while busy.done() == 0 {
        settle().await;
    }
    busy.stub.revoke(NotAdmitted::Gone);
    busy.say(END.as_bytes()).await;
    busy.say(b"\r").await;
    tokio::time::pause();
    assert!(busy.hear().await.windows(5).any(|part| part == b"Enfin"));
    assert_eq!(busy.done(), 1);
    assert_eq!(busy.ending().await, Ending::Revoked);
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_ends_ends_its_connection() {
    let lasting = || Stub {
        lasts: Some(Duration::from_secs(90)),
        ..Stub::default()
    };
    let begun = Instant::now();
    let idle = Kiosk::logged_in(lasting()).await;
    assert_eq!(idle.ending().await, Ending::Revoked);
    assert_eq!(begun.elapsed(), Duration::from_secs(90));

    let mut busy = Kiosk::logged_in(lasting()).await;
    tokio::time::advance(Duration::from_secs(89)).await;
    assert!(busy.ask(END).await.starts_with("36Y"));
    tokio::time::advance(Duration::from_secs(2)).await;
    busy.say(END.as_bytes()).await;
    busy.say(b"\r").await;
    assert_eq!(busy.ending().await, Ending::Revoked);
    assert!(
        Stub::default().lasts.is_none()
            && Kiosk::logged_in(Stub::default())
                .await
                .ask(END)
                .await
                .starts_with("36Y")
    );
}

#[tokio::test]
async fn an_exact_copy_for_who_wants_one() {
    let mut kiosk = Kiosk::logged_in(Stub::with(Manners {
        resend: Resend::Exact,
        ..Manners::default()
    }))
    .await;
    let asked = String::from_utf8(checked(END, 4).to_vec()).unwrap();
    let first = kiosk.ask(&asked).await;
    assert!(first.contains("AY4AZ"), "{first}");
    assert_eq!(kiosk.ask("97AZFEF5").await, first, "byte for byte");
    assert_eq!(kiosk.done(), 1);
}

/// Lets the other side come to rest, where both are on one thread.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}
