//! What programs send and get about imports.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::team::Language;
use kontor_ledger::finding::{Finding, Kind, Weight};
use kontor_ledger::options::Options;
use kontor_ledger::segment::SegmentMeta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ledger::report::{Exchange, ImportReport, WithoutRate};
use crate::ledger::store::Import;
use crate::office::Office;
use crate::web::texts::Texts;

/// A new import as a multipart form; the fields come in any order.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes a form that is received straight to disk, never held whole")]
pub struct UploadBody {
    /// Invoice files: CSV, XLSX, XLS, ODS or Parquet; at most 100 with 4 GiB together.
    #[schema(value_type = Vec<String>, format = Binary)]
    pub files: Vec<Vec<u8>>,
    /// The system whose invoices these are; `erp` when absent.
    pub source: Option<String>,
    /// How to read the files, as JSON; what is not given is detected.
    pub options: Option<OptionsBody>,
}

/// How files are read; what is not given is detected, and nothing is accepted.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct OptionsBody {
    /// Role → header of the column; an empty header takes the role from every column. Roles: `invoice_number`, `line_number`, `date`, `account_number`,
    /// `account_name`, `country`, `postal_code`, `city`, `industry`, `article_number`, `article_name`, `product_group`, `quantity`, `unit_price`,
    /// `discount_percent`, `net_amount`, `unit_cost`, `line_cost`, `currency`, `status`, `invoice_type`,
    /// `debit_credit`.
    pub columns: BTreeMap<String, String>,
    /// Rows with one of these statuses are left out.
    pub exclude_status: Vec<String>,
    /// Kinds of findings that stop an import and are to be booked anyway.
    pub accept: Vec<String>,
    /// Currency of rows that name none, ISO 4217; the house's when absent.
    pub currency: Option<String>,
    /// Encoding of text files, by a name of the WHATWG's list: `utf-8`, `windows-1252`.
    pub encoding: Option<String>,
    /// Delimiter of text files.
    #[schema(value_type = Option<String>, max_length = 1)]
    pub delimiter: Option<char>,
    /// Decimal separator of text files, `point` or `comma`; in workbooks and Parquet it decides only about columns whose values do not.
    pub decimal: Option<String>,
    /// Order of dates, `ymd`, `dmy` or `mdy`; a year of four digits in front rules whatever the order.
    pub date_order: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Line of the headers in text files and workbooks, counted from 1; 0 where there are none and columns are named by number.
    pub header_row: Option<u64>,
    /// Whether lines that are booked with other values are replaced.
    pub replace_changed: bool,
}

impl OptionsBody {
    fn of(options: Options) -> OptionsBody {
        OptionsBody {
            columns: options.columns.into_iter().map(|(role, header)| (role.name().to_owned(), header)).collect(),
            exclude_status: options.exclude_status.into_iter().collect(),
            accept: options.accept.into_iter().map(name).collect(),
            currency: options.currency.map(String::from),
            encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
            delimiter: options.delimiter,
            decimal: options.decimal.map(|decimal| decimal.name().to_owned()),
            date_order: options.date_order.map(|order| order.name().to_owned()),
            sheet: options.sheet,
            header_row: options.header_row,
            replace_changed: options.replace_changed,
        }
    }
}

fn name(kind: Kind) -> String {
    kind.name().to_owned()
}

/// One import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportBody {
    /// The id.
    pub id: i64,
    /// The system whose invoices these are.
    pub source: String,
    /// `uploaded`, `checked`, `stopped`, `booked`, `undone` or `discarded`.
    pub state: String,
    /// Whether it is being checked or booked right now.
    pub is_busy: bool,
    /// Why the last work in the background failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Its files.
    pub files: Vec<FileBody>,
    /// How the files are read.
    pub options: OptionsBody,
    /// What the last check or booking came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportBody>,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// When it was booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booked_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<DateTime<Utc>>,
}

impl ImportBody {
    /// An import as programs see it.
    pub fn of(office: &Office, import: Import, exchange: &Exchange) -> ImportBody {
        let report = import.report.map(|report| ReportBody::of(report, &import.options, exchange));
        let files = import.files.into_iter();
        ImportBody {
            id: import.id,
            source: import.source,
            state: import.state.name().to_owned(),
            is_busy: office.jobs.progress(import.id).is_some(),
            failure: office.jobs.failure(import.id).map(|fault| fault.message(Texts::of(Language::En))),
            files: files.map(|file| FileBody { name: file.name, size_bytes: file.size_bytes, sha256: file.sha256 }).collect(),
            options: OptionsBody::of(import.options),
            report,
            created_at: import.created_at,
            created_by: import.created_by,
            booked_at: import.booked_at,
            undone_at: import.undone_at,
        }
    }
}

/// One file of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileBody {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// The SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

