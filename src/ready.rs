//! The ready line: one JSON object on standard output, once every door answers.

use std::{io::Write, path::PathBuf};

use serde::Serialize;

/// Where everything is served, and what a demonstration can use at once. A door that is not served is left out.
#[derive(Debug, Serialize)]
pub(crate) struct Ready {
    pub(crate) ready: bool,
    pub(crate) sip2: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sip2_tls: Option<String>,
    /// The certificate that clients of the TLS doors have to trust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tls_ca: Option<PathBuf>,
    /// NCIP over raw TCP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ncip_tcp: Option<String>,
    /// `host:port/database`, as Z39.50 clients take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) z3950: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) http: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) https: Option<String>,
    pub(crate) ops: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) demo: Option<Demo>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Demo {
    pub(crate) terminals: Vec<Terminal>,
    pub(crate) patrons: Vec<Patron>,
    pub(crate) items: Vec<Item>,
    pub(crate) staff: Vec<Staff>,
    pub(crate) partners: Vec<Partner>,
}

/// A partner system that speaks NCIP.
#[derive(Debug, Serialize)]
pub(crate) struct Partner {
    pub(crate) kind: &'static str,
    pub(crate) login: String,
    /// `FromAgencyId`.
    pub(crate) agency: String,
    /// `FromAgencyAuthentication`.
    pub(crate) secret: String,
    /// `ToAgencyId`.
    pub(crate) our_agency: String,
    /// Where it sends to over HTTP, its token in the path; none for one that speaks over raw TCP alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// That token.
    #[serde(skip)]
    pub(crate) token: Option<String>,
    pub(crate) branch: String,
    /// What it calls that branch as a pickup place.
    pub(crate) pickup: String,
    /// The card that it borrows with for other libraries' readers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) card: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Terminal {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) branch: String,
    /// A client certificate that it may log in with over TLS, and its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cert: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Patron {
    pub(crate) card: String,
    pub(crate) pin: String,
    pub(crate) branch: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Item {
    pub(crate) barcode: String,
    pub(crate) branch: String,
    pub(crate) document: String,
    pub(crate) bib: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Staff {
    pub(crate) login: String,
    pub(crate) password: String,
}

impl Ready {
    /// Writes the line. Whoever reads it may have gone: that stops no daemon.
    pub(crate) fn announce(&self) -> anyhow::Result<()> {
        let line = serde_json::to_string(self)?;
        let mut output = std::io::stdout().lock();
        if writeln!(output, "{line}")
            .and_then(|()| output.flush())
            .is_err()
        {
            tracing::warn!("nobody reads standard output: the ready line was not written");
        }
        Ok(())
    }
}

impl Demo {
    /// Where partners send to, now that the doors are open.
    pub(crate) fn tell_partners(&mut self, http: Option<&str>) {
        for partner in &mut self.partners {
            let token = partner.token.as_ref();
            partner.url = http
                .zip(token)
                .map(|(http, token)| format!("{http}/ncip/{token}"));
        }
    }
}
