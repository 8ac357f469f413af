//! Users come and go.

use std::{fs, os::unix::fs::MetadataExt, process::Command, time::Instant};

use rustix::process::Pid;

use crate::support::{
    Folder, Holder, Opening, SOMEBODY, am_root, as_somebody, holder_command, sql,
};

#[test]
fn data_survive_and_a_later_start_is_quick() {
    let folder = Folder::new();
    let began = Instant::now();
    let first = Holder::start(&folder, &[]);
    let first_open = began.elapsed();
    assert_eq!(first.sql("show fsync"), "on");
    assert_eq!(first.sql("show server_encoding"), "UTF8");
    assert_eq!(first.sql("show data_checksums"), "on");
    first.sql("create table book as select 'Germinal' as title");
    let began = Instant::now();
    drop(first);
    folder.assert_stops();
    let stop = began.elapsed();

    let began = Instant::now();
    let second = Holder::start(&folder, &[]);
    let second_open = began.elapsed();
    assert_eq!(second.sql("select title from book"), "Germinal");
    let began = Instant::now();
    let third = Holder::start(&folder, &[]);
    let join = began.elapsed();
    assert_eq!(third.url, second.url);
    println!(
        "first open {first_open:?}, stop {stop:?}, second open {second_open:?}, join {join:?}"
    );
}

#[test]
fn users_share_one_server_and_the_last_one_stops_it() {
    let folder = Folder::new();
    let one = folder.hold();
    let server = folder.server();
    let two = folder.hold();
    assert_eq!(one.url, two.url);
    drop(one);
    assert_eq!(two.sql("select 1"), "1");
    assert_eq!(folder.server(), server);
    drop(two);
    folder.assert_stops();
    assert!(folder.log().contains("database system is shut down"));
}

#[test]
fn eight_at_once_get_one_server() {
    let folder = Folder::new();
    let opening: Vec<_> = (0..8)
        .map(|_| Opening::begin(holder_command(folder.path(), &["--throw-away"])))
        .collect();
    let holders: Vec<_> = opening
        .into_iter()
        .map(|opening| opening.finish().unwrap_or_else(|e| panic!("{e}")))
        .collect();
    for holder in &holders {
        assert_eq!(holder.sql("select 1"), "1");
    }
    assert_eq!(folder.log().matches("database system is ready").count(), 1);
    drop(holders);
    folder.assert_stops();
}

#[test]
fn whoever_comes_while_it_stops_gets_a_new_one() {
    let folder = Folder::new();
    let mut holder = folder.hold();
    holder.sql("create table round (n int)");
    for n in 0..15 {
        // Ends the last user and opens at once: before, within or after the stop, as it falls.
        let opening = Opening::begin(holder_command(folder.path(), &["--throw-away"]));
        drop(holder);
        holder = opening.finish().unwrap_or_else(|error| panic!("{error}"));
        holder.sql(&format!("insert into round values ({n})"));
        drop(holder);
        holder = folder.hold();
    }
    assert_eq!(holder.sql("select count(*) from round"), "15");
}

