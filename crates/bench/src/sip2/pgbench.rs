//! The database alone, driven by pgbench.

use std::{fmt::Write, fs, time::Duration};

use anyhow::{Context, ensure};

use super::{ITEMS_A_TERMINAL, READERS_A_TERMINAL, TERMINALS, cores, database::Server};

/// How many loans are under way at once.
const TERMINALS_AT_ONCE: [usize; 4] = [1, 8, 16, 64];

pub(crate) enum Script {
    /// The statements that the daemon runs, file for file, with this many loans in each.
    Own(usize),
    /// The simple shape of the design: facts, then one statement with all guards, on bare tables.
    Shape,
}

/// Pairs a second for each number of clients.
pub(crate) async fn rates(
    server: &Server,
    script: Script,
    seconds: u64,
) -> anyhow::Result<Vec<f64>> {
    let (database, text, group) = match script {
        Script::Own(group) => ("own", own(group)?, group),
        Script::Shape => (
            "shape",
            include_str!("../../sql/shape_pair.sql").to_owned(),
            1,
        ),
    };
    let file = tempfile::Builder::new().suffix(".sql").tempfile()?;
    fs::write(file.path(), text)?;
    let mut rates = Vec::new();
    for terminals in TERMINALS_AT_ONCE {
        let clients = terminals.div_ceil(group);
        let output = server
            .tool("pgbench")
            // As the daemon's connections are set; see store's pool.
            .env(
                "PGOPTIONS",
                "-c plan_cache_mode=force_generic_plan -c enable_bitmapscan=off",
            )
            .args(["--no-vacuum", "--protocol=prepared", "--file"])
            .arg(file.path())
            .args([
                "--client",
                &clients.to_string(),
                "--jobs",
                &cores().min(clients).to_string(),
            ])
            .args(["--time", &seconds.to_string(), database])
            .output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        ensure!(
            output.status.success(),
            "pgbench: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let rate = printed
            .lines()
            .find_map(|line| line.strip_prefix("tps = "))
            .and_then(|rest| rest.split(' ').next())
            .context("pgbench printed no rate")?;
        rates.push(rate.parse::<f64>()? * group as f64);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(rates)
}

/// What one durable commit takes that has nothing beside it: the median and the 99th percentile, in ms. The least
/// that an answer after a commit can take.
pub(crate) async fn lone_commit(server: &Server, seconds: u64) -> anyhow::Result<(f64, f64)> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("commit.sql");
    fs::write(
        &script,
        "UPDATE bib SET version = version + 1 WHERE id = (SELECT min(id) FROM bib);\n",
    )?;
    let output = server
        .tool("pgbench")
        .args(["--no-vacuum", "--protocol=prepared", "--client", "1"])
        .args(["--log", "--log-prefix"])
        .arg(folder.path().join("lone"))
        .arg("--file")
        .arg(&script)
        .args(["--time", &seconds.to_string(), "own"])
        .output()?;
    ensure!(
        output.status.success(),
        "pgbench: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut microseconds: Vec<u32> = Vec::new();
    for entry in fs::read_dir(folder.path())? {
        let path = entry?.path();
        if path != script {
            // Each line: client, transaction, microseconds, script, moment.
            let log = fs::read_to_string(path)?;
            let taken = log
                .lines()
                .filter_map(|line| line.split(' ').nth(2)?.parse::<u32>().ok());
            microseconds.extend(taken);
        }
    }
    microseconds.sort_unstable();
    let at = |share: f64| {
        let place = ((microseconds.len() as f64 - 1.0) * share) as usize;
        let taken = microseconds.get(place).copied();
        taken.map(|taken| f64::from(taken) / 1000.0)
    };
    at(0.5)
        .zip(at(0.99))
        .context("pgbench logged no transaction")
}

/// As many loans and returns at once as are in a group, with the daemon's own statements: the same files, their
/// parameters bound to what pgbench draws and to what the statement before answered.
fn own(group: usize) -> anyhow::Result<String> {
    let mut script = format!(
        "\\set base (:client_id * {group}) % {TERMINALS}\n\\set draw random(1, 2000000000)\n"
    );
    // Terminal, card, barcode, key: a row each.
    let rows = format!(
        "SELECT t, '26' || lpad(t::text, 6, '0') || lpad(((:draw + t * 7) % {READERS_A_TERMINAL})::text, 6, '0') AS card, \
         '36' || lpad(t::text, 6, '0') || lpad(((:draw / 3 + t * 13) % {ITEMS_A_TERMINAL})::text, 6, '0') AS barcode, \
         decode(md5((:draw + t)::text), 'hex') AS key FROM generate_series(:base, :base + {last}) t",
        last = group - 1
    );
    // Every row of a column the same.
    let same = |value: &str| format!("array_fill({value}, ARRAY[{group}])");
    let none = |kind: &str| same(&format!("NULL::{kind}"));
    let drawn = |column: &str| format!("(SELECT array_agg({column} ORDER BY t) FROM rows)");
    let read = |name: &str| format!(":{name}::bigint[]");
    let (lens, terminals) = (same("'LENS'::text"), drawn("1 + t"));
    // A colon is followed by a blank: pgbench takes `:word` for a variable.
    let body = same(&format!("{BODY}::text"));

    let facts = bound(
        include_str!("../../../store/queries/facts.sql"),
        &[
            drawn("card"),
            drawn("barcode"),
            lens.clone(),
            drawn("key"),
            same("'2026-06-09'::date"),
        ],
    );
    let read_facts = [
        "item_id",
        "item_version",
        "household_id",
        "household_version",
        "custody_id",
        "patron_id",
    ];
    writeln!(script, "{} \\gset f_", gathered(&rows, &facts, &read_facts))?;
    let checkout = bound(
        include_str!("../../../store/queries/checkout_apply.sql"),
        &[
            terminals.clone(),
            drawn("key"),
            read("f_item_id"),
            read("f_item_version"),
            read("f_household_id"),
            read("f_household_version"),
            read("f_custody_id"),
            lens.clone(),
            read("f_patron_id"),
            same("now()"),
            same("'2026-06-09'::date"),
            same("'2026-07-07'::date"),
            same("false"),
            same("'ADU'::text"),
            same("'LIV'::text"),
            same("1"),
            same("1::bigint"),
            none("bigint"),
            body.clone(),
            none("bigint"),
            none("bigint"),
        ],
    );
    writeln!(script, "{} \\gset c_", all_written(&rows, &checkout, group))?;
    let item = bound(
        include_str!("../../../store/queries/item_facts.sql"),
        &[drawn("barcode"), lens.clone()],
    );
    let read_items = ["item_id", "item_version", "custody_id"];
    writeln!(script, "{} \\gset g_", gathered(&rows, &item, &read_items))?;
    let checkin = bound(
        include_str!("../../../store/queries/checkin_apply.sql"),
        &[
            terminals,
            none("bigint"),
            read("g_item_id"),
            read("g_item_version"),
            read("g_custody_id"),
            lens,
            same("now()"),
            none("text"),
            read("f_patron_id"),
            none("date"),
            none("date"),
            none("text"),
            body,
            none("bigint"),
            none("bigint"),
            none("date"),
            same("0::bigint"),
        ],
    );
    writeln!(script, "{} \\gset r_", all_written(&rows, &checkin, group))?;
    Ok(script)
}

/// The body of an event as the daemon writes it.
const BODY: &str = r#"'{"plan": {"period_days": 28,"period_rule": "R0","raw_due": "2026-07-07","due": "2026-07-07","new": false,"policy_version": 1,"calendar_version": 1},"trace": [{"counted": {"id": "L-TOTAL","of": "patron","counted": 0,"max": 20}},{"period": {"by": {"parameter": "loan_days","value": 28,"rule": "R0","level": 0,"role": "checkout","branch": "LENS"},"from": "2026-06-09","to": "2026-07-07"}},{"due": {"on": "2026-07-07"}}]}'"#;

/// What a statement reads, a column an array.
fn gathered(rows: &str, statement: &str, columns: &[&str]) -> String {
    let columns: Vec<_> = columns
        .iter()
        .map(|column| format!("array_agg({column}) AS {column}"))
        .collect();
    // count() of what is not used keeps the planner from leaving it out.
    let columns = columns.join(", ");
    format!(
        "WITH rows AS MATERIALIZED ({rows}), read AS MATERIALIZED ({statement}) SELECT {columns} FROM read"
    )
}

/// What a statement writes: all of it, or the run ends in a division by nought.
fn all_written(rows: &str, statement: &str, group: usize) -> String {
    let rest = statement.strip_prefix("WITH ").unwrap_or(statement);
    let (parts, last) = rest.rsplit_once("SELECT asked.n").unwrap_or((rest, ""));
    format!(
        "WITH rows AS MATERIALIZED ({rows}), {parts}, written AS (SELECT asked.n{last}) SELECT 1 / (count(*) / {group}) AS written FROM written"
    )
}

/// A statement of the store as pgbench takes it: without comments and column annotations, parameters in place.
fn bound(statement: &str, parameters: &[String]) -> String {
    let mut text: String = statement
        .lines()
        .filter(|line| !line.starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    // "name?: type", "name!" → name
    let mut plain = String::new();
    while let Some((before, rest)) = text.split_once('"') {
        let Some((name, after)) = rest.split_once('"') else {
            break;
        };
        let name = name.split(['?', '!', ':']).next().unwrap_or(name);
        plain.push_str(before);
        plain.push_str(name);
        text = after.to_owned();
    }
    plain.push_str(&text);
    // From the last, so that $1 does not eat the beginning of $12.
    for (number, value) in parameters.iter().enumerate().rev() {
        plain = plain.replace(&format!("${}", number + 1), value);
    }
    plain.trim().to_owned()
}
