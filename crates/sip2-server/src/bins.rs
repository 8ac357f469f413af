//! Which bin a sorter drops a return in: CL, by rules that are data.

use circulation::{BranchCode, DocumentCode};
use desk::{Answer, BinRule, Fate, Returned};

/// The bin of a return, by the first rule that fits; none does: the sorter decides by itself.
///
/// The same for a return and for a dry run of one, so that rules can be tried before a crate is misled.
pub fn sort_bin<'r>(rules: &'r [BinRule], answer: &Answer<Returned>) -> Option<&'r str> {
    let document = answer.item.as_ref().map(|item| item.document);
    let (fate, destination) = match &answer.outcome {
        Ok(returned) => (fate(returned), returned.to),
        Err(_) => (Fate::Rejected, None),
    };
    rules
        .iter()
        .find(|rule| fits(rule, fate, destination, document))
        .map(|rule| rule.bin.as_str())
}

/// What becomes of a return that was taken.
pub(crate) fn fate(returned: &Returned) -> Fate {
    match (returned.to_staff, returned.to, &returned.for_whom) {
        (true, ..) => Fate::Staff,
        (false, Some(_), Some(_)) => Fate::HoldElsewhere,
        (false, Some(_), None) => Fate::Travels,
        (false, None, Some(_)) => Fate::HoldHere,
        (false, None, None) => Fate::Stays,
    }
}

fn fits(
    rule: &BinRule,
    fate: Fate,
    destination: Option<BranchCode>,
    document: Option<DocumentCode>,
) -> bool {
    rule.fate.is_none_or(|wanted| wanted == fate)
        && rule
            .destination
            .is_none_or(|wanted| destination == Some(wanted))
        && rule.document.is_none_or(|wanted| document == Some(wanted))
}

#[cfg(test)]
mod tests {
    use circulation::{Language, Refusal, Refused, Trace};

    use super::*;
    use crate::op::twelve;

    fn rule(fate: Option<Fate>, destination: &str, document: &str, bin: &str) -> BinRule {
        BinRule {
            fate,
            destination: destination.parse().ok(),
            document: document.parse().ok(),
            bin: bin.into(),
        }
    }

    fn answer(outcome: Result<Returned, Refused>) -> Answer<Returned> {
        Answer {
            outcome,
            trace: Trace::default(),
            event: None,
            language: Language::French,
            item: Some(twelve::item()),
            replayed: false,
        }
    }

    fn taken(to: Option<&str>) -> Answer<Returned> {
        answer(Ok(Returned {
            was_lent: true,
            to: to.map(|to| to.parse().unwrap()),
            hold_shelf: None,
            for_whom: None,
            late_days: 0,
            suspended_until: None,
            to_staff: false,
        }))
    }

    #[test]
    fn the_first_rule_that_fits() {
        let rules = [
            rule(Some(Fate::Rejected), "", "", "99"),
            rule(Some(Fate::Staff), "", "", "99"),
            rule(None, "AVIO", "", "4"),
            rule(Some(Fate::Travels), "", "", "5"),
            rule(None, "", "LIV", "1"),
        ];
        assert_eq!(sort_bin(&rules, &taken(Some("AVIO"))), Some("4"));
        assert_eq!(sort_bin(&rules, &taken(Some("VIMY"))), Some("5"));
        assert_eq!(sort_bin(&rules, &taken(None)), Some("1"));
        let unknown = answer(Err(Refused::one(Refusal::ItemUnknown)));
        assert_eq!(sort_bin(&rules, &unknown), Some("99"));
        assert_eq!(sort_bin(&rules[..4], &taken(None)), None);
        assert_eq!(sort_bin(&[], &taken(None)), None);
    }
}
