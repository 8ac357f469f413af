//! Generated readers, items and requests.

use circulation::{
    Asks, Audience, Block, BlockKind, Borrower, CapturedHold, CardStatus, CheckinRequest,
    CheckoutRequest, Collector, Condition, Door, HoldItem, HoldRequest, ItemFacts, LoanFacts,
    OpenHold, OpenLoan, Overrides, Place, QueuedHold, ReaderFacts, RenewRequest, Right, TitleFacts,
    WaitingHold, Whose,
};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::circulation;
use crate::network::{branch, category, document};

pub(crate) fn open_loan(day: BoxedStrategy<Date>) -> impl Strategy<Value = OpenLoan> {
    let whose = select(vec![Whose::Reader, Whose::Household]);
    (
        whose,
        branch(),
        branch(),
        category(),
        document(),
        any::<bool>(),
        day,
    )
        .prop_map(
            |(whose, checkout, owner, category, document, new, due)| OpenLoan {
                whose,
                checkout,
                owner,
                category,
                document,
                new,
                due,
            },
        )
}

fn block() -> impl Strategy<Value = Block> {
    let kinds = [
        BlockKind::Staff,
        BlockKind::Fees,
        BlockKind::LostItems,
        BlockKind::Address,
        BlockKind::Treasury,
    ];
    let message = option::of(Just("Un mot".to_owned()));
    (select(kinds.to_vec()), message).prop_map(|(kind, message)| Block { kind, message })
}

/// A reader, in good standing more often than not.
pub(crate) fn reader(day: BoxedStrategy<Date>) -> impl Strategy<Value = ReaderFacts> {
    let card = prop_oneof![
        6 => Just(CardStatus::Active),
        1 => select(vec![CardStatus::Lost, CardStatus::Replaced, CardStatus::Cancelled]),
    ];
    let seldom = |day: &BoxedStrategy<Date>| option::weighted(0.2, day.clone());
    (
        category(),
        card,
        seldom(&day),
        option::of(day.clone()),
        prop::bool::weighted(0.8),
        prop_oneof![4 => Just(Vec::new()), 1 => vec(block(), 0..3)],
        seldom(&day),
        vec(open_loan(day), 0..6),
    )
        .prop_map(
            |(
                category,
                card,
                expires_on,
                born_on,
                has_guarantor,
                blocks,
                suspended_until,
                loans,
            )| {
                ReaderFacts {
                    category,
                    card,
                    expires_on,
                    born_on,
                    has_guarantor,
                    blocks,
                    suspended_until,
                    loans,
                }
            },
        )
}

pub(crate) fn loan(day: BoxedStrategy<Date>) -> impl Strategy<Value = LoanFacts> {
    (
        branch(),
        category(),
        day.clone(),
        day,
        0..3_u16,
        any::<bool>(),
    )
        .prop_map(
            |(checkout, category, lent_on, due, renewals, new)| LoanFacts {
                checkout,
                category,
                lent_on,
                due,
                renewals,
                new,
            },
        )
}

fn captured() -> impl Strategy<Value = Option<CapturedHold>> {
    let collector = select(vec![
        Collector::ThisReader,
        Collector::OnBehalf,
        Collector::SomeoneElse,
    ]);
    let hold =
        (collector, category(), branch()).prop_map(|(collector, category, pickup)| CapturedHold {
            collector,
            category,
            pickup,
        });
    option::of(hold)
}

fn place(day: BoxedStrategy<Date>) -> impl Strategy<Value = Place> {
    let to = select(vec![Borrower::ThisReader, Borrower::SomeoneElse]);
    prop_oneof![
        4 => branch().prop_map(|branch| Place::Shelf { branch }),
        4 => (loan(day), to).prop_map(|(loan, to)| Place::Loan { loan, to }),
        1 => (option::of(branch()), branch(), captured())
            .prop_map(|(from, to, hold)| Place::Transit { from, to, hold }),
        1 => (branch(), captured()).prop_map(|(branch, hold)| Place::HoldShelf { branch, hold }),
        1 => Just(Place::Nowhere),
    ]
}

