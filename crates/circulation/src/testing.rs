//! A small network for the tests beside the code: LENS opens Tuesday to Saturday, VILB on
//! Wednesday and Saturday, NEUF has no opening rows.

use jiff::civil::{Date, Time, date, time};
use serde_json::{Value, json};

use crate::{
    Asks, Audience, Borrower, Branch, BranchCode, Calendar, CapturedHold, CardStatus, Category,
    CategoryCode, CategoryKind, Closure, Collector, Condition, DocumentCode, DocumentType,
    GuarantorNeed, ItemFacts, LoanFacts, OpenLoan, Opening, Place, Policy, QueuedHold, ReaderFacts,
    Rulebook, WaitingHold, Whose,
};

/// An ordinary Tuesday.
pub(crate) const TODAY: Date = date(2026, 3, 10);

pub(crate) fn branch(code: &str) -> BranchCode {
    code.parse().unwrap()
}

pub(crate) fn category(code: &str) -> CategoryCode {
    code.parse().unwrap()
}

pub(crate) fn document(code: &str) -> DocumentCode {
    code.parse().unwrap()
}

/// A policy document with a complete root and nothing else.
pub(crate) fn bare() -> Value {
    json!({
        "version": 1,
        "effective_from": "2025-12-15",
        "currency": "EUR",
        "roles": {
            "checkout": [
                "loanable", "self_check", "checked_by_staff", "loan_days", "loan_until",
                "due_on_closed_day", "renewals", "renew_days", "renew_from", "renew_when_held",
                "renew_overdue_max_days", "auto_renew", "grace_days",
                "suspension_days_per_day_late", "suspension_max_days", "fine_cents_per_day",
                "recall_days", "predue_notice_days", "treasury_after_days",
                "borrowing_blocked_from_recall", "novelty_loan_days", "novelty_renewals"
            ],
            "owner": [
                "holdable", "hold_on_shelf", "hold_queue_max", "hold_expires_days",
                "novelty_days", "novelty_leaves_branch", "returns_to"
            ],
            "pickup": ["hold_shelf_open_days"]
        },
        "rule": [{
            "id": "R0",
            "loanable": true, "self_check": true, "checked_by_staff": false,
            "loan_days": 28, "loan_until": "", "due_on_closed_day": "next_open",
            "renewals": 1, "renew_days": 28, "renew_from": "due_date", "renew_when_held": false,
            "renew_overdue_max_days": 10, "auto_renew": false,
            "grace_days": 2, "suspension_days_per_day_late": 1, "suspension_max_days": 60,
            "fine_cents_per_day": 0,
            "recall_days": [14, 28, 42], "predue_notice_days": 3, "treasury_after_days": 70,
            "borrowing_blocked_from_recall": 1,
            "holdable": true, "hold_on_shelf": true, "hold_queue_max": 10,
            "hold_shelf_open_days": 10, "hold_expires_days": 365, "returns_to": "owner",
            "novelty_days": 180, "novelty_loan_days": 14, "novelty_renewals": 0,
            "novelty_leaves_branch": false
        }]
    })
}

/// The bare policy with some values of the root replaced, and rules and limits added.
pub(crate) fn policy(root: Value, rules: Value, limits: Value) -> Policy {
    let mut document = bare();
    for (parameter, value) in root.as_object().unwrap() {
        document["rule"][0][parameter] = value.clone();
    }
    let all = document["rule"].as_array_mut().unwrap();
    all.extend(rules.as_array().unwrap().iter().cloned());
    document["limit"] = limits;
    serde_json::from_value(document).unwrap()
}

pub(crate) fn book_of(policy: Policy) -> Rulebook {
    let names = [
        ("LENS", "Médiathèque Robert Cousin"),
        ("VILB", "Villers"),
        ("NEUF", "Neuf"),
    ];
    let branches = names.map(|(code, name)| {
        let code = branch(code);
        (
            code,
            Branch {
                code,
                name: name.into(),
            },
        )
    });
    let categories = [
        category_row("ADU", GuarantorNeed::No, None),
        category_row("ENF", GuarantorNeed::Yes, Some(Audience::Youth)),
        category_row("MUS", GuarantorNeed::IfMinor, None),
        category_row("CLA", GuarantorNeed::Contact, None),
    ];
    let documents = [
        ("LIV", "Livre"),
        ("JVI", "Jeu vidéo"),
        ("DVD", "DVD, Blu-ray"),
    ];
    Rulebook {
        policies: vec![policy],
        calendar: calendar(),
        branches: branches.into(),
        categories: categories.map(|category| (category.code, category)).into(),
        documents: documents.map(document_row).into(),
    }
}

