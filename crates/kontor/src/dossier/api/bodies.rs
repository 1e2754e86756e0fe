//! One account as JSON.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::{Amount, Period};
use kontor_ledger::figures::InvoiceLine;
use kontor_ledger::sums::Sums;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::store::Account;
use crate::dossier::figures::{CoursePoint, Figures, GroupRow};
use crate::dossier::invoices::{Booked, margin};
use crate::valuation::api::PeriodBody;
use crate::valuation::table::SumsExt;

/// One account.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierBody {
    /// The id.
    pub id: i64,
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
    /// Its customer numbers.
    pub numbers: Vec<DossierNumberBody>,
    /// Its figures; null while the ledger is empty.
    pub figures: Option<DossierFiguresBody>,
}

/// A customer number.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierNumberBody {
    /// The source system.
    pub source: String,
    /// The number there.
    pub number: String,
}

/// The figures of an account over a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierFiguresBody {
    /// The days covered.
    pub period: PeriodBody,
    /// The days before that they are compared with.
    pub before: PeriodBody,
    /// The currency of all amounts, ISO 4217.
    pub currency: String,
    /// `revenue` or `margin`: what rank, class and share go by.
    pub metric: String,
    /// 1 for the largest; null without a line in the period.
    pub rank: Option<usize>,
    /// Of so many accounts; null for who does not see all of them.
    pub ranked_accounts: Option<usize>,
    /// A, B or C.
    pub class: Option<String>,
    /// Share of all accounts, 0–1.
    pub share: Option<f64>,
    /// Sums of the period.
    #[serde(flatten)]
    pub sums: DossierSumsBody,
    /// Revenue divided by invoices and credit notes.
    pub average_invoice: Option<String>,
    /// Net invoiced amount in the period before.
    pub revenue_before: String,
    /// Revenue over that of the period before, minus 1; null where the two cannot be compared.
    pub growth: Option<f64>,
    /// Margin as part of revenue over all accounts, 0–1.
    pub company_margin_rate: Option<f64>,
    /// First day with a line in the period.
    pub first: Option<NaiveDate>,
    /// Last day with a line in the period.
    pub last: Option<NaiveDate>,
    /// The day of the newest invoice, in the period or not.
    pub last_invoice: Option<NaiveDate>,
    /// How many days usually lie between two days with an invoice; null with too few to tell.
    pub usual_gap_days: Option<i64>,
    /// Whether it has not bought for longer than usual.
    pub is_silent: bool,
    /// Amounts in other currencies without a rate, which no sum holds, by currency.
    pub unconverted: HashMap<String, String>,
}

/// Sums of lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierSumsBody {
    /// Net invoiced amount.
    pub revenue: String,
    /// Cost of goods of the lines whose cost is known.
    pub cost: String,
    /// Revenue minus cost of those lines; null when none is known.
    pub margin: Option<String>,
    /// Margin as part of the revenue it belongs to, 0–1.
    pub margin_rate: Option<f64>,
    /// The part of revenue whose margin is known.
    pub margin_known_share: f64,
    /// Number of lines.
    pub lines: i64,
    /// Number of lines of credit notes.
    pub credit_lines: i64,
    /// Distinct invoices, credit notes included; absent for product groups, as an invoice belongs to several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoices: Option<i64>,
}

/// One month.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierMonthBody {
    /// `2026-03`.
    pub month: String,
    /// Its sums.
    #[serde(flatten)]
    pub sums: DossierSumsBody,
    /// Revenue of the same month a year before; null where the ledger does not reach back so far.
    pub revenue_year_before: Option<String>,
}

/// One product group.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierGroupBody {
    /// The product group; null for lines that name none.
    pub group: Option<String>,
    /// Its sums in the period.
    #[serde(flatten)]
    pub sums: DossierSumsBody,
    /// Part of the account's revenue.
    pub share: f64,
    /// Net invoiced amount in the period before.
    pub revenue_before: String,
    /// Revenue over that of the period before, minus 1; null where the two cannot be compared.
    pub growth: Option<f64>,
    /// Whether it brought something in the period before and has no line in this one.
    pub is_silent: bool,
}

/// One invoice or credit note.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierInvoiceBody {
    /// The source system.
    pub source: String,
    /// The customer number there.
    pub account: String,
    /// Its number; null for the lines of a day that have none.
    pub invoice: Option<String>,
    /// Its date.
    pub date: NaiveDate,
    /// Its currency, ISO 4217.
    pub currency: String,
    /// Sum of its lines.
    pub net: String,
    /// Margin; null unless the cost of all lines is known.
    pub margin: Option<String>,
    /// Whether it is a credit note or cancellation.
    pub is_credit: bool,
    /// Its lines.
    pub lines: Vec<DossierLineBody>,
}

/// One line of an invoice. Amounts have two decimals, whatever they came with, so that their sum may differ from that of the invoice by cents; quantities
/// have up to four.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierLineBody {
    /// Its number within the invoice.
    pub line: Option<String>,
    /// Article number.
    pub article: Option<String>,
    /// Article name.
    pub article_name: Option<String>,
    /// Product group.
    pub group: Option<String>,
    /// Quantity.
    pub quantity: Option<String>,
    /// Net amount.
    pub net: String,
    /// Cost of goods.
    pub cost: Option<String>,
    /// Net amount minus cost.
    pub margin: Option<String>,
    /// Status.
    pub status: Option<String>,
}

