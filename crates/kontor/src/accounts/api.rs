//! Master data of accounts for programs.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Sheet};
use super::addresses;
use super::addresses::store::StoredAddress;
use super::bulk;
use super::forms::{self, AddressForm, NumberForm, Typed};
use super::list::{self, Filter};
use super::store::{Account, Number};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// An account without its figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountBody {
    /// The id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Legal form.
    pub legal_form: Option<String>,
    /// `prospect`, `active` or `former`.
    pub lifecycle: String,
    /// Industry.
    pub industry: Option<String>,
    /// How many people work there.
    pub employees: Option<u32>,
    /// Street and house number of the seat.
    pub street: Option<String>,
    /// Postal code of the seat.
    pub postal_code: Option<String>,
    /// City of the seat.
    pub city: Option<String>,
    /// Country of the seat as the ERP writes it.
    pub country: Option<String>,
    /// Website.
    pub website: Option<String>,
    /// VAT id.
    pub vat_id: Option<String>,
    /// Legal entity identifier.
    pub lei: Option<String>,
    /// Language of letters, ISO 639-1.
    pub language: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Values of custom fields by the field's key, as texts: numbers with a decimal point, days as ISO 8601, `yes` or `no`.
    pub custom: BTreeMap<String, String>,
    /// Its customer numbers, the one whose source speaks for it first.
    pub numbers: Vec<AccountNumberBody>,
    /// The fields that imports leave alone since they were set by hand.
    pub hand_set: Vec<String>,
    /// Since when it is archived.
    pub archived_at: Option<DateTime<Utc>>,
}

/// A customer number.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AccountNumberBody {
    /// The source system.
    pub source: String,
    /// The number there.
    pub number: String,
}

/// An account with all that is kept about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MasterBody {
    /// The account.
    #[serde(flatten)]
    pub account: AccountBody,
    /// Further addresses.
    pub addresses: Vec<AddressBody>,
    /// What the source says that speaks for the account, by field.
    pub erp: BTreeMap<String, String>,
}

/// A further address.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressBody {
    /// The id.
    pub id: i64,
    /// `billing`, `delivery`, `postal` or `site`.
    pub kind: String,
    /// The lines above the street.
    pub addressee: String,
    /// Street and house number, or post office box.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
}

/// A further address to add or to change.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAddressBody {
    /// `billing`, `delivery`, `postal` or `site`.
    pub kind: String,
    /// The lines above the street.
    #[serde(default)]
    pub addressee: String,
    /// Street and house number, or post office box.
    #[serde(default)]
    pub street: String,
    /// Postal code.
    #[serde(default)]
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    #[serde(default)]
    pub country: String,
}

/// Values by field: `name`, `legal_form`, `lifecycle`, `industry`, `employees`, `street`, `postal_code`, `city`, `country`, `website`, `vat_id`, `lei`,
/// `language`, `tags` (a list), `custom.…`. Fields that are not named stay; `null` empties a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct ValuesBody(pub BTreeMap<String, Value>);

/// One event in the history of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryBody {
    /// The event's id, for restoring.
    pub event_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// `web`, `token` or `command_line`.
    pub via: String,
    /// What kind of event.
    pub kind: String,
    /// The fields it changed.
    pub changes: Vec<FieldChangeBody>,
}

/// A field that got another value.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldChangeBody {
    /// The field.
    pub field: String,
    /// The value until then.
    pub before: Option<String>,
    /// The value from then on.
    pub after: Option<String>,
}

/// A value to restore.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RestoreBody {
    /// The event that changed it.
    pub event_id: i64,
    /// The field.
    pub field: String,
}

/// A field to give back to the ERP.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GiveBackBody {
    /// The field.
    pub field: String,
}

