//! Users, keeper and server are killed at bad moments.

use std::{fs, path::PathBuf, time::Duration};

use rustix::process::{Signal, kill_process};

use crate::support::{Folder, Holder, Opening, holder_command, kill, until, wait_for_end};

#[test]
fn killing_the_only_user_stops_everything() {
    let folder = Folder::new();
    let holder = folder.hold();
    let (keeper, server) = (folder.keeper(), folder.server());
    assert!(folder.processes().contains(&keeper) && folder.processes().contains(&server));
    holder.kill();
    folder.assert_stops();
    assert!(folder.log().contains("database system is shut down"));
}

#[test]
fn killing_the_keeper_stops_the_server_and_the_next_open_starts_anew() {
    let folder = Folder::new();
    let old = Holder::start(&folder, &[]);
    old.sql("create table book as select 'Germinal' as title");
    for _ in 0..5 {
        let (keeper, server) = (folder.keeper(), folder.server());
        kill(keeper);
        // At once, beside a user whose server is going away.
        let new = Holder::start(&folder, &[]);
        assert_ne!((folder.keeper(), folder.server()), (keeper, server));
        assert_eq!(new.sql("select title from book"), "Germinal");
        assert_eq!(old.sql("select title from book"), "Germinal");
    }
    assert!(
        !folder.log().contains("was not properly shut down"),
        "a fast shutdown each time"
    );
    drop(old);
    folder.assert_stops();
}

#[test]
fn a_new_keeper_waits_for_the_old_server() {
    let folder = Folder::new();
    let _old = folder.hold();
    let (keeper, server) = (folder.keeper(), folder.server());
    // A server that takes its time to stop.
    kill_process(server, Signal::STOP).unwrap();
    kill(keeper);
    let mut opening = Opening::begin(holder_command(folder.path(), &["--throw-away"]));
    until(|| {
        folder
            .keeper_number()
            .is_some_and(|number| number != keeper)
    });
    assert!(!opening.says_something_within(Duration::from_millis(500)));
    kill_process(server, Signal::CONT).unwrap();
    let new = opening.finish().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(new.sql("select 1"), "1");
    assert!(
        !folder.log().contains("already exists"),
        "it never ran into the old one"
    );
}

#[test]
fn terminating_the_keeper_is_an_orderly_stop() {
    let folder = Folder::new();
    let holder = folder.hold();
    let (keeper, server) = (folder.keeper(), folder.server());
    kill_process(keeper, Signal::TERM).unwrap();
    wait_for_end(keeper);
    wait_for_end(server);
    assert!(folder.log().contains("database system is shut down"));
    drop(holder);
    folder.assert_stops();
}

#[test]
fn a_killed_server_comes_back_by_itself() {
    let folder = Folder::new();
    let holder = Holder::start(&folder, &[]);
    holder.sql("create table book as select 'Germinal' as title");
    for _ in 0..2 {
        let (keeper, server) = (folder.keeper(), folder.server());
        kill(server);
        wait_for_end(server);
        // Nobody opens it again: it must come without that.
        until(|| crate::support::sql(&holder.url, "select title from book").is_ok());
        assert_eq!(folder.keeper(), keeper);
        assert_ne!(folder.server(), server);
    }
    drop(holder);
    folder.assert_stops();
}

#[test]
fn killing_server_and_keeper_together_loses_nothing_committed() {
    let folder = Folder::new();
    let holder = Holder::start(&folder, &[]);
    holder.sql("create table book as select 'Germinal' as title");
    let (keeper, server) = (folder.keeper(), folder.server());
    kill(server);
    kill(keeper);
    holder.kill();
    // A stale postmaster.pid lies there; Postgres itself knows what to do with it.
    let holder = Holder::start(&folder, &[]);
    assert_eq!(holder.sql("select title from book"), "Germinal");
    assert!(folder.log().contains("was not properly shut down"));
}

fn unfinished(folder: &Folder) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.room()) else {
        return Vec::new();
    };
    let is_unfinished = |path: &PathBuf| path.to_string_lossy().contains("/data.new.");
    entries
        .map(|entry| entry.unwrap().path())
        .filter(is_unfinished)
        .collect()
}

#[test]
fn a_user_killed_while_it_is_made_leaves_it_whole() {
    let folder = Folder::new();
    let opening = Opening::begin(holder_command(folder.path(), &["--throw-away"]));
    until(|| !unfinished(&folder).is_empty());
    opening.kill();
    let holder = folder.hold();
    assert_eq!(holder.sql("select 1"), "1");
    drop(holder);
    folder.assert_stops();
}

#[test]
fn a_keeper_killed_while_it_makes_it_leaves_nothing_half_made() {
    let folder = Folder::new();
    // At several depths into initdb.
    for file in ["PG_VERSION", "global/pg_control", "base/1/PG_VERSION"] {
        let opening = Opening::begin(holder_command(folder.path(), &["--throw-away"]));
        until(|| {
            unfinished(&folder)
                .iter()
                .any(|path| path.join(file).exists())
        });
        kill(folder.keeper());
        let error = opening.finish().err().unwrap();
        assert!(error.contains("keeper was killed"), "{error}");
        assert!(!folder.room().join("data").exists());
    }
    let holder = folder.hold();
    assert_eq!(holder.sql("select 1"), "1");
    assert_eq!(unfinished(&folder), Vec::<PathBuf>::new());
}
