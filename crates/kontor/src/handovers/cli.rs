//! `kontor team workload` and `kontor team handover`, beside what the noun of account teams offers.

use std::collections::BTreeMap;

use clap::Subcommand;
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use super::actions;
use super::forms::{Wanted, parse_note};
use super::workload::{self, Sort};
use crate::accounts::find::meant;
use crate::assignments::cli::TeamCommand as AccountTeamCommand;
use crate::assignments::forms::parse_day;
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::team::cli::by_mail;
use crate::web::format::Locale;

/// Shows and changes who looks after which account.
#[derive(Debug, Subcommand)]
pub enum TeamCommand {
    /// Of single accounts.
    #[command(flatten)]
    Accounts(AccountTeamCommand),
    /// Hand accounts over from one user to another
    Handover {
        /// Mail address of who hands over
        from: String,
        /// Mail address of who takes over
        to: String,
        /// The accounts: numbers, SOURCE:NUMBER, ids as #12, or names; all when none is given
        accounts: Vec<String>,
        /// First day of who takes over; today when absent
        #[arg(long)]
        on: Option<String>,
        /// What is to be said about it
        #[arg(long)]
        note: Option<String>,
    },
    /// Show how much each key account manager looks after
    Workload {
        /// name, accounts, a, b, c, contacts or revenue
        #[arg(long, default_value = "revenue")]
        sort: String,
    },
}

impl TeamCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            TeamCommand::Accounts(command) => command.run(office, viewer).await,
            TeamCommand::Handover { from, to, accounts, on, note } => {
                let one = |error| Fault::Invalid(vec![error]);
                let on = parse_day("on", on.as_deref().unwrap_or_default(), Locale::of(Language::En)).map_err(one)?;
                let mut chosen = BTreeMap::new();
                for account in &accounts {
                    chosen.insert(meant(office, viewer, account).await?, None);
                }
                let wanted = Wanted {
                    from: by_mail(office, &from).await?.id,
                    to: by_mail(office, &to).await?.id,
                    on: on.unwrap_or_else(|| office.today()),
                    note: parse_note("note", note.as_deref().unwrap_or_default()).map_err(one)?,
                    accounts: (!chosen.is_empty()).then_some(chosen),
                };
                let id = actions::hand_over(office, viewer, &wanted).await?;
                let count = actions::show(office, viewer, id).await.map_or(0, |shown| shown.accounts.len());
                Ok(format!("handover {id}: {count} accounts from {from} to {to} as of {}", wanted.on))
            }
            TeamCommand::Workload { sort } => {
                let settings = settings::store::current(office.db.read()).await?;
                let loads = workload::workload(office, viewer, &settings, Sort::parse(&sort)?).await?;
                let line = |load: &workload::Load| {
                    let name = load.user.as_ref().map_or("nobody", |(_, name)| name);
                    let [a, b, c] = load.classes;
                    format!("{name:<28} {:>6} {a:>5} {b:>5} {c:>5} {:>14.1} {:>18}", load.accounts, load.contacts_per_month, load.revenue)
                };
                let head = format!("{:<28} {:>6} {:>5} {:>5} {:>5} {:>14} {:>18}", "", "all", "A", "B", "C", "contacts/month", "revenue");
                Ok(std::iter::once(head).chain(loads.iter().map(line)).collect::<Vec<_>>().join("\n"))
            }
        }
    }
}
