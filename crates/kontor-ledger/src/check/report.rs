//! What reading and checking came to.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use chrono::{Days, NaiveDate};
use kontor_domain::Amount;
use kontor_domain::settings::Currency;
use serde::{Deserialize, Serialize};

use super::about_file;
use crate::Error;
use crate::finding::{Finding, Kind, Tally, Weight};
use crate::read::{Plan, PlannedFile};

/// How many findings of one kind are kept; all are counted.
pub const FINDINGS_PER_KIND: u64 = 1_000;

/// How many rows ended in which way. `rows = booked + without_account + rejected + excluded + duplicates`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All rows but empty ones and rows of totals.
    pub rows: u64,
    /// Rows that are lines of an account.
    pub booked: u64,
    /// Lines without a customer, kept apart.
    pub without_account: u64,
    /// Rows that cannot be lines.
    pub rejected: u64,
    /// Rows left out for their status.
    pub excluded: u64,
    /// The same invoice line again: dropped where duplicates are accepted, else counted among the booked.
    pub duplicates: u64,
    /// Lines of credit notes and cancellations among the lines.
    pub credit_notes: u64,
    /// Those of them that cancel.
    pub cancellations: u64,
    /// Lines with a zero amount.
    pub zero: u64,
    /// Lines with a negative amount.
    pub negative: u64,
    /// Rows without any value.
    pub empty: u64,
}

/// The report of one import or analysis.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// How rows ended.
    pub counts: Counts,
    /// What was noticed, in the order of the files; at most [`FINDINGS_PER_KIND`] of a kind.
    pub findings: Vec<Finding>,
    /// How often each kind was noticed.
    pub tally: Tally,
    /// The kinds that stop the import, since nobody accepted them.
    pub stops: Vec<Kind>,
    /// First day of a line.
    pub first: Option<NaiveDate>,
    /// Last day of a line.
    pub last: Option<NaiveDate>,
    /// The currencies of the lines; lines that name none count as the one chosen by hand, if any.
    pub currencies: Vec<Currency>,
    /// Whether nothing says in which currency some of the lines are.
    #[serde(default)]
    pub is_currency_open: bool,
    /// How many rows were left out for each status, as it was asked for; a status that occurs nowhere is absent.
    #[serde(default)]
    pub excluded: BTreeMap<String, u64>,
    /// Sum of the printed net amounts of the lines whose exact product was taken instead.
    pub rounded_sum: Amount,
    #[serde(skip)]
    ordered: Vec<(u64, Finding)>,
    /// Lines whose document type says credit note, with a positive and with a negative amount.
    #[serde(skip)]
    pub(super) typed_credits: (u64, u64),
    /// Lines whose cost has the opposite sign of their amount, and all with both.
    #[serde(skip)]
    pub(super) opposed_costs: (u64, u64),
    #[serde(skip)]
    pub(super) days: Option<(i32, i32)>,
}

impl Report {
    /// Notices something at a row.
    pub(super) fn note(&mut self, order: u64, finding: Finding) {
        let count = self.tally.entry(finding.kind).or_default();
        *count += 1;
        if *count <= FINDINGS_PER_KIND {
            self.ordered.push((order, finding));
        }
    }

    /// Notices something about a whole file, so many times.
    pub(super) fn note_of_file(&mut self, kind: Kind, count: u64, file: &str, message: String) {
        if count > 0 {
            *self.tally.entry(kind).or_default() += count;
            self.ordered.push((u64::MAX, about_file(kind, file, message)));
        }
    }

    /// Counts something that needs no place.
    pub(super) fn count(&mut self, kind: Kind) {
        *self.tally.entry(kind).or_default() += 1;
    }

