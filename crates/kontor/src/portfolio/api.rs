//! The accounts list for programs.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::columns::{Column, Source};
use super::forms::ListQuery;
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;

/// One account of the list. Where `columns` are asked for, it has only those, the id and the name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ListedAccountBody {
    /// The id.
    pub id: i64,
    /// Rank by revenue; null without a line in the period.
    pub rank: Option<u64>,
    /// Customer number.
    pub number: Option<String>,
    /// The source system in which that is the number.
    pub source: Option<String>,
    /// Its other numbers, each after its source: `crm:77; shop:9`.
    pub further_numbers: Option<String>,
    /// Name.
    pub name: String,
    /// Country as the ERP writes it.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// `prospect`, `active` or `former`.
    pub lifecycle: String,
    /// How many people work there.
    pub employees: Option<u64>,
    /// Tags, between commas.
    pub tags: Option<String>,
    /// Net invoiced amount of the period.
    pub revenue: String,
    /// Part of all revenue, 0–1.
    pub share: Option<f64>,
    /// Part of all revenue of this account and all before it, 0–1.
    pub cumulative_share: Option<f64>,
    /// A, B or C by revenue.
    pub class: Option<String>,
    /// Net invoiced amount of the period before.
    pub revenue_before: String,
    /// Revenue minus that of the period before.
    pub difference: String,
    /// Revenue over that of the period before, minus 1; null where the two cannot be compared.
    pub growth: Option<f64>,
    /// Margin of the lines whose cost is known; null when none is.
    pub margin: Option<String>,
    /// Margin as part of the revenue it belongs to, 0–1.
    pub margin_rate: Option<f64>,
    /// A, B or C by margin.
    pub margin_class: Option<String>,
    /// Distinct invoices and credit notes of the period.
    pub invoices: u64,
    /// First day with a line in the ledger.
    pub first: Option<chrono::NaiveDate>,
    /// Last day with a line in the ledger.
    pub last: Option<chrono::NaiveDate>,
    /// The last contact that counts by the rules of the rhythm of contact.
    pub last_contact: Option<chrono::NaiveDate>,
    /// `overdue`, `never`, `due` or `fine`; null where no rule holds.
    pub contact: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_accounts))
}

/// Accounts with their figures: searched, filtered, in any order
#[utoipa::path(get, path = "/accounts", tag = "accounts", params(ListQuery, PageQuery), responses((status = 200, body = Paged<ListedAccountBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_accounts(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(pairs): Query<Vec<(String, String)>>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<Value>>, Fault> {
    let (selection, limit, after) = (ListQuery::of(pairs).parse()?, page.limit()?, page.after_id()?);
    let settings = settings::store::current(office.db.read()).await?;
    let Some((listing, found)) = actions::list(&office, &viewer, &settings, &selection).await? else {
        return Ok(Json(Paged { items: Vec::new(), next: None }));
    };
    let source = listing.source();
    let columns = selection.columns.unwrap_or_else(|| Column::ALL.to_vec());
    let rows = match after {
        None => found.page(source, 0, limit + 1),
        Some(id) => {
            let mut rows = found.ordered(source);
            let place = rows.iter().position(|&index| source.valuation.account(index).id == id);
            let place = place.ok_or_else(|| Fault::field("cursor", |t| t.api_cursor_wrong()))?;
            rows.drain(..=place);
            rows
        }
    };
    let items = rows.into_iter().take(limit + 1).map(|index| item(source, &columns, index)).collect();
    Ok(Json(Paged::cut(items, limit, |item: &Value| item["id"].to_string())))
}

fn item(source: Source<'_>, columns: &[Column], index: usize) -> Value {
    let mut item = Map::new();
    item.insert("id".to_owned(), source.valuation.account(index).id.into());
    item.extend(columns.iter().map(|column| (column.name().into_owned(), column.value(source, index).json())));
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_names_every_column() {
        let schema = serde_json::to_value(<ListedAccountBody as utoipa::PartialSchema>::schema()).expect("a schema");
        let mut named: Vec<&str> = schema["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
        let names = Column::ALL.map(Column::name);
        let mut columns: Vec<&str> = names.iter().map(AsRef::as_ref).chain(["id"]).collect();
        named.sort_unstable();
        columns.sort_unstable();
        assert_eq!(named, columns);
    }
}
