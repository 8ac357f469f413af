//! What the rules say for a reader, a document and a branch, and why.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::{
    BranchCode, Case, CategoryCode, DocumentCode, Language, Parameter, ParameterValue,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        input::{Named, query},
        problem::Problem,
        refusal::Told,
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// What a version says for a reader, a document and a branch that plays all the roles.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PolicyCell {
    /// Each of the thirty parameters.
    values: Vec<CellValue>,
    /// The limits that apply as well.
    limits: Vec<CellLimit>,
}

/// A value, the rule that gives it, and those that it goes before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellValue {
    /// Its name in the rules.
    #[schema(example = "loan_days")]
    parameter: &'static str,
    /// What it is called.
    label: Told,
    /// Its value, said.
    said: Told,
    /// Whose branch counts for it.
    #[schema(example = "checkout")]
    role: &'static str,
    /// The rules that set it here, the one that wins first.
    rules: Vec<CellRule>,
}

/// A rule that sets a parameter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellRule {
    /// Its id.
    rule: String,
    /// What it names: `branch`, `category`, `document`.
    names: Vec<&'static str>,
    /// What it sets the parameter to.
    #[schema(value_type = serde_json::Value)]
    value: ParameterValue,
}

/// A limit that applies.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellLimit {
    /// Its id.
    limit: String,
    /// What it says.
    text: Told,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    branch: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
}

pub(super) fn routes() -> Vec<Route> {
    vec![Route {
        method: Method::GET,
        path: "/policies/{version}/cell",
        needs: Needs::SignedIn,
        name: "policy_cell",
        summary: "Pourquoi cette case ? — Why this cell?",
        text: "All that a version says for a category of readers, a document type and a branch, with the rule that gives each \
               value, and the rules that it goes before.",
        parameters: &[
            (
                "branch",
                "The branch’s code: of the loan, the owner and the pickup at once.",
            ),
            ("category", "The category of readers."),
            ("document", "The document type."),
        ],
        takes: None,
        gives: Shape::of::<PolicyCell>(
            r#"{"values": [{"parameter": "loan_days", "label": {"fr": "Durée du prêt", "en": "Length of a loan"},
                "said": {"fr": "14 jours", "en": "14 days"}, "role": "checkout",
                "rules": [{"rule": "R-DVD", "names": ["document"], "value": 14}, {"rule": "R0", "names": [], "value": 28}]}],
                "limits": [{"limit": "H-TOTAL", "text": {"fr": "10 réservations, par lecteur, dans tout le réseau.",
                "en": "10 holds, for each reader, over the whole network."}}]}"#,
        ),
        keyed: false,
        serve: || get(cell),
    }]
}

async fn cell(
    State(door): State<Arc<Door>>,
    Named(version): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let version: i32 = version.parse().map_err(|_| Problem::not_found())?;
    let Asked {
        branch,
        category,
        document,
    } = query(asked.as_deref())?;
    let book = door.desk.rulebook_of_now().await?;
    let policy = book
        .policies
        .iter()
        .find(|policy| policy.version == version)
        .filter(|_| {
            book.branches.contains_key(&branch)
                && book.categories.contains_key(&category)
                && book.documents.contains_key(&document)
        })
        .ok_or_else(Problem::not_found)?;
    let case = Case {
        checkout: branch,
        owner: branch,
        pickup: branch,
        category: Some(category),
        document,
    };
    let both = |say: &dyn Fn(Language) -> String| Told {
        fr: say(Language::French),
        en: say(Language::English),
    };
    let values = Parameter::ALL.into_iter().filter_map(|parameter| {
        let contenders = policy.contenders(parameter, &case);
        let winner = contenders.first()?;
        Some(CellValue {
            parameter: parameter.name(),
            label: both(&|language| parameter.label(language).to_owned()),
            said: both(&|language| parameter.said(&winner.value, language)),
            role: policy.role(parameter).name(),
            rules: contenders
                .iter()
                .map(|contender| CellRule {
                    rule: contender.rule.id.to_string(),
                    names: [
                        (contender.level.names_branch(), "branch"),
                        (contender.level.names_category(), "category"),
                        (contender.level.names_document(), "document"),
                    ]
                    .into_iter()
                    .filter_map(|(named, name)| named.then_some(name))
                    .collect(),
                    value: contender.value.clone(),
                })
                .collect(),
        })
    });
    let limits = policy
        .limits
        .iter()
        .filter(|limit| limit.concerns(branch, category, document))
        .map(|limit| CellLimit {
            limit: limit.id.to_string(),
            text: both(&|language| limit.sentence(language, &book)),
        });
    shown(
        &headers,
        &PolicyCell {
            values: values.collect(),
            limits: limits.collect(),
        },
    )
}
