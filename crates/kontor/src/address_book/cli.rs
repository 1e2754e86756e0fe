//! `kontor people …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use super::actions as list;
use super::export::{self, Format, Selection};
use super::forms::ListQuery;
use super::list::{Sort, Wanted};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::actions::{self, Shown};
use crate::people::contacts::actions as contacts;
use crate::people::contacts::store::Content;
use crate::web::texts::Texts;

/// So many people are listed.
const LISTED: u64 = 200;

/// People on the customers' side, from the command line of the machine.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Take in the contacts of a vCard, CSV or Excel file
    Import(ImportContactsArgs),
    /// List people by name
    List(ListArgs),
    /// Show one person
    Show {
        /// The person's id
        id: i64,
    },
    /// Write people to a file
    Export(ExportArgs),
}

/// The file to take in.
#[derive(Debug, Args)]
pub struct ImportContactsArgs {
    /// The file
    file: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// The legal basis of Article 6(1) GDPR: f, b or a
    #[arg(long, default_value = "f")]
    basis: String,
}

/// Whom to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Words of the name, a mail address, a telephone number
    #[arg(default_value = "")]
    search: String,
    /// An account: its number, SOURCE:NUMBER, its id as #12, or its name
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    /// How it stands with contact: overdue, never, due or fine
    #[arg(long, value_name = "STATE")]
    contact: Option<String>,
    /// name, company, changed, last_contact, contact (the most pressing first) or id
    #[arg(long, value_name = "ORDER")]
    sort: Option<String>,
}

/// Whom to write, and how.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    which: ListArgs,
    /// vcf (vCard 4.0), vcf3 (vCard 3.0, for Outlook), csv or xlsx
    #[arg(long, default_value = "vcf")]
    format: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl PeopleCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            PeopleCommand::Import(args) => {
                let file = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let content = contacts::import(office, viewer, &file, &args.file, args.dry_run, &args.basis).await?;
                Ok(report(&content, args.dry_run))
            }
            PeopleCommand::List(args) => {
                let found = list::list(office, viewer, &wanted(office, viewer, &args).await?, 0, LISTED).await?;
                let lines = found.rows.iter().map(|row| {
                    let role = row.employments.first().map(|employment| &employment.role);
                    let company = role.map(|role| actions::company(&found.accounts, role)).unwrap_or_default();
                    let function = role.map(|role| role.function.as_str()).unwrap_or_default();
                    let standing = row.contact.map(|contact| contact.standing);
                    let state = standing.map(|standing| standing.state.name()).unwrap_or_default();
                    let due = standing.and_then(|standing| standing.due_on).map(|day| day.to_string()).unwrap_or_default();
                    let name = row.person.data.full_name();
                    format!("{:<7} {name:<32} {state:<7} {due:<10} {company:<36} {function}", row.person.id).trim_end().to_owned()
                });
                let more = found.total.saturating_sub(found.rows.len() as u64);
                Ok(lines.chain((more > 0).then(|| format!("… and {more} more"))).collect::<Vec<_>>().join("\n"))
            }
            PeopleCommand::Show { id } => Ok(text(&actions::show(office, viewer, id).await?)),
            PeopleCommand::Export(args) => {
                let format = Format::named(&args.format)
                    .ok_or_else(|| Fault::Invalid(vec![FieldError::new("format", |t| t.people_choice_wrong()).one_of(Format::NAMES)]))?;
                let selection = Selection::List(Box::new(wanted(office, viewer, &args.which).await?));
                let bytes = export::write(office, viewer, Texts::of(Language::En), &selection, format).await?;
                std::fs::write(&args.out, bytes)?;
                Ok(format!("wrote {}", args.out.display()))
            }
        }
    }
}

async fn wanted(office: &Office, viewer: &Viewer, args: &ListArgs) -> Result<Wanted, Fault> {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let query = ListQuery {
        q: args.search.clone(),
        account: given(&args.account),
        contact: given(&args.contact),
        sort: given(&args.sort),
        ..ListQuery::default()
    };
    query.wanted(office, viewer, Sort::Name).await
}

/// What becomes of each contact, and what is none with line and reason.
fn report(content: &Content, is_dry: bool) -> String {
    let t = Texts::of(Language::En);
    let rows = content.rows.iter().map(|row| {
        let (contact, choice) = (&row.contact, <&str>::from(row.choice));
        let left = if contact.left.is_empty() { String::new() } else { format!(" (not taken in: {})", contact.left.join(", ")) };
        format!("line {:<6} {choice:<7} {}, {}{left}", contact.line, contact.data.full_name(), contact.company)
    });
    let rejected = content.rejected.iter().map(|rejected| {
        let reason = t.by_key(&format!("contacts-reason-{}", rejected.reason)).unwrap_or_else(|| rejected.reason.clone());
        format!("line {:<6} rejected: {reason}: {}", rejected.line, rejected.text.lines().next().unwrap_or_default())
    });
    let count = |name: &str| content.rows.iter().filter(|row| <&str>::from(row.choice) == name).count();
    let verb = if is_dry { "would be" } else { "were" };
    let sum = format!(
        "{} contacts: {} {verb} added, {} completed, {} skipped; {} rejected",
        content.rows.len(),
        count("new"),
        count("update"),
        count("skip"),
        content.rejected.len()
    );
    rows.chain(rejected).chain([sum]).collect::<Vec<_>>().join("\n")
}

fn text(shown: &Shown) -> String {
    let data = &shown.person.data;
    let mut lines = vec![data.full_name()];
    lines.extend(data.birthday.map(|birthday| format!("birthday: {birthday}")));
    for employment in &shown.employments {
        let role = &employment.role;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let line = format!("{}, {} {} ({} – {})", shown.company(role), role.function, role.department, day(role.from), day(role.to));
        lines.push(line);
    }
    let used = shown.channels.iter().filter(|channel| channel.ended_on.is_none());
    lines.extend(used.map(|channel| format!("{}: {}", channel.kind, channel.value.replace('\n', ", "))));
    lines.join("\n")
}