/// A change of several accounts at once.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BulkBody {
    /// The accounts, at most 1,000.
    pub accounts: Vec<i64>,
    /// `industry`, `lifecycle`, `custom.…` (set to `value`), `tags_add`, `tags_remove` (the tag is `value`), `archive` or `bring_back`.
    pub change: String,
    /// The value.
    #[serde(default)]
    pub value: String,
    /// Only say what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a change in bulk came to, or would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkAnswerBody {
    /// The accounts that change, with their changes; the others are as wanted already.
    pub changed: Vec<BulkChangeBody>,
    /// How many accounts are as wanted already.
    pub unchanged: usize,
}

/// How one account changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkChangeBody {
    /// The account.
    pub account_id: i64,
    /// Its fields.
    pub changes: Vec<FieldChangeBody>,
}

/// Which accounts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountsQuery {
    /// Part of the name, a number, a city; mistyped words are found, too.
    pub q: Option<String>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only `prospect`, `active` or `former` ones.
    pub lifecycle: Option<String>,
    /// Only those of this industry.
    pub industry: Option<String>,
    /// `no` (the default), `yes` for archived ones alone, or `all`.
    pub archived: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(add_account))
        .routes(routes!(list_master_data))
        .routes(routes!(get_master, change_account))
        .routes(routes!(archive_account))
        .routes(routes!(bring_account_back))
        .routes(routes!(give_field_back))
        .routes(routes!(add_account_number, remove_account_number))
        .routes(routes!(add_address))
        .routes(routes!(change_address, remove_address))
        .routes(routes!(account_history))
        .routes(routes!(restore_field))
        .routes(routes!(change_accounts))
        .merge(super::fields::api::routes())
}

