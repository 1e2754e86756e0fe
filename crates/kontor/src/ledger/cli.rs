//! `kontor import …` and `kontor imports …`, and the options that say how files are read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};
use encoding_rs::Encoding;
use indicatif::{ProgressBar, ProgressStyle};
use kontor_domain::rights::Viewer;
use kontor_domain::settings::Currency;
use kontor_domain::team::Language;
use kontor_ledger::check::Progress;
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Finding, Kind, Weight};
use kontor_ledger::options::Options;
use kontor_ledger::read::value::{DateOrder, Decimal};

use super::actions;
use super::forms::{parse_delimiter, parse_encoding};
use super::report::ImportReport;
use super::run::{self, Mode};
use super::store::{Import, State};
use super::uploads;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::texts::Texts;

/// How to read invoice files; what is not given is detected.
#[derive(Clone, Debug, Default, Args)]
pub struct ReadArgs {
    /// Columns by hand: role=header, several separated by commas; an empty header takes a role away. Roles: invoice_number, line_number, date,
    /// account_number, account_name, country, postal_code, city, industry, article_number, article_name, product_group, quantity, unit_price,
    /// discount_percent, net_amount, unit_cost, line_cost, currency, status, invoice_type, debit_credit
    #[arg(long, value_name = "ROLE=HEADER", value_delimiter = ',', value_parser = parse_column)]
    columns: Vec<(Role, String)>,

    /// Leave rows with these statuses out, separated by commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    exclude_status: Vec<String>,

    /// Go on in spite of these findings, separated by commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = parse_kind)]
    accept: Vec<Kind>,

    /// Currency of lines that name none
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,

    /// Encoding of text files, such as utf-8, utf-16le or windows-1252
    #[arg(long, value_name = "NAME", value_parser = parse_one_encoding)]
    encoding: Option<&'static Encoding>,

    /// Delimiter of a text file: one character, or tab
    #[arg(long, value_name = "CHARACTER", value_parser = parse_one_delimiter)]
    delimiter: Option<char>,

    /// Decimal separator: point or comma
    #[arg(long, value_name = "SEPARATOR")]
    decimal: Option<Decimal>,

    /// Order of dates: ymd, dmy or mdy
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,

    /// Sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

impl ReadArgs {
    /// The options meant.
    pub fn options(&self) -> Options {
        Options {
            columns: self.columns.iter().cloned().collect::<BTreeMap<_, _>>(),
            exclude_status: self.exclude_status.iter().map(|status| status.trim().to_owned()).collect::<BTreeSet<_>>(),
            accept: self.accept.iter().copied().collect(),
            currency: self.currency,
            encoding: self.encoding,
            delimiter: self.delimiter,
            decimal: self.decimal,
            date_order: self.date_order,
            sheet: self.sheet.clone(),
            replace_changed: false,
        }
    }
}

fn parse_column(text: &str) -> Result<(Role, String), String> {
    let (role, header) = text.split_once('=').ok_or_else(|| format!("“{text}” is not ROLE=HEADER"))?;
    Ok((role.trim().parse()?, header.trim().to_owned()))
}

fn parse_one_encoding(text: &str) -> Result<&'static Encoding, String> {
    let t = Texts::of(Language::En);
    parse_encoding(text).map_err(|error| error.message(t))?.ok_or_else(|| t.ledger_encoding_wrong())
}

fn parse_one_delimiter(text: &str) -> Result<char, String> {
    let t = Texts::of(Language::En);
    parse_delimiter(text).map_err(|error| error.message(t))?.ok_or_else(|| t.ledger_delimiter_wrong())
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    let kind: Kind = text.trim().parse()?;
    if kind.weight() == Weight::Stop { Ok(kind) } else { Err(format!("{kind} stops nothing, so there is nothing to accept")) }
}

/// Books invoice files into the sales ledger.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// Invoice files: CSV, XLSX, XLS, ODS or Parquet; a header file and its position file are one import
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The system whose invoices these are; a line is known by its invoice and line number within its source
    /// [default: the one booked last, at first erp]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,

    /// Say what booking would do, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// Lines that are booked already with other values replace the old ones
    #[arg(long)]
    replace_changed: bool,

    #[command(flatten)]
    read: ReadArgs,
}

/// Looks at imports and takes them back.
#[derive(Clone, Debug, Subcommand)]
pub enum ImportsCommand {
    /// List imports, the newest first
    List,
    /// Show what an import came to
    Show {
        /// The import's number
        id: i64,
    },
    /// Take a booked import back
    Undo {
        /// The import's number
        id: i64,
    },
}

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// Fine; print this.
    Done(String),
    /// Stopped before booking; tell this.
    Stopped(String),
}

