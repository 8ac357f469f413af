//! The rulebook of the small network: what `library` knows by heart.

use circulation::Policy;
use serde_json::json;

/// One rule and two limits: see `library`.
pub(super) fn policy() -> Policy {
    let document = json!({
        "version": 2,
        "effective_from": "2026-01-01",
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
            "loan_days": 10, "loan_until": "", "due_on_closed_day": "keep",
            "renewals": 1, "renew_days": 10, "renew_from": "due_date", "renew_when_held": false,
            "renew_overdue_max_days": 3, "auto_renew": false,
            "grace_days": 2, "suspension_days_per_day_late": 1, "suspension_max_days": 1000,
            "fine_cents_per_day": 10,
            "recall_days": [], "predue_notice_days": 3, "treasury_after_days": 70,
            "borrowing_blocked_from_recall": 0,
            "holdable": true, "hold_on_shelf": true, "hold_queue_max": 3,
            "hold_shelf_open_days": 2, "hold_expires_days": 8, "returns_to": "owner",
            "novelty_days": 0, "novelty_loan_days": 10, "novelty_renewals": 1,
            "novelty_leaves_branch": true
        }],
        "limit": [
            { "id": "LOANS", "of": "household", "where": "network", "max_loans": 3 },
            { "id": "HOLDS", "of": "patron", "where": "network", "max_holds": 2 }
        ]
    });
    serde_json::from_value(document).unwrap()
}