/// Master data of accounts, by id; without figures
#[utoipa::path(get, path = "/accounts/master", tag = "accounts", params(AccountsQuery, PageQuery), responses((status = 200, body = Paged<AccountBody>), (status = 422, body = Problem)))]
async fn list_master_data(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<AccountsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<AccountBody>>, Fault> {
    let filter = Filter {
        search: wanted.q.unwrap_or_default(),
        tag: wanted.tag,
        lifecycle: wanted
            .lifecycle
            .map(|text| text.parse().map_err(|wrong| Fault::Invalid(vec![forms::wrong_at("lifecycle".into(), wrong)])))
            .transpose()?,
        industry: wanted.industry,
        archived: wanted.archived.as_deref().unwrap_or_default().parse()?,
    };
    let (limit, after) = (page.limit()?, page.after_id()?.unwrap_or(0));
    let found = list::list(&office, &viewer, &filter).await?;
    let items = found.iter().filter(|account| account.id > after).take(limit + 1).map(|account| account_body(account)).collect();
    Ok(Json(Paged::cut(items, limit, |account: &AccountBody| account.id.to_string())))
}

/// Add an account
#[utoipa::path(post, path = "/accounts", tag = "accounts", request_body = ValuesBody, responses((status = 201, body = MasterBody), (status = 422, body = Problem)))]
async fn add_account(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(ValuesBody(body)): Body<ValuesBody>,
) -> Result<(StatusCode, Json<MasterBody>), Fault> {
    let values = forms::parse_given(&texts(body)?).map_err(Fault::Invalid)?;
    let id = actions::add(&office, &viewer, values).await?;
    Ok((StatusCode::CREATED, Json(master_body(&actions::show(&office, &viewer, id).await?))))
}

/// The master data of one account
#[utoipa::path(get, path = "/accounts/{id}/master", tag = "accounts", params(("id" = i64, Path)), responses((status = 200, body = MasterBody), (status = 404, body = Problem)))]
async fn get_master(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<MasterBody>, Fault> {
    Ok(Json(master_body(&actions::show(&office, &viewer, id).await?)))
}

/// Change fields of an account
#[utoipa::path(patch, path = "/accounts/{id}/master", tag = "accounts", params(("id" = i64, Path)), request_body = ValuesBody, responses((status = 200, body = MasterBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_account(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(ValuesBody(body)): Body<ValuesBody>,
) -> Result<Json<MasterBody>, Fault> {
    let values = forms::parse_given(&texts(body)?).map_err(Fault::Invalid)?;
    actions::change(&office, &viewer, id, &values).await?;
    Ok(Json(master_body(&actions::show(&office, &viewer, id).await?)))
}

/// Archive an account
#[utoipa::path(post, path = "/accounts/{id}/archive", tag = "accounts", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn archive_account(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::archive(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring an archived account back
#[utoipa::path(post, path = "/accounts/{id}/bring-back", tag = "accounts", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn bring_account_back(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::bring_back(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a field that was set by hand back to the ERP
#[utoipa::path(post, path = "/accounts/{id}/give-back", tag = "accounts", params(("id" = i64, Path)), request_body = GiveBackBody, responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn give_field_back(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<GiveBackBody>,
) -> Result<StatusCode, Fault> {
    let field = body.field.parse().map_err(|wrong| Fault::Invalid(vec![forms::wrong_at("field".into(), wrong)]))?;
    actions::give_back(&office, &viewer, id, field).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give an account a further customer number
#[utoipa::path(post, path = "/accounts/{id}/numbers", tag = "accounts", params(("id" = i64, Path)), request_body = AccountNumberBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn add_account_number(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<AccountNumberBody>,
) -> Result<StatusCode, Fault> {
    actions::add_number(&office, &viewer, id, &number(body)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a number away that was given by hand
#[utoipa::path(delete, path = "/accounts/{id}/numbers", tag = "accounts", params(("id" = i64, Path)), request_body = AccountNumberBody, responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn remove_account_number(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<AccountNumberBody>,
) -> Result<StatusCode, Fault> {
    actions::remove_number(&office, &viewer, id, &number(body)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn number(body: AccountNumberBody) -> Result<Number, Fault> {
    NumberForm { source: body.source, number: body.number }.parse().map_err(Fault::Invalid)
}

/// Add a further address
#[utoipa::path(post, path = "/accounts/{id}/addresses", tag = "accounts", params(("id" = i64, Path)), request_body = NewAddressBody, responses((status = 201, body = MasterBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn add_address(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewAddressBody>,
) -> Result<(StatusCode, Json<MasterBody>), Fault> {
    addresses::actions::add(&office, &viewer, id, &address_form(body).parse().map_err(Fault::Invalid)?).await?;
    Ok((StatusCode::CREATED, Json(master_body(&actions::show(&office, &viewer, id).await?))))
}

/// Change a further address
#[utoipa::path(put, path = "/accounts/{id}/addresses/{address}", tag = "accounts", params(("id" = i64, Path), ("address" = i64, Path)), request_body = NewAddressBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_address(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path((id, address)): Path<(i64, i64)>,
    Body(body): Body<NewAddressBody>,
) -> Result<StatusCode, Fault> {
    addresses::actions::change(&office, &viewer, id, address, &address_form(body).parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a further address away
#[utoipa::path(delete, path = "/accounts/{id}/addresses/{address}", tag = "accounts", params(("id" = i64, Path), ("address" = i64, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn remove_address(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path((id, address)): Path<(i64, i64)>,
) -> Result<StatusCode, Fault> {
    addresses::actions::remove(&office, &viewer, id, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What happened to an account, the newest first
#[utoipa::path(get, path = "/accounts/{id}/history", tag = "accounts", params(("id" = i64, Path), PageQuery), responses((status = 200, body = Paged<HistoryBody>), (status = 404, body = Problem)))]
async fn account_history(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<HistoryBody>>, Fault> {
    let limit = page.limit()?;
    let history = actions::history(&office, &viewer, id, page.after_id()?, limit as u64).await?;
    let body = |change: crate::audit::store::Change| HistoryBody {
        event_id: change.entry.id,
        at: change.entry.at,
        actor: change.entry.actor,
        via: change.entry.via,
        kind: change.entry.event.kind().to_owned(),
        changes: change.changes.into_iter().map(change_body).collect(),
    };
    let (goes_on, items) = (history.goes_on, history.changes.into_iter().map(body).collect::<Vec<_>>());
    Ok(Json(Paged::known(items, goes_on, |entry: &HistoryBody| entry.event_id.to_string())))
}

/// Write the value back that a field had before an event
#[utoipa::path(post, path = "/accounts/{id}/restore", tag = "accounts", params(("id" = i64, Path)), request_body = RestoreBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn restore_field(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<RestoreBody>,
) -> Result<StatusCode, Fault> {
    actions::restore(&office, &viewer, id, body.event_id, &body.field).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change several accounts at once, or only say what would change
#[utoipa::path(post, path = "/accounts/bulk", tag = "accounts", request_body = BulkBody, responses((status = 200, body = BulkAnswerBody), (status = 422, body = Problem)))]
async fn change_accounts(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<BulkBody>,
) -> Result<Json<BulkAnswerBody>, Fault> {
    let wanted = bulk::BulkForm { change: body.change, value: body.value }.parse()?;
    let preview = if body.dry_run {
        bulk::preview(&office, &viewer, &body.accounts, &wanted).await?
    } else {
        bulk::change(&office, &viewer, &body.accounts, &wanted).await?
    };
    let changed = preview
        .changed
        .into_iter()
        .map(|changed| BulkChangeBody { account_id: changed.account.id, changes: changed.changes.into_iter().map(change_body).collect() });
    Ok(Json(BulkAnswerBody { changed: changed.collect(), unchanged: preview.unchanged }))
}

fn change_body(change: kontor_domain::audit::FieldChange) -> FieldChangeBody {
    FieldChangeBody { field: change.field, before: change.before, after: change.after }
}

fn address_form(body: NewAddressBody) -> AddressForm {
    let NewAddressBody { kind, addressee, street, postal_code, city, country } = body;
    AddressForm { kind, addressee, street, postal_code, city, country }
}

/// Values as texts: lists between commas, yes and no in words, null as nothing.
fn texts(values: BTreeMap<String, Value>) -> Result<Typed, Fault> {
    let text = |value: &Value| match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Array(items) => items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>().map(|items| items.join(",")),
        Value::Object(_) => None,
    };
    let read = |(name, value): (String, Value)| match text(&value) {
        Some(text) => Ok((name, text)),
        None => Err(Fault::field(name, |t| t.accounts_wrong_value())),
    };
    values.into_iter().map(read).collect()
}

/// An account without its figures.
pub fn account_body(account: &Account) -> AccountBody {
    let (master, more) = (account.master.clone(), &account.more);
    AccountBody {
        id: account.id,
        name: master.name,
        legal_form: master.legal_form,
        lifecycle: master.lifecycle.name().to_owned(),
        industry: master.industry,
        employees: master.employees,
        street: master.street,
        postal_code: master.postal_code,
        city: master.city,
        country: master.country,
        website: master.website,
        vat_id: master.vat_id,
        lei: master.lei,
        language: master.language,
        tags: more.tags.iter().map(str::to_owned).collect(),
        custom: more.custom.clone(),
        numbers: account.numbers.iter().cloned().map(|Number { source, number }| AccountNumberBody { source, number }).collect(),
        hand_set: more.hand_set.iter().map(|field| field.name().to_owned()).collect(),
        archived_at: more.archived_at,
    }
}

fn master_body(sheet: &Sheet) -> MasterBody {
    let address = |stored: &StoredAddress| {
        let AddressForm { kind, addressee, street, postal_code, city, country } = AddressForm::of(&stored.address);
        AddressBody { id: stored.id, kind, addressee, street, postal_code, city, country }
    };
    let says = sheet.erp();
    let said =
        kontor_domain::account::Field::FROM_ERP.into_iter().filter_map(|field| Some((field.name().to_owned(), says.of(field)?.to_owned())));
    MasterBody { account: account_body(&sheet.account), addresses: sheet.addresses.iter().map(address).collect(), erp: said.collect() }
}
