//! `kontor import …` and `kontor imports …`, and the options that say how files are read.

pub mod told;

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
use super::report::{Exchange, ImportReport, WithoutRate};
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

    /// Row of the headers, counted from 1; 0 where there are none, columns are then named by number
    #[arg(long, value_name = "N")]
    header_row: Option<u64>,
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
            header_row: self.header_row,
            replace_changed: false,
        }
    }

    /// What is wrong with the columns taken together: a role given twice, or a column given two roles.
    pub fn wrong(&self) -> Option<String> {
        let twice =
            self.columns.iter().enumerate().find(|(place, (role, _))| self.columns[..*place].iter().any(|(other, _)| other == role));
        if let Some((_, (role, _))) = twice {
            return Some(format!("--columns gives {role} twice"));
        }
        let options = self.options();
        options.column_twice().map(|(one, other, header)| format!("--columns gives the column “{header}” two roles: {one} and {other}"))
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

    /// Say what booking would do, and do nothing; nothing of it is recorded
    #[arg(long)]
    dry_run: bool,

    /// Write all rejected rows to this file, as CSV
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,

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
    /// Print all rejected rows of an import, or write them to a file, as CSV
    Rejected {
        /// The import's number
        id: i64,

        /// Write them to this file instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
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
    /// What is wrong with the options taken together.
    pub fn wrong(&self) -> Option<String> {
        self.read.wrong()
    }

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
        if self.dry_run {
            let progress = Arc::new(Progress::default());
            let bar = Bar::follow(progress.clone());
            let looked = actions::dry_run(office, viewer, &source, files, &options, self.rejected, progress).await;
            bar.end();
            let (import, findings) = looked?;
            let text = describe(office, viewer, &import, &findings).await?;
            return Ok(if import.state == State::Stopped { Ending::Stopped(text) } else { Ending::Done(text) });
        }
        let id = actions::upload(office, viewer, &source, files, &options).await?;
        let job = actions::start(office, viewer, id).await?;
        let bar = Bar::follow(job.progress.clone());
        let ran = run::run(office, viewer, &job, id, Mode::Book).await;
        drop(job);
        bar.end();
        if let Err(fault) = ran {
            actions::discard(office, viewer, id).await?;
            return Err(fault);
        }
        if let Some(path) = &self.rejected {
            tokio::fs::copy(uploads::rejected_file(&office.config, id), path).await.map_err(|error| unwritable(path, &error))?;
        }
        let import = actions::show(office, viewer, id).await?;
        let findings = actions::findings(office, viewer, id).await?;
        let text = describe(office, viewer, &import, &findings).await?;
        match import.state {
            State::Booked => Ok(Ending::Done(text)),
            // An import that was stopped stays in the list with what was noticed, but is not left open.
            _ => actions::discard(office, viewer, id).await.map(|()| Ending::Stopped(text)),
        }
    }
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Fault {
    let (path, error) = (path.display().to_string(), error.to_string());
    Fault::field("files", move |t| t.ledger_unreadable(path.clone(), error.clone()))
}

fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Fault {
    let (path, error) = (path.display().to_string(), error.to_string());
    Fault::field("", move |t| t.ledger_unwritable(path.clone(), error.clone()))
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
                describe(office, viewer, &import, &actions::findings(office, viewer, id).await?).await
            }
            ImportsCommand::Rejected { id, out } => {
                let file = actions::take_rejected(office, viewer, id).await?;
                match out {
                    Some(path) => {
                        tokio::fs::copy(file, &path).await.map_err(|error| unwritable(&path, &error))?;
                        Ok(format!("the rejected rows of import {id} are in {}", path.display()))
                    }
                    None => Ok(tokio::fs::read_to_string(file).await?),
                }
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
async fn describe(office: &Office, viewer: &Viewer, import: &Import, findings: &[Finding]) -> Result<String, Fault> {
    let name = if import.id == 0 { "dry run".to_owned() } else { format!("import {}", import.id) };
    let mut text = format!("{name} · {} · {}\n", import.state.name(), import.source);
    let Some(report) = &import.report else {
        if import.state.is_open() {
            match actions::detect(office, viewer, import, &import.options).await {
                Ok(detection) => text.push_str(&told::detection(&detection)),
                Err(fault) => text.push_str(&fault.message(Texts::of(Language::En))),
            }
        }
        return Ok(text.trim_end().to_owned());
    };
    text.push_str(&report.detection.as_ref().map(told::detection).unwrap_or_default());
    text.push_str(&told::rows(&report.report, None));
    text.push_str(&outcome(report, &actions::exchange(office).await?));
    text.push_str(&told::accepted(&report.report, &import.options));
    text.push_str(&told::lost_statuses(&report.report, &import.options, report.detection.as_ref()));
    text.push_str(&told::findings(&report.report, &import.options, findings));
    if report.report.counts.rejected > 0 && import.id > 0 {
        let path = uploads::rejected_file(&office.config, import.id);
        text.push_str(&format!("all rejected rows: kontor imports rejected {} (the file {})\n", import.id, path.display()));
    }
    Ok(text.trim_end().to_owned())
}

/// What booking brought, would bring, or would bring if what stopped it were accepted.
fn outcome(report: &ImportReport, exchange: &Exchange) -> String {
    let mut text = String::new();
    let stops: Vec<&str> = report.report.stops.iter().map(|kind| kind.name()).collect();
    if !stops.is_empty() {
        text.push_str(&format!("stopped before booking: {}. To book anyway: --accept {}\n", stops.join(", "), stops.join(",")));
    }
    let Some(segment) = report.prospect() else { return text };
    if !stops.is_empty() {
        text.push_str("booked anyway it would bring: ");
    }
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
    for WithoutRate { currency, amount, lines, rates_from } in report.without_rate(exchange) {
        let lines = if lines == 1 { "one line".to_owned() } else { format!("{lines} lines") };
        text.push_str(&match rates_from {
            None => format!("no rate for {currency}: {amount} {currency} in {lines} are in no figure until one is set in the settings\n"),
            Some(from) => format!(
                "rates for {currency} only from {from}: of {amount} {currency} in {lines}, what belongs to months before is in no figure\n"
            ),
        });
    }
    text
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
