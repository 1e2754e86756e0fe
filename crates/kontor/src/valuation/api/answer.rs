//! The one answer about many accounts, made from files on the command line or from the ledger.

use chrono::NaiveDate;
use kontor_domain::abc::{self, Class, ClassSum, Metric, Ranked, Thresholds};
use kontor_domain::concentration::concentration;
use kontor_domain::group::Level;
use kontor_domain::pareto::pareto;
use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Period};
use kontor_ledger::check::Report;
use kontor_ledger::finding::Finding;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::valuation::table::Valuation;

/// The whole answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerBody<'a> {
    /// What was read; absent when the answer comes from the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceBody>,
    /// The days covered; absent when there is no line.
    pub period: Option<PeriodBody>,
    /// `account` or `group`: what counts as one customer.
    pub level: String,
    /// The day whose corporate groups count as one customer; absent where each account counts for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups_on: Option<NaiveDate>,
    /// The currency of all amounts, ISO 4217; null when no line names one.
    pub currency: Option<String>,
    /// Accounts with a line.
    pub accounts: usize,
    /// Distinct invoices, credit notes included.
    pub invoices: u64,
    /// Net invoiced amount.
    pub revenue: String,
    /// Cost of goods of the lines whose cost is known.
    pub cost: String,
    /// Revenue minus cost of those lines; null when none is known.
    pub margin: Option<String>,
    /// The part of revenue whose margin is known.
    pub margin_known_share: f64,
    /// ABC classes.
    pub abc: AbcBody,
    /// Pareto figures.
    pub pareto: ParetoBody,
    /// Concentration figures.
    pub concentration: ConcentrationBody,
    /// The cursor of the next page of the ranking; absent on the last one, and where the ranking is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The accounts of this page, the largest first; those without a positive amount last.
    pub ranking: Vec<RankBody<'a>>,
}

/// What was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceBody {
    /// Names of the files.
    pub files: Vec<String>,
    /// All rows: booked + rejected + without_account + excluded + duplicates that were dropped.
    pub rows: u64,
    /// Rows that are lines of an account.
    pub booked: u64,
    /// Rows that cannot be lines.
    pub rejected: u64,
    /// Lines without a customer, kept apart.
    pub without_account: u64,
    /// Rows left out for their status.
    pub excluded: u64,
    /// Lines of credit notes and cancellations.
    pub credit_notes: u64,
    /// Lines that repeat a line of the same invoice.
    pub duplicates: u64,
    /// What was noticed.
    pub findings: Vec<FindingBody>,
}

/// One thing noticed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingBody {
    /// The kind, as for `--accept`.
    pub kind: String,
    /// Name of the file.
    pub file: String,
    /// Line or row, from 1; null for the whole file.
    pub line: Option<u64>,
    /// Header of the column.
    pub column: Option<String>,
    /// The value as it stands in the file.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// Days, both included.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodBody {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// ABC classes.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbcBody {
    /// `revenue` or `margin`.
    pub metric: String,
    /// Where A and B end, in percent.
    pub thresholds: [u8; 2],
    /// Class A.
    pub a: ClassBody,
    /// Class B.
    pub b: ClassBody,
    /// Class C.
    pub c: ClassBody,
}

/// One class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassBody {
    /// Number of accounts.
    pub accounts: usize,
    /// What they bring.
    pub amount: String,
    /// Their share of all positive amounts, 0–1.
    pub share: f64,
}

/// Pareto figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParetoBody {
    /// Share of the largest fifth of the accounts.
    pub top20_share: f64,
    /// This part of the accounts brings the rest of the sum.
    pub balance_point: f64,
}

/// Concentration figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcentrationBody {
    /// Share of the largest account.
    pub top1_share: f64,
    /// Share of the five largest.
    pub top5_share: f64,
    /// Share of the ten largest.
    pub top10_share: f64,
    /// Sum of squared shares.
    pub hhi: f64,
    /// 1 / HHI.
    pub effective_accounts: f64,
    /// Gini coefficient.
    pub gini: f64,
    /// Accounts of 10 % or more.
    pub major: Vec<MajorBody>,
}

/// An account of 10 % or more.
#[derive(Debug, Serialize, ToSchema)]
pub struct MajorBody {
    /// Customer number.
    pub account: String,
    /// Name.
    pub name: String,
    /// Share, 0–1.
    pub share: f64,
}

