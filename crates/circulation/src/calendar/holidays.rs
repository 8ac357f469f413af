//! The eleven public holidays of France, for any year (*Code du travail*, article L3133-1).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::language::Language;

/// A public holiday of France.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The day after Easter Sunday.
    EasterMonday,
    /// 1 May.
    Labour,
    /// 8 May.
    Victory,
    /// Thirty-nine days after Easter Sunday.
    Ascension,
    /// Fifty days after Easter Sunday.
    WhitMonday,
    /// 14 July.
    National,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice,
    /// 25 December.
    Christmas,
}

/// When a holiday falls.
enum When {
    On(i8, i8),
    AfterEaster(u32),
}

impl Holiday {
    /// All eleven. Ascension may come before or after 8 May, so this is not always their order
    /// in the year.
    pub const ALL: [Self; 11] = [
        Self::NewYear,
        Self::EasterMonday,
        Self::Labour,
        Self::Victory,
        Self::Ascension,
        Self::WhitMonday,
        Self::National,
        Self::Assumption,
        Self::AllSaints,
        Self::Armistice,
        Self::Christmas,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (french, english) = match self {
            Self::NewYear => ("jour de l'an", "New Year's Day"),
            Self::EasterMonday => ("lundi de Pâques", "Easter Monday"),
            Self::Labour => ("fête du Travail", "Labour Day"),
            Self::Victory => ("victoire de 1945", "Victory Day 1945"),
            Self::Ascension => ("Ascension", "Ascension Day"),
            Self::WhitMonday => ("lundi de Pentecôte", "Whit Monday"),
            Self::National => ("fête nationale", "National Day"),
            Self::Assumption => ("Assomption", "Assumption Day"),
            Self::AllSaints => ("Toussaint", "All Saints' Day"),
            Self::Armistice => ("armistice de 1918", "Armistice Day 1918"),
            Self::Christmas => ("Noël", "Christmas Day"),
        };
        match language {
            Language::French => french,
            Language::English => english,
        }
    }

    /// Its date in a year.
    #[must_use]
    pub fn on(self, year: i16) -> Date {
        match self.when() {
            When::On(month, day) => fixed(year, month, day),
            When::AfterEaster(days) => days::add(easter(year), days),
        }
    }

    const fn when(self) -> When {
        match self {
            Self::NewYear => When::On(1, 1),
            Self::EasterMonday => When::AfterEaster(1),
            Self::Labour => When::On(5, 1),
            Self::Victory => When::On(5, 8),
            Self::Ascension => When::AfterEaster(39),
            Self::WhitMonday => When::AfterEaster(50),
            Self::National => When::On(7, 14),
            Self::Assumption => When::On(8, 15),
            Self::AllSaints => When::On(11, 1),
            Self::Armistice => When::On(11, 11),
            Self::Christmas => When::On(12, 25),
        }
    }
}

fn fixed(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a day that every year of the calendar has")
}

/// The eleven holidays of a year, in the order of their dates.
#[must_use]
pub fn holidays(year: i16) -> [(Date, Holiday); 11] {
    let mut days = Holiday::ALL.map(|holiday| (holiday.on(year), holiday));
    days.sort_unstable();
    days
}

/// The holiday on a day, if it is one. Of two on one day (Ascension can fall on 1 or 8 May) the
/// first in the order of [`Holiday::ALL`].
#[must_use]
pub fn holiday_on(day: Date) -> Option<Holiday> {
    let mut easter_of_year = None;
    Holiday::ALL
        .into_iter()
        .find(|holiday| match holiday.when() {
            When::On(month, number) => (day.month(), day.day()) == (month, number),
            When::AfterEaster(days) => {
                // Between Easter Monday of 22 March's Easter and Whit Monday of 25 April's.
                (3..=6).contains(&day.month())
                    && day
                        == days::add(
                            *easter_of_year.get_or_insert_with(|| easter(day.year())),
                            days,
                        )
            }
        })
}

/// Easter Sunday of a year in the Gregorian calendar (carried back where it was not yet used).
///
/// Counted as the church does: the paschal full moon from the year's place in the cycle of
/// nineteen years, corrected for the leap days that centuries leave out and for the moon's own
/// drift; then the Sunday after it.
#[must_use]
pub fn easter(year: i16) -> Date {
    let number = i32::from(year);
    let in_cycle = number.rem_euclid(19);
    let century = number.div_euclid(100);
    let leap_days_left_out = century - century.div_euclid(4);
    let moon_drift = (8 * century + 13).div_euclid(25);

    let mut after_equinox = (19 * in_cycle + 15 + leap_days_left_out - moon_drift).rem_euclid(30);
    // The tables let no full moon fall 29 days after 21 March, and no two years of one cycle
    // share the 28th.
    if after_equinox == 29 || (after_equinox == 28 && in_cycle > 10) {
        after_equinox -= 1;
    }
    let full_moon = days::add(fixed(year, 3, 21), after_equinox.unsigned_abs());
    let since_sunday = u32::from(full_moon.weekday().to_sunday_zero_offset().unsigned_abs());
    days::add(full_moon, 7 - since_sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn easter_falls_where_the_tables_say() {
        let known = [
            (1583, 4, 10),
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
            (2285, 3, 22),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    /// The count that was published anonymously in 1876: another way to the same day.
    fn easter_of_1876(year: i16) -> Date {
        let year_number = i32::from(year);
        let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let sum = h + l - 7 * m + 114;
        date(
            year,
            i8::try_from(sum / 31).unwrap(),
            i8::try_from(sum % 31 + 1).unwrap(),
        )
    }

    #[test]
    fn two_ways_to_count_agree_in_every_year() {
        for year in 1583..=9999 {
            assert_eq!(easter(year), easter_of_1876(year), "{year}");
        }
    }

    #[test]
    fn every_year_of_the_calendar_has_an_easter_sunday() {
        for year in -9999..=9999 {
            let day = easter(year);
            assert_eq!(day.weekday(), Weekday::Sunday, "{year}");
            assert!(
                date(year, 3, 22) <= day && day <= date(year, 4, 25),
                "{year}: {day}"
            );
        }
    }

    #[test]
    fn a_holiday_is_found_on_its_day_and_no_other() {
        for year in [-9999, 2008, 2026, 2027, 2028, 2038, 9999] {
            let all = holidays(year);
            let mut day = date(year, 1, 1);
            while day.year() == year && day < date(year, 12, 31) {
                let expected = all.iter().any(|(on, _)| *on == day);
                assert_eq!(holiday_on(day).is_some(), expected, "{day}");
                day = days::next(day);
            }
        }
    }

    #[test]
    fn two_holidays_may_share_a_day() {
        // Ascension fell on 1 May in 2008.
        assert_eq!(holiday_on(date(2008, 5, 1)), Some(Holiday::Labour));
        assert_eq!(Holiday::Ascension.on(2008), date(2008, 5, 1));
    }
}
