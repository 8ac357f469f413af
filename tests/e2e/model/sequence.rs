//! Sequences of commands, drawn so that something comes of them, and so that what is left out or made smaller leaves
//! the rest as it was.

use circulation::Condition;
use desk::OldCard;
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::command::{BRANCHES, Card, Command, Does, GUARANTORS, ITEMS, READERS};

/// How often a visit turns to another reader, item or branch than its own.
const ELSEWHERE: f64 = 0.2;
/// As near to always as a weight comes: nothing is left out at first.
const ALL_OF_THEM: f64 = 1.0 - 1e-9;

/// Visits one after the other: a visit is a few commands of one reader with one item at one branch, so that renewing,
/// collecting and undoing have something before them; now and then some of them are about somebody or something else.
pub(super) fn sequence(visits: usize) -> impl Strategy<Value = Vec<Command>> {
    let visit = prop_oneof![15 => visit(), 1 => collected_for_another()];
    vec(visit, 1..=visits).prop_map(|visits| visits.concat())
}

/// A sequence from which each command can be left out, whatever drew it.
pub(super) fn any_of(commands: &[Command]) -> impl Strategy<Value = Vec<Command>> {
    let maybe = |command| option::weighted(ALL_OF_THEM, Just(command));
    let all: Vec<_> = commands.iter().copied().map(maybe).collect();
    all.prop_map(|some| some.into_iter().flatten().collect())
}

fn visit() -> impl Strategy<Value = Vec<Command>> {
    let elsewhere = (
        option::weighted(ELSEWHERE, 0..READERS),
        option::weighted(ELSEWHERE, 0..ITEMS),
        option::weighted(ELSEWHERE, 0..BRANCHES.len()),
    );
    let own = (0..READERS, 0..ITEMS, 0..BRANCHES.len());
    (own, vec((act(), elsewhere), 1..=3)).prop_map(|(own, acts)| {
        let commands = acts.into_iter().flat_map(|(act, other)| {
            act.into_iter().map(move |does| Command {
                does,
                reader: other.0.unwrap_or(own.0),
                item: other.1.unwrap_or(own.1),
                at: other.2.unwrap_or(own.2),
            })
        });
        commands.collect()
    })
}

/// What is asked for by one reader is collected by who answers for them: so much has to meet that chance alone hardly
/// brings it about.
fn collected_for_another() -> impl Strategy<Value = Vec<Command>> {
    let wards = GUARANTORS.iter().enumerate();
    let wards: Vec<_> = wards
        .filter_map(|(ward, guarantor)| Some((ward, (*guarantor)?)))
        .collect();
    let after = prop_oneof![
        (
            Just(true),
            prop_oneof![Just(Does::Place), Just(Does::Checkout(Card::Newest))]
        ),
        (Just(false), of_a_loan()),
    ];
    let own = (select(wards), 0..ITEMS, 0..BRANCHES.len());
    (own, vec(after, 0..=3)).prop_map(|(((ward, guarantor), item, at), after)| {
        let mut story = vec![
            (true, Does::Place),
            (true, Does::Return),
            (false, Does::Checkout(Card::Newest)),
        ];
        story.extend(after);
        let command = |(is_ward, does)| Command {
            does,
            reader: if is_ward { ward } else { guarantor },
            item,
            at,
        };
        story.into_iter().map(command).collect()
    })
}

/// Something, and what may follow it at once. The numbers are weights.
fn act() -> impl Strategy<Value = Vec<Does>> {
    prop_oneof![
        20 => then(Just(Does::Return), prop_oneof![2 => Just(Does::UndoReturn), 1 => Just(Does::Return)]),
        28 => then(Just(Does::Checkout(Card::Newest)), of_a_loan()),
        15 => then(Just(Does::Place), of_a_hold()),
        3 => of_a_loan().prop_map(|does| vec![does]),
        8 => of_a_hold().prop_map(|does| vec![does]),
        2 => Just(vec![Does::UndoReturn]),
        8 => then(days(), Just(Does::Turn)),
        2 => Just(vec![Does::Turn]),
        3 => then(charge(), settle()),
        2 => settle().prop_map(|does| vec![does]),
        2 => then(Just(Does::Block), prop_oneof![3 => Just(Does::Unblock), 1 => of_a_loan()]),
        2 => Just(vec![Does::Unblock]),
        2 => then(replace_card(), Just(Does::Checkout(Card::Former))),
        5 => then(declare(), good_again()),
        4 => Just(vec![Does::Declare(Condition::Good)]),
    ]
}

fn then(
    first: impl Strategy<Value = Does>,
    next: impl Strategy<Value = Does>,
) -> impl Strategy<Value = Vec<Does>> {
    (first, vec(next, 0..=2)).prop_map(|(first, next)| [vec![first], next].concat())
}

fn good_again() -> impl Strategy<Value = Does> {
    prop_oneof![
        3 => Just(Does::Declare(Condition::Good)),
        2 => Just(Does::Return),
        1 => of_a_loan(),
    ]
}

fn of_a_loan() -> impl Strategy<Value = Does> {
    prop_oneof![
        2 => Just(Does::Return),
        1 => Just(Does::Checkout(Card::Newest)),
        3 => Just(Does::Renew),
        3 => Just(Does::UndoLoan),
        2 => Just(Does::Place),
        2 => days(),
        1 => declare(),
    ]
}

fn of_a_hold() -> impl Strategy<Value = Does> {
    prop_oneof![
        2 => Just(Does::Return),
        1 => Just(Does::Cancel),
        1 => Just(Does::Move),
        1 => option::weighted(0.7, 1..=5_i32).prop_map(Does::Pause),
    ]
}

fn days() -> impl Strategy<Value = Does> {
    prop_oneof![1..=3_i32, 8..=14_i32].prop_map(Does::Days)
}

fn cents() -> impl Strategy<Value = i64> {
    prop_oneof![Just(50_i64), Just(100), Just(150)]
}

fn charge() -> impl Strategy<Value = Does> {
    cents().prop_map(Does::Charge)
}

fn settle() -> impl Strategy<Value = Does> {
    let number = option::weighted(0.5, 0..2_usize);
    prop_oneof![
        3 => (cents(), number).prop_map(|(cents, number)| Does::Pay { cents, number }),
        2 => cents().prop_map(Does::Waive),
    ]
}

fn replace_card() -> impl Strategy<Value = Does> {
    let old = prop_oneof![
        Just(OldCard::Alias),
        Just(OldCard::Replaced),
        Just(OldCard::Lost)
    ];
    old.prop_map(Does::ReplaceCard)
}

fn declare() -> impl Strategy<Value = Does> {
    let condition = prop_oneof![
        Just(Condition::InProcess),
        Just(Condition::Damaged),
        Just(Condition::Lost),
        Just(Condition::ClaimedReturned),
        Just(Condition::Withdrawn),
    ];
    condition.prop_map(Does::Declare)
}
