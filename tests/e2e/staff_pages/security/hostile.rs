//! What is typed is text, and stays text.

use super::super::{
    SIGN_IN, Served,
    web::{Ask, quoted},
};

const TYPED: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "'; DROP TABLE staff_user; --",
    "{{ 7 * 7 }}${7 * 7}",
    "é\u{202e}\u{7}\u{1b}[31m",
    "a\r\nSet-Cookie: relire=x",
];

/// The value of a field as the page writes it.
#[track_caller]
fn written<'a>(page: &'a str, field: &str) -> &'a str {
    let mark = format!("name=\"{field}\" value=\"");
    let (_, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("{page}"));
    rest.split('"').next().unwrap()
}

/// As it was before the page wrote it.
fn read(written: &str) -> String {
    let mut text = written.to_owned();
    let names = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    for (name, letter) in names {
        text = text.replace(name, letter);
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_comes_back_as_text() {
    let served = Served::new().await;
    for typed in TYPED {
        let fields = [("login", typed), ("password", "faux"), ("next", typed)];
        let refused = served.ask(&Ask::form(SIGN_IN, &fields));
        assert_eq!(refused.status, 401, "{typed:?}");
        assert_eq!(refused.header("set-cookie"), None, "{typed:?}");
        let asked = served.ask(&Ask::get(&format!("{SIGN_IN}?next={}", quoted(typed))));
        assert_eq!(asked.status, 200, "{typed:?}");
        let places = [(&refused, "login"), (&refused, "next"), (&asked, "next")];
        for (answer, field) in places {
            let value = written(&answer.body, field);
            assert!(!value.contains(['<', '>', '\'']), "{typed:?}: {value}");
            assert_eq!(read(value), typed, "{field}");
        }
        // One script and no handler, whatever was typed.
        assert_eq!(
            refused.body.matches("<script").count(),
            1,
            "{}",
            refused.body
        );
    }
    // Nobody's table is gone.
    served.session(&served.librarians[0]);
}

/// What no database stores and no page needs, refused as any other or as unreadable, and never a fault of ours.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_sent_is_a_fault_of_ours() {
    let served = Served::new().await;
    let long = "x".repeat(10_000);
    let wide = "é".repeat(5_000);
    for odd in [
        "\u{0}", "a\u{0}b", &long, &wide, "", " ", "\u{feff}", "\u{fffe}",
    ] {
        let start: String = odd.chars().take(3).collect();
        for (login, password) in [(odd, "faux"), ("personne", odd), (odd, odd)] {
            let answer = served.try_in(login, password);
            assert!(
                [400, 401].contains(&answer.status),
                "{start:?}: {}",
                answer.status
            );
            assert_eq!(answer.header("set-cookie"), None, "{start:?}");
        }
        let next = served.ask(&Ask::get(&format!("{SIGN_IN}?next={}", quoted(odd))));
        assert!(
            [200, 400].contains(&next.status),
            "{start:?}: {}",
            next.status
        );
    }
    // Bytes that are no text, signs that are cut, fields that come twice or not at all.
    for body in [
        "login=%ff%fe&password=x",
        "login=%&password=%4",
        "login=a&login=b",
        "",
        "&&&=",
        "\u{0}",
    ] {
        let ask = Ask::form(SIGN_IN, &[]).body(body);
        let answer = served.ask(&ask);
        assert!(
            [400, 401, 422].contains(&answer.status),
            "{body:?}: {}",
            answer.status
        );
    }
    for cookie in [
        "relire=",
        "relire=x",
        "relire=\u{e9}",
        "relire",
        "=;=;relire=a;relire=b",
        &format!("relire={long}"),
    ] {
        assert!(!served.lets_in(cookie), "{cookie:.40}");
    }
    for path in [
        "/staff/%00",
        "/staff/%ff",
        "/staff/../staff",
        "/staff//",
        "/staff/sign-in?next=%ff",
        &format!("/staff/{long}"),
    ] {
        let answer = served.ask(&Ask::get(path));
        assert!(answer.status < 500, "{path:.40}: {}", answer.status);
    }
    served.session(&served.librarians[0]);
}