    /// Takes another worker's report in.
    pub(super) fn absorb(&mut self, other: Report) {
        let (mine, its) = (&mut self.counts, other.counts);
        mine.rows += its.rows;
        mine.booked += its.booked;
        mine.without_account += its.without_account;
        mine.rejected += its.rejected;
        mine.excluded += its.excluded;
        mine.duplicates += its.duplicates;
        mine.credit_notes += its.credit_notes;
        mine.cancellations += its.cancellations;
        mine.zero += its.zero;
        mine.negative += its.negative;
        mine.empty += its.empty;
        for (kind, count) in other.tally {
            *self.tally.entry(kind).or_default() += count;
        }
        self.ordered.extend(other.ordered);
        for (status, count) in other.excluded {
            *self.excluded.entry(status).or_default() += count;
        }
        self.rounded_sum += other.rounded_sum;
        self.typed_credits.0 += other.typed_credits.0;
        self.typed_credits.1 += other.typed_credits.1;
        self.opposed_costs.0 += other.opposed_costs.0;
        self.opposed_costs.1 += other.opposed_costs.1;
        self.is_currency_open |= other.is_currency_open;
        for currency in other.currencies {
            if !self.currencies.contains(&currency) {
                self.currencies.push(currency);
            }
        }
        self.days = match (self.days, other.days) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (mine, its) => mine.or(its),
        };
    }

    /// Draws the conclusions: which kinds stop, what the counts say in a sentence.
    pub(super) fn finish(&mut self, plan: &Plan) {
        plan.files.iter().for_each(|file| self.tell_of(file));
        let file = only_file(plan);
        let counts = self.counts;
        let rounded = self.tally.get(&Kind::RoundedAmounts).copied().unwrap_or(0);
        let total_rows = self.tally.get(&Kind::TotalRows).copied().unwrap_or(0);
        let most_rejected = self.most_rejected();
        let text_rows = self.tally.get(&Kind::TextRows).copied().unwrap_or(0);
        let (rounded_sum, typed_credits, opposed_costs) = (self.rounded_sum, self.typed_credits, self.opposed_costs);
        let mut say = |kind: Kind, count: u64, message: String| {
            if count > 0 {
                self.tally.insert(kind, count);
                self.ordered.push((u64::MAX, about_file(kind, file, message)));
            }
        };
        let mut say_of_lines = |kind: Kind, count: u64, what: &str| say(kind, count, format!("{} {what}", counted(count, "line")));
        say_of_lines(Kind::WithoutAccount, counts.without_account, "without a customer, kept apart from every account");
        say_of_lines(Kind::CreditNotes, counts.credit_notes - counts.cancellations, "of credit notes; negative amounts lower revenue");
        say_of_lines(Kind::Cancellations, counts.cancellations, "of cancellations; negative amounts lower revenue");
        say_of_lines(Kind::ZeroAmounts, counts.zero, "with an amount of zero, counted as lines and not as revenue");
        say_of_lines(Kind::NegativeAmounts, counts.negative, "with a negative amount, lowering revenue");
        let mut say_of_rows = |kind: Kind, count: u64, what: &str| say(kind, count, format!("{} {what}", counted(count, "row")));
        say_of_rows(Kind::ExcludedStatus, counts.excluded, "with an excluded status, left out");
        say_of_rows(
            Kind::TotalRows,
            total_rows,
            "of totals (a sum without date, number and customer, or one that says what it sums), passed over",
        );
        say_of_rows(Kind::TextRows, text_rows, "with neither quantity, price nor amount, passed over");
        say_of_rows(Kind::EmptyRows, counts.empty, "without any value, passed over");
        let (positive, negative) = typed_credits;
        let message = format!(
            "{} of credit notes with positive amounts, which would raise revenue. --accept positive_credit_notes books them as they stand",
            counted(positive, "line")
        );
        // A charge for taking goods back is positive too, but not a quarter of all lines.
        // Where most lines have the type, it means something else, such as a sale on credit.
        let is_grave = positive * 3 > negative && (positive + negative) * 2 < counts.booked + counts.without_account;
        say(Kind::PositiveCreditNotes, if is_grave { positive } else { 0 }, message);
        let message = format!(
            "{} of {} with a cost have it with the opposite sign of their amount. --accept opposed_costs books them as they stand",
            opposed_costs.0,
            counted(opposed_costs.1, "line")
        );
        say(Kind::OpposedCosts, if opposed_costs.0 * 2 > opposed_costs.1 { opposed_costs.0 } else { 0 }, message);
        let lines = counts.booked + counts.without_account;
        let message = format!(
            "{} of {} name no customer. --accept most_without_account keeps them apart and books the others",
            counts.without_account,
            counted(lines, "line")
        );
        say(Kind::MostWithoutAccount, u64::from(counts.without_account * 10 > lines * 9), message);
        let message = format!(
            "{} printed rounded; the exact product of quantity, price and discount was taken. The printed amounts sum to {rounded_sum}",
            counted(rounded, "net amount")
        );
        say(Kind::RoundedAmounts, rounded, message);
        let message = format!(
            "{} of {} rows were rejected{}. --accept many_rejected books the others anyway",
            counts.rejected, counts.rows, most_rejected
        );
        say(Kind::ManyRejected, u64::from(counts.rejected * 10 > counts.rows), message);
        let message = format!("{} of {} rows are empty. --accept mostly_empty goes on anyway", counts.empty, counts.rows + counts.empty);
        say(Kind::MostlyEmpty, u64::from(counts.empty > counts.rows), message);
        // The sum itself beside the sentence, for who tells it in another language.
        for (_, finding) in self.ordered.iter_mut().filter(|(_, finding)| finding.kind == Kind::RoundedAmounts) {
            finding.value = Some(rounded_sum.to_string());
        }
        self.ordered.sort_by_key(|(order, finding)| (*order, finding.kind));
        let mut kept: BTreeMap<Kind, u64> = BTreeMap::new();
        for (_, finding) in std::mem::take(&mut self.ordered) {
            let count = kept.entry(finding.kind).or_default();
            *count += 1;
            if *count <= FINDINGS_PER_KIND {
                self.findings.push(finding);
            }
        }
        let accepted = &plan.options.accept;
        self.stops = self.tally.keys().copied().filter(|kind| kind.weight() == Weight::Stop && !accepted.contains(kind)).collect();
        self.currencies.sort();
        let day = |days: i32| {
            NaiveDate::from_ymd_opt(1970, 1, 1).and_then(|epoch| match days {
                0.. => epoch.checked_add_days(Days::new(days.unsigned_abs().into())),
                _ => epoch.checked_sub_days(Days::new(days.unsigned_abs().into())),
            })
        };
        self.first = self.days.and_then(|(first, _)| day(first));
        self.last = self.days.and_then(|(_, last)| day(last));
    }

    /// What most of the rejected rows have in common, with the first of them: “, mostly for a bad_date, such as “soon” in line 7 of a.csv”.
    fn most_rejected(&self) -> String {
        let rejections = self.tally.iter().filter(|(kind, _)| kind.weight() == Weight::Rejection);
        let Some((&kind, _)) = rejections.max_by_key(|(_, count)| **count) else { return String::new() };
        let first = self.ordered.iter().filter(|(_, finding)| finding.kind == kind).min_by_key(|(order, _)| *order);
        let place = first.and_then(|(_, finding)| {
            let column = finding.column.as_deref().map(|column| format!(" [{column}]")).unwrap_or_default();
            Some(format!(
                ", such as “{}” in line {} of {}{column}",
                finding.value.as_deref().unwrap_or_default(),
                finding.line?,
                finding.file
            ))
        });
        format!(", mostly {kind}{}", place.unwrap_or_default())
    }

    /// What how a file is read says of it.
    fn tell_of(&mut self, file: &PlannedFile) {
        let ambiguous = format!(
            "nothing in {} shows which number of a date is the day; dates were read as {}. --date-order says it by hand",
            file.name,
            file.order.example()
        );
        let looks_like = file.decimals.first().map_or("", |decimal| decimal.example());
        let open = format!(
            "nothing shows whether points and commas part decimals or thousands (--decimal says it). --accept ambiguous_decimals reads numbers like {looks_like}"
        );
        let filled = format!("{} took number, day or customer from the first line of their invoice", counted(file.filled, "line"));
        let others = format!("other sheets, which are not read: {}", file.other_sheets.join(", "));
        for (kind, count, message) in [
            (Kind::AmbiguousDates, u64::from(file.is_order_open), ambiguous),
            (Kind::AmbiguousDecimals, u64::from(file.is_decimal_open), open),
            (Kind::FilledDown, file.filled, filled),
            (Kind::OtherSheets, file.other_sheets.len() as u64, others),
        ] {
            self.note_of_file(kind, count, &file.name, message);
        }
    }

    /// Adds a stop after the fact, as the analysis does for several currencies.
    pub(crate) fn stop(&mut self, kind: Kind, plan: &Plan, message: String) {
        self.tally.insert(kind, 1);
        self.findings.push(about_file(kind, only_file(plan), message));
        if !plan.options.accept.contains(&kind) {
            self.stops.push(kind);
        }
    }
}

