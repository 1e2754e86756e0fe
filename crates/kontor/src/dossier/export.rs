//! An account's invoice lines as a file.

use axum::response::Response;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::{Currency, Settings};
use kontor_ledger::figures::Paging;

use super::actions;
use super::invoices::{Booked, margin};
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::team::actions::require;
use crate::valuation::export::{self, Format};
use crate::valuation::forms::Wanted;
use crate::web::texts::Texts;

/// All invoice lines of an account in a period as a file, the newest invoice first.
pub async fn lines(
    office: &Office,
    viewer: &Viewer,
    settings: &Settings,
    id: i64,
    wanted: &Wanted,
    format: Format,
) -> Result<Response, Fault> {
    require(viewer, Right::Export)?;
    let account = actions::account(office, viewer, id).await?;
    let all = Paging { offset: 0, limit: usize::MAX };
    let period = actions::period(office, viewer, settings, wanted).await?;
    let invoices = match period {
        Some(period) => actions::invoices(office, &account, period, all).await?.invoices,
        None => Vec::new(),
    };
    let sheet = sheet(Texts::of(viewer.language), settings.currency, &invoices);
    let number = account.numbers.first().map_or_else(String::new, |number| format!(" ({})", number.number));
    let days = period.map_or_else(String::new, |period| format!(", {period}"));
    export::send(office, viewer, &account.master.name, format!("invoices: {}{number}{days}", account.master.name), format, sheet).await
}

fn sheet(t: &Texts, house: Currency, invoices: &[Booked]) -> Sheet {
    let headers = vec![
        t.dossier_source(),
        t.dossier_number(),
        t.dossier_date(),
        t.dossier_invoice(),
        t.dossier_kind(),
        t.dossier_position(),
        t.dossier_article(),
        t.dossier_article_name(),
        t.dossier_group(),
        t.dossier_quantity(),
        t.dossier_net(),
        t.dossier_cost(),
        t.dossier_margin(),
        t.dossier_currency(),
        t.dossier_status(),
    ];
    let rows = invoices.iter().flat_map(|booked| rows(t, house, booked)).collect();
    Sheet { title: t.dossier_invoices(), headers, rows }
}

fn rows(t: &Texts, house: Currency, booked: &Booked) -> impl Iterator<Item = Vec<Cell>> {
    let Booked { number, invoice } = booked;
    invoice.lines.iter().map(move |line| {
        vec![
            number.source.as_str().into(),
            number.number.as_str().into(),
            invoice.date.into(),
            invoice.number.clone().into(),
            (if line.is_credit { t.dossier_credit() } else { t.dossier_invoice_kind() }).into(),
            line.number.map(Cell::Exact).unwrap_or(Cell::Empty),
            line.article_number.clone().into(),
            line.article_name.clone().into(),
            line.product_group.clone().into(),
            line.quantity.map(Cell::Exact).unwrap_or(Cell::Empty),
            Cell::Amount(line.net),
            line.cost.map(Cell::Amount).unwrap_or(Cell::Empty),
            margin(line).map(Cell::Amount).unwrap_or(Cell::Empty),
            invoice.currency.unwrap_or(house).to_string().into(),
            line.status.clone().into(),
        ]
    })
}
