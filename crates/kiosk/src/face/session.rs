//! One patron at the kiosk, from the loans on the screen to goodbye.

use std::io::{self, BufRead, Write};

use sip2::messages::PatronInformationResponse;
use sip2::value::Summary;

use super::cards::{self, fill};
use super::command::Command;
use super::event::event_number;
use super::loans::{self, Loan};
use super::paper::Style;
use super::{Face, Input, dates};
use crate::ClientError;
use crate::client::Card;

impl<R: BufRead, W: Write, E: Fn(i64) -> Option<Vec<String>>> Face<R, W, E> {
    /// Serves a patron until they go.
    pub(super) fn session(
        &mut self,
        card: &Card,
        patron: &PatronInformationResponse,
    ) -> io::Result<Input> {
        self.reader(card, patron)?;
        let mut lent = Vec::new();
        let input = loop {
            let Some(line) = self.ask(self.words.document)? else {
                break Input::Ended;
            };
            match Command::read(&line) {
                Command::Nothing => {}
                Command::Quit => break Input::GoesOn,
                Command::Scan(barcode) => lent.extend(self.lend(card, &barcode)?),
                Command::Renew(Some(barcode)) => self.renew(card, &barcode)?,
                Command::Renew(None) => self.renew_all(card)?,
                Command::Look(barcode) => self.look(barcode)?,
                Command::Return(barcode) => self.take_back(barcode)?,
                Command::Loans => match self
                    .client
                    .patron_information(card, Some(Summary::ChargedItems))
                {
                    Ok(patron) => self.reader(card, &patron)?,
                    Err(error) => self.trouble(&error)?,
                },
            }
        };
        self.goodbye(card, &lent)?;
        Ok(input)
    }

    /// The reader's screen.
    fn reader(&mut self, card: &Card, patron: &PatronInformationResponse) -> io::Result<()> {
        self.paper.blank()?;
        self.paper.card(&cards::standing(self.words, patron))?;
        match self.loans(card, patron) {
            Ok(loans) => self.list(patron, &loans)?,
            Err(error) => self.trouble(&error)?,
        }
        self.paper.blank()?;
        let [scan, keys @ ..] = self.words.reader_keys;
        self.paper.line(Style::Plain, scan)?;
        keys.iter()
            .try_for_each(|keys| self.paper.line(Style::Dim, keys))
    }

    fn list(&mut self, patron: &PatronInformationResponse, loans: &[Loan]) -> io::Result<()> {
        let total = patron
            .charged_items_count
            .map_or(loans.len(), usize::from)
            .max(loans.len());
        self.paper.blank()?;
        if total == 0 {
            return self.paper.line(Style::Plain, self.words.no_loans);
        }
        let mut title = vec![(Style::Strong, fill(self.words.loans, total))];
        if let Some(overdue) = patron.overdue_items_count.filter(|count| *count > 0) {
            title.push((Style::Plain, ", ".into()));
            title.push((Style::Bad, fill(self.words.loans_overdue, overdue)));
        }
        self.paper.parts(&title)?;
        for parts in loans::lines(self.words, loans) {
            self.paper.parts(&parts)?;
        }
        if total > loans.len() {
            self.paper.line(
                Style::Dim,
                &fill(self.words.more_loans, total - loans.len()),
            )?;
        }
        Ok(())
    }

    /// What the patron has. A 64 holds barcodes only, so each item is asked for.
    fn loans(
        &mut self,
        card: &Card,
        patron: &PatronInformationResponse,
    ) -> Result<Vec<Loan>, ClientError> {
        let overdue = if patron.overdue_items_count == Some(0) {
            Vec::new()
        } else {
            self.client
                .patron_information(card, Some(Summary::OverdueItems))?
                .overdue_items
        };
        let mut loans = Vec::new();
        for listed in &patron.charged_items {
            let barcode = barcode_of(listed);
            let item = self.client.item_information(&barcode)?;
            loans.push(Loan {
                title: if item.title.is_empty() {
                    listed.clone()
                } else {
                    item.title
                },
                due: item.due_date.as_deref().and_then(dates::due_date),
                overdue: overdue.iter().any(|late| barcode_of(late) == barcode),
                barcode,
            });
        }
        Ok(loans)
    }

    /// Lends; returns what was lent, for the slip.
    fn lend(&mut self, card: &Card, barcode: &str) -> io::Result<Option<String>> {
        match self.client.checkout(card, barcode) {
            Ok(answer) => {
                let event = event_number(&answer.print_lines, answer.transaction_id.as_deref());
                self.answered(
                    &cards::checkout(self.words, barcode, &answer),
                    event.filter(|_| !answer.ok),
                )?;
                let due = cards::due_text(self.words, &answer.due_date);
                Ok(answer.ok.then(|| format!("{}, {due}", answer.title.trim())))
            }
            Err(error) => {
                self.trouble(&error)?;
                Ok(None)
            }
        }
    }

    fn renew(&mut self, card: &Card, barcode: &str) -> io::Result<()> {
        match self.client.renew(card, barcode) {
            Ok(answer) => {
                let event = event_number(&answer.print_lines, answer.transaction_id.as_deref());
                self.answered(
                    &cards::renew(self.words, barcode, &answer),
                    event.filter(|_| !answer.ok),
                )
            }
            Err(error) => self.trouble(&error),
        }
    }

    /// Renews one by one, so that each loan has its own answer and its own reason.
    fn renew_all(&mut self, card: &Card) -> io::Result<()> {
        let loans = match self
            .client
            .patron_information(card, Some(Summary::ChargedItems))
        {
            Ok(patron) => patron.charged_items,
            Err(error) => return self.trouble(&error),
        };
        if loans.is_empty() {
            return self.paper.line(Style::Plain, self.words.nothing_to_renew);
        }
        loans
            .iter()
            .try_for_each(|listed| self.renew(card, &barcode_of(listed)))
    }

    fn goodbye(&mut self, card: &Card, lent: &[String]) -> io::Result<()> {
        // The session is over for the patron, whether the library hears of it or not.
        let _ = self.client.end_session(card);
        self.paper.blank()?;
        if !lent.is_empty() {
            self.paper
                .line(Style::Strong, &fill(self.words.borrowed_now, lent.len()))?;
            for line in lent {
                self.paper.line(Style::Plain, &format!("· {line}"))?;
            }
        }
        self.paper.line(Style::Good, self.words.goodbye)
    }
}

/// Some libraries put the title behind the barcode.
fn barcode_of(listed: &str) -> String {
    listed
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}
