//! Clauses on codes, numbers and dates.

use jiff::{civil, tz::TimeZone};
use query::{AccessPoint, Clause, Nature, Relation, Truncation};

use super::{Bound, Column, Matcher, Plan, Planner, Terms, text::range};
use crate::{
    QuestionError,
    analysis::{fold, normal},
    schema::{BIB, CHANGED, YEAR},
};

impl<'a> Planner<'a> {
    /// Codes and identifiers: one term each.
    pub(super) fn code(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        use Relation::{All, Any, Relevance};
        let access = clause.access;
        let ordered = matches!(
            clause.relation,
            Relation::Less
                | Relation::LessOrEqual
                | Relation::Greater
                | Relation::GreaterOrEqual
                | Relation::Within
        );
        if ordered {
            let bound = |term: &str, included| {
                let term = normal(access, term).normal;
                (!term.is_empty()).then_some(Bound { term, included })
            };
            let (from, to) = range(clause, bound)?;
            return Ok(self.codes(access, Matcher::Between(from, to)));
        }
        // Several codes; a number with blanks in it is one number.
        if access.nature() == Nature::Exact && matches!(clause.relation, Any | All | Relevance) {
            let each = clause.term.split_whitespace().map(|term| {
                self.code(&Clause {
                    term: term.to_owned(),
                    relation: Relation::Equal,
                    ..clause.clone()
                })
            });
            let each = each.collect::<Result<Vec<_>, _>>()?;
            if each.is_empty() {
                return Err(QuestionError::EmptyTerm(clause.term.clone()));
            }
            return Ok(if clause.relation == All {
                Plan::all_of(each)
            } else {
                Plan::any_of(each)
            });
        }
        if clause.truncation == Truncation::Pattern {
            return self.code_pattern(clause);
        }
        let identifier = normal(access, &clause.term);
        let (normal, written) = (identifier.normal, identifier.written);
        if normal.is_empty() {
            return Err(QuestionError::EmptyTerm(clause.term.clone()));
        }
        let typed = written.as_deref().unwrap_or(&normal);
        Ok(match clause.truncation {
            Truncation::None | Truncation::Pattern => self.codes(access, Matcher::Is(normal)),
            // All ten digits with a mark behind are that book as well.
            Truncation::Right if written.is_some() => {
                let begins = self.codes(access, Matcher::Begins(typed.to_owned()));
                begins.or(self.codes(access, Matcher::Is(normal)))
            }
            Truncation::Right => self.codes(access, Matcher::Begins(normal)),
            Truncation::Left => self.codes(access, Matcher::Pattern(format!("*{typed}"))),
            Truncation::Both => self.codes(access, Matcher::Pattern(format!("*{typed}*"))),
        })
    }

    fn code_pattern(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        let folded = fold(&clause.term);
        let compact = clause.access.nature() == Nature::Identifier;
        let kept = |char: &char| !compact || char.is_alphanumeric() || matches!(char, '*' | '?');
        let pattern: String = folded.trim().chars().filter(kept).collect();
        if !pattern.contains(char::is_alphanumeric) {
            return Err(QuestionError::EmptyTerm(clause.term.clone()));
        }
        Ok(self.codes(clause.access, Matcher::Pattern(pattern)))
    }

