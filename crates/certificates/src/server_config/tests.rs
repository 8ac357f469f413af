use std::path::Path;

use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::*;
use crate::{Authority, Issued};

fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

fn later(days: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(24 * days)
}

fn authority() -> (TempDir, Authority) {
    let home = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(home.path(), "Réseau", now()).unwrap();
    (home, authority)
}

fn files(issued: &Issued) -> (PemFile, PemFile) {
    (
        PemFile::new("server.pem", issued.certificate_pem.clone()),
        PemFile::new("server.key", issued.key_pem.expose_secret()),
    )
}

/// What a person reads.
fn told(result: Result<ServerConfig, ConfigError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn sessions_are_resumed_by_ticket() {
    let (_home, authority) = authority();
    let (chain, key) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    let config = server_config(&chain, &key, &[authority.root()], now()).unwrap();
    assert!(config.ticketer.enabled());
    assert!(config.ticketer.lifetime() <= 12 * 60 * 60);
    assert!(!config.session_storage.can_cache());
    assert!(config.alpn_protocols.is_empty());
    assert_eq!(config.max_early_data_size, 0);
}

#[test]
fn files_that_do_not_belong_together() {
    let (_home, authority) = authority();
    let (chain, key) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    let (_, other) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    let error = told(server_config(&chain, &other, &[], now()));
    assert!(
        error.starts_with("server.key is not the key of the first certificate in server.pem"),
        "{error}"
    );
    let error = told(server_config(&key, &chain, &[], now()));
    assert!(
        error.starts_with("server.key holds no certificate in PEM"),
        "{error}"
    );
    let error = told(server_config(&chain, &chain, &[], now()));
    assert!(
        error.starts_with("server.pem holds no private key in PEM"),
        "{error}"
    );
}

#[test]
fn out_of_date() {
    let (_home, authority) = authority();
    let (chain, key) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    let error = told(server_config(&chain, &key, &[], later(91)));
    assert_eq!(
        error,
        "the certificate CN=localhost in server.pem ended on 2026-09-29T08:00:00Z: renew it"
    );
    let error = told(server_config(&chain, &key, &[], later(-2)));
    assert!(
        error.contains("is good from 2026-06-30T08:00:00Z only: check the clock"),
        "{error}"
    );
}

#[test]
fn damaged_encrypted_and_missing() {
    let (_home, authority) = authority();
    let (chain, key) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    let cut = PemFile::new("cut.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n");
    assert!(told(server_config(&cut, &key, &[], now())).starts_with("cut.pem is damaged"));
    let junk = PemFile::new(
        "junk.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    assert!(told(server_config(&junk, &key, &[], now())).starts_with("junk.pem is damaged"));
    assert!(
        told(server_config(&chain, &key, &[junk], now()))
            .starts_with("junk.pem holds a certificate that cannot be")
    );
    let text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let locked = PemFile::new("locked.key", text);
    assert!(
        told(server_config(&chain, &locked, &[], now())).starts_with("locked.key is encrypted")
    );
    let text = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let odd = PemFile::new("odd.key", text);
    assert!(
        told(server_config(&chain, &odd, &[], now()))
            .starts_with("odd.key holds a key that cannot be used")
    );
    let missing = PemFile::read(Path::new("/nowhere/server.pem")).unwrap_err();
    assert!(
        missing
            .to_string()
            .starts_with("/nowhere/server.pem cannot be read"),
        "{missing}"
    );
}

#[test]
fn der_is_told_from_pem() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("server.der");
    std::fs::write(&path, [0x30, 0x82, 0x01, 0xff]).unwrap();
    let error = PemFile::read(&path).unwrap_err().to_string();
    assert!(
        error.contains("server.der holds no certificate or key in PEM"),
        "{error}"
    );
}

#[test]
fn a_file_that_may_hold_a_key_is_not_printed() {
    let (_home, authority) = authority();
    let (_, key) = files(&authority.issue_server(&["localhost"], now(), 90).unwrap());
    assert_eq!(format!("{key:?}"), "PemFile(\"server.key\")");
}
