//! Generated networks: three branches, categories and document types, and any rules over them.

use std::collections::BTreeMap;

use circulation::{
    Audience, Branch, BranchCode, BranchPeriod, Calendar, Category, CategoryCode, CategoryKind,
    Closure, DocumentCode, DocumentType, FloatGroup, GuarantorNeed, Limit, Opening, Over,
    Parameter, Parameters, PeriodDue, Policy, PolicyDocument, Role, Rule, RuleId, Rulebook, Whom,
};
use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use crate::circulation;

pub(crate) fn branch() -> impl Strategy<Value = BranchCode> {
    select(vec!["LENS", "VILB", "NEUF"]).prop_map(|code| code.parse().unwrap())
}

pub(crate) fn category() -> impl Strategy<Value = CategoryCode> {
    select(vec!["ADU", "ENF", "CLA"]).prop_map(|code| code.parse().unwrap())
}

pub(crate) fn document() -> impl Strategy<Value = DocumentCode> {
    select(vec!["LIV", "DVD", "JVI"]).prop_map(|code| code.parse().unwrap())
}

/// A day like those that records hold.
pub(crate) fn day() -> impl Strategy<Value = Date> {
    (0..400_i64).prop_map(|days| date(2026, 1, 1) + days.days())
}

/// Any day at all, often one at an end of the calendar.
pub(crate) fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        4 => day(),
        1 => (0..400_i64).prop_map(|days| Date::MAX - days.days()),
        1 => (0..400_i64).prop_map(|days| Date::MIN + days.days()),
        1 => (0..7_304_483_i64).prop_map(|days| Date::MIN + days.days()),
    ]
}

fn value(parameter: Parameter) -> BoxedStrategy<Value> {
    let words = |words: &[&'static str]| select(words.to_vec()).prop_map(Value::from).boxed();
    let days = prop_oneof![8 => 0..100_u32, 1 => Just(u32::MAX)];
    match parameter {
        Parameter::Loanable
        | Parameter::SelfCheck
        | Parameter::CheckedByStaff
        | Parameter::RenewWhenHeld
        | Parameter::AutoRenew
        | Parameter::Holdable
        | Parameter::HoldOnShelf
        | Parameter::NoveltyLeavesBranch => prop::bool::weighted(0.7).prop_map(Value::from).boxed(),
        Parameter::LoanUntil => prop_oneof![
            3 => Just(json!("")),
            1 => any_day().prop_map(|day| json!(day)),
        ]
        .boxed(),
        Parameter::DueOnClosedDay => words(&["next_open", "next_open", "keep"]),
        Parameter::RenewFrom => words(&["due_date", "today"]),
        Parameter::ReturnsTo => words(&["owner", "float_group", "stay"]),
        Parameter::RecallDays => prop::collection::btree_set(0..90_u32, 0..4)
            .prop_map(|days| json!(days))
            .boxed(),
        Parameter::Renewals | Parameter::NoveltyRenewals => {
            (0..4_u16).prop_map(Value::from).boxed()
        }
        Parameter::BorrowingBlockedFromRecall => (0..5_u8).prop_map(Value::from).boxed(),
        _ => days.prop_map(Value::from).boxed(),
    }
}

/// Every parameter set, as the root must.
fn all_parameters() -> impl Strategy<Value = Parameters> {
    let each: Vec<_> = Parameter::ALL
        .into_iter()
        .map(|one| value(one).prop_map(Some))
        .collect();
    each.prop_map(parameters)
}

/// Some parameters set.
fn some_parameters() -> impl Strategy<Value = Parameters> {
    let each: Vec<_> = Parameter::ALL
        .into_iter()
        .map(|one| option::weighted(0.3, value(one)))
        .collect();
    each.prop_map(parameters)
}

fn parameters(values: Vec<Option<Value>>) -> Parameters {
    let set: Map<_, _> = Parameter::ALL
        .into_iter()
        .zip(values)
        .filter_map(|(parameter, value)| Some((parameter.name().to_owned(), value?)))
        .collect();
    serde_json::from_value(set.into()).unwrap()
}

type Names = (
    Option<BranchCode>,
    Option<CategoryCode>,
    Option<DocumentCode>,
);

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let names = (
        option::of(branch()),
        option::of(category()),
        option::of(document()),
    )
        .prop_filter("the root is apart", |names: &Names| {
            *names != (None, None, None)
        });
    let rules = btree_map(names, some_parameters(), 0..12);
    (all_parameters(), rules).prop_map(|(root, rules)| {
        let named = |(place, ((branch, category, document), set))| Rule {
            id: RuleId::from(format!("R{place}").as_str()),
            branch,
            category,
            document,
            set,
        };
        let root = ((None, None, None), root);
        std::iter::once(root)
            .chain(rules)
            .enumerate()
            .map(named)
            .collect()
    })
}

/// Every parameter under some role, not always that of the real rules.
fn roles() -> impl Strategy<Value = BTreeMap<Role, Vec<Parameter>>> {
    vec(select(Role::ALL.to_vec()), Parameter::ALL.len()).prop_map(|roles| {
        let mut by_role: BTreeMap<Role, Vec<Parameter>> = BTreeMap::new();
        for (role, parameter) in roles.into_iter().zip(Parameter::ALL) {
            by_role.entry(role).or_default().push(parameter);
        }
        by_role
    })
}

