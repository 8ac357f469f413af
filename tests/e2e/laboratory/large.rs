//! What a trial costs on a large network: `cargo test --test e2e -- --ignored --nocapture laboratory::large`.

use std::time::Instant;

use serde_json::json;

use super::{Lab, add_rule};

/// 200,000 open loans of 40,000 readers, and 200,000 questions of the last month with real traces.
const LARGE: &str = r#"
SET statement_timeout = 0;
CREATE TEMP TABLE place AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM branch;
CREATE TEMP TABLE kind AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM document_type WHERE loanable_by_default;
INSERT INTO household SELECT FROM generate_series(1, 40000);
INSERT INTO patron (household_id, category, home_branch, family_name)
SELECT h.id, (ARRAY['ADU', 'ENF', 'ADO', 'PRO'])[1 + h.id % 4], p.code, 'Fictif ' || h.id FROM household h JOIN place p ON p.n = h.id % 27 ORDER BY h.id;
INSERT INTO bib (title) SELECT 'Document ' || n FROM generate_series(1, 50000) n;
INSERT INTO item (bib_id, barcode, issuing_branch, owner_branch, document, in_service)
SELECT (SELECT min(id) FROM bib) + m % 50000, 'B' || m, p.code, p.code, k.code, date '2020-01-01' + (m * 13 % 2300)
  FROM generate_series(1, 200000) m JOIN place p ON p.n = m % 27 JOIN kind k ON k.n = m * 7 / 3 % (SELECT count(*) FROM kind) ORDER BY m;
INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, lent_on, due, renewals, lent_new, category,
                     document, policy_version, calendar_version)
SELECT i.id, 'loan', p.code, at, q.id, at, at::date, at::date + 28, 0, false, q.category, i.document, 1, 1
  FROM (SELECT *, timestamptz '2026-05-12 09:00:00+02' + make_interval(mins => (id % 39000)::int) AS at,
               row_number() OVER (ORDER BY id) AS n FROM item WHERE barcode LIKE 'B%') i
  JOIN place p ON p.n = i.n % 27
  JOIN patron q ON q.id = (SELECT min(id) FROM patron WHERE family_name LIKE 'Fictif %') + i.n % 40000
 ORDER BY i.id;
INSERT INTO event (at, kind, outcome, branch, staff_id, item_id, patron_id, custody_id, document, body)
SELECT lent_at, 'checkout', 'done', branch, 1, item_id, patron_id, id, document,
       json_build_object('plan', json_build_object('period_days', 28, 'period_rule', 'R0', 'raw_due', due, 'due', due, 'new', false,
                         'policy_version', 1, 'calendar_version', 1),
                         'trace', json_build_array(
           json_build_object('counted', json_build_object('id', 'L-TOTAL', 'of', 'patron', 'counted', 3, 'max', 20)),
           json_build_object('counted', json_build_object('id', 'L-DVD', 'of', 'patron', 'counted', 1, 'max', 5)),
           json_build_object('counted', json_build_object('id', 'L-CD', 'of', 'patron', 'counted', 1, 'max', 10)),
           json_build_object('period', json_build_object('by', json_build_object('parameter', 'loan_days', 'value', 28, 'rule', 'R0',
                             'level', 0, 'role', 'checkout', 'branch', branch), 'from', lent_on, 'to', due)),
           json_build_object('due', json_build_object('on', due))))
  FROM custody WHERE kind = 'loan' ORDER BY lent_at;
DROP TABLE place, kind;
ANALYZE;
RESET statement_timeout;
"#;

fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[ignore = "minutes, for its figures"]
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_thousand_loans_and_questions() {
    let lab = Lab::new().await;
    lab.sql(LARGE).await;
    let narrow = lab.draft(super::shorter_films_at_lens).await;
    let wide = lab
        .draft(|document| {
            document["rule"][0]["loan_days"] = json!(21);
            document["rule"][0]["renewals"] = json!(2);
            document["rule"][0]["borrowing_blocked_from_recall"] = json!(2);
            for limit in document["limit"].as_array_mut().unwrap() {
                if limit["max_loans"].is_number() {
                    limit["max_loans"] = json!(4);
                }
            }
            add_rule(
                document,
                json!({ "id": "X", "branch": "VIMY", "loan_days": 35 }),
            );
        })
        .await;
    for (name, draft) in [("one branch and type", narrow), ("everything", wide)] {
        let (before, began) = (memory("VmRSS"), Instant::now());
        let report = lab.report(&draft, None).await;
        println!(
            "{name}: {:?}, {:?} in the run, resident {} → {} KiB (peak {}), {} loans, {} readers, {} questions, {:?}, not {:?}",
            began.elapsed(),
            report.took,
            before,
            memory("VmRSS"),
            memory("VmHWM"),
            report.figures.loans,
            report.figures.readers,
            report.figures.events,
            report.figures.total,
            report.figures.not_replayed
        );
        let asked = Instant::now();
        lab.report(&draft, None).await;
        println!("  again: {:?}", asked.elapsed());
    }
}
