//! All accounts whose class changed, as a file: the page names only those that weigh most.

use axum::extract::State;
use axum::response::Response;
use kontor_domain::abc::Class;
use kontor_domain::movers::Mover;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::frame::{account_name, metric_name};
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::valuation::actions;
use crate::valuation::export::{self, Format};
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::valuation::table::{SumsExt, Valuation};
use crate::web::context::{Page, Query};
use crate::web::texts::Texts;
use crate::web::url;

/// How many more there are than are named, and where all of them stand, for who may take them out.
pub(super) fn more(page: &Page, wanted: &Wanted, count: usize) -> Markup {
    let (t, parameters) = (page.t(), wanted.parameters());
    html! {
        p.quiet.c-12 {
            (t.valuation_movers_more(count))
            @if page.viewer.may(Right::Export) {
                " " (t.valuation_movers_all()) " "
                a href=(url::with_query(url::MOVERS_CSV, &parameters)) download { "CSV" } ", "
                a href=(url::with_query(url::MOVERS_XLSX, &parameters)) download { "XLSX" }
            }
        }
    }
}

pub(super) async fn csv(state: State<Office>, page: Page, query: Query<WantedQuery>) -> Result<Response, Fault> {
    file(state, page, query, Format::Csv).await
}

pub(super) async fn xlsx(state: State<Office>, page: Page, query: Query<WantedQuery>) -> Result<Response, Fault> {
    file(state, page, query, Format::Xlsx).await
}

async fn file(State(office): State<Office>, page: Page, Query(query): Query<WantedQuery>, format: Format) -> Result<Response, Fault> {
    let t = page.t();
    let valuation = actions::value(&office, &page.viewer, &page.settings, &query.parse()?).await?.ok_or(Fault::NotFound)?;
    export::send(&office, &page.viewer, &t.valuation_movers_title(), "movers".to_owned(), format, sheet(t, &valuation)).await
}

fn sheet(t: &Texts, valuation: &Valuation) -> Sheet {
    let metric = metric_name(t, valuation.asked.metric);
    let headers = vec![
        t.valuation_number(),
        t.valuation_account(),
        t.valuation_before_of(t.valuation_class()),
        t.valuation_class(),
        t.valuation_before_of(metric.clone()),
        metric,
        t.valuation_difference(),
    ];
    let rows = valuation.movers().iter().map(|mover| row(valuation, mover)).collect();
    Sheet { title: t.valuation_movers_title(), headers, rows }
}

/// An empty class says that there was no line.
fn row(valuation: &Valuation, mover: &Mover) -> Vec<Cell> {
    let (row, account, metric) = (&valuation.rows[mover.index], valuation.account(mover.index), valuation.asked.metric);
    let class = |class: Option<Class>| class.map(|class| class.to_string()).into();
    vec![
        account.numbers.first().map(|number| number.number.clone()).into(),
        account_name(account).into(),
        class(mover.before),
        class(mover.now),
        row.before.amount_or_zero(metric).into(),
        row.now.amount_or_zero(metric).into(),
        mover.difference.into(),
    ]
}