#[test]
fn a_deep_or_odd_folder_gets_a_short_socket() {
    let folder = Folder::new();
    let deep = folder
        .path()
        .join("réserve, l'annexe")
        .join("d".repeat(100));
    let hold = || {
        Opening::begin(holder_command(&deep, &["--throw-away"]))
            .finish()
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let one = hold();
    let two = hold();
    assert!(one.url.contains("host=%2Ftmp%2Frelire-"), "{}", one.url);
    assert_eq!(one.url, two.url);
    assert_eq!(two.sql("select 1"), "1");
    let socket = fs::read_to_string(deep.join("postgres/socket-folder")).unwrap();
    drop((one, two));
    assert!(relire_private_postgres::wait_until_stopped(&deep, crate::support::LONG).unwrap());
    assert!(!fs::exists(socket).unwrap());
}

#[test]
fn the_operators_settings_count_but_not_against_safety() {
    let folder = Folder::new();
    drop(Holder::start(&folder, &[]));
    fs::write(
        folder.room().join("local.conf"),
        "work_mem = '5MB'\nfsync = off\n",
    )
    .unwrap();
    folder.assert_stops();
    let holder = Holder::start(&folder, &[]);
    assert_eq!(holder.sql("show work_mem"), "5MB");
    assert_eq!(holder.sql("show fsync"), "on");
    assert_eq!(holder.sql("show listen_addresses"), "");
}

#[test]
fn without_root_it_runs_as_oneself() {
    if !am_root() {
        return; // then every other test shows it
    }
    let folder = Folder::new();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    std::os::unix::fs::chown(&data, Some(SOMEBODY.0), Some(SOMEBODY.1)).unwrap();

    let holder = Opening::begin(as_somebody(&folder, &data))
        .finish()
        .unwrap();
    let owner = |path: &str| fs::metadata(data.join(path)).unwrap().uid();
    assert_eq!(
        (owner("postgres"), owner("postgres/data")),
        (SOMEBODY.0, SOMEBODY.0)
    );
    // Root joins, and is the one that starts it again: still as the folder's owner.
    let root = Opening::begin(holder_command(&data, &[])).finish().unwrap();
    assert_eq!(root.url, holder.url);
    drop((holder, root));
    assert!(relire_private_postgres::wait_until_stopped(&data, crate::support::LONG).unwrap());
    let root = Opening::begin(holder_command(&data, &[])).finish().unwrap();
    let holder = Opening::begin(as_somebody(&folder, &data))
        .finish()
        .unwrap();
    assert_eq!(sql(&holder.url, "select 1").unwrap(), "1");
    drop((holder, root));
    assert!(relire_private_postgres::wait_until_stopped(&data, crate::support::LONG).unwrap());
    folder.assert_nothing_runs();
}

#[test]
fn root_drops_to_a_user_without_its_groups() {
    if !am_root() {
        return;
    }
    let folder = Folder::new();
    let _holder = folder.hold();
    for process in [folder.keeper(), folder.server()] {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let line = |name| status.lines().find(|line| line.starts_with(name)).unwrap();
        let ids = |name| line(name).split_whitespace().skip(1).collect::<Vec<_>>();
        assert!(
            ids("Uid:").iter().all(|uid| *uid != "0" && *uid != "65534"),
            "{status}"
        );
        assert!(ids("Gid:").iter().all(|gid| *gid != "0"), "{status}");
        assert!(ids("Groups:").is_empty(), "{status}");
        assert_eq!(ids("CapEff:"), ["0000000000000000"]);
        assert_eq!(ids("CapPrm:"), ["0000000000000000"]);
    }
}

#[test]
fn the_keeper_is_apart_from_whoever_called_it() {
    let folder = Folder::new();
    // A caller whose descriptor 9 stays open in its children, as a shell's may.
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 9</etc/passwd; exec \"$@\"", "sh"]);
    let holder = holder_command(folder.path(), &["--throw-away"]);
    shell.arg(holder.get_program()).args(holder.get_args());
    let holder = Opening::begin(shell)
        .finish()
        .unwrap_or_else(|error| panic!("{error}"));

    let [parent, group, session] = family(folder.keeper());
    let [_, our_group, our_session] = family(rustix::process::getpid());
    assert_ne!(parent, holder.number());
    assert_ne!(group, our_group);
    assert_ne!(session, our_session);
    let streams = |n| fs::read_link(format!("/proc/{}/fd/{n}", folder.keeper())).unwrap();
    assert_eq!(streams(0).to_str(), Some("/dev/null"));
    assert_eq!(streams(1).to_str(), Some("/dev/null"));
    assert!(streams(2).ends_with("server.log"));
    for process in [folder.keeper(), folder.server()] {
        assert!(!fs::exists(format!("/proc/{process}/fd/9")).unwrap());
    }
    assert!(fs::exists(format!("/proc/{}/fd/9", holder.number())).unwrap());
}

/// Parent, process group and session: proc_pid_stat(5), after the name in brackets and the state.
fn family(process: Pid) -> [u32; 3] {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, rest) = stat.rsplit_once(") ").unwrap();
    let numbers: Vec<_> = rest
        .split(' ')
        .skip(1)
        .take(3)
        .map(|number| number.parse().unwrap())
        .collect();
    numbers.try_into().unwrap()
}
