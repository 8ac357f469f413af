//! Making a cluster, so that a kill in the middle leaves nothing half-made.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::Path,
    process::{Command, Stdio},
};

use crate::{Error, process, room::Room, settings, task::Task};

const UNFINISHED: &str = "data.new.";

/// Runs `initdb` in a folder beside the place, and moves the finished cluster there.
///
/// The caller holds the server lock, so no earlier `initdb` of ours is alive.
pub(crate) fn initialise(room: &Room, task: &Task, lock: File) -> Result<(), Error> {
    clear_unfinished(room).map_err(Error::io(
        "clear what an interrupted start left in",
        room.path(),
    ))?;
    let mark = room.throw_away_mark();
    set_mark(&mark, !task.durable).map_err(Error::io("write", &mark))?;

    let unfinished = room
        .path()
        .join(format!("{UNFINISHED}{}", std::process::id()));
    run_initdb(task, &unfinished, lock)?;

    let data = room.data();
    fs::rename(&unfinished, &data)
        .and_then(|()| File::open(room.path())?.sync_all())
        .map_err(Error::io("move the new cluster to", data))
}

fn run_initdb(task: &Task, target: &Path, lock: File) -> Result<(), Error> {
    let initdb = task.binaries.join("initdb");
    let mut command = Command::new(&initdb);
    command
        .arg("-D")
        .arg(target)
        .args([
            "-U",
            settings::USER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
        ])
        .arg("--no-instructions")
        // Damage on a disk is found when it is read, not served; a throw-away cluster has none.
        .arg(if task.durable {
            "--data-checksums"
        } else {
            "--no-sync"
        })
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    process::tie_to_keeper(&mut command, lock);
    let status = command.status().map_err(Error::io("run", &initdb))?;
    if status.success() {
        return Ok(());
    }
    drop(fs::remove_dir_all(target));
    let reason = format!("initdb failed ({status})");
    Err(Error::NotStarted { reason })
}

fn clear_unfinished(room: &Room) -> io::Result<()> {
    for entry in fs::read_dir(room.path())? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn set_mark(mark: &Path, wanted: bool) -> io::Result<()> {
    if wanted {
        return File::create(mark).map(drop);
    }
    match fs::remove_file(mark) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