/// One account in the ranking.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RankBody<'a> {
    /// 1 for the largest.
    pub rank: usize,
    /// Customer number.
    pub account: &'a str,
    /// The account's id; absent when the answer comes from files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<i64>,
    /// Name.
    pub name: &'a str,
    /// How many accounts of a corporate group it sums up, named after the group's head; absent for a single account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<usize>,
    /// Net invoiced amount.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    pub revenue: Amount,
    /// Margin of the lines whose cost is known; null when none is.
    #[serde(serialize_with = "as_text_or_null")]
    #[schema(value_type = Option<String>)]
    pub margin: Option<Amount>,
    /// Share by the metric, 0–1.
    pub share: f64,
    /// Share of this account and all before it.
    pub cumulative_share: f64,
    /// A, B or C.
    #[schema(value_type = String)]
    pub class: Class,
    /// Distinct invoices.
    pub invoices: u64,
    /// First day with a line.
    pub first: Option<NaiveDate>,
    /// Last day with a line.
    pub last: Option<NaiveDate>,
}

fn as_text<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(amount)
}

fn as_text_or_null<S: Serializer>(amount: &Option<Amount>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => serializer.collect_str(amount),
        None => serializer.serialize_none(),
    }
}

/// One account that an answer is about.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Customer number.
    pub number: &'a str,
    /// The account's id in the ledger.
    pub id: Option<i64>,
    /// Name.
    pub name: &'a str,
    /// How many accounts of a corporate group it sums up.
    pub members: Option<usize>,
    /// Net invoiced amount.
    pub revenue: Amount,
    /// Revenue of the lines whose cost is known.
    pub known_revenue: Amount,
    /// Cost of goods of those lines.
    pub cost: Amount,
    /// Distinct invoices.
    pub invoices: u64,
    /// First day with a line.
    pub first: Option<NaiveDate>,
    /// Last day with a line.
    pub last: Option<NaiveDate>,
}

impl Entry<'_> {
    /// Revenue minus cost of the lines whose cost is known; `None` when none is.
    pub fn margin(&self) -> Option<Amount> {
        let is_known = !self.known_revenue.is_zero() || !self.cost.is_zero();
        is_known.then(|| self.known_revenue - self.cost)
    }
}

/// What an answer is about, beside its accounts.
pub struct Frame {
    /// What was read.
    pub source: Option<SourceBody>,
    /// The days covered.
    pub period: Option<Period>,
    /// The currency.
    pub currency: Option<Currency>,
    /// The day whose corporate groups count as one customer.
    pub groups_on: Option<NaiveDate>,
    /// Distinct invoices over all accounts.
    pub invoices: u64,
    /// What accounts are ranked by.
    pub metric: Metric,
    /// Where A and B end.
    pub thresholds: Thresholds,
}

/// Ranks the entries by the metric; accounts of unknown margin come last when it is margin.
pub fn rank(entries: &[Entry<'_>], metric: Metric, thresholds: Thresholds) -> Vec<Ranked> {
    let amount = |entry: &Entry| match metric {
        Metric::Revenue => Some(entry.revenue),
        Metric::Margin => entry.margin(),
    };
    let known: Vec<usize> = (0..entries.len()).filter(|&index| amount(&entries[index]).is_some()).collect();
    let accounts: Vec<(&str, Amount)> =
        known.iter().map(|&index| (entries[index].number, amount(&entries[index]).unwrap_or_default())).collect();
    let mut ranking = abc::rank(&accounts, thresholds);
    for ranked in &mut ranking {
        ranked.index = known[ranked.index];
    }
    with_unknown(entries, ranking)
}

/// The ranking with the entries that it lacks, those of unknown margin, at its end.
fn with_unknown(entries: &[Entry<'_>], mut ranking: Vec<Ranked>) -> Vec<Ranked> {
    let mut is_known = vec![false; entries.len()];
    for ranked in &ranking {
        is_known[ranked.index] = true;
    }
    let mut unknown: Vec<usize> = (0..entries.len()).filter(|&index| !is_known[index]).collect();
    unknown.sort_by_key(|&index| entries[index].number);
    let cumulative_share = ranking.last().map_or(0.0, |last| last.cumulative_share);
    let last = ranking.iter().map(|ranked| ranked.rank).max().unwrap_or_default();
    for (place, index) in (1..).zip(unknown) {
        ranking.push(Ranked { index, rank: last + place, amount: Amount::ZERO, share: 0.0, cumulative_share, class: abc::Class::C });
    }
    ranking
}

/// Puts an answer together.
pub fn answer<'a>(entries: &[Entry<'a>], frame: Frame) -> AnswerBody<'a> {
    let ranking = rank(entries, frame.metric, frame.thresholds);
    let mut answer = answer_of(entries, &ranking, frame);
    answer.ranking = ranking.iter().map(|ranked| rank_body(&entries[ranked.index], ranked)).collect();
    answer
}