pub(crate) fn item(day: BoxedStrategy<Date>) -> impl Strategy<Value = ItemFacts> {
    let condition = prop_oneof![
        6 => Just(Condition::Good),
        1 => select(vec![
            Condition::Damaged,
            Condition::OnSiteOnly,
            Condition::InProcess,
            Condition::OnOrder,
            Condition::Lost,
            Condition::Missing,
            Condition::ClaimedReturned,
            Condition::Withdrawn,
        ]),
    ];
    let audience = select(vec![Audience::Youth, Audience::Adult, Audience::Unknown]);
    (
        branch(),
        document(),
        condition,
        audience,
        day.clone(),
        place(day),
    )
        .prop_map(
            |(owner, document, condition, audience, in_service, place)| ItemFacts {
                owner,
                document,
                condition,
                audience,
                in_service,
                return_by: None,
                place,
            },
        )
}

fn overrides() -> impl Strategy<Value = Overrides> {
    let rights = subsequence(Right::ALL.to_vec(), 0..=4);
    (rights, option::of(Just("un motif".to_owned()))).prop_map(|(rights, reason)| Overrides {
        rights: rights.into_iter().collect(),
        reason,
        ..Overrides::none()
    })
}

fn door() -> impl Strategy<Value = Door> {
    select(vec![Door::SelfCheck, Door::Desk, Door::Partner])
}

pub(crate) fn checkout(day: BoxedStrategy<Date>) -> impl Strategy<Value = CheckoutRequest> {
    (day, branch(), door(), overrides()).prop_map(|(on, branch, door, overrides)| CheckoutRequest {
        desired_due: None,
        on,
        branch,
        door,
        overrides,
    })
}

pub(crate) fn renewal(day: BoxedStrategy<Date>) -> impl Strategy<Value = RenewRequest> {
    (day, branch(), door(), overrides()).prop_map(|(on, branch, door, overrides)| RenewRequest {
        on,
        branch,
        door,
        overrides,
    })
}

pub(crate) fn checkin(day: BoxedStrategy<Date>) -> impl Strategy<Value = CheckinRequest> {
    (day, branch(), any::<bool>()).prop_map(|(on, branch, capture)| CheckinRequest {
        on,
        branch,
        capture,
    })
}

pub(crate) fn placing(day: BoxedStrategy<Date>) -> impl Strategy<Value = HoldRequest> {
    (day.clone(), branch(), option::of(day), overrides()).prop_map(
        |(on, pickup, needed_until, overrides)| HoldRequest {
            on,
            pickup,
            needed_until,
            overrides,
        },
    )
}

fn open_hold() -> impl Strategy<Value = OpenHold> {
    let whose = select(vec![Whose::Reader, Whose::Household]);
    (whose, branch(), document(), any::<bool>()).prop_map(|(whose, pickup, document, new)| {
        OpenHold {
            whose,
            pickup,
            document,
            new,
        }
    })
}

pub(crate) fn title(day: BoxedStrategy<Date>) -> impl Strategy<Value = TitleFacts> {
    let copy = (item(day.clone()), prop::bool::weighted(0.8))
        .prop_map(|(facts, asked)| HoldItem { facts, asked });
    (
        vec(copy, 0..4),
        0..20_u32,
        vec(open_hold(), 0..6),
        prop::bool::weighted(0.1),
        option::weighted(0.1, day),
    )
        .prop_map(
            |(items, waiting, holds, held_already, lent_already)| TitleFacts {
                items,
                waiting,
                holds,
                held_already,
                lent_already,
            },
        )
}

pub(crate) fn queue(day: BoxedStrategy<Date>) -> impl Strategy<Value = Vec<QueuedHold>> {
    let queued = (waiting_hold(), option::of(day.clone()), day).prop_map(
        |(hold, suspended_until, expires_on)| QueuedHold {
            hold,
            suspended_until,
            expires_on,
        },
    );
    vec(queued, 0..6)
}

pub(crate) fn waiting() -> impl Strategy<Value = Vec<WaitingHold>> {
    vec(waiting_hold(), 0..4)
}

fn waiting_hold() -> impl Strategy<Value = WaitingHold> {
    let asks = select(vec![Asks::Title, Asks::ThisItem, Asks::OtherItem]);
    (category(), branch(), asks).prop_map(|(category, pickup, asks)| WaitingHold {
        category,
        pickup,
        asks,
    })
}
