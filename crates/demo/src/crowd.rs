//! Makes readers one at a time: numbers, dates and addresses that fit together.

use circulation::CategoryCode;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::library::Library;
use crate::names;
use crate::patron::{Patron, Standing};
use crate::random::Random;
use crate::sketch::Sketch;

/// The readers made so far.
pub(crate) struct Crowd {
    today: Date,
    random: Random,
    families: u32,
    households: u32,
    serial: u32,
    pub(crate) patrons: Vec<Patron>,
    /// Positions of the readers who may have loans in progress.
    pub(crate) borrowers: Vec<usize>,
}

impl Crowd {
    pub(crate) const fn new(today: Date) -> Self {
        Self {
            today,
            random: Random::new(0xC20D),
            families: 0,
            households: 0,
            serial: 0,
            patrons: Vec::new(),
            borrowers: Vec::new(),
        }
    }

    /// A family name and a household number that nobody in the crowd has yet.
    pub(crate) fn family(&mut self) -> (&'static str, u32) {
        self.households += 1;
        (self.next_family_name(), self.households)
    }

    /// Steps through the list by a stride that meets every name before it meets one again.
    fn next_family_name(&mut self) -> &'static str {
        self.families += 1;
        names::family_name(self.families * 37)
    }

    /// Makes a reader of a branch; gives the card.
    pub(crate) fn add(&mut self, library: &Library, sketch: Sketch) -> String {
        let Sketch {
            category,
            age,
            family_name,
            household,
            guarantor,
            language,
            ..
        } = sketch;
        self.serial += 1;
        let card = match sketch.old_card {
            Some(old) => old.to_owned(),
            None => library.label(2, self.serial),
        };
        let family_name = family_name.unwrap_or_else(|| self.next_family_name());
        let given_name = if age.is_some() {
            names::given_name(&mut self.random)
        } else {
            ""
        };
        if sketch.borrows {
            self.borrowers.push(self.patrons.len());
        }
        let patron = Patron {
            card: card.clone(),
            pin: self.random.between(1000, 9999).to_string(),
            branch: library.branch(),
            category: code(category),
            family_name: family_name.to_owned(),
            given_name: given_name.to_owned(),
            born_on: age.map(|(youngest, oldest)| self.birth(youngest, oldest)),
            household,
            guarantor,
            language,
            email: names::email(given_name, family_name, self.serial),
            phone: names::phone(self.serial),
            address: self.address(household),
            expires_on: self.expiry(category, &sketch.standing),
            standing: sketch.standing,
        };
        self.patrons.push(patron);
        card
    }

    /// A new address, or that of the household if somebody of it is there already.
    fn address(&mut self, household: Option<u32>) -> String {
        let together = household.and_then(|number| {
            self.patrons
                .iter()
                .find(|other| other.household == Some(number))
        });
        match together {
            Some(other) => other.address.clone(),
            None => names::address(&mut self.random),
        }
    }

    /// A birth date such that the age holds for some weeks around today.
    fn birth(&mut self, youngest: u32, oldest: u32) -> Date {
        let years = i64::from(self.random.between(youngest, oldest));
        let days = i64::from(self.random.between(30, 330));
        self.today
            .saturating_sub(years.years())
            .saturating_sub(days.days())
    }

    /// Cards are given for three months, two years or, mostly, one.
    fn expiry(&mut self, category: &str, standing: &Standing) -> Date {
        if *standing == Standing::Expired {
            let days = i64::from(self.random.between(10, 200));
            return self.today.saturating_sub(days.days());
        }
        let (soonest, latest) = match category {
            "TMP" => (25, 75),
            "PEB" => (100, 650),
            _ => (40, 350),
        };
        let days = i64::from(self.random.between(soonest, latest));
        self.today.saturating_add(days.days())
    }
}

fn code(category: &str) -> CategoryCode {
    category
        .parse()
        .expect("categories of the demonstration are of three capitals")
}
