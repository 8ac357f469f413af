//! The face: what a patron sees and types.

mod cards;
mod command;
mod dates;
mod event;
mod loans;
mod paper;
mod prompt;
mod session;
mod words;

use std::io::{self, BufRead, Write};

use cards::fill;
use command::Command;
use event::event_number;
use paper::{Line, Paper, Style};
use prompt::Keyboard;
use sip2::messages::{AcsStatus, PatronInformationResponse};
use sip2::value::{Secret, Summary};
pub use words::Language;
use words::Words;

use crate::client::Card;
use crate::{Client, ClientError, KioskError, Options};

/// Whether there may be more to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    GoesOn,
    Ended,
}

/// A kiosk at work.
pub(crate) struct Face<R, W, E> {
    client: Client,
    status: AcsStatus,
    words: &'static Words,
    keyboard: Keyboard<R>,
    paper: Paper<W>,
    explain: E,
    /// The card to begin with.
    first: Option<String>,
    first_pin: Option<Secret>,
}

impl<R: BufRead, W: Write, E: Fn(i64) -> Option<Vec<String>>> Face<R, W, E> {
    /// Connects, logs in and asks the library who it is.
    pub(crate) fn open(
        options: Options,
        input: R,
        output: W,
        explain: E,
    ) -> Result<Self, ClientError> {
        let mut settings = options.settings;
        settings.language = options.language.sip2();
        let mut client = Client::connect(settings)?;
        client.login(&options.login, options.password)?;
        let status = client.sc_status()?;
        Ok(Face {
            client,
            status,
            words: options.language.words(),
            keyboard: Keyboard::new(input, options.interactive),
            paper: Paper::new(output, options.colour),
            explain,
            first: options.card,
            first_pin: options.pin,
        })
    }

    /// Serves one patron after the other until the input ends.
    pub(crate) fn run(mut self) -> Result<(), KioskError> {
        self.welcome()?;
        while self.one_visitor()? == Input::GoesOn {}
        self.paper.blank()?;
        self.paper.line(Style::Dim, self.words.closed)?;
        Ok(self.paper.flush()?)
    }

    fn welcome(&mut self) -> io::Result<()> {
        self.paper.blank()?;
        self.paper.rule()?;
        for parts in cards::header(self.words, &self.status, self.client.now()) {
            self.paper.parts(&parts)?;
        }
        for text in &self.status.screen_messages {
            self.paper.line(Style::Plain, text)?;
        }
        self.paper.rule()?;
        self.paper.line(Style::Strong, self.words.lay_card)?;
        self.paper.line(Style::Dim, self.words.welcome_keys)
    }

    /// A card, or a command that needs none.
    fn one_visitor(&mut self) -> io::Result<Input> {
        let scanned = match self.first.take() {
            Some(card) => card,
            None => match self.ask(self.words.card)? {
                None => return Ok(Input::Ended),
                Some(line) => match Command::read(&line) {
                    Command::Quit => return Ok(Input::Ended),
                    Command::Scan(card) => card,
                    Command::Look(barcode) => {
                        self.look(barcode)?;
                        return Ok(Input::GoesOn);
                    }
                    Command::Return(barcode) => {
                        self.take_back(barcode)?;
                        return Ok(Input::GoesOn);
                    }
                    Command::Nothing | Command::Renew(_) | Command::Loans => {
                        return Ok(Input::GoesOn);
                    }
                },
            },
        };
        let pin = match self.first_pin.take() {
            Some(pin) => Some(pin),
            None => match self.ask_hidden(self.words.pin)? {
                None => return Ok(Input::Ended),
                Some(typed) => Some(Secret::new(typed)).filter(|pin| !pin.is_empty()),
            },
        };
        let card = Card {
            number: scanned,
            pin,
        };
        let Some(patron) = self.identify(&card)? else {
            return Ok(Input::GoesOn);
        };
        let input = self.session(&card, &patron)?;
        if input == Input::GoesOn {
            match self.client.sc_status() {
                Ok(status) => self.status = status,
                Err(_) => self.status.online = false,
            }
            self.welcome()?;
        }
        Ok(input)
    }

    /// Who lays down this card, if they are let in.
    fn identify(&mut self, card: &Card) -> io::Result<Option<PatronInformationResponse>> {
        let patron = match self
            .client
            .patron_information(card, Some(Summary::ChargedItems))
        {
            Ok(patron) => patron,
            Err(error) => {
                self.trouble(&error)?;
                return Ok(None);
            }
        };
        let (title, why) = if patron.valid_patron == Some(false) {
            (self.words.card_refused, self.words.card_refused_why)
        } else if patron.valid_pin == Some(false) {
            (self.words.pin_refused, self.words.pin_refused_why)
        } else {
            return Ok(Some(patron));
        };
        let mut reasons = patron.screen_messages.clone();
        if reasons.is_empty() {
            reasons.push(why.to_owned());
        }
        let event = event_number(&patron.print_lines, None);
        self.answered(&cards::refusal(self.words, title, &reasons), event)?;
        Ok(None)
    }

    /// `i`: shows an item.
    fn look(&mut self, barcode: Option<String>) -> io::Result<()> {
        let Some(barcode) = barcode else {
            return self.paper.line(Style::Plain, self.words.which_barcode);
        };
        match self.client.item_information(&barcode) {
            Ok(answer) => {
                let event = event_number(&answer.print_lines, None);
                self.answered(
                    &cards::item(self.words, &barcode, &answer),
                    event.filter(|_| answer.title.is_empty()),
                )
            }
            Err(error) => self.trouble(&error),
        }
    }

    /// `u`: takes an item back.
    fn take_back(&mut self, barcode: Option<String>) -> io::Result<()> {
        let Some(barcode) = barcode else {
            return self.paper.line(Style::Plain, self.words.which_barcode);
        };
        match self.client.checkin(&barcode) {
            Ok(answer) => {
                let event = event_number(&answer.print_lines, None);
                self.answered(
                    &cards::checkin(self.words, &barcode, &answer),
                    event.filter(|_| !answer.ok),
                )
            }
            Err(error) => self.trouble(&error),
        }
    }

    /// Shows a card; under a refusal, why.
    fn answered(&mut self, card: &[Line], refusal: Option<i64>) -> io::Result<()> {
        self.paper.card(card)?;
        let Some(event) = refusal else {
            return Ok(());
        };
        self.paper.remark(&fill(self.words.event, event))?;
        match (self.explain)(event) {
            Some(lines) => lines.iter().try_for_each(|line| self.paper.remark(line)),
            None => self.paper.remark(&format!("relire why {event}")),
        }
    }

    fn trouble(&mut self, error: &ClientError) -> io::Result<()> {
        self.paper.card(&cards::trouble(self.words, error))
    }

    fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        self.paper.blank()?;
        self.paper.prompt(question)?;
        let line = self.keyboard.line()?;
        if !self.keyboard.echoes() || line.is_none() {
            self.paper.blank()?;
        }
        Ok(line)
    }

    fn ask_hidden(&mut self, question: &str) -> io::Result<Option<String>> {
        self.paper.prompt(question)?;
        let line = self.keyboard.hidden_line()?;
        self.paper.blank()?;
        Ok(line)
    }
}