impl ImportArgs {
    /// Runs the import.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<Ending, Fault> {
        let files = self
            .files
            .iter()
            .map(|path| uploads::describe(path).map_err(|error| unreadable(path, &error)))
            .collect::<Result<Vec<_>, _>>()?;
        let options = Options { replace_changed: self.replace_changed, ..self.read.options() };
        let source = match self.source {
            Some(source) => source,
            None => actions::usual_source(office, viewer).await?,
        };
        let id = actions::upload(office, viewer, &source, files, &options).await?;
        let job = actions::start(office, viewer, id).await?;
        let bar = Bar::follow(job.progress.clone());
        let mode = if self.dry_run { Mode::Check } else { Mode::Book };
        let ran = run::run(office, viewer, &job, id, mode).await;
        drop(job);
        bar.end();
        if let Err(fault) = ran {
            actions::discard(office, viewer, id).await?;
            return Err(fault);
        }
        let import = actions::show(office, viewer, id).await?;
        let findings = actions::findings(office, viewer, id).await?;
        let text = describe(&import, &findings);
        match import.state {
            State::Booked => Ok(Ending::Done(text)),
            // A dry run leaves nothing open behind; neither does an import that was stopped.
            State::Checked => actions::discard(office, viewer, id).await.map(|()| Ending::Done(text)),
            _ => actions::discard(office, viewer, id).await.map(|()| Ending::Stopped(text)),
        }
    }
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Fault {
    let (path, error) = (path.display().to_string(), error.to_string());
    Fault::field("files", move |t| t.ledger_unreadable(path.clone(), error.clone()))
}

impl ImportsCommand {
    /// Runs the command; gives what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            ImportsCommand::List => {
                let imports = actions::list(office, viewer, None, 500).await?;
                Ok(imports.iter().map(line).collect::<Vec<_>>().join("\n"))
            }
            ImportsCommand::Show { id } => {
                let import = actions::show(office, viewer, id).await?;
                Ok(describe(&import, &actions::findings(office, viewer, id).await?))
            }
            ImportsCommand::Undo { id } => {
                actions::undo(office, viewer, id).await?;
                Ok(format!("import {id} is taken back"))
            }
        }
    }
}

fn line(import: &Import) -> String {
    let lines = import.report.as_ref().and_then(|report| report.segment.as_ref()).map_or(0, |segment| segment.new_lines);
    let files: Vec<&str> = import.files.iter().map(|file| file.name.as_str()).collect();
    format!(
        "{:>5}  {}  {:<9} {:>10} lines  {:<12} {}",
        import.id,
        import.created_at.format("%Y-%m-%d %H:%M"),
        import.state.name(),
        lines,
        import.source,
        files.join(", ")
    )
}

/// An import and what it came to, in plain words.
fn describe(import: &Import, findings: &[Finding]) -> String {
    let mut text = format!("import {} · {} · {}\n", import.id, import.state.name(), import.source);
    if let Some(report) = &import.report {
        text.push_str(&counts(report));
    }
    for finding in findings.iter().take(30) {
        text.push_str(&finding_line(finding));
    }
    if findings.len() > 30 {
        text.push_str(&format!("… and {} more\n", findings.len() - 30));
    }
    text.trim_end().to_owned()
}

fn counts(report: &ImportReport) -> String {
    let counts = report.report.counts;
    let mut text = format!(
        "rows {} · lines {} · rejected {} · without customer {} · excluded {} · duplicates {}\n",
        counts.rows, counts.booked, counts.rejected, counts.without_account, counts.excluded, counts.duplicates
    );
    if let Some(segment) = &report.segment {
        text.push_str(&format!(
            "new {} · already booked {} · changed {} · replaced {}",
            segment.new_lines, segment.already_booked, segment.changed, segment.replaced
        ));
        text.push_str(&report.new_accounts.map(|new| format!(" · new customers {new}")).unwrap_or_default());
        text.push('\n');
        for sum in &segment.revenue {
            let currency = sum.currency.map(String::from).unwrap_or_default();
            text.push_str(&format!("revenue {} {currency}\n", sum.amount));
        }
    }
    if !report.report.stops.is_empty() {
        let kinds: Vec<&str> = report.report.stops.iter().map(|kind| kind.name()).collect();
        text.push_str(&format!("stopped before booking: {}. To book anyway: --accept {}\n", kinds.join(", "), kinds.join(",")));
    }
    text
}

/// A finding with its place.
pub fn finding_line(finding: &Finding) -> String {
    let place = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let column = finding.column.as_ref().map(|column| format!(" [{column}]")).unwrap_or_default();
    let value = finding.value.as_ref().map(|value| format!(" “{value}”")).unwrap_or_default();
    let place = format!("{}{place}{column}{value}", finding.file);
    let colon = if place.is_empty() { "" } else { ": " };
    format!("{place}{colon}{} ({})\n", finding.message, finding.kind)
}

/// A progress bar on a terminal's standard error; nothing where that is no terminal.
pub struct Bar {
    bar: ProgressBar,
    is_over: Arc<std::sync::atomic::AtomicBool>,
}

impl Bar {
    /// Follows a piece of work until [`Bar::end`].
    pub fn follow(progress: Arc<Progress>) -> Bar {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {msg}") {
            bar.set_style(style);
        }
        let is_over = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (watched, over) = (bar.clone(), is_over.clone());
        std::thread::spawn(move || {
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                let (done, total) = progress.bytes();
                watched.set_length(total);
                watched.set_position(done);
                watched.set_message(format!("{} rows", progress.rows()));
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        Bar { bar, is_over }
    }

    /// The work is over.
    pub fn end(self) {
        self.is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        self.bar.finish_and_clear();
    }
}
