//! `kontor analyze …`: one answer for some files, without a database.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use kontor_domain::abc::{Metric, Ranked, Thresholds};
use kontor_domain::period::PeriodChoice;
use kontor_ledger::analyze::{Analysis, analyze};
use kontor_ledger::check::Progress;
use kontor_ledger::read::Plan;

use super::api::{self, AnswerBody, Entry, Frame};
use super::json;
use crate::ledger::cli::{Bar, ReadArgs, told};
use crate::sheet::{Cell, Sheet};

/// How many accounts the table shows when nobody says.
const TOP: usize = 20;
/// How wide the drawing is, in characters.
const DRAWING: usize = 60;
/// Room that an account of the ranking takes as JSON, roughly.
const RANK_BYTES: usize = 256;

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Table,
    /// Everything, for programs.
    Json,
    /// The ranking.
    Csv,
    /// The ranking, as a workbook.
    Xlsx,
}

/// Finds the key accounts in invoice files, without a database.
#[derive(Clone, Debug, Args)]
pub struct AnalyzeArgs {
    /// Invoice files: CSV, XLSX, XLS, ODS or Parquet; a header file and its position file belong together
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How the answer is written
    #[arg(long, value_enum, default_value = "table")]
    format: OutputFormat,

    /// Write the answer to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// What accounts are ranked by: revenue or margin
    #[arg(long, default_value = "revenue")]
    metric: Metric,

    /// last12, last12@2026-03-31, all, a year (2025), a fiscal year (fy2025) or two days (2025-01-01..2025-06-30)
    #[arg(long, default_value = "all")]
    period: PeriodChoice,

    /// Where A and B end, in percent
    #[arg(long, default_value = "80,95")]
    thresholds: Thresholds,

    /// How many accounts of the ranking are written; table: 20, others: all
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    #[command(flatten)]
    read: ReadArgs,
}

/// How an analysis ended.
pub enum Answer {
    /// Write this, and tell beside it what the figures do not hold.
    Fine(Vec<u8>, String),
    /// Stopped; tell this, and write that.
    Stopped(String, Vec<u8>),
}

impl AnalyzeArgs {
    /// Runs the analysis. `today` decides which dates are plausible.
    pub fn run(&self, today: NaiveDate) -> Result<Answer, Box<dyn std::error::Error>> {
        let plan = Plan::detect(&self.files, &self.read.options(), today)?;
        let progress = Arc::new(Progress::default());
        let bar = Bar::follow(progress.clone());
        let analysis = analyze(&plan, self.period, 1, &progress);
        bar.end();
        let analysis = analysis?;
        let names = plan.files.iter().map(|file| file.name.clone()).collect();
        let source = api::source_body(names, &analysis.report);
        if !analysis.report.stops.is_empty() {
            let written = match self.format {
                OutputFormat::Json => {
                    let stops: Vec<&str> = analysis.report.stops.iter().map(|kind| kind.name()).collect();
                    serde_json::to_vec_pretty(&serde_json::json!({ "stopped": stops, "source": source }))?
                }
                _ => Vec::new(),
            };
            return Ok(Answer::Stopped(self.stopped(&plan, &analysis), written));
        }
        let entries: Vec<Entry> = entries(&analysis);
        let frame = Frame {
            groups_on: None,
            source: Some(source),
            period: analysis.period,
            currency: analysis.currency,
            invoices: analysis.invoices,
            metric: self.metric,
            thresholds: self.thresholds,
        };
        let written = match self.format {
            OutputFormat::Json => {
                let mut answer = api::answer(&entries, frame);
                let mut ranking = std::mem::take(&mut answer.ranking);
                ranking.truncate(self.top.unwrap_or(usize::MAX));
                json::to_vec(&answer, &ranking, RANK_BYTES)?
            }
            OutputFormat::Csv => self.sheet(&entries).to_csv(),
            OutputFormat::Xlsx => self.sheet(&entries).to_xlsx()?,
            OutputFormat::Table => {
                let ranking = api::rank(&entries, self.metric, self.thresholds);
                let text = match entries.is_empty() {
                    true => no_lines(&analysis),
                    false => table(&api::answer(&entries, frame), &ranking, self.top.unwrap_or(TOP)),
                };
                (text + &self.read_and_noticed(&plan, &analysis)).into_bytes()
            }
        };
        let beside = match self.format {
            OutputFormat::Csv | OutputFormat::Xlsx => self.left_out(&plan, &analysis),
            OutputFormat::Table | OutputFormat::Json => String::new(),
        };
        Ok(Answer::Fine(written, beside))
    }

