//! The rhythm of contact for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::abc::Class;
use kontor_domain::cadence::{Interval, Kinds, Role, Rule, Rules};
use kontor_domain::interaction::Kind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::book::Contact;
use super::forms::FilterForm;
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::{Fault, FieldError};
use crate::interactions::names::Names;
use crate::office::Office;
use crate::web::context::Path;

/// How it stands with contact to an account, or to a person there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactBody {
    /// The account.
    pub account_id: i64,
    /// What it is called.
    pub account: String,
    /// The person; absent for the account as a whole.
    pub person_id: Option<i64>,
    /// What the person is called.
    pub person: Option<String>,
    /// The account's class by revenue, over the whole company.
    pub class: Option<String>,
    /// `overdue`, `never`, `due` or `fine`.
    pub state: String,
    /// The day of the last contact that counts.
    pub last: Option<NaiveDate>,
    /// Its kind.
    pub last_kind: Option<String>,
    /// The day on which the next contact is wanted.
    pub due_on: Option<NaiveDate>,
    /// Days since the longest interval ended; 0 or less while it has not.
    pub days_over: Option<i64>,
    /// Days wanted between two contacts.
    pub wanted_days: u32,
    /// Days at most.
    pub longest_days: u32,
    /// Whether the interval is its own and not the rule's.
    pub own: bool,
}

impl ContactBody {
    fn of(contact: &Contact, names: &Names) -> ContactBody {
        let standing = &contact.standing;
        ContactBody {
            account_id: contact.account_id,
            account: names.account(contact.account_id).to_owned(),
            person_id: contact.person_id,
            person: contact.person_id.and_then(|id| names.person(id)).map(str::to_owned),
            class: contact.class.map(|class| class.to_string()),
            state: standing.state.to_string(),
            last: standing.last.map(|(day, _)| day),
            last_kind: standing.last.map(|(_, kind)| kind.to_string()),
            due_on: standing.due_on,
            days_over: standing.days_over,
            wanted_days: standing.interval.wanted(),
            longest_days: standing.interval.longest(),
            own: contact.is_own,
        }
    }
}

/// What to look for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CadenceQuery {
    /// Only accounts whose key account manager this user is.
    pub kam: Option<String>,
    /// `A`, `B` or `C`.
    pub class: Option<String>,
    /// `overdue`, `never`, `due` or `fine`; all but `fine` when absent.
    pub state: Option<String>,
}

/// A rule.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RuleBody {
    /// `A`, `B` or `C`.
    pub class: String,
    /// `any`, `initiator`, `user`, `influencer`, `buyer`, `decider` or `gatekeeper`.
    pub role: String,
    /// Days wanted between two contacts.
    pub wanted_days: u32,
    /// Days at most.
    pub longest_days: u32,
    /// Which contacts count: `visit`, `call`, `video`, `mail`, `event`.
    pub kinds: Vec<String>,
}

/// An interval of its own.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OwnBody {
    /// The person; absent for the account as a whole.
    #[serde(default)]
    pub person_id: Option<i64>,
    /// Days wanted between two contacts; absent to let the rule hold again.
    #[serde(default)]
    pub wanted_days: Option<u32>,
    /// Days at most.
    #[serde(default)]
    pub longest_days: Option<u32>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_cadence)).routes(routes!(get_rules, put_rules)).routes(routes!(put_own))
}

