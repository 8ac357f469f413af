use super::*;
use crate::{
    fixtures::{checked, message, profile, profile_of, profile_with},
    manners::Manners,
    profile::MESSAGES,
};

const CHECKOUT: &str = "11YN20261122    153030                  AOLENS|AA26200|AB36200|AC|";
const STATUS: &str = "9900802.00";

fn fresh() -> Session {
    Session::new(&Settings::default())
}

fn logged_in() -> Session {
    let mut session = fresh();
    assert!(!session.logged_in(Some(Arc::new(profile()))));
    session
}

fn receive(session: &mut Session, frame: &str) -> Step {
    session.receive(Framed::Message(Bytes::copy_from_slice(frame.as_bytes())))
}

fn say(session: &mut Session, frame: Bytes) -> Step {
    session.receive(Framed::Message(frame))
}

/// Serves one checkout with AY1.
fn served() -> (Session, Bytes) {
    let mut session = logged_in();
    let frame = checked(CHECKOUT, 1);
    assert!(matches!(say(&mut session, frame.clone()), Step::Serve(..)));
    session.answered(&frame, message("120NUN"), ErrorDetection::Sequence(1));
    (session, frame)
}

#[test]
fn before_log_in_three_messages_have_an_answer() {
    let mut session = Session::new(&Settings {
        repetitions: 100,
        ..Settings::default()
    });
    assert!(matches!(
        receive(&mut session, "9300CNa|COb|"),
        Step::LogIn(_)
    ));
    assert!(matches!(receive(&mut session, STATUS), Step::Status(_)));
    let nothing = receive(&mut session, "97AZFEF5");
    assert!(matches!(
        nothing,
        Step::AskAgain(Bad::NothingToRepeat, ErrorDetection::Checksum)
    ));
    for code in MESSAGES
        .iter()
        .filter(|code| !["93", "97", "99"].contains(code))
    {
        let step = receive(&mut session, &format!("{code}AA26200|AB36200|"));
        assert!(
            matches!(step, Step::Refuse(_, Bad::BeforeLogIn)),
            "{code}: {step:?}"
        );
    }
}

#[test]
fn what_is_no_sip2_is_hung_up_on_before_log_in_and_borne_after() {
    let noise = Framed::Message(Bytes::from_static(b"GET / HTTP/1.1"));
    assert!(matches!(
        fresh().receive(noise.clone()),
        Step::End(Ending::NotSip2)
    ));
    assert!(matches!(
        fresh().receive(Framed::TooLong),
        Step::End(Ending::NotSip2)
    ));
    assert!(matches!(
        logged_in().receive(noise),
        Step::AskAgain(Bad::NoCode, _)
    ));
    assert!(matches!(
        logged_in().receive(Framed::TooLong),
        Step::AskAgain(Bad::TooLong, _)
    ));
}

#[test]
fn a_terminal_sends_what_it_may() {
    let mut session = fresh();
    session.logged_in(Some(Arc::new(profile_of(&["09", "15"]))));
    assert!(matches!(
        receive(&mut session, "09NAB36200|"),
        Step::Serve(..)
    ));
    assert!(matches!(
        receive(&mut session, CHECKOUT),
        Step::Refuse(_, Bad::NotAllowed)
    ));
    assert!(
        matches!(receive(&mut session, "15+"), Step::Serve(..)),
        "to be told that it is not served"
    );
    assert!(matches!(receive(&mut session, STATUS), Step::Status(_)));
}

#[test]
fn a_wrong_log_in_ends_the_rights_and_three_the_connection() {
    let mut session = logged_in();
    assert!(!session.logged_in(None));
    assert!(matches!(
        receive(&mut session, CHECKOUT),
        Step::Refuse(_, Bad::BeforeLogIn)
    ));
    assert!(!session.logged_in(None));
    assert!(
        !session.logged_in(Some(Arc::new(profile()))),
        "a right one clears the slate"
    );
    assert!(!session.logged_in(None) && !session.logged_in(None));
    assert!(session.logged_in(None));

    let mut session = logged_in();
    session.log_in_failed();
    assert!(
        session.profile().is_none(),
        "no database: no rights, no strike"
    );
    assert!(!session.logged_in(None) && !session.logged_in(None));
}

#[test]
fn the_same_message_with_the_same_number_is_not_done_twice() {
    let (mut session, frame) = served();
    for _ in 0..3 {
        assert!(matches!(
            say(&mut session, frame.clone()),
            Step::Repeat(ErrorDetection::Sequence(1))
        ));
    }
    assert!(
        matches!(say(&mut session, checked(CHECKOUT, 2)), Step::Serve(..)),
        "another number is another one"
    );

    let mut session = logged_in();
    let plain = Bytes::from(CHECKOUT);
    assert!(matches!(say(&mut session, plain.clone()), Step::Serve(..)));
    session.answered(&plain, message("120NUN"), ErrorDetection::Off);
    assert!(
        matches!(say(&mut session, plain), Step::Serve(..)),
        "without numbers nobody can tell"
    );
}