    fn codes(&self, access: AccessPoint, matcher: Matcher) -> Plan<'a> {
        let field = self.fields.wholes.get(&access);
        field.map_or(Plan::Nothing, |field| {
            Plan::Terms(Terms {
                access,
                field: *field,
                matcher,
            })
        })
    }

    /// Years and numbers of bibs.
    pub(super) fn number(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        use Relation::{All, Any, Relevance};
        let year = clause.access == AccessPoint::Year;
        let name = if year { YEAR } else { BIB };
        let many = clause.term.split_whitespace().count() > 1;
        if many && matches!(clause.relation, Any | All | Relevance) {
            let each = clause.term.split_whitespace().map(|term| {
                self.number(&Clause {
                    term: term.to_owned(),
                    relation: Relation::Equal,
                    ..clause.clone()
                })
            });
            let each = each.collect::<Result<Vec<_>, _>>()?;
            return Ok(if clause.relation == All {
                Plan::all_of(each)
            } else {
                Plan::any_of(each)
            });
        }
        let value = |term: &str| -> Result<(i64, i64), QuestionError> {
            let wrong = || QuestionError::Value {
                term: term.to_owned(),
                access: clause.access,
                expected: if year { "year" } else { "number" },
            };
            let digits = if year && clause.truncation == Truncation::None {
                normal(AccessPoint::Year, term).normal
            } else {
                term.trim().to_owned()
            };
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(wrong());
            }
            let number: i64 = digits.parse().map_err(|_| wrong())?;
            match clause.truncation {
                Truncation::None => Ok((number, number)),
                // 199* is a decade; numbers of bibs have no length that would tell.
                Truncation::Right if year && digits.len() <= 4 => {
                    let tail = 10_i64.pow(4 - u32::try_from(digits.len()).unwrap_or(4));
                    Ok((number * tail, number * tail + tail - 1))
                }
                _ => Err(QuestionError::Truncation(clause.access)),
            }
        };
        column(clause, name, value)
    }

    /// Moments, as precise as they are said.
    pub(super) fn date(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        if !matches!(clause.truncation, Truncation::None | Truncation::Right) {
            return Err(QuestionError::Truncation(clause.access));
        }
        column(clause, CHANGED, |term| {
            moment(term).ok_or_else(|| QuestionError::Value {
                term: term.to_owned(),
                access: clause.access,
                expected: "date as 2026-03-01",
            })
        })
    }
}

/// A range of a column; `value` gives the first and last that a term means.
fn column<'a>(
    clause: &Clause,
    name: &'static str,
    value: impl Fn(&str) -> Result<(i64, i64), QuestionError>,
) -> Result<Plan<'a>, QuestionError> {
    let (lowest, highest) = (i64::MIN, i64::MAX);
    let (from, to) = match clause.relation {
        Relation::Less => (lowest, value(&clause.term)?.0.saturating_sub(1)),
        Relation::LessOrEqual => (lowest, value(&clause.term)?.1),
        Relation::Greater => (value(&clause.term)?.1.saturating_add(1), highest),
        Relation::GreaterOrEqual => (value(&clause.term)?.0, highest),
        Relation::Within => {
            let (from, to) = clause.bounds().ok_or_else(|| QuestionError::Value {
                term: clause.term.clone(),
                access: clause.access,
                expected: "range as 1999..2004",
            })?;
            let from = if from.is_empty() {
                lowest
            } else {
                value(from)?.0
            };
            let to = if to.is_empty() { highest } else { value(to)?.1 };
            (from, to)
        }
        _ => value(&clause.term)?,
    };
    Ok(Plan::Column(Column { name, from, to }))
}

/// First and last second of a year, month, day, or a moment, in UTC.
fn moment(term: &str) -> Option<(i64, i64)> {
    let term = term.trim();
    if let Ok(moment) = term.parse::<jiff::Timestamp>() {
        return Some((moment.as_second(), moment.as_second()));
    }
    let second =
        |date: civil::Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second());
    let digits: Vec<i16> = term
        .split('-')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let small = |number: i16| i8::try_from(number).ok();
    let (first, span) = match digits.as_slice() {
        [year] => (
            civil::Date::new(*year, 1, 1).ok()?,
            jiff::Span::new().years(1),
        ),
        [year, month] => (
            civil::Date::new(*year, small(*month)?, 1).ok()?,
            jiff::Span::new().months(1),
        ),
        [year, month, day] => (
            civil::Date::new(*year, small(*month)?, small(*day)?).ok()?,
            jiff::Span::new().days(1),
        ),
        _ => return None,
    };
    let next = first.checked_add(span).ok()?;
    Some((second(first)?, second(next)? - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_as_long_as_they_are_said() {
        assert_eq!(moment("1970-01-02"), Some((86_400, 172_799)));
        assert_eq!(moment("1970-01"), Some((0, 31 * 86_400 - 1)));
        assert_eq!(moment("1970"), Some((0, 365 * 86_400 - 1)));
        assert_eq!(moment("1970-01-01T00:00:05Z"), Some((5, 5)));
        for wrong in ["", "hier", "1970-13", "1970-02-30", "99999", "1-2-3-4"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
