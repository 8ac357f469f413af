//! Log-in by prompts. The clock stands still and goes on by itself when everybody waits.

use super::*;

fn prompting() -> Stub {
    Stub {
        prompts: true,
        ..Stub::default()
    }
}

impl Kiosk {
    /// What comes, as long as it is this.
    async fn expect(&mut self, text: &str) {
        let mut heard = vec![0; text.len()];
        self.line.read_exact(&mut heard).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&heard), text);
    }
}

#[tokio::test(start_paused = true)]
async fn prompts_and_then_sip2() {
    let mut kiosk = Kiosk::connect(prompting());
    kiosk.expect("login: ").await;
    kiosk.say(b"\xff\xfd\x01kiosk\r\n").await;
    kiosk.expect("Password: ").await;
    kiosk.say(b"right\r\0").await;
    kiosk.expect("Login OK\r\n").await;
    assert!(
        kiosk
            .ask("3520261122    153030AO|")
            .await
            .starts_with("36Y")
    );
    assert!(kiosk.ask("9900802.00").await.starts_with("98YY"));
}

#[tokio::test(start_paused = true)]
async fn three_wrong_ones_end_it() {
    let mut kiosk = Kiosk::connect(prompting());
    for _ in 0..3 {
        kiosk.expect("login: ").await;
        kiosk.say(b"kiosk\n").await;
        kiosk.expect("Password: ").await;
        kiosk.say(b"wrong\n").await;
        kiosk.expect("Login incorrect\r\n").await;
    }
    assert_eq!(kiosk.ending().await, Ending::WrongLogIns);
}

#[tokio::test(start_paused = true)]
async fn who_speaks_sip2_at_once_is_not_greeted() {
    let mut kiosk = Kiosk::connect(prompting());
    kiosk.say(b"9300CNki").await;
    tokio::time::advance(Duration::from_secs(2)).await;
    kiosk.say(b"osk|COright|\r3520261122    153030AO|\r").await;
    assert_eq!(kiosk.hear().await, b"941\r");
    assert!(kiosk.hear().await.starts_with(b"36Y"));

    let mut kiosk = Kiosk::connect(prompting());
    assert!(kiosk.ask("9900802.00").await.starts_with("98YN"));
    assert_eq!(kiosk.ask("9300CNkiosk|COright|").await, "941");
}

#[tokio::test(start_paused = true)]
async fn who_speaks_sip2_late_is_served_all_the_same() {
    let mut kiosk = Kiosk::connect(prompting());
    kiosk.expect("login: ").await;
    assert_eq!(kiosk.ask("9300CNkiosk|COright|").await, "941");
    assert!(
        kiosk
            .ask("3520261122    153030AO|")
            .await
            .starts_with("36Y")
    );
}

#[tokio::test(start_paused = true)]
async fn prompts_wait_for_nobody_for_ever() {
    let mut kiosk = Kiosk::connect(prompting());
    let begun = Instant::now();
    kiosk.expect("login: ").await;
    assert_eq!(kiosk.ending().await, Ending::Mute);
    assert!(begun.elapsed() <= Settings::default().first_byte);

    let mut kiosk = Kiosk::connect(prompting());
    kiosk.expect("login: ").await;
    kiosk.say(&[b'x'; 300]).await;
    assert_eq!(kiosk.ending().await, Ending::NotSip2);

    let mut kiosk = Kiosk::connect(prompting());
    kiosk.expect("login: ").await;
    kiosk.stub.revoke(NotAdmitted::CertificateRevoked);
    assert_eq!(kiosk.ending().await, Ending::Revoked);
}
