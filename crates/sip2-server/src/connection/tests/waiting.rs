//! Time: nobody waits for ever, on either side. The clock stands still and is moved by hand.

use tokio::time::advance;

use super::*;

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_ever() {
    let settings = Settings::default();
    let begun = Instant::now();
    assert_eq!(Kiosk::connect(Stub::default()).ending().await, Ending::Mute);
    assert_eq!(begun.elapsed(), settings.first_byte);

    let begun = Instant::now();
    let mut chatty = Kiosk::connect(Stub::default());
    chatty.ask("9900802.00").await;
    advance(Duration::from_secs(40)).await;
    chatty.ask("9900802.00").await;
    assert_eq!(chatty.ending().await, Ending::NoLogIn);
    assert_eq!(begun.elapsed(), settings.log_in);

    let mut half = Kiosk::logged_in(Stub::default()).await;
    advance(Duration::from_secs(600)).await;
    half.say(b"35AO").await;
    let begun = Instant::now();
    assert_eq!(half.ending().await, Ending::HalfMessage);
    assert_eq!(begun.elapsed(), settings.message);

    let idle = Kiosk::logged_in(Stub::default()).await;
    let begun = Instant::now();
    assert_eq!(idle.ending().await, Ending::Idle);
    assert_eq!(begun.elapsed(), Manners::default().idle());

    let brief = Stub::with(Manners {
        idle: 60,
        ..Manners::default()
    });
    let idle = Kiosk::logged_in(brief).await;
    let begun = Instant::now();
    assert_eq!(idle.ending().await, Ending::Idle);
    assert_eq!(begun.elapsed(), Duration::from_secs(60));

    let mut stuck = Kiosk::logged_in(Stub::default()).await;
    let begun = Instant::now();
    let told = stuck.ask("17                  AO|ABslow|").await;
    assert!(told.contains("AFLe système est"), "{told}");
    assert_eq!(begun.elapsed(), settings.answer);
    stuck.say(CHECKOUT).await;
    assert_eq!(
        stuck.ending().await,
        Ending::NoAnswer,
        "it may have been done"
    );
    assert_eq!(begun.elapsed(), settings.answer * 2);

    let mut stuck = Kiosk::connect(Stub::default());
    let begun = Instant::now();
    assert_eq!(stuck.ask("9300CNkiosk|COslow|").await, "940");
    assert_eq!(begun.elapsed(), settings.answer);
}

#[tokio::test(start_paused = true)]
async fn who_loses_the_log_in_has_time_for_another() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    advance(Duration::from_secs(600)).await;
    assert_eq!(kiosk.ask("9300CNkiosk|COwrong|").await, "940");
    let begun = Instant::now();
    assert_eq!(kiosk.ending().await, Ending::NoLogIn);
    assert_eq!(begun.elapsed(), Settings::default().log_in);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_read_is_hung_up_on() {
    let kiosk = Kiosk::connect_over(Stub::default(), 64);
    let Kiosk {
        mut line, ended, ..
    } = kiosk;
    line.write_all(b"9300CNkiosk|COright|\r").await.unwrap();
    for _ in 0..8 {
        if line.write_all(b"9900802.00\r").await.is_err() {
            break;
        }
    }
    assert_eq!(ended.await.unwrap(), Ending::Unread);
}

#[tokio::test(start_paused = true)]
async fn at_the_end_what_was_begun_is_answered() {
    let quiet = Kiosk::logged_in(Stub::default()).await;
    quiet.shutdown.cancel();
    assert_eq!(quiet.ending().await, Ending::Shutdown);

    let mut busy = Kiosk::logged_in(Stub::default()).await;
    busy.say(b"17                  AO|ABshort|\r3520261122    153030AO|\r")
        .await;
    advance(Duration::from_secs(1)).await;
    assert_eq!(busy.done(), 1);
    busy.shutdown.cancel();
    assert!(busy.hear().await.windows(5).any(|part| part == b"Enfin"));
    assert_eq!(busy.done(), 1, "what was only sent is not begun");
    assert_eq!(busy.ending().await, Ending::Shutdown);
}