/// The small network under the bare policy.
pub(crate) fn book() -> Rulebook {
    book_of(policy(json!({}), json!([]), json!([])))
}

fn category_row(code: &str, guarantor: GuarantorNeed, limit: Option<Audience>) -> Category {
    Category {
        code: category(code),
        label: code.into(),
        kind: if code == "CLA" {
            CategoryKind::Group
        } else {
            CategoryKind::Person
        },
        min_age: None,
        max_age: None,
        card_months: 12,
        guarantor,
        audience_limit: limit,
        origin: String::new(),
    }
}

fn document_row((code, label): (&str, &str)) -> (DocumentCode, DocumentType) {
    let code = document(code);
    let kind = DocumentType {
        code,
        label: label.into(),
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

fn calendar() -> Calendar {
    let day = |weekday| Opening {
        weekday,
        opens: time(14, 0, 0, 0),
        closes: Time::MAX,
    };
    let closure = |code: Option<&str>, first, last, reason: &str| Closure {
        branch: code.map(branch),
        first,
        last,
        reason: reason.into(),
    };
    Calendar {
        version: 7,
        openings: [
            (branch("LENS"), (2..=6).map(day).collect()),
            (branch("VILB"), vec![day(3), day(6)]),
        ]
        .into(),
        closures: vec![
            closure(
                Some("VILB"),
                date(2026, 7, 27),
                date(2026, 8, 22),
                "fermeture estivale",
            ),
            closure(None, date(2026, 6, 9), date(2026, 6, 9), "panne du réseau"),
        ],
    }
}

/// An adult against whom nothing stands.
pub(crate) fn reader() -> ReaderFacts {
    ReaderFacts {
        category: category("ADU"),
        card: CardStatus::Active,
        expires_on: None,
        born_on: None,
        has_guarantor: false,
        blocks: Vec::new(),
        suspended_until: None,
        loans: Vec::new(),
    }
}

/// A good old book of LENS on its shelf.
pub(crate) fn item() -> ItemFacts {
    ItemFacts {
        owner: branch("LENS"),
        document: document("LIV"),
        condition: Condition::Good,
        audience: Audience::Unknown,
        in_service: date(2020, 1, 1),
        return_by: None,
        place: Place::Shelf {
            branch: branch("LENS"),
        },
    }
}

/// A loan of an adult at LENS.
pub(crate) fn loan(due: Date) -> LoanFacts {
    LoanFacts {
        checkout: branch("LENS"),
        category: category("ADU"),
        lent_on: date(2026, 2, 1),
        due,
        renewals: 0,
        new: false,
    }
}

/// The book, lent at LENS to the reader in question.
pub(crate) fn lent(due: Date) -> ItemFacts {
    ItemFacts {
        place: Place::Loan {
            loan: loan(due),
            to: Borrower::ThisReader,
        },
        ..item()
    }
}

/// An open loan of a book at LENS.
pub(crate) fn open(whose: Whose, code: &str, due: Date) -> OpenLoan {
    OpenLoan {
        whose,
        checkout: branch("LENS"),
        owner: branch("LENS"),
        category: category("ADU"),
        document: document(code),
        new: false,
        due,
    }
}

/// An adult's hold that an item is set aside for.
pub(crate) fn captured(collector: Collector, pickup: &str) -> CapturedHold {
    CapturedHold {
        collector,
        category: category("ADU"),
        pickup: branch(pickup),
    }
}

/// An adult's hold on the title, waiting in its queue.
pub(crate) fn queued(pickup: &str) -> QueuedHold {
    QueuedHold {
        hold: WaitingHold {
            category: category("ADU"),
            pickup: branch(pickup),
            asks: Asks::Title,
        },
        suspended_until: None,
        expires_on: date(2026, 12, 31),
    }
}