    /// How the files were read, how their rows ended, and what was noticed.
    fn read_and_noticed(&self, plan: &Plan, analysis: &Analysis) -> String {
        let (options, report) = (self.read.options(), &analysis.report);
        let currency = analysis.currency.map(|currency| format!(" {currency}")).unwrap_or_default();
        [
            told::detection(plan.detection()),
            told::rows(report, report.stops.is_empty().then(|| format!("{}{currency}, in no figure", analysis.without_account))),
            told::accepted(report, &options),
            told::lost_statuses(report, &options, Some(plan.detection())),
            told::findings(report, &options, &report.findings),
        ]
        .concat()
    }

    /// The same where the answer itself has no room for it; nothing where every row is in the figures.
    fn left_out(&self, plan: &Plan, analysis: &Analysis) -> String {
        let report = &analysis.report;
        let is_whole = report.counts.rows == report.counts.booked
            && told::accepted(report, &self.read.options()).is_empty()
            && told::lost_statuses(report, &self.read.options(), None).is_empty();
        if is_whole { String::new() } else { self.read_and_noticed(plan, analysis) }
    }

    fn stopped(&self, plan: &Plan, analysis: &Analysis) -> String {
        let kinds: Vec<&str> = analysis.report.stops.iter().map(|kind| kind.name()).collect();
        let go_on = format!("stopped: {}. To go on anyway: --accept {}\n", kinds.join(", "), kinds.join(","));
        go_on + &self.read_and_noticed(plan, analysis)
    }

    /// What is wrong with the options taken together.
    pub fn wrong(&self) -> Option<String> {
        let no_file = (self.format == OutputFormat::Xlsx && self.out.is_none()).then(|| "--format xlsx needs --out FILE".to_owned());
        no_file.or_else(|| self.read.wrong())
    }

    /// Where the answer goes; `None` for standard output.
    pub const fn out(&self) -> Option<&PathBuf> {
        self.out.as_ref()
    }

