//! The start page and the accounts list.

mod home;
mod index;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::custom::CustomField;
use kontor_domain::rights::Right;
use kontor_domain::view::List as ListName;
use maud::{Markup, html};

use super::actions;
use super::columns::{Column, Source};
use super::forms::{ListQuery, Selection};
use crate::accounts::fields;
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::Sheet;
use crate::valuation::export::{self, Format};
use crate::valuation::forms::WantedQuery;
use crate::valuation::pages::frame;
use crate::web::components::link_button;
use crate::web::context::{Form, Page, Query};
use crate::web::filter::Asked;
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;
use crate::{ledger, valuation, views};

/// How many accounts a page of the list has.
const PAGE: usize = 50;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeFigures), url::HOME, home)
        .get(Guard::Needs(Right::SeeFigures), url::ACCOUNTS, index)
        .post(Guard::Needs(Right::OwnProfile), url::ACCOUNT_COLUMNS, choose_columns)
        .get(Guard::Needs(Right::Export), "/accounts.csv", csv)
        .get(Guard::Needs(Right::Export), "/accounts.xlsx", xlsx)
}

async fn home(State(office): State<Office>, page: Page, Query(query): Query<WantedQuery>) -> Result<Response, Fault> {
    let asked = Asked::of(&query, WantedQuery::parse, WantedQuery::without)?;
    let t = page.t();
    let Some(valuation) = valuation::actions::value(&office, &page.viewer, &page.settings, &asked.read).await? else {
        return Ok(empty(&page, &t.nav_home()).into_response());
    };
    let segments = ledger::actions::live(&office, &page.viewer).await?;
    let shown = home::Home {
        page: &page,
        valuation: &valuation,
        wanted: &asked.read,
        typed: &query,
        errors: &asked.errors,
        segments: &segments,
        today: office.today(),
    };
    Ok((asked.status(), page.render(&t.nav_home(), shown.main())).into_response())
}

/// Nothing is there yet: invoices bring customers with them, and one may begin with customers.
fn empty(page: &Page, title: &str) -> Markup {
    let t = page.t();
    let other = html! { @if page.viewer.may(Right::EditAccounts) { (link_button(url::NEW_ACCOUNT, &t.accounts_new_title(), false)) } };
    frame::empty_with(page, title, other)
}

async fn index(State(office): State<Office>, page: Page, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let number = page_number(&pairs)?;
    let (typed, t) = (ListQuery::of(pairs), page.t());
    let asked = Asked::of(&typed, ListQuery::parse, ListQuery::without)?;
    let (status, selection) = (asked.status(), asked.read);
    let Some((listing, found)) = actions::list(&office, &page.viewer, &page.settings, &selection).await? else {
        return Ok(empty(&page, &t.nav_accounts()).into_response());
    };
    let (source, valuation) = (listing.source(), listing.source().valuation);
    let columns = actions::columns(&office, &page.viewer, selection.columns.clone()).await?;
    let views = views::actions::list(&office, &page.viewer, Some(ListName::Accounts)).await?;
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    let (count, revenue) = (found.len(), found.rows().map(|index| valuation.rows[index].now.revenue).sum());
    let buying = found.rows().filter(|&index| valuation.rows[index].now.lines > 0).count();
    let rows = found.page(source, (number - 1).saturating_mul(PAGE), PAGE);
    let list = index::List {
        page: &page,
        source,
        valuation,
        query: &asked.query,
        typed: &typed.wanted(),
        errors: &asked.errors,
        selection: &selection,
        columns: &columns,
        fields: &fields,
        count,
        buying,
        revenue,
        views: &views,
        rows,
        number,
    };
    Ok((status, page.render(&t.nav_accounts(), list.main())).into_response())
}

/// The page of the list, from 1.
fn page_number(pairs: &[(String, String)]) -> Result<usize, Fault> {
    let wrong = |_| Fault::Malformed("page: a number from 1".into());
    match pairs.iter().rfind(|(name, value)| name == "page" && !value.is_empty()) {
        Some((_, value)) => value.parse::<std::num::NonZeroU32>().map(|number| number.get() as usize).map_err(wrong),
        None => Ok(1),
    }
}

async fn choose_columns(State(office): State<Office>, page: Page, Form(pairs): Form<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    let query = ListQuery::of(pairs);
    let columns = query.parse()?.columns.unwrap_or_else(|| Column::USUAL.to_vec());
    actions::choose_columns(&office, &page.viewer, &columns).await?;
    page.flash(Flash::done(page.t().portfolio_columns_chosen())).await?;
    Ok(Redirect::to(&url::with_query(url::ACCOUNTS, &query.parameters(&[("columns", "")]))))
}

async fn csv(office: State<Office>, page: Page, query: Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    export(office, page, query, Format::Csv).await
}

async fn xlsx(office: State<Office>, page: Page, query: Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    export(office, page, query, Format::Xlsx).await
}

/// The list as it is shown, all of its pages; with the customer number, unless the address says which columns.
async fn export(
    State(office): State<Office>,
    page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    format: Format,
) -> Result<Response, Fault> {
    let selection: Selection = ListQuery::of(pairs).parse()?;
    let list = actions::list(&office, &page.viewer, &page.settings, &selection).await?;
    let (listing, found) = list.ok_or(Fault::NotFound)?;
    let is_chosen = selection.columns.is_some();
    let mut columns = actions::columns(&office, &page.viewer, selection.columns).await?;
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    let rows = found.ordered(listing.source());
    if !is_chosen {
        columns = Column::in_file(&columns, listing.source(), &rows);
    }
    let name = page.t().nav_accounts();
    export::send(&office, &page.viewer, &name, "accounts".to_owned(), format, sheet(page.t(), listing.source(), &columns, &fields, &rows))
        .await
}

fn sheet(t: &Texts, source: Source<'_>, columns: &[Column], fields: &[CustomField], rows: &[usize]) -> Sheet {
    let row = |&index: &usize| columns.iter().map(|column| column.shown(source, index).cell(t, column.field(fields))).collect();
    Sheet {
        title: t.nav_accounts(),
        headers: columns.iter().map(|column| column.label(t, fields)).collect(),
        rows: rows.iter().map(row).collect(),
    }
}