/// An account with its figures.
pub fn dossier_body(account: Account, figures: Option<&Figures>) -> DossierBody {
    let Account { id, master, numbers, .. } = account;
    DossierBody {
        id,
        name: master.name,
        country: master.country,
        postal_code: master.postal_code,
        city: master.city,
        industry: master.industry,
        numbers: numbers.into_iter().map(|number| DossierNumberBody { source: number.source, number: number.number }).collect(),
        figures: figures.map(figures_body),
    }
}

fn figures_body(figures: &Figures) -> DossierFiguresBody {
    let valuation = &figures.valuation;
    let period = |period: Period| PeriodBody { from: period.from(), to: period.to() };
    DossierFiguresBody {
        period: period(valuation.period),
        before: period(valuation.before),
        currency: valuation.asked.currency.to_string(),
        metric: valuation.asked.metric.to_string(),
        rank: figures.ranked.map(|ranked| ranked.rank),
        ranked_accounts: (!valuation.is_part).then_some(valuation.ranking.len()),
        class: figures.ranked.map(|ranked| ranked.class.to_string()),
        share: figures.ranked.map(|ranked| ranked.share),
        sums: sums_body(&figures.now, true),
        average_invoice: figures.average_invoice().map(|average| average.to_string()),
        revenue_before: figures.before.revenue.to_string(),
        growth: figures.growth().rate(),
        company_margin_rate: valuation.total.margin_rate(),
        first: figures.now.first,
        last: figures.now.last,
        last_invoice: figures.rhythm.map(|rhythm| rhythm.last),
        usual_gap_days: figures.rhythm.and_then(|rhythm| rhythm.usual_gap),
        is_silent: figures.rhythm.is_some_and(|rhythm| rhythm.is_unusual),
        unconverted: figures.unconverted.iter().map(|(currency, amount)| (currency.to_string(), amount.to_string())).collect(),
    }
}

fn sums_body(sums: &Sums, has_invoices: bool) -> DossierSumsBody {
    DossierSumsBody {
        revenue: sums.revenue.to_string(),
        cost: sums.cost.to_string(),
        margin: sums.margin().map(|margin| margin.to_string()),
        margin_rate: sums.margin_rate(),
        margin_known_share: sums.margin_known_share(),
        lines: sums.lines,
        credit_lines: sums.credit_lines,
        invoices: has_invoices.then_some(sums.invoices),
    }
}

/// The months of an account.
pub fn month_bodies(figures: &Figures) -> Vec<DossierMonthBody> {
    let body = |point: &CoursePoint| DossierMonthBody {
        month: point.month.to_string(),
        sums: sums_body(&point.sums, true),
        revenue_year_before: point.before.map(|before| before.to_string()),
    };
    figures.course.iter().map(body).collect()
}

/// The product groups of an account.
pub fn group_bodies(figures: &Figures) -> Vec<DossierGroupBody> {
    let body = |group: &GroupRow| DossierGroupBody {
        group: group.group.as_deref().map(str::to_owned),
        sums: sums_body(&group.now, false),
        share: group.now.revenue.share_of(figures.now.revenue),
        revenue_before: group.before.revenue.to_string(),
        growth: figures.growth_of(group).rate(),
        is_silent: group.is_silent(),
    };
    figures.groups.iter().map(body).collect()
}

/// An invoice; where it names no currency, it is in the house's.
pub fn invoice_body(booked: &Booked, house: &str) -> DossierInvoiceBody {
    DossierInvoiceBody {
        source: booked.number.source.clone(),
        account: booked.number.number.clone(),
        invoice: booked.invoice.number.clone(),
        date: booked.invoice.date,
        currency: booked.invoice.currency.map_or_else(|| house.to_owned(), |currency| currency.to_string()),
        net: booked.invoice.amount.to_string(),
        margin: booked.margin().map(|margin| margin.to_string()),
        is_credit: booked.is_credit(),
        lines: booked.invoice.lines.iter().map(line_body).collect(),
    }
}

fn line_body(line: &InvoiceLine) -> DossierLineBody {
    DossierLineBody {
        line: line.number.map(exact),
        article: line.article_number.clone(),
        article_name: line.article_name.clone(),
        group: line.product_group.clone(),
        quantity: line.quantity.map(exact),
        net: line.net.to_string(),
        cost: line.cost.map(|cost| cost.to_string()),
        margin: margin(line).map(|margin| margin.to_string()),
        status: line.status.clone(),
    }
}

/// With as many decimals as it has.
fn exact(amount: Amount) -> String {
    amount.to_decimal().normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_keep_their_decimals_and_amounts_have_two() {
        assert_eq!([10_000, 12_345, 12_300].map(|raw| exact(Amount::from_raw(raw))), ["1", "1.2345", "1.23"]);
        let line = InvoiceLine {
            number: Some(Amount::from_units(1)),
            article_number: None,
            article_name: None,
            product_group: None,
            quantity: Some(Amount::from_raw(12_345)),
            net: Amount::from_raw(79_681_210),
            cost: Some(Amount::from_raw(5_550)),
            is_credit: false,
            status: None,
        };
        let body = line_body(&line);
        assert_eq!(
            (body.quantity.as_deref(), body.net.as_str(), body.cost.as_deref(), body.margin.as_deref()),
            (Some("1.2345"), "7968.12", Some("0.56"), Some("7967.57"))
        );
    }
}
