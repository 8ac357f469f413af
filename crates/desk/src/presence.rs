//! Which terminals are there, told to the database every few seconds for people who look.
//!
//! A connection holds a [`Presence`]; what it notes are a few atomic numbers, so that no terminal waits for it.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU16, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use store::Seen;
use tokio::time::{MissedTickBehavior, interval};

use crate::Desk;

/// How often the database is told.
const TELL: Duration = Duration::from_secs(5);

/// What a terminal said of its printer (SIP2 99).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Printer {
    /// Nothing bad.
    #[default]
    Ok,
    /// It is out of paper.
    OutOfPaper,
    /// The terminal is about to shut down.
    ShuttingDown,
}

impl Printer {
    fn word(number: u8) -> &'static str {
        match number {
            1 => "out_of_paper",
            2 => "shutting_down",
            _ => "ok",
        }
    }
}

/// All terminals that were there since the daemon started.
#[derive(Debug, Default)]
pub(crate) struct Attendance(Mutex<HashMap<i64, Arc<Sheet>>>);

/// What is known of one terminal; all its connections write here.
#[derive(Debug)]
struct Sheet {
    /// All times are milliseconds since this.
    began: Instant,
    place: Mutex<Place>,
    heard: AtomicU64,
    code: AtomicU16,
    printer: AtomicU8,
    messages: AtomicI64,
    trouble: AtomicI64,
    changed: AtomicBool,
}

#[derive(Debug)]
struct Place {
    connections: i32,
    since: Option<Instant>,
    address: IpAddr,
    encrypted: bool,
}

impl Sheet {
    fn new(address: IpAddr) -> Self {
        Self {
            began: Instant::now(),
            place: Mutex::new(Place {
                connections: 0,
                since: None,
                address,
                encrypted: false,
            }),
            heard: AtomicU64::new(0),
            code: AtomicU16::new(u16::MAX),
            printer: AtomicU8::new(0),
            messages: AtomicI64::new(0),
            trouble: AtomicI64::new(0),
            changed: AtomicBool::new(true),
        }
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        // A few numbers: none is half written when somebody panics.
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self) {
        let since = self.began.elapsed().as_millis();
        self.heard
            .store(u64::try_from(since).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.changed.store(true, Ordering::Relaxed);
    }

    fn seen(&self, terminal_id: i64) -> Seen {
        let place = self.place();
        let heard = Duration::from_millis(self.heard.load(Ordering::Relaxed));
        let code = self.code.load(Ordering::Relaxed);
        Seen {
            terminal_id,
            connections: place.connections,
            connected: place.since.map(|since| since.elapsed()),
            heard: self.began.elapsed().saturating_sub(heard),
            code: if code == u16::MAX {
                String::new()
            } else {
                format!("{code:02}")
            },
            address: place.address,
            encrypted: place.encrypted,
            printer: Printer::word(self.printer.load(Ordering::Relaxed)),
            messages: self.messages.load(Ordering::Relaxed),
            trouble: self.trouble.load(Ordering::Relaxed),
        }
    }
}

/// A terminal is there, over one connection, as long as this lives.
#[derive(Debug)]
pub struct Presence(Option<Arc<Sheet>>);

impl Presence {
    /// Of nobody: what is noted is lost.
    pub fn of_nobody() -> Self {
        Self(None)
    }

    /// A message came, by its two digits.
    pub fn heard(&self, code: usize) {
        if let Some(sheet) = &self.0 {
            sheet
                .code
                .store(u16::try_from(code).unwrap_or(u16::MAX), Ordering::Relaxed);
            sheet.messages.fetch_add(1, Ordering::Relaxed);
            sheet.note();
        }
    }

    /// Something had to be asked for again.
    pub fn trouble(&self) {
        if let Some(sheet) = &self.0 {
            sheet.trouble.fetch_add(1, Ordering::Relaxed);
            sheet.note();
        }
    }