#[test]
fn only_the_last_message_is_repeated() {
    let (mut session, frame) = served();
    let other = checked("3520261122    153030AOLENS|AA26200|", 2);
    assert!(matches!(say(&mut session, other.clone()), Step::Serve(..)));
    session.answered(&other, message("36Y"), ErrorDetection::Sequence(2));
    assert!(matches!(say(&mut session, frame), Step::Serve(..)));
}

#[test]
fn a_log_in_that_could_not_be_checked_is_checked_again() {
    let mut session = fresh();
    let asked = checked("9300CNkiosk|COright|", 1);
    assert!(matches!(say(&mut session, asked.clone()), Step::LogIn(_)));
    session.log_in_failed();
    session.answered(&asked, message("940"), ErrorDetection::Sequence(1));
    assert!(matches!(say(&mut session, asked.clone()), Step::LogIn(_)));
    session.answered(&asked, message("940"), ErrorDetection::Sequence(1));
    assert!(matches!(say(&mut session, asked), Step::Repeat(_)));
}

#[test]
fn a_status_is_always_fresh() {
    let mut session = logged_in();
    let poll = checked(STATUS, 0);
    for _ in 0..3 {
        assert!(matches!(say(&mut session, poll.clone()), Step::Status(_)));
        session.answered(&poll, message("98YYYYYN"), ErrorDetection::Sequence(0));
    }
}

#[test]
fn a_damaged_repetition_is_still_known_once_it_is_whole() {
    let (mut session, frame) = served();
    let mut damaged = frame.to_vec();
    damaged[30] ^= 1;
    assert!(matches!(
        say(&mut session, damaged.into()),
        Step::AskAgain(Bad::Checksum, ErrorDetection::Checksum)
    ));
    assert!(matches!(
        say(&mut session, frame),
        Step::Repeat(ErrorDetection::Sequence(1))
    ));
}

#[test]
fn a_97_gets_the_last_answer_without_its_number() {
    let (mut session, _) = served();
    assert!(matches!(
        receive(&mut session, "97AZFEF5"),
        Step::Resend(ErrorDetection::Checksum)
    ));
    assert_eq!(session.last_answer(), Some(&message("120NUN")));
    assert!(matches!(
        receive(&mut session, "97"),
        Step::Resend(ErrorDetection::Checksum)
    ));

    let mut plain = logged_in();
    plain.answered(
        &Bytes::from(STATUS),
        message("98YYYYYN"),
        ErrorDetection::Off,
    );
    assert!(matches!(
        receive(&mut plain, "97"),
        Step::Resend(ErrorDetection::Off)
    ));
}

#[test]
fn a_97_gets_an_exact_copy_where_that_is_wanted() {
    let (mut session, _) = served();
    let manners = Manners {
        resend: Resend::Exact,
        ..Manners::default()
    };
    session.renewed(Arc::new(profile_with(&MESSAGES, manners)));
    for _ in 0..2 {
        assert!(matches!(
            receive(&mut session, "97AZFEF5"),
            Step::Resend(ErrorDetection::Sequence(1))
        ));
    }
}

#[test]
fn a_97_after_a_96_gets_a_96() {
    let (mut session, _) = served();
    assert!(matches!(
        receive(&mut session, "11broken|AY1AZ0000"),
        Step::AskAgain(Bad::Checksum, _)
    ));
    assert!(matches!(
        receive(&mut session, "97AZFEF5"),
        Step::AskAgain(Bad::NothingToRepeat, _)
    ));
}

#[test]
fn a_97_never_sees_another_connections_answer() {
    let (_neighbour, _) = served();
    assert!(matches!(
        receive(&mut logged_in(), "97AZFEF5"),
        Step::AskAgain(Bad::NothingToRepeat, _)
    ));
}

#[test]
fn repetitions_in_a_row_have_an_end() {
    for frame in [
        "97AZFEF5",
        "11broken|AY1AZ0000",
        "77",
        "12",
        "9900802.00AY10AZFFFF",
    ] {
        let (mut session, _) = served();
        for _ in 0..10 {
            let step = receive(&mut session, frame);
            assert!(
                matches!(step, Step::AskAgain(..) | Step::Resend(_)),
                "{frame}: {step:?}"
            );
        }
        assert!(
            matches!(receive(&mut session, frame), Step::End(Ending::Repetitions)),
            "{frame}"
        );
    }
}

#[test]
fn a_message_that_is_understood_begins_the_row_anew() {
    let mut session = logged_in();
    for _ in 0..5 {
        for _ in 0..10 {
            assert!(matches!(
                receive(&mut session, "77"),
                Step::AskAgain(Bad::UnknownCode, ErrorDetection::Off)
            ));
        }
        assert!(matches!(receive(&mut session, STATUS), Step::Status(_)));
    }
}

#[test]
fn before_log_in_nobody_is_refused_for_ever() {
    let mut session = fresh();
    for _ in 0..10 {
        assert!(matches!(
            receive(&mut session, CHECKOUT),
            Step::Refuse(_, Bad::BeforeLogIn)
        ));
        assert!(matches!(receive(&mut session, STATUS), Step::Status(_)));
    }
    assert!(matches!(
        receive(&mut session, CHECKOUT),
        Step::End(Ending::Repetitions)
    ));
}