/// Whom there should be contact with, the most pressing first
#[utoipa::path(get, path = "/cadence", tag = "cadence", params(CadenceQuery, PageQuery), responses((status = 200, body = Paged<ContactBody>), (status = 422, body = Problem)))]
async fn list_cadence(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<CadenceQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<ContactBody>>, Fault> {
    let limit = page.limit()?;
    let given = |text: Option<String>| text.unwrap_or_default();
    let form = FilterForm { kam: given(wanted.kam), class: given(wanted.class), state: given(wanted.state) };
    let all = actions::list(&office, &viewer, form.parse()?).await?;
    // The order is of today as a whole, so the place is the account and person, not a date that may change.
    let place = |contact: &Contact| format!("{}.{}", contact.account_id, contact.person_id.unwrap_or(0));
    let from = match page.after()? {
        None => 0,
        Some(after) => {
            let found = all.iter().position(|contact| place(contact) == after);
            found.ok_or_else(|| Fault::field("cursor", |t| t.api_cursor_wrong()))? + 1
        }
    };
    let paged = Paged::cut(all[from..].iter().copied().take(limit + 1).collect(), limit, place);
    let persons = paged.items.iter().filter_map(|contact| contact.person_id);
    let names = Names::of_ids(&office, &viewer, paged.items.iter().map(|contact| contact.account_id), persons).await?;
    Ok(Json(Paged { items: paged.items.iter().map(|contact| ContactBody::of(contact, &names)).collect(), next: paged.next }))
}

/// The rules of the rhythm
#[utoipa::path(get, path = "/cadence/rules", tag = "cadence", responses((status = 200, body = Vec<RuleBody>)))]
async fn get_rules(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<Vec<RuleBody>>, Fault> {
    let rules = actions::rules(&office, &viewer).await?;
    let body = |rule: &Rule| RuleBody {
        class: rule.class.to_string(),
        role: rule.role.to_string(),
        wanted_days: rule.interval.wanted(),
        longest_days: rule.interval.longest(),
        kinds: rule.kinds.iter().map(|kind| kind.to_string()).collect(),
    };
    Ok(Json(rules.all().iter().map(body).collect()))
}

/// Set all rules of the rhythm
#[utoipa::path(put, path = "/cadence/rules", tag = "cadence", request_body = Vec<RuleBody>, responses((status = 204), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn put_rules(State(office): State<Office>, Caller(viewer): Caller, Body(bodies): Body<Vec<RuleBody>>) -> Result<StatusCode, Fault> {
    fn wrong<T: std::fmt::Display>(field: &'static str, choices: impl IntoIterator<Item = T>) -> Fault {
        Fault::Invalid(vec![FieldError::new(field, |t| t.interactions_choose()).one_of(choices)])
    }
    let mut rules = Vec::new();
    for body in bodies {
        let class = Class::ALL.into_iter().find(|class| class.to_string() == body.class).ok_or_else(|| wrong("class", Class::ALL))?;
        let kinds: Result<Kinds, _> = body.kinds.iter().map(|kind| kind.parse()).collect();
        let interval = Interval::new(body.wanted_days, body.longest_days);
        let interval = interval.ok_or_else(|| Fault::field("rules", |t| t.cadence_interval_wrong(kontor_domain::cadence::DAYS_MAX)))?;
        rules.push(Rule {
            class,
            role: body.role.parse().map_err(|_| wrong("role", Role::ALL))?,
            interval,
            kinds: kinds.map_err(|_| wrong("kinds", Kind::ALL))?,
        });
    }
    let rules = Rules::new(rules).ok_or_else(|| Fault::field("rules", |t| t.cadence_kinds_missing()))?;
    actions::set_rules(&office, &viewer, rules).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give an account, or a person there, an interval of its own
#[utoipa::path(put, path = "/accounts/{id}/cadence", tag = "cadence", params(("id" = i64, Path)), request_body = OwnBody, responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn put_own(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<OwnBody>,
) -> Result<StatusCode, Fault> {
    let interval = match (body.wanted_days, body.longest_days) {
        (None, None) => None,
        (wanted, longest) => {
            let interval = wanted.zip(longest).and_then(|(wanted, longest)| Interval::new(wanted, longest));
            let wrong = || Fault::field("wanted_days", |t| t.cadence_interval_wrong(kontor_domain::cadence::DAYS_MAX));
            Some(interval.ok_or_else(wrong)?)
        }
    };
    actions::set_own(&office, &viewer, id, body.person_id, interval).await?;
    Ok(StatusCode::NO_CONTENT)
}