    /// What it says of its printer; `true` where that is news.
    pub fn printer(&self, printer: Printer) -> bool {
        self.0.as_ref().is_none_or(|sheet| {
            sheet.note();
            sheet.printer.swap(printer as u8, Ordering::Relaxed) != printer as u8
        })
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if let Some(sheet) = &self.0 {
            let mut place = sheet.place();
            place.connections -= 1;
            if place.connections == 0 {
                place.since = None;
            }
            sheet.changed.store(true, Ordering::Relaxed);
        }
    }
}

impl Desk {
    /// A terminal is there, over one connection more.
    pub fn present(&self, terminal_id: i64, address: IpAddr, encrypted: bool) -> Presence {
        let sheet = {
            let mut all = self.attendance.all();
            let sheet = all
                .entry(terminal_id)
                .or_insert_with(|| Arc::new(Sheet::new(address)));
            sheet.clone()
        };
        {
            let mut place = sheet.place();
            place.connections += 1;
            place.since.get_or_insert_with(Instant::now);
            place.address = address;
            place.encrypted = encrypted;
        }
        sheet.note();
        Presence(Some(sheet))
    }
}

impl Attendance {
    fn all(&self) -> MutexGuard<'_, HashMap<i64, Arc<Sheet>>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has changed since this was last asked.
    fn changes(&self) -> Vec<Seen> {
        self.all()
            .iter()
            .filter(|(_, sheet)| sheet.changed.swap(false, Ordering::Relaxed))
            .map(|(terminal, sheet)| sheet.seen(*terminal))
            .collect()
    }

    /// What could not be told is told the next time.
    fn again(&self, seen: &[Seen]) {
        let all = self.all();
        for sheet in seen.iter().filter_map(|seen| all.get(&seen.terminal_id)) {
            sheet.changed.store(true, Ordering::Relaxed);
        }
    }

    /// Terminals that are in use no more, and not there any more either, are forgotten.
    fn forget(&self, in_use: impl Fn(i64) -> bool) {
        self.all()
            .retain(|terminal, sheet| sheet.place().connections > 0 || in_use(*terminal));
    }
}

/// Tells the database for ever.
pub(crate) async fn report(desk: &Desk) {
    let mut tell = interval(TELL);
    tell.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tell.tick().await;
        let terminals = desk.terminals();
        let in_use: std::collections::HashSet<i64> =
            terminals.all().map(|known| known.terminal.id).collect();
        desk.attendance
            .forget(|terminal| in_use.contains(&terminal));
        let seen = desk.attendance.changes();
        if let Err(error) = desk.store.report_seen(&desk.daemon, &seen).await {
            tracing::debug!(%error, "what was seen of terminals could not be told");
            desk.attendance.again(&seen);
        }
    }
}

/// Says that this daemon ends.
pub(crate) async fn farewell(desk: &Desk) {
    let seen = desk.attendance.changes();
    let told = async {
        desk.store.report_seen(&desk.daemon, &seen).await?;
        desk.store.report_end(&desk.daemon).await
    };
    match tokio::time::timeout(TELL, told).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the end could not be told"),
        Err(_) => tracing::debug!("the end could not be told in time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_once() {
        let attendance = Attendance::default();
        let address = IpAddr::from([10, 0, 0, 1]);
        let sheet = Arc::new(Sheet::new(address));
        attendance.all().insert(7, sheet.clone());
        sheet.place().connections = 1;
        let presence = Presence(Some(sheet));
        presence.heard(99);
        assert!(presence.printer(Printer::OutOfPaper) && !presence.printer(Printer::OutOfPaper));
        let seen = attendance.changes();
        assert_eq!(seen.len(), 1);
        assert_eq!(
            (seen[0].code.as_str(), seen[0].messages, seen[0].printer),
            ("99", 1, "out_of_paper")
        );
        assert!(attendance.changes().is_empty());
        attendance.again(&seen);
        assert_eq!(attendance.changes().len(), 1);

        attendance.forget(|_| false);
        assert_eq!(attendance.all().len(), 1, "still there");
        drop(presence);
        assert_eq!(attendance.changes()[0].connections, 0);
        attendance.forget(|_| false);
        assert!(attendance.all().is_empty());
    }
}
