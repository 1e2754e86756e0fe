//! The figures of one account: what the page, the API and the printed dossier show.

use std::sync::Arc;

use kontor_domain::abc::Ranked;
use kontor_domain::growth::{Growth, growth};
use kontor_domain::settings::{Currency, Rate};
use kontor_domain::{Amount, Month, Period};
use kontor_ledger::Error;
use kontor_ledger::figures::{AccountFigures, GroupSums, MonthSums, Paging, Scope};
use kontor_ledger::sums::Sums;
use kontor_ledger::vault::{Live, Vault};

use super::finding::{Evidence, Finding, finding};
use super::invoices;
use super::rhythm::{DAYS_MAX, Rhythm, rhythm};
use crate::accounts::store::Account;
use crate::valuation::table::Valuation;

/// So many months are drawn.
pub const COURSE_MONTHS: i32 = 36;

/// One month of the course.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoursePoint {
    /// The month.
    pub month: Month,
    /// Its sums; invoices and days are those of the ledger's months.
    pub sums: Sums,
    /// Revenue of the same month a year before; `None` where the ledger does not reach back so far.
    pub before: Option<Amount>,
}

/// A product group in the period and in the one before.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// The group; `None` for lines that name none.
    pub group: Option<Arc<str>>,
    /// Its sums in the period.
    pub now: Sums,
    /// Its sums in the period before.
    pub before: Sums,
}

impl GroupRow {
    /// True when it brought something before and nothing was booked in the period.
    pub fn is_silent(&self) -> bool {
        self.now.lines == 0 && self.before.revenue.is_positive()
    }
}

/// The figures of one account over a period.
pub struct Figures {
    /// The valuation they are part of.
    pub valuation: Arc<Valuation>,
    /// The sums of the period.
    pub now: Sums,
    /// The sums of the period before.
    pub before: Sums,
    /// Whether the ledger reaches back to the beginning of the period before, so that both can be compared.
    pub is_comparable: bool,
    /// Where it stands among all accounts; `None` without a line in the period or with an unknown margin where that ranks.
    pub ranked: Option<Ranked>,
    /// Up to 36 months without gaps, up to the last one of the period.
    pub course: Vec<CoursePoint>,
    /// The product groups of the period, descending by revenue, then the silent ones.
    pub groups: Vec<GroupRow>,
    /// Amounts in currencies that no rate converts, which no sum holds.
    pub unconverted: Vec<(Currency, Amount)>,
    /// When it bought last, in the period or not; `None` when it never did.
    pub rhythm: Option<Rhythm>,
    /// What is to be said in one sentence.
    pub finding: Finding,
}

impl Figures {
    /// Growth of revenue against the period before; none where the two cannot be compared.
    pub fn growth(&self) -> Growth {
        if self.is_comparable { growth(self.now.revenue, self.before.revenue) } else { Growth::None }
    }

    /// Growth of a product group's revenue.
    pub fn growth_of(&self, group: &GroupRow) -> Growth {
        if self.is_comparable { growth(group.now.revenue, group.before.revenue) } else { Growth::None }
    }

    /// Revenue divided by the number of invoices and credit notes.
    pub fn average_invoice(&self) -> Option<Amount> {
        self.now.revenue.divided_by(Amount::from_units(self.now.invoices))
    }
}

