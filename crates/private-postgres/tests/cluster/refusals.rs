//! What cannot work says why, and what to do.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    process::Command,
};

use crate::support::{Folder, Opening, SOMEBODY, am_root, as_somebody, holder_command};

#[test]
fn a_folder_out_of_the_servers_reach_names_what_blocks() {
    if !am_root() {
        return; // nobody is dropped to
    }
    let folder = Folder::new();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    let data = closed.join("deep/relire");
    let error = Opening::begin(holder_command(&data, &[]))
        .finish()
        .err()
        .unwrap();
    assert!(
        error.contains("postgres") && error.contains("chmod o+x"),
        "{error}"
    );
    assert!(error.contains(&format!("not pass {closed:?}")), "{error}");
}

#[test]
fn somebody_elses_cluster_is_refused_by_name() {
    if !am_root() {
        return; // there is no other user to be
    }
    let folder = Folder::new();
    drop(folder.hold());
    let error = Opening::begin(as_somebody(&folder, folder.path()))
        .finish()
        .err()
        .unwrap();
    assert!(
        error.contains("belongs to user postgres, not to"),
        "{error}"
    );
    assert_ne!(SOMEBODY.0, 0);
}

#[test]
fn root_gives_away_nothing_behind_a_link() {
    if !am_root() {
        return;
    }
    let folder = Folder::new();
    let target = folder.path().join("roots");
    fs::create_dir(&target).unwrap();
    std::os::unix::fs::symlink(&target, folder.room()).unwrap();
    let error = folder.try_hold(&["--throw-away"]).err().unwrap();
    assert!(error.contains("chown postgres: "), "{error}");
    assert_eq!(fs::metadata(&target).unwrap().uid(), 0);

    let postgres = Command::new("chown").arg("postgres:").arg(&target).status();
    assert!(postgres.unwrap().success());
    assert_eq!(folder.hold().sql("select 1"), "1");
}

#[test]
fn durability_is_never_changed() {
    let folder = Folder::new();
    drop(folder.hold());
    let error = folder.try_hold(&[]).err().unwrap();
    assert!(error.contains("throw-away"), "{error}");
    // The refusal disturbs nobody.
    drop(folder.hold());

    let folder = Folder::new();
    drop(folder.try_hold(&[]).unwrap());
    let error = folder.try_hold(&["--throw-away"]).err().unwrap();
    assert!(error.contains("real data"), "{error}");
}

#[test]
fn data_of_another_version_are_not_touched() {
    let folder = Folder::new();
    drop(folder.hold());
    folder.assert_stops();
    let version = folder.room().join("data/PG_VERSION");
    let installed = fs::read(&version).unwrap();
    fs::write(&version, "14\n").unwrap();
    let error = folder.try_hold(&["--throw-away"]).err().unwrap();
    assert!(error.contains("made by PostgreSQL 14"), "{error}");
    folder.assert_nothing_runs();
    fs::write(&version, installed).unwrap();
    assert_eq!(folder.hold().sql("select 1"), "1");
}

#[test]
fn a_server_that_does_not_start_shows_its_log_and_leaves_nobody_behind() {
    let folder = Folder::new();
    drop(folder.hold());
    folder.assert_stops();
    let settings = folder.room().join("local.conf");
    fs::write(&settings, "no_such_setting = 1\n").unwrap();
    let error = folder.try_hold(&["--throw-away"]).err().unwrap();
    assert!(
        error.contains("no_such_setting") && error.contains("server.log"),
        "{error}"
    );
    folder.assert_stops();
    fs::remove_file(settings).unwrap();
    assert_eq!(folder.hold().sql("select 1"), "1");
}

#[test]
fn patience_ends_and_the_start_is_given_up() {
    let folder = Folder::new();
    let error = folder
        .try_hold(&["--throw-away", "--within", "0"])
        .err()
        .unwrap();
    assert!(
        error.contains("did not answer within 0ns (it is starting)"),
        "{error}"
    );
    folder.assert_stops();
    assert_eq!(folder.hold().sql("select 1"), "1");
}

#[test]
fn a_wrong_folder_of_binaries_is_named() {
    let folder = Folder::new();
    let mut command = holder_command(folder.path(), &[]);
    command.env("RELIRE_PG_BIN", "/usr/bin");
    let error = Opening::begin(command).finish().err().unwrap();
    assert!(error.contains("RELIRE_PG_BIN is \"/usr/bin\""), "{error}");
}