    fn sheet(&self, entries: &[Entry<'_>]) -> Sheet {
        let headers = ["rank", "account", "name", "revenue", "margin", "share", "cumulative_share", "class", "invoices", "first", "last"];
        let ranking = api::rank(entries, self.metric, self.thresholds);
        let row = |ranked: &Ranked| {
            let entry = &entries[ranked.index];
            vec![
                Cell::Count(ranked.rank as u64),
                entry.number.into(),
                entry.name.into(),
                entry.revenue.into(),
                entry.margin().into(),
                Cell::Share(ranked.share),
                Cell::Share(ranked.cumulative_share),
                ranked.class.to_string().into(),
                Cell::Count(entry.invoices),
                entry.first.into(),
                entry.last.into(),
            ]
        };
        let rows = ranking.iter().take(self.top.unwrap_or(usize::MAX)).map(row).collect();
        Sheet { title: "Ranking".into(), headers: headers.map(str::to_owned).to_vec(), rows }
    }
}

fn entries(analysis: &Analysis) -> Vec<Entry<'_>> {
    let entry = |account: &'_ kontor_ledger::analyze::AccountTotal| (account.known_revenue, account.cost);
    analysis
        .accounts
        .iter()
        .map(|account| {
            let (known_revenue, cost) = entry(account);
            Entry {
                number: &account.number,
                id: None,
                name: &account.name,
                members: None,
                revenue: account.revenue,
                known_revenue,
                cost,
                invoices: account.invoices,
                first: Some(account.first),
                last: Some(account.last),
            }
        })
        .collect()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// What takes the place of figures where no account has a line in the period.
fn no_lines(analysis: &Analysis) -> String {
    let report = &analysis.report;
    match (analysis.period, report.first.zip(report.last)) {
        (Some(period), Some((first, last))) => {
            format!("No line of a customer lies between {} and {}; the files reach from {first} to {last}.\n\n", period.from(), period.to())
        }
        _ => "The files have no line of a customer.\n\n".to_owned(),
    }
}

/// The answer for people: the finding as a sentence, the figures, a drawing, the ranking.
fn table(answer: &AnswerBody<'_>, ranking: &[Ranked], top: usize) -> String {
    let currency = answer.currency.as_deref().unwrap_or_default();
    let period = answer.period.as_ref().map(|period| format!("{} to {}", period.from, period.to)).unwrap_or_default();
    let what = &answer.abc.metric;
    if answer.margin.is_none() && *what == Metric::Margin.to_string() {
        return "No line has a cost, so no margin is known. Name the column with --columns line_cost=HEADER or unit_cost=HEADER.\n"
            .to_owned();
    }
    let mut text = format!(
        "{} of {} customers bring {} % of {what}, the largest alone {}.\n{period} {currency}\n\n",
        answer.abc.a.accounts,
        answer.accounts,
        answer.abc.thresholds[0],
        percent(answer.concentration.top1_share)
    );
    let margin = answer.margin.as_deref().unwrap_or("unknown");
    let facts = [
        ("Revenue", answer.revenue.clone()),
        ("Margin", format!("{margin}, known for {} of revenue", percent(answer.margin_known_share))),
        ("Invoices", answer.invoices.to_string()),
        ("A / B / C", format!("{} / {} / {} customers", answer.abc.a.accounts, answer.abc.b.accounts, answer.abc.c.accounts)),
        (
            "Largest 1 / 5 / 10",
            [answer.concentration.top1_share, answer.concentration.top5_share, answer.concentration.top10_share].map(percent).join(" / "),
        ),
        ("Largest fifth", percent(answer.pareto.top20_share)),
        ("Balance point", format!("{} of customers bring the rest", percent(answer.pareto.balance_point))),
        (
            "HHI, Gini",
            format!(
                "{:.4}, {:.3}; as concentrated as {:.1} equal customers",
                answer.concentration.hhi, answer.concentration.gini, answer.concentration.effective_accounts
            ),
        ),
    ];
    for (name, value) in facts {
        text.push_str(&format!("{name:<20}{value}\n"));
    }
    text.push('\n');
    text.push_str(&drawing(ranking));
    text.push('\n');
    text.push_str(&ranking_lines(answer, top));
    text
}

/// The Pareto curve as bars: one column for each fraction of the accounts, as high as their cumulative share.
fn drawing(ranking: &[Ranked]) -> String {
    const ROWS: usize = 8;
    const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if ranking.is_empty() {
        return String::new();
    }
    let columns = DRAWING.min(ranking.len());
    let shares: Vec<f64> =
        (0..columns).map(|column| ranking[((column + 1) * ranking.len()).div_ceil(columns) - 1].cumulative_share).collect();
    let mut text = String::new();
    for row in (0..ROWS).rev() {
        let label = if row + 1 == ROWS {
            "100 %"
        } else if row == 0 {
            "  0 %"
        } else {
            ""
        };
        text.push_str(&format!("{label:>6} "));
        for share in &shares {
            let height = share.clamp(0.0, 1.0) * (ROWS * 8) as f64 - (row * 8) as f64;
            text.push(EIGHTHS[height.round().clamp(0.0, 8.0) as usize]);
        }
        text.push('\n');
    }
    text.push_str(&format!("       largest customer … rank {}\n", ranking.len()));
    text
}

fn ranking_lines(answer: &AnswerBody<'_>, top: usize) -> String {
    let mut text =
        format!("{:>5}  {:<12} {:<34} {:>16} {:>14} {:>8} {:>8}  class\n", "rank", "account", "name", "revenue", "margin", "share", "sum");
    for row in answer.ranking.iter().take(top) {
        let name: String = row.name.chars().take(34).collect();
        let number: String = row.account.chars().take(12).collect();
        let margin = row.margin.map_or("–".to_owned(), |margin| margin.to_string());
        text.push_str(&format!(
            "{:>5}  {number:<12} {name:<34} {:>16} {margin:>14} {:>8} {:>8}  {}\n",
            row.rank,
            row.revenue.to_string(),
            percent(row.share),
            percent(row.cumulative_share),
            row.class
        ));
    }
    if answer.ranking.len() > top {
        text.push_str(&format!("… and {} more\n", answer.ranking.len() - top));
    }
    text.push('\n');
    text
}
