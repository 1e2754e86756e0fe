//! Invoices with their lines.

use kontor_domain::rights::Right;
use kontor_domain::settings::Currency;
use kontor_ledger::figures::InvoiceLine;
use maud::{Markup, html};

use super::{INVOICES_PER_PAGE, View};
use crate::dossier::figures::Figures;
use crate::dossier::invoices::{Booked, BookedPage, margin};
use crate::web::components::{badge, section};

/// One page of invoices, the newest first; each opens to its lines.
pub(super) fn invoices_region(view: &View<'_>, of: &Figures, invoices: &BookedPage, number: usize) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let title = match of.now.last {
        Some(last) if of.now.credit_lines > 0 => t.dossier_invoices_title_credits(of.now.invoices, locale.date(last)),
        Some(last) if of.now.invoices > 0 => t.dossier_invoices_title(of.now.invoices, locale.date(last)),
        _ => t.dossier_invoices(),
    };
    let files = html! {
        @if view.page.viewer.may(Right::Export) && of.now.lines > 0 {
            a href=(view.address("/invoices.csv", &[])) download { (t.dossier_csv()) }
            a href=(view.address("/invoices.xlsx", &[])) download { (t.dossier_xlsx()) }
        }
    };
    let newer = of.rhythm.map(|rhythm| rhythm.last).filter(|&last| number == 1 && last > of.valuation.period.to());
    let body = html! {
        @if let Some(last) = newer {
            p.quiet {
                (t.dossier_invoices_newer(locale.date(last))) " "
                a href={ (view.address("", &[("period", "all")])) "#invoices" } { (t.dossier_all_time()) }
            }
        }
        @if !invoices.invoices.is_empty() { div.invoices { @for booked in &invoices.invoices { (invoice(view, booked)) } } }
        @else if number == 1 { p.quiet { (t.dossier_invoices_none()) } }
        @else { p.quiet { (t.dossier_invoices_end()) " " a href=(view.address("", &[])) { (t.dossier_invoices_first_page()) } } }
        (pages(view, invoices, number))
    };
    html! { div #invoices.c-12 { (section(12, &title, files, body)) } }
}

fn pages(view: &View<'_>, invoices: &BookedPage, number: usize) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    if invoices.invoices.is_empty() || number == 1 && !invoices.has_more {
        return html! {};
    }
    let first = (number - 1) * INVOICES_PER_PAGE;
    let page = |number: usize| if number == 1 { String::new() } else { number.to_string() };
    let address = |number: usize| format!("{}#invoices", view.address("", &[("page", &page(number))]));
    let range = t.dossier_invoices_range(locale.integer(first as i64 + 1), locale.integer((first + invoices.invoices.len()) as i64));
    html! {
        p.only-print { (range) }
        nav.pages aria-label=(t.web_pages()) {
            span { (range) }
            @if number > 1 { a.button rel="prev" href=(address(number - 1)) { (t.dossier_newer()) } }
            @if invoices.has_more { a.button rel="next" href=(address(number + 1)) { (t.dossier_older()) } }
        }
    }
}

fn invoice(view: &View<'_>, booked: &Booked) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let invoice = &booked.invoice;
    let currency = invoice.currency.unwrap_or(view.page.settings.currency);
    html! {
        details.invoice {
            summary {
                span.invoice__date { (locale.date(invoice.date)) }
                span.invoice__number {
                    @match &invoice.number { Some(number) => (number), None => span.quiet { (t.dossier_no_number()) } }
                    @if booked.is_credit() { " " (badge(&t.dossier_credit())) }
                }
                span.invoice__what {
                    (what(view, booked))
                    @if view.dossier.account.numbers.len() > 1 { " · " (t.accounts_number_of(booked.number.number.as_str(), booked.number.source.as_str())) }
                }
                span.num { (locale.money(invoice.amount, currency)) }
            }
            (lines(view, &invoice.lines, currency))
        }
    }
}

/// How many lines, of which product groups.
fn what(view: &View<'_>, booked: &Booked) -> String {
    let t = view.page.t();
    let lines = &booked.invoice.lines;
    let mut groups: Vec<&str> = Vec::new();
    for group in lines.iter().filter_map(|line| line.product_group.as_deref()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let groups = match groups.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        [first, rest @ ..] => Some(t.dossier_groups_and_more(*first, rest.len())),
    };
    [Some(t.dossier_lines(lines.len())), groups].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn lines(view: &View<'_>, lines: &[InvoiceLine], currency: Currency) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    html! {
        div.scroll {
            table.table.table--tight {
                thead { tr {
                    th.num scope="col" { (t.dossier_position()) } th scope="col" { (t.dossier_article()) } th scope="col" { (t.dossier_article_name()) }
                    th scope="col" { (t.dossier_group()) } th.num scope="col" { (t.dossier_quantity()) }
                    th.num scope="col" { (t.dossier_net()) " " (currency) } th.num scope="col" { (t.dossier_margin()) }
                } }
                tbody { @for line in lines { tr {
                    td.num { @match line.number { Some(number) => (locale.quantity(number)), None => "–" } }
                    td { (line.article_number.as_deref().unwrap_or("–")) }
                    td.name { (line.article_name.as_deref().unwrap_or("–")) }
                    td { (line.product_group.as_deref().unwrap_or("–")) }
                    td.num { @match line.quantity { Some(quantity) => (locale.quantity(quantity)), None => "–" } }
                    td.num { (locale.cents(line.net)) }
                    td.num { @match margin(line) { Some(margin) => (locale.cents(margin)), None => "–" } }
                } } }
            }
        }
    }
}
