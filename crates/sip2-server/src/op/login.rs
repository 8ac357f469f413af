//! 93 → 94.

use std::sync::Arc;

use desk::{Pin, SignIn};
use sip2::{Charset, Message, messages::Login};
use tokio::time::{Instant, sleep};

use crate::{door::Door, origin::Origin, profile::Profile};

/// Checks a log-in. What is wrong with it, nobody is told: a 94 has one digit. The password is checked before
/// anything else, so that all failures take as long.
pub(crate) async fn check(door: &Door, origin: &Origin, asked: &Message) -> Option<Arc<Profile>> {
    let (peer, encrypted) = (origin.address, origin.encrypted);
    sleep(door.throttle.wait(peer, Instant::now())).await;
    let found = match credentials(asked) {
        Some((user, password)) => door.desk().sign_in(&user, password.as_ref()).await,
        None => SignIn::Refused,
    };
    let why = match found {
        SignIn::In(known) => {
            let (login, branch) = (known.terminal.login.clone(), known.terminal.branch);
            match door.admit(known, origin) {
                Ok(profile) => {
                    door.throttle.right(peer);
                    tracing::info!(%peer, encrypted, terminal = login, %branch, "a terminal logged in");
                    return Some(Arc::new(profile));
                }
                Err(why) => {
                    // Its password was right, so that this is a login and nothing else.
                    tracing::warn!(%peer, encrypted, terminal = login, why = why.word(), "a log-in was refused");
                    why.word()
                }
            }
        }
        SignIn::Refused => {
            // Not what was typed as a login: it may be a password in the wrong place.
            tracing::warn!(%peer, encrypted, why = "password", "a log-in was refused");
            "password"
        }
    };
    door.throttle.wrong(peer, Instant::now());
    crate::counts::refused(why);
    None
}

/// Login and password, if they came in clear: nobody ever named another algorithm than 0.
fn credentials(asked: &Message) -> Option<(String, Option<Pin>)> {
    let login = Login::from_message(asked, Charset::Utf8).ok()?;
    if login.user_algorithm != 0 || login.password_algorithm != 0 {
        return None;
    }
    let password = login
        .password
        .as_ref()
        .and_then(|password| Pin::typed(password.expose()));
    Some((login.user, password))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::message;

    #[test]
    fn only_clear_credentials_are_looked_at() {
        for frame in [
            "9300CNkiosk|COsecret|CPLENS|",
            "9300CN kiosk |COsecret|",
            "93  CNkiosk|COsecret|",
        ] {
            let (user, password) = credentials(&message(frame)).unwrap();
            assert_eq!(
                (user.as_str(), password.is_some()),
                ("kiosk", true),
                "{frame}"
            );
        }
        assert!(
            credentials(&message("9300CNkiosk|CO|"))
                .unwrap()
                .1
                .is_none()
        );
        for frame in [
            "9310CNkiosk|COsecret|",
            "9301CNkiosk|COsecret|",
            "9300COsecret|",
            "93",
        ] {
            assert!(credentials(&message(frame)).is_none(), "{frame}");
        }
    }
}