/// Computes the figures. Reads the ledger, so this belongs on a thread of its own.
pub fn compute(vault: &Vault, live: &[Live], valuation: Arc<Valuation>, account: &Account, rates: &[Rate]) -> Result<Figures, Error> {
    let keys = invoices::keys(account);
    let ask = |period: Period| {
        let scope = Scope { period, currency: valuation.asked.currency, rates: rates.to_vec() };
        vault.account(live, &keys, &scope)
    };
    let row = valuation.row_of(account.id);
    let (now, before) = row.map_or_else(Default::default, |row| (valuation.rows[row].now, valuation.rows[row].before));
    let (in_period, in_before) = (ask(valuation.period)?, ask(valuation.before)?);
    let (first, last) = course_months(&valuation);
    let course = course(&valuation, first, last, &*ask(Period::months(first.plus(-12), last))?);
    let groups = groups(&in_period.groups, &in_before.groups);
    let newest = Paging { offset: 0, limit: DAYS_MAX };
    let bought = invoices::page(vault, live, account, valuation.span, newest)?.invoices;
    let days = bought.iter().filter(|booked| !booked.is_credit()).map(|booked| booked.invoice.date);
    let is_comparable = valuation.is_comparable();
    let evidence = Evidence {
        has_lines: now.lines > 0,
        now: now.revenue,
        before: is_comparable.then_some(before.revenue),
        months: complete(&course, &valuation),
        groups: &groups,
    };
    Ok(Figures {
        finding: finding(&evidence),
        rhythm: rhythm(days, valuation.as_of),
        ranked: row.and_then(|row| valuation.ranked(row).copied()),
        unconverted: in_period.unconverted.iter().map(|left| (left.currency, left.amount)).collect(),
        is_comparable,
        now,
        before,
        course,
        groups,
        valuation,
    })
}

/// The first and the last month drawn: up to the last month of the period with anything in the ledger.
fn course_months(valuation: &Valuation) -> (Month, Month) {
    let (period, span) = (valuation.period, valuation.span);
    let end = if period.to() < span.from() { span.to() } else { period.to().min(span.to()) };
    let last = Month::of(end);
    (last.plus(1 - COURSE_MONTHS).max(Month::of(span.from())), last)
}

fn course(valuation: &Valuation, first: Month, last: Month, figures: &AccountFigures) -> Vec<CoursePoint> {
    let sums = |month: Month| {
        let place = figures.months.binary_search_by_key(&month, |MonthSums { month, .. }| *month);
        place.map_or_else(|_| Sums::default(), |place| figures.months[place].sums)
    };
    let point = |month: Month| {
        let year_before = month.plus(-12);
        let is_known = valuation.reaches(Period::months(year_before, year_before));
        CoursePoint { month, sums: sums(month), before: is_known.then(|| sums(year_before).revenue) }
    };
    (first.index()..=last.index()).map(Month::from_index).map(point).collect()
}

/// The months that lie wholly in the period and are complete in the ledger.
fn complete<'a>(course: &'a [CoursePoint], valuation: &Valuation) -> &'a [CoursePoint] {
    let end = valuation.period.to().min(valuation.as_of);
    let start = course.partition_point(|point| point.month.first_day() < valuation.period.from());
    let stop = course.partition_point(|point| point.month.last_day() <= end);
    course.get(start..stop).unwrap_or_default()
}

/// The groups of the period as they come, then those that brought something before and are silent now.
fn groups(now: &[GroupSums], before: &[GroupSums]) -> Vec<GroupRow> {
    let of = |groups: &[GroupSums], name: &Option<Arc<str>>| groups.iter().find(|group| group.group == *name).map(|group| group.sums);
    let present = now.iter().map(|GroupSums { group, sums }| GroupRow {
        group: group.clone(),
        now: *sums,
        before: of(before, group).unwrap_or_default(),
    });
    let gone = before.iter().filter(|group| of(now, &group.group).is_none());
    let silent = gone.map(|GroupSums { group, sums }| GroupRow { group: group.clone(), now: Sums::default(), before: *sums });
    present.chain(silent.filter(GroupRow::is_silent)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups_of(rows: &[(&str, i64)]) -> Vec<GroupSums> {
        let sums = |units: i64| Sums { revenue: Amount::from_units(units), lines: 1, ..Sums::default() };
        rows.iter().map(|&(name, units)| GroupSums { group: Some(name.into()), sums: sums(units) }).collect()
    }

    #[test]
    fn silent_groups_are_those_with_revenue_before_and_no_line_now() {
        let rows =
            groups(&groups_of(&[("Ketten", 9), ("Lager", 0)]), &groups_of(&[("Antriebe", 5), ("Ketten", 4), ("Lager", 3), ("Pumpen", -2)]));
        let rows: Vec<_> = rows.iter().map(|row| (row.group.as_deref().expect("a name"), row.before.revenue, row.is_silent())).collect();
        let units = Amount::from_units;
        assert_eq!(rows, [("Ketten", units(4), false), ("Lager", units(3), false), ("Antriebe", units(5), true)]);
    }
}