/// The answer without the accounts of the ranking.
fn answer_of<'a>(entries: &[Entry<'a>], ranking: &[Ranked], frame: Frame) -> AnswerBody<'a> {
    let (shape, found, sums) = (pareto(ranking), concentration(ranking), abc::class_sums(ranking));
    let sum = |of: fn(&Entry) -> Amount| entries.iter().map(of).sum::<Amount>();
    let (revenue, known, cost) = (sum(|entry| entry.revenue), sum(|entry| entry.known_revenue), sum(|entry| entry.cost));
    let is_margin_known = !known.is_zero() || !cost.is_zero();
    let class = |sum: &ClassSum| ClassBody { accounts: sum.accounts, amount: sum.amount.to_string(), share: sum.share };
    let major = |place: &usize| {
        let ranked = &ranking[*place];
        MajorBody { account: entries[ranked.index].number.to_owned(), name: entries[ranked.index].name.to_owned(), share: ranked.share }
    };
    AnswerBody {
        source: frame.source,
        period: frame.period.map(|period| PeriodBody { from: period.from(), to: period.to() }),
        level: if frame.groups_on.is_some() { Level::Group } else { Level::Account }.to_string(),
        groups_on: frame.groups_on,
        currency: frame.currency.map(String::from),
        accounts: entries.len(),
        invoices: frame.invoices,
        revenue: revenue.to_string(),
        cost: cost.to_string(),
        margin: is_margin_known.then(|| (known - cost).to_string()),
        margin_known_share: known.share_of(revenue),
        abc: AbcBody {
            metric: frame.metric.to_string(),
            thresholds: [frame.thresholds.a(), frame.thresholds.b()],
            a: class(&sums[0]),
            b: class(&sums[1]),
            c: class(&sums[2]),
        },
        pareto: ParetoBody { top20_share: shape.top20_share, balance_point: shape.balance_point },
        concentration: ConcentrationBody {
            top1_share: found.top1_share,
            top5_share: found.top5_share,
            top10_share: found.top10_share,
            hhi: found.hhi,
            effective_accounts: found.effective_accounts,
            gini: found.gini,
            major: found.major.iter().map(major).collect(),
        },
        next: None,
        ranking: Vec::new(),
    }
}

fn rank_body<'a>(entry: &Entry<'a>, ranked: &Ranked) -> RankBody<'a> {
    RankBody {
        rank: ranked.rank,
        account: entry.number,
        account_id: entry.id,
        name: entry.name,
        members: entry.members,
        revenue: entry.revenue,
        margin: entry.margin(),
        share: ranked.share,
        cumulative_share: ranked.cumulative_share,
        class: ranked.class,
        invoices: entry.invoices,
        first: entry.first,
        last: entry.last,
    }
}

/// What a report says of the files.
pub fn source_body(files: Vec<String>, report: &Report) -> SourceBody {
    let counts = report.counts;
    SourceBody {
        files,
        rows: counts.rows,
        booked: counts.booked,
        rejected: counts.rejected,
        without_account: counts.without_account,
        excluded: counts.excluded,
        credit_notes: counts.credit_notes,
        duplicates: counts.duplicates,
        findings: report.findings.iter().map(finding_body).collect(),
    }
}

/// A finding as JSON.
pub fn finding_body(finding: &Finding) -> FindingBody {
    FindingBody {
        kind: finding.kind.name().to_owned(),
        file: finding.file.clone(),
        line: finding.line,
        column: finding.column.clone(),
        value: finding.value.clone(),
        message: finding.message.clone(),
    }
}

/// The answer that a valuation of the ledger is, with one page of its ranking.
pub fn of_valuation<'a>(valuation: &'a Valuation, page: &PageQuery) -> Result<AnswerBody<'a>, Fault> {
    let mut entry_of = vec![None; valuation.rows.len()];
    let entries: Vec<Entry> = valuation
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.now.lines > 0)
        .enumerate()
        .map(|(entry, (index, row))| {
            entry_of[index] = Some(entry);
            let account = valuation.account(index);
            Entry {
                number: account.numbers.first().map_or("", |number| number.number.as_str()),
                id: Some(account.id),
                name: &account.master.name,
                members: Some(valuation.members(index).len()).filter(|&count| count > 0),
                revenue: row.now.revenue,
                known_revenue: row.now.known_revenue,
                cost: row.now.cost,
                invoices: row.now.invoices.unsigned_abs(),
                first: row.now.first,
                last: row.now.last,
            }
        })
        .collect();
    let frame = Frame {
        source: None,
        period: Some(valuation.period),
        currency: Some(valuation.asked.currency),
        groups_on: valuation.asked.groups_on,
        invoices: valuation.total.invoices.unsigned_abs(),
        metric: valuation.asked.metric,
        thresholds: valuation.asked.thresholds,
    };
    // Not ranked anew: where not all accounts are seen, rank and class are still those among all.
    let known = valuation.ranking.iter().filter_map(|ranked| Some(Ranked { index: entry_of[ranked.index]?, ..*ranked })).collect();
    let ranking = with_unknown(&entries, known);
    let shown = Paged::by_place(ranking.iter().map(|ranked| rank_body(&entries[ranked.index], ranked)), page)?;
    Ok(AnswerBody { next: shown.next, ranking: shown.items, ..answer_of(&entries, &ranking, frame) })
}
