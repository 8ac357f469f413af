//! A working day at a browser, once with scripts and once without.

use super::{
    HOME, SIGN_IN, Served,
    browser::{Browser, ENTER},
    checks,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_day_by_keyboard() {
    day(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_by_keyboard_without_scripts() {
    day(false).await;
}

async fn day(scripts: bool) {
    let served = Served::new().await;
    let browser = Browser::new(&served.base(), "fr", scripts);
    // Without scripts means without: a page whose script says so.
    browser.open("data:text/html,<title>none</title><script>document.title = 'some'</script>");
    assert_eq!(browser.title(), if scripts { "some" } else { "none" });

    // Whoever is nobody is sent to sign in, and a wrong password lets nobody in.
    let librarian = &served.librarians[0];
    browser.open(HOME);
    browser.until("sign in", || browser.path().starts_with(SIGN_IN));
    browser.tab_to("textbox", "Identifiant");
    browser.keys(&librarian.login);
    browser.tab_to("textbox", "Mot de passe");
    browser.scan("faux");
    browser.until("a refusal", || {
        browser
            .text()
            .contains("Identifiant ou mot de passe incorrect")
    });
    assert_eq!(checks::silent_console(&browser, 401), Vec::<String>::new());
    // The login is still there, and the password is not.
    browser.tab_to("textbox", "Mot de passe");
    browser.keys(&librarian.password);
    browser.tab_to("button", "Entrer");
    browser.press(ENTER);
    browser.until_at(HOME);
    assert!(browser.text().contains("LENS"), "{}", browser.text());

    // At another branch: typing its code in the list chooses it, as the keyboard does everywhere.
    browser.tab_to("combobox", "Je travaille à");
    browser.keys("VIMY");
    browser.tab_to("button", "Changer");
    browser.press(ENTER);
    browser.until("Vimy", || browser.text().contains("· VIMY"));

    // Gone is gone: going back shows nobody's page.
    browser.tab_to("button", "Quitter");
    browser.press(ENTER);
    browser.until_at(SIGN_IN);
    browser.back();
    browser.until("sign in", || browser.path().starts_with(SIGN_IN));
    assert!(!browser.text().contains("VIMY"), "{}", browser.text());
    assert_eq!(checks::silent_console(&browser, 200), Vec::<String>::new());
}
