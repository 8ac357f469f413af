//! "No block": what a terminal did by itself while it was off-line.

use desk::{DeskError, Offline, Reported, RequestKey};
use jiff::{Zoned, civil};
use sip2::value::{SipDate, Zone};

use super::Call;
use crate::{counts, counts::Bad, manners::OffLine, screen::Screen};

/// A terminal that says "no block" of what it did less than so many seconds ago is on line, and bypasses the rules.
const ON_LINE_SECONDS: i64 = 60;

impl Call<'_> {
    /// Whether this has happened and is to be taken over. Else it is decided as if it happened now.
    pub(super) fn has_happened(&self, no_block: bool) -> bool {
        if !no_block {
            return false;
        }
        counts::bad(Bad::Offline);
        match self.profile.manners.off_line {
            OffLine::Honour => true,
            OffLine::AsNow => {
                tracing::warn!(
                    terminal = self.profile.login(), code = %self.asked.code,
                    "sent as done off-line (no block): decided as if it happened now"
                );
                false
            }
        }
    }

    /// A question, as something that was done off-line.
    pub(super) fn done_offline<A>(
        &self,
        ask: A,
        key: Option<RequestKey>,
        happened: Option<SipDate>,
        promised: Option<SipDate>,
    ) -> Offline<A> {
        let happened = happened.and_then(|date| self.moment_of(date));
        if let Some(at) = &happened
            && self.at.duration_since(at).as_secs() < ON_LINE_SECONDS
        {
            // Off-line by mistake: every rule is passed over, and nobody would notice.
            counts::bad(Bad::OfflineOnLine);
            self.profile.kept.meters.trouble(Bad::OfflineOnLine.word());
            tracing::warn!(
                terminal = self.profile.login(), code = %self.asked.code,
                "sent as done off-line (no block) a moment ago: is it set to off-line while it is on line?"
            );
        }
        Offline {
            ask,
            happened,
            promised: promised
                .and_then(|date| self.moment_of(date))
                .map(|at| at.date()),
            key,
            back_days: self.profile.manners.off_line_days.into(),
        }
    }

    /// What the screen says beside: staff will look at it.
    pub(super) fn noted<T>(&self, reported: &Reported<T>) -> Option<String> {
        let language = self.profile.language();
        reported.noted.then(|| Screen::Noted.text(language))
    }

    /// What has happened is never answered by a no because the database is away: the connection ends without an answer,
    /// and the terminal keeps the transaction for its next try.
    pub(super) fn unless_away<T>(taken_over: Result<T, DeskError>) -> Result<T, DeskError> {
        taken_over.map_err(|error| match error {
            DeskError::Unavailable(why) => DeskError::OutcomeUnknown(why),
            other => other,
        })
    }

    /// A date of the wire as a moment: of the network's clock, or universal time.
    fn moment_of(&self, date: SipDate) -> Option<Zoned> {
        let narrow = |part: u8| i8::try_from(part).ok();
        let local = civil::DateTime::new(
            i16::try_from(date.year).ok()?,
            narrow(date.month)?,
            narrow(date.day)?,
            narrow(date.hour)?,
            narrow(date.minute)?,
            // A leap second is the one before it.
            narrow(date.second.min(59))?,
            0,
        )
        .ok()?;
        let zone = self.at.time_zone().clone();
        match date.zone {
            Zone::Utc => {
                let at = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
                Some(at.with_time_zone(zone))
            }
            Zone::Local | Zone::Other(_) => local.to_zoned(zone).ok(),
        }
    }
}