/// Is told of every rejected row, however many there are.
pub trait Rejections: Send {
    /// One rejected row.
    fn reject(&mut self, finding: &Finding) -> Result<(), Error>;
}

/// Writes all rejected rows to a CSV file.
pub struct RejectionFile {
    out: std::io::BufWriter<std::fs::File>,
    path: String,
}

impl RejectionFile {
    /// Begins the file with its headers; an older one is replaced.
    pub fn create(path: &Path) -> Result<RejectionFile, Error> {
        let name = path.display().to_string();
        let io = |source| Error::Io { path: name.clone(), source };
        let mut out = std::io::BufWriter::new(std::fs::File::create(path).map_err(io)?);
        out.write_all(b"file,line,kind,column,value,reason\r\n").map_err(io)?;
        Ok(RejectionFile { out, path: name })
    }

    /// The whole file is written.
    pub fn finish(mut self) -> Result<(), Error> {
        self.out.flush().map_err(|source| Error::Io { path: self.path.clone(), source })
    }
}

impl Rejections for RejectionFile {
    fn reject(&mut self, finding: &Finding) -> Result<(), Error> {
        let line = finding.line.map(|line| line.to_string()).unwrap_or_default();
        let fields = [
            finding.file.as_str(),
            &line,
            finding.kind.name(),
            finding.column.as_deref().unwrap_or_default(),
            finding.value.as_deref().unwrap_or_default(),
            &finding.message,
        ];
        let row = fields.map(quoted).join(",");
        write!(self.out, "{row}\r\n").map_err(|source| Error::Io { path: self.path.clone(), source })
    }
}

/// How many of something: “1 line”, “2 lines”.
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The name of the file, where there is only one; what is said of several together is none of theirs.
fn only_file(plan: &Plan) -> &str {
    match plan.files.as_slice() {
        [file] => &file.name,
        _ => "",
    }
}

/// A field of CSV. What a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '@', '\t', '\r']) { "'" } else { "" };
    if field.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
