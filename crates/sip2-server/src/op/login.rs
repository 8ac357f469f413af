//! 93 → 94.

use std::{net::IpAddr, sync::Arc};

use desk::{Desk, DeskError, Pin, SignIn};
use sip2::{Charset, Message, messages::Login};
use tokio::time::{Instant, sleep};

use crate::{profile::Profile, throttle::Throttle};

/// Checks a log-in. What is wrong with it, nobody is told: a 94 has one digit.
pub(crate) async fn check(
    desk: &Arc<Desk>,
    throttle: &Throttle,
    peer: IpAddr,
    asked: &Message,
) -> Result<Option<Arc<Profile>>, DeskError> {
    sleep(throttle.wait(peer, Instant::now())).await;
    let found = match credentials(asked) {
        Some((user, password)) => desk.sign_in(&user, password.as_ref()).await?,
        None => SignIn::Refused,
    };
    match found {
        SignIn::In(terminal) => {
            throttle.right(peer);
            tracing::info!(%peer, terminal = terminal.login, branch = %terminal.branch, "a terminal logged in");
            Ok(Some(Arc::new(Profile::new(terminal))))
        }
        SignIn::Refused => {
            throttle.wrong(peer, Instant::now());
            // Not what was typed as a login: it may be a password in the wrong place.
            tracing::warn!(%peer, "a log-in was refused");
            Ok(None)
        }
    }
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
