//! `kontor accounts …`.

use clap::{Args, Subcommand};
use kontor_domain::account::Lifecycle;
use kontor_domain::rights::Viewer;

use super::actions::{self, Sheet};
use super::find::meant;
use super::forms::{self, Typed};
use super::list::{self, Archived, Filter};
use super::pages::name;
use super::store::Account;
use crate::fault::Fault;
use crate::office::Office;

/// How many events `history` prints.
const HISTORY: u64 = 200;

/// Lists, shows and changes master data from the command line of the machine.
#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// List accounts with their ids
    List(ListArgs),
    /// Show what is kept about an account
    Show {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
    },
    /// Add an account without a customer number
    New {
        /// Values as FIELD=VALUE: name, legal_form, lifecycle, industry, employees, street, postal_code, city, country, website, vat_id, lei, language, tags, custom.KEY
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Change fields of an account; nothing after the = empties a field
    Set {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
        /// Values as FIELD=VALUE
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Put an account away; it keeps everything
    Archive {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
        /// Bring it back instead
        #[arg(long)]
        undo: bool,
    },
    /// Print who changed what and when; with --restore and --field, write the value from before that event back
    History {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
        /// The event whose change shall be taken back
        #[arg(long, requires = "field")]
        restore: Option<i64>,
        /// The field to restore
        #[arg(long, requires = "restore")]
        field: Option<String>,
    },
}

/// Which accounts.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Part of the name, a number, a city
    #[arg(default_value = "")]
    search: String,
    /// Only those with this tag
    #[arg(long)]
    tag: Option<String>,
    /// Only prospect, active or former ones
    #[arg(long)]
    lifecycle: Option<String>,
    /// Only those of this industry
    #[arg(long)]
    industry: Option<String>,
    /// Archived ones alone
    #[arg(long)]
    archived: bool,
}

impl AccountsCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            AccountsCommand::List(args) => {
                let accounts = list::list(office, viewer, &args.filter()?).await?;
                Ok(accounts.iter().map(|account| line(account)).collect::<Vec<_>>().join("\n"))
            }
            AccountsCommand::Show { account } => {
                let id = meant(office, viewer, &account).await?;
                Ok(sheet(&actions::show(office, viewer, id).await?))
            }
            AccountsCommand::New { values } => {
                let id = actions::add(office, viewer, forms::parse_given(&given(&values)?).map_err(Fault::Invalid)?).await?;
                Ok(format!("added account #{id}"))
            }
            AccountsCommand::Set { account, values } => {
                let id = meant(office, viewer, &account).await?;
                let values = forms::parse_given(&given(&values)?).map_err(Fault::Invalid)?;
                let changes = actions::change(office, viewer, id, &values).await?;
                let told = changes.iter().map(|change| told(&change.field, &change.before, &change.after));
                Ok(if changes.is_empty() { "nothing changed".to_owned() } else { told.collect::<Vec<_>>().join("\n") })
            }
            AccountsCommand::Archive { account, undo } => {
                let id = meant(office, viewer, &account).await?;
                match undo {
                    false => actions::archive(office, viewer, id).await.map(|()| "archived".to_owned()),
                    true => actions::bring_back(office, viewer, id).await.map(|()| "brought back".to_owned()),
                }
            }
            AccountsCommand::History { account, restore, field } => {
                let id = meant(office, viewer, &account).await?;
                match (restore, field) {
                    (Some(event), Some(field)) => {
                        actions::restore(office, viewer, id, event, &field).await?;
                        Ok(format!("{field} restored"))
                    }
                    _ => history(office, viewer, id).await,
                }
            }
        }
    }
}

impl ListArgs {
    fn filter(self) -> Result<Filter, Fault> {
        let lifecycle: Option<Lifecycle> = self
            .lifecycle
            .map(|text| text.parse().map_err(|wrong| Fault::Invalid(vec![forms::wrong_at("lifecycle".to_owned(), wrong)])))
            .transpose()?;
        let archived = if self.archived { Archived::Yes } else { Archived::No };
        Ok(Filter { search: self.search, tag: self.tag, lifecycle, industry: self.industry, archived })
    }
}

fn given(values: &[String]) -> Result<Typed, Fault> {
    let pair = |text: &String| match text.split_once('=') {
        Some((field, value)) => Ok((field.trim().to_owned(), value.to_owned())),
        None => Err(Fault::field(text.clone(), |t| t.accounts_wrong_pair())),
    };
    values.iter().map(pair).collect()
}

fn line(account: &Account) -> String {
    let number = account.numbers.first().map_or("–", |number| number.number.as_str());
    let city = account.master.city.as_deref().unwrap_or("–");
    let id = format!("#{}", account.id);
    format!("{id:>7}  {:<14} {:<9} {:<44} {}", number, account.master.lifecycle.name(), name(account), city)
}

fn sheet(sheet: &Sheet) -> String {
    let record = sheet.account.record();
    let mut lines: Vec<String> = Vec::new();
    let mut tell = |name: &str, value: &str| lines.push(format!("{name:<24} {value}"));
    for key in super::pages::values::keys(&sheet.fields) {
        if let Some(value) = record.value(&key) {
            tell(&key.to_string(), &value);
        }
    }
    for (number, _) in &sheet.said {
        tell(&format!("number in {}", number.source), &number.number);
    }
    for stored in &sheet.addresses {
        tell(&format!("address {} ({})", stored.id, stored.address.kind.name()), &stored.address.lines().join(", "));
    }
    for field in &record.hand_set {
        tell("set by hand", field.name());
    }
    if let Some(at) = sheet.account.more.archived_at {
        tell("archived", &at.date_naive().to_string());
    }
    lines.join("\n")
}

async fn history(office: &Office, viewer: &Viewer, id: i64) -> Result<String, Fault> {
    let history = actions::history(office, viewer, id, None, HISTORY).await?;
    let mut lines = Vec::new();
    for change in history.changes {
        let entry = change.entry;
        lines.push(format!("{:>7}  {}  {}  {}", entry.id, entry.at.format("%Y-%m-%d %H:%M"), entry.actor, entry.event.kind()));
        lines.extend(change.changes.iter().map(|change| format!("         {}", told(&change.field, &change.before, &change.after))));
    }
    Ok(lines.join("\n"))
}

fn told(field: &str, before: &Option<String>, after: &Option<String>) -> String {
    let shown = |value: &Option<String>| value.as_deref().map_or_else(|| "–".to_owned(), |value| value.replace('\n', ", "));
    format!("{field}: {} → {}", shown(before), shown(after))
}
