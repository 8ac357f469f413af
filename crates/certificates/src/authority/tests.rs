use std::{collections::HashSet, fs, os::unix::fs::PermissionsExt, thread};

use super::*;

fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn it_is_made_once_and_stays_the_same() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tls");
    let first = Authority::open_or_create(&folder, "Réseau", now()).unwrap();
    assert_eq!(first.described().subject, "CN=Réseau");
    assert_eq!(first.described().issuer, "CN=Réseau");
    assert_eq!(
        first.described().not_before.to_string(),
        "2026-06-30T08:00:00Z"
    );
    assert_eq!(
        first.described().not_after.to_string(),
        "2036-07-01T08:00:00Z"
    );
    let again = Authority::open_or_create(&folder, "another name", now()).unwrap();
    assert_eq!(again.certificate_pem(), first.certificate_pem());
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("ca.key")), 0o600);
    assert_eq!(mode(&folder.join("ca.pem")), 0o644);
    let files = fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 2, "nothing else is left there");
}

#[test]
fn starts_at_once_agree() {
    for _ in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let authorities: Vec<_> = thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Authority::open_or_create(home.path(), "Réseau", now())))
                .collect();
            let ends = starts.into_iter().map(|start| start.join().unwrap());
            ends.map(Result::unwrap).collect()
        });
        let one: HashSet<_> = authorities.iter().map(Authority::certificate_pem).collect();
        assert_eq!(one.len(), 1);
    }
}

#[test]
fn a_start_that_was_cut_short_is_taken_up() {
    let home = tempfile::tempdir().unwrap();
    let first = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    let key = fs::read(home.path().join("ca.key")).unwrap();
    fs::remove_file(home.path().join("ca.pem")).unwrap();
    let second = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    assert_ne!(second.certificate_pem(), first.certificate_pem());
    assert_eq!(fs::read(home.path().join("ca.key")).unwrap(), key);
}

#[test]
fn what_is_wrong_with_its_files_is_told() {
    let home = tempfile::tempdir().unwrap();
    let key = home.path().join("ca.key");
    let open = || Authority::open_or_create(home.path(), "Réseau", now());
    open().unwrap();

    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let error = open().unwrap_err().to_string();
    assert!(
        error.contains("ca.key can be read by others: chmod 600"),
        "{error}"
    );

    let elsewhere = tempfile::tempdir().unwrap();
    Authority::open_or_create(elsewhere.path(), "Réseau", now()).unwrap();
    fs::copy(elsewhere.path().join("ca.key"), &key).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(open(), Err(AuthorityError::Mismatch { .. })));

    fs::write(&key, "nothing of the kind").unwrap();
    let error = open().unwrap_err().to_string();
    assert!(error.contains("ca.key does not hold"), "{error}");

    fs::remove_file(&key).unwrap();
    assert!(matches!(open(), Err(AuthorityError::KeyMissing { .. })));
    assert!(!key.exists(), "no other key was put beside the certificate");
}

#[test]
fn a_leaf_is_no_authority() {
    let home = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    let leaf = authority.issue_client("LENS-automates", now(), 30).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let key = elsewhere.path().join("ca.key");
    fs::write(&key, leaf.key_pem.expose_secret()).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(elsewhere.path().join("ca.pem"), &leaf.certificate_pem).unwrap();
    let error = Authority::open_or_create(elsewhere.path(), "Réseau", now()).unwrap_err();
    assert!(
        error.to_string().contains("no authority's certificate"),
        "{error}"
    );
}

#[test]
fn certificates_say_what_they_are_for() {
    let home = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    let client = authority
        .issue_client("LENS-automates", now(), 730)
        .unwrap();
    let said = describe(&client.certificate_pem).unwrap();
    assert_eq!(said.fingerprint, client.fingerprint);
    assert_eq!(
        (&said.subject[..], &said.issuer[..]),
        ("CN=LENS-automates", "CN=Réseau")
    );
    assert_eq!((said.serial.len(), &said.serial), (32, &client.serial));
    assert_eq!(client.not_before.to_string(), "2026-06-30T08:00:00Z");
    assert_eq!(client.not_after.to_string(), "2028-06-30T08:00:00Z");
    assert!(said.names.is_empty());

    let names = ["sip2.example.org", "10.1.0.5", "fd00:27::5"];
    let server = authority.issue_server(&names, now(), 90).unwrap();
    let said = describe(&server.certificate_pem).unwrap();
    assert_eq!(said.names, names);

    for (pem, is_ca, for_clients, for_servers) in [
        (authority.certificate_pem(), true, false, false),
        (&client.certificate_pem, false, true, false),
        (&server.certificate_pem, false, false, true),
    ] {
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        let certificate = describe::parse(&der).unwrap();
        let constraints = certificate.basic_constraints().unwrap().unwrap();
        assert_eq!(constraints.value.ca, is_ca);
        assert_eq!(constraints.value.path_len_constraint, is_ca.then_some(0));
        let usage = certificate.key_usage().unwrap().unwrap();
        assert!(usage.critical);
        assert_eq!(usage.value.key_cert_sign(), is_ca);
        assert_eq!(usage.value.digital_signature(), !is_ca);
        let extended = certificate.extended_key_usage().unwrap();
        let clients = extended
            .as_ref()
            .is_some_and(|usage| usage.value.client_auth);
        let servers = extended
            .as_ref()
            .is_some_and(|usage| usage.value.server_auth);
        assert_eq!((clients, servers), (for_clients, for_servers));
    }
}

#[test]
fn nothing_is_issued_past_the_authority() {
    let home = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    let ended = authority.described().not_after;
    let late: Timestamp = "2036-06-01T00:00:00Z".parse().unwrap();
    let last = authority.issue_client("LENS", late, 730).unwrap();
    assert_eq!(last.not_after, ended);
    let refused = authority.issue_client("LENS", ended, 730).unwrap_err();
    assert_eq!(refused, IssueError::AuthorityEnded { ended });
    for days in [0, u32::MAX] {
        let refused = authority.issue_client("LENS", now(), days).unwrap_err();
        assert_eq!(refused, IssueError::Days { days });
    }
    assert!(matches!(
        authority.issue_client("", now(), 1),
        Err(IssueError::Name(_))
    ));
    assert!(matches!(
        authority.issue_server::<&str>(&[], now(), 1),
        Err(IssueError::Name(_))
    ));
}

#[test]
fn numbers_and_keys_are_new_each_time_and_keys_are_not_printed() {
    let home = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    let issued: Vec<_> = (0..20)
        .map(|_| authority.issue_client("LENS", now(), 30).unwrap())
        .collect();
    let numbers: HashSet<_> = issued.iter().map(|issued| &issued.serial).collect();
    let keys: HashSet<_> = issued
        .iter()
        .map(|issued| issued.key_pem.expose_secret())
        .collect();
    assert_eq!((numbers.len(), keys.len()), (20, 20));
    let printed = format!("{authority:?} {:?}", issued[0]);
    assert!(!printed.contains("PRIVATE"), "{printed}");
}
