//! The database alone, driven by pgbench.

use std::{fmt::Write, fs, time::Duration};

use anyhow::{Context, ensure};

use super::{ITEMS_A_TERMINAL, READERS_A_TERMINAL, cores, database::Server};

const CLIENTS: [usize; 4] = [1, 8, 16, 64];

pub(crate) enum Script {
    /// The statements that the daemon runs, file for file.
    Own,
    /// The simple shape of the design: facts, then one statement with all guards, on bare tables.
    Shape,
}

/// Pairs a second for each number of clients.
pub(crate) async fn rates(
    server: &Server,
    script: Script,
    seconds: u64,
) -> anyhow::Result<Vec<f64>> {
    let (database, text) = match script {
        Script::Own => ("own", own()?),
        Script::Shape => ("shape", include_str!("../../sql/shape_pair.sql").to_owned()),
    };
    let file = tempfile::Builder::new().suffix(".sql").tempfile()?;
    fs::write(file.path(), text)?;
    let mut rates = Vec::new();
    for clients in CLIENTS {
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
        rates.push(rate.parse()?);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(rates)
}

/// One loan and one return with the daemon's own statements: the same files, their parameters bound to what
/// pgbench draws and to what the statement before answered.
fn own() -> anyhow::Result<String> {
    let key = "decode(md5(:k::text), 'hex')";
    // A colon is followed by a blank: pgbench takes `:word` for a variable.
    let body = r#"'{"plan": {"period_days": 28,"period_rule": "R0","raw_due": "2026-07-07","due": "2026-07-07","new": false,"policy_version": 1,"calendar_version": 1},"trace": [{"counted": {"id": "L-TOTAL","of": "patron","counted": 0,"max": 20}},{"period": {"by": {"parameter": "loan_days","value": 28,"rule": "R0","level": 0,"role": "checkout","branch": "LENS"},"from": "2026-06-09","to": "2026-07-07"}},{"due": {"on": "2026-07-07"}}]}'::json"#;
    let mut script = format!(
        "\\set t :client_id % 64\n\\set r random(0, {})\n\\set i random(0, {})\n\\set k random(1, 2000000000)\n",
        READERS_A_TERMINAL - 1,
        ITEMS_A_TERMINAL - 1
    );
    let card = "('26' || lpad(:t::text, 6, '0') || lpad(:r::text, 6, '0'))";
    let barcode = "('36' || lpad(:t::text, 6, '0') || lpad(:i::text, 6, '0'))";
    let facts = bound(
        include_str!("../../../store/queries/facts.sql"),
        &[card, barcode, "'LENS'", key, "'2026-06-09'::date"],
    );
    writeln!(script, "{facts} \\gset f_")?;
    let checkout = bound(
        include_str!("../../../store/queries/checkout_apply.sql"),
        &[
            "1 + :t",
            key,
            ":f_item_id",
            ":f_item_version",
            ":f_household_id",
            ":f_household_version",
            ":f_custody_id",
            "'LENS'",
            ":f_patron_id",
            "now()",
            "'2026-06-09'::date",
            "'2026-07-07'::date",
            "false",
            "'ADU'",
            "'LIV'",
            "1",
            "1",
            "NULL::bigint",
            body,
        ],
    );
    writeln!(script, "{checkout};")?;
    let item = bound(
        include_str!("../../../store/queries/item_facts.sql"),
        &[barcode, "'LENS'"],
    );
    writeln!(script, "{item} \\gset g_")?;
    let checkin = bound(
        include_str!("../../../store/queries/checkin_apply.sql"),
        &[
            "1 + :t",
            "NULL::bigint",
            ":g_item_id",
            ":g_item_version",
            ":g_custody_id",
            "'LENS'",
            "now()",
            "NULL",
            ":f_patron_id",
            "NULL::date",
            "NULL::date",
            "NULL",
            body,
        ],
    );
    writeln!(script, "{checkin};")?;
    Ok(script)
}

/// A statement of the store as pgbench takes it: without comments and column annotations, parameters in place.
fn bound(statement: &str, parameters: &[&str]) -> String {
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
