//! The parts of a valuation as JSON.

use kontor_domain::Amount;
use kontor_domain::abc::Class;
use kontor_domain::movers::Mover;
use kontor_ledger::figures::{GroupSums, MonthSums};
use kontor_ledger::sums::Sums;
use serde::Serialize;
use utoipa::ToSchema;

use crate::valuation::pages::frame::account_name;
use crate::valuation::table::{SumsExt, Valuation};

/// Sums of many accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalBody {
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
}

impl TotalBody {
    fn of(sums: &Sums) -> TotalBody {
        TotalBody {
            revenue: sums.revenue.to_string(),
            cost: sums.cost.to_string(),
            margin: sums.margin().map(|margin| margin.to_string()),
            margin_rate: sums.margin_rate(),
            margin_known_share: sums.margin_known_share(),
            lines: sums.lines,
        }
    }
}

/// The accounts of one class by revenue and one by margin.
#[derive(Debug, Serialize, ToSchema)]
pub struct CellBody {
    /// A, B or C by revenue.
    pub class: String,
    /// A, B or C by margin.
    pub margin_class: String,
    /// How many accounts.
    pub accounts: usize,
    /// Their sums.
    #[serde(flatten)]
    pub sums: TotalBody,
}

impl CellBody {
    /// Of the rows that one cell holds.
    pub fn of(valuation: &Valuation, revenue: Class, margin: Class, rows: &[usize]) -> CellBody {
        let sums = rows.iter().fold(Sums::default(), |sums, &index| sums.plus(&valuation.rows[index].now));
        CellBody { class: revenue.to_string(), margin_class: margin.to_string(), accounts: rows.len(), sums: TotalBody::of(&sums) }
    }
}

/// An account whose class changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoverBody {
    /// The account's id.
    pub account_id: i64,
    /// Name.
    pub name: String,
    /// Its class in the period before; null without a line in it.
    pub class_before: Option<String>,
    /// Its class now; null without a line in the period.
    pub class: Option<String>,
    /// What it brought in the period before, by the metric; null when unknown.
    pub amount_before: Option<String>,
    /// What it brings now.
    pub amount: Option<String>,
    /// The one minus the other.
    pub difference: Option<String>,
}

impl MoverBody {
    /// Of a mover.
    pub fn of(valuation: &Valuation, mover: &Mover) -> MoverBody {
        let (row, account, metric) = (&valuation.rows[mover.index], valuation.account(mover.index), valuation.asked.metric);
        let (before, now) = (row.before.amount_or_zero(metric), row.now.amount_or_zero(metric));
        let text = |amount: Amount| amount.to_string();
        MoverBody {
            account_id: account.id,
            name: account_name(account).to_owned(),
            class_before: mover.before.map(|class| class.to_string()),
            class: mover.now.map(|class| class.to_string()),
            amount_before: before.map(text),
            amount: now.map(text),
            difference: mover.difference.map(text),
        }
    }
}

/// One month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthBody {
    /// `2026-03`.
    pub month: String,
    /// Its sums.
    #[serde(flatten)]
    pub sums: TotalBody,
    /// Distinct invoices and credit notes.
    pub invoices: i64,
}

impl MonthBody {
    /// Of a month's sums.
    pub fn of(month: &MonthSums) -> MonthBody {
        MonthBody { month: month.month.to_string(), sums: TotalBody::of(&month.sums), invoices: month.sums.invoices }
    }
}

/// One product group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupBody {
    /// The product group; null for lines that name none.
    pub group: Option<String>,
    /// Its sums in the period.
    #[serde(flatten)]
    pub sums: TotalBody,
    /// Part of all revenue.
    pub share: f64,
}

impl GroupBody {
    /// Of a group's sums.
    pub fn of(group: &GroupSums, total: Amount) -> GroupBody {
        GroupBody {
            group: group.group.as_deref().map(str::to_owned),
            sums: TotalBody::of(&group.sums),
            share: group.sums.revenue.share_of(total),
        }
    }
}
