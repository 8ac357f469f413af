//! The daemon as an operator meets it: it starts, says so, stops, and leaves nothing behind.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use testkit::{CLOCK, Daemon};

/// A data folder that the server's user can walk to.
pub(crate) fn data_folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new()
        .prefix("relire-data-")
        .tempdir()
        .unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn start(folder: &Path) -> Daemon {
    let data = folder.to_str().unwrap();
    Daemon::start(&["demo", "--data", data, "--clock", CLOCK], &[]).unwrap()
}

/// Processes whose command line names this folder.
fn left_behind(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().unwrap();
    let lines = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    lines
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(folder))
        .collect()
}

#[test]
fn a_private_database_is_made_kept_and_left_without_a_process() {
    let folder = data_folder();
    let mut daemon = start(folder.path());
    let adults = daemon.ready["demo"]["patrons"].as_array().unwrap().len();
    let books = daemon.ready["demo"]["items"].as_array().unwrap().len();
    assert!(adults >= 4 && books >= 8, "{}", daemon.ready);
    assert!(!daemon.ready["demo"]["staff"].as_array().unwrap().is_empty());
    let card = daemon.text("/demo/patrons/0/card").unwrap().to_owned();
    let barcode = daemon.text("/demo/items/0/barcode").unwrap().to_owned();
    let lent = daemon
        .kiosk()
        .unwrap()
        .ask(&crate::sip2::checkout(&card, &barcode))
        .unwrap();
    assert!(lent.starts_with("121"), "{lent}");

    // Killed without a word: what was answered is there, and no process is left.
    daemon.kill().unwrap();
    assert!(private_postgres::wait_until_stopped(folder.path(), Duration::from_secs(60)).unwrap());
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());

    let mut daemon = start(folder.path());
    let item = daemon
        .kiosk()
        .unwrap()
        .ask(&format!("1720260609    110000AO|AB{barcode}|AC|"))
        .unwrap();
    assert!(item.starts_with("1804"), "still lent: {item}");
    assert!(
        daemon.stop().unwrap(),
        "a stop that an operator asks for ends well"
    );
    assert!(private_postgres::wait_until_stopped(folder.path(), Duration::from_secs(60)).unwrap());
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());
}