pub(crate) fn limits() -> impl Strategy<Value = Vec<Limit>> {
    let whom = select(vec![Whom::Patron, Whom::Household]);
    let over = select(vec![Over::Network, Over::Checkout, Over::Owner]);
    let codes = (
        vec(category(), 0..3),
        vec(document(), 0..3),
        option::of(branch()),
    );
    let limit = (whom, over, codes, option::of(any::<bool>()), 0..5_u32);
    vec(limit, 0..6).prop_map(|limits| {
        let named = |(place, (of, over, (categories, documents, branch), novelty, max))| Limit {
            id: RuleId::from(format!("L{place}").as_str()),
            of,
            over,
            categories,
            documents,
            branch: if over == Over::Network { None } else { branch },
            novelty,
            max_loans: Some(max),
            max_holds: Some(max),
        };
        limits.into_iter().enumerate().map(named).collect()
    })
}

fn periods() -> impl Strategy<Value = Vec<BranchPeriod>> {
    let due = select(vec![PeriodDue::Keep, PeriodDue::Extend]);
    let period = (branch(), day(), 0..60_i64, any::<bool>(), due);
    vec(period, 0..4).prop_map(|periods| {
        let period = |(branch, from, days, pickup, due): (_, Date, i64, _, _)| BranchPeriod {
            branch,
            from,
            to: from + days.days(),
            pickup,
            due,
        };
        periods.into_iter().map(period).collect()
    })
}

pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    let groups = subsequence(vec!["LENS", "VILB", "NEUF"], 0..=3);
    (roles(), rules(), limits(), groups, periods()).prop_map(
        |(roles, rules, limits, group, branch_periods)| {
            let branches = group.iter().map(|code| code.parse().unwrap()).collect();
            Policy::new(PolicyDocument {
                version: 1,
                effective_from: Date::MIN,
                currency: "EUR".into(),
                roles,
                rules,
                limits,
                float_groups: vec![FloatGroup {
                    name: "G".into(),
                    branches,
                }],
                branch_periods,
            })
            .unwrap()
        },
    )
}

pub(crate) fn calendar() -> impl Strategy<Value = Calendar> {
    let week = subsequence((1..=7_u8).collect::<Vec<_>>(), 0..=7);
    let openings = btree_map(branch(), week, 0..4);
    let length = prop_oneof![9 => 0..40_i64, 1 => Just(2000_i64)];
    let closures = vec((option::of(branch()), day(), length), 0..12);
    (openings, closures).prop_map(|(openings, closures)| {
        let hours = |weekday| Opening {
            weekday,
            opens: Time::midnight(),
            closes: Time::MAX,
        };
        let closure = |(branch, first, days): (_, Date, i64)| Closure {
            branch,
            first,
            last: first + days.days(),
            reason: "fermé".into(),
        };
        Calendar {
            version: 1,
            openings: openings
                .into_iter()
                .map(|(branch, week)| (branch, week.into_iter().map(hours).collect()))
                .collect(),
            closures: closures.into_iter().map(closure).collect(),
        }
    })
}

pub(crate) fn rulebook() -> impl Strategy<Value = Rulebook> {
    (policy(), calendar()).prop_map(|(policy, calendar)| Rulebook {
        policies: vec![policy],
        calendar,
        branches: ["LENS", "VILB", "NEUF"]
            .map(|code| {
                let code = code.parse().unwrap();
                (
                    code,
                    Branch {
                        code,
                        name: "Une médiathèque".into(),
                    },
                )
            })
            .into(),
        categories: [
            ("ADU", GuarantorNeed::No, None),
            ("ENF", GuarantorNeed::IfMinor, Some(Audience::Youth)),
            ("CLA", GuarantorNeed::Contact, None),
        ]
        .map(category_row)
        .into(),
        documents: ["LIV", "DVD", "JVI"].map(document_row).into(),
    })
}

fn category_row(
    (code, guarantor, audience_limit): (&str, GuarantorNeed, Option<Audience>),
) -> (CategoryCode, Category) {
    let code = code.parse().unwrap();
    let category = Category {
        code,
        label: String::new(),
        kind: if guarantor == GuarantorNeed::Contact {
            CategoryKind::Group
        } else {
            CategoryKind::Person
        },
        min_age: None,
        max_age: None,
        card_months: 12,
        guarantor,
        audience_limit,
        origin: String::new(),
    };
    (code, category)
}

fn document_row(code: &str) -> (DocumentCode, DocumentType) {
    let code = code.parse().unwrap();
    let kind = DocumentType {
        code,
        label: "Un genre".into(),
        sip2_media_type: "001".into(),
        unimarc_ldr06: 'a',
        unimarc_ldr07: 'm',
        unimarc_995r: "az".into(),
        onix_product_form: "BA".into(),
        usual_parts: 1,
        loanable_by_default: true,
        note: String::new(),
    };
    (code, kind)
}