/// What a check or booking came to. Every row ends in one of five ways: `rows = lines + without_account + rejected + excluded + duplicates`, the duplicates
/// only where they were accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBody {
    /// All rows but empty ones and rows of totals.
    pub rows: u64,
    /// Rows that are lines of an account.
    pub lines: u64,
    /// Lines without a customer, kept apart.
    pub without_account: u64,
    /// Rows that cannot be lines.
    pub rejected: u64,
    /// Rows left out for their status.
    pub excluded: u64,
    /// The same invoice line again.
    pub duplicates: u64,
    /// Lines of credit notes and cancellations.
    pub credit_notes: u64,
    /// First day of a line.
    pub first: Option<NaiveDate>,
    /// Last day of a line.
    pub last: Option<NaiveDate>,
    /// How often each kind of finding was noticed.
    pub tally: BTreeMap<String, u64>,
    /// The kinds that stopped the import; name them in `accept` to book it anyway.
    pub stops: Vec<String>,
    /// What the ledger gains; absent when the import was stopped.
    pub gain: Option<GainBody>,
    /// What the ledger would gain if the findings in `stops` were accepted.
    pub gain_if_accepted: Option<GainBody>,
    /// Currencies of the gain for which no rate holds: their lines are in no figure.
    pub without_rate: Vec<WithoutRateBody>,
    /// Statuses of `exclude_status` that no row has.
    pub statuses_not_found: Vec<String>,
}

/// A foreign currency for which a rate is missing.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithoutRateBody {
    /// The currency, ISO 4217.
    pub currency: String,
    /// What the import brings in it.
    pub amount: String,
    /// How many lines that is.
    pub lines: i64,
    /// Where only older months are without: the first day from which there are rates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rates_from: Option<NaiveDate>,
}

impl WithoutRateBody {
    fn of(without: WithoutRate) -> WithoutRateBody {
        let WithoutRate { currency, amount, lines, rates_from } = without;
        WithoutRateBody { currency: currency.into(), amount: amount.to_string(), lines, rates_from }
    }
}

/// What an import adds to the ledger, or would add.
#[derive(Debug, Serialize, ToSchema)]
pub struct GainBody {
    /// Lines that the ledger did not have, and the new values of replaced ones.
    pub new_lines: u64,
    /// Lines that it has already, unchanged.
    pub already_booked: u64,
    /// Lines that it has with other values.
    pub changed: u64,
    /// Those of them that are replaced.
    pub replaced: u64,
    /// Accounts with new lines.
    pub accounts: u64,
    /// Accounts that were not known before.
    pub new_accounts: Option<usize>,
    /// What is added to revenue.
    pub revenue: Vec<RevenueBody>,
}

/// Revenue of one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevenueBody {
    /// The currency, ISO 4217; absent where the lines name none.
    pub currency: Option<String>,
    /// Net invoiced amount.
    pub amount: String,
}

impl GainBody {
    fn of(segment: SegmentMeta, new_accounts: Option<usize>) -> GainBody {
        GainBody {
            new_lines: segment.new_lines,
            already_booked: segment.already_booked,
            changed: segment.changed,
            replaced: segment.replaced,
            accounts: segment.accounts,
            new_accounts,
            revenue: segment
                .revenue
                .into_iter()
                .map(|sum| RevenueBody { currency: sum.currency.map(String::from), amount: sum.amount.to_string() })
                .collect(),
        }
    }
}

impl ReportBody {
    fn of(report: ImportReport, options: &Options, exchange: &Exchange) -> ReportBody {
        let without_rate = report.without_rate(exchange).into_iter().map(WithoutRateBody::of).collect();
        let statuses_not_found = report.statuses_not_found(options).into_iter().map(str::to_owned).collect();
        let ImportReport { report, segment, if_accepted, new_accounts, detection: _ } = report;
        ReportBody {
            rows: report.counts.rows,
            lines: report.counts.booked,
            without_account: report.counts.without_account,
            rejected: report.counts.rejected,
            excluded: report.counts.excluded,
            duplicates: report.counts.duplicates,
            credit_notes: report.counts.credit_notes,
            first: report.first,
            last: report.last,
            tally: report.tally.into_iter().map(|(kind, count)| (name(kind), count)).collect(),
            stops: report.stops.into_iter().map(name).collect(),
            gain: segment.map(|segment| GainBody::of(segment, new_accounts)),
            gain_if_accepted: if_accepted.map(|segment| GainBody::of(segment, new_accounts)),
            without_rate,
            statuses_not_found,
        }
    }
}

/// One thing that was noticed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingBody {
    /// What it is: `bad_date`, `duplicate_lines` and so on.
    pub kind: String,
    /// `rejection` keeps one line out, `stop` keeps the import out unless its kind is accepted, `note` only tells.
    pub weight: String,
    /// The file.
    pub file: String,
    /// Line in a text file, row in a sheet, counted from 1 with the header; absent for the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The header of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The role of that column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The value as it stands in the file, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong, in English.
    pub message: String,
}

impl FindingBody {
    /// A finding as programs see it.
    pub fn of(finding: Finding) -> FindingBody {
        let weight = match finding.kind.weight() {
            Weight::Rejection => "rejection",
            Weight::Stop => "stop",
            Weight::Note => "note",
        };
        FindingBody {
            kind: name(finding.kind),
            weight: weight.to_owned(),
            file: finding.file,
            line: finding.line,
            column: finding.column,
            role: finding.role.map(|role| role.name().to_owned()),
            value: finding.value,
            message: finding.message,
        }
    }
}
