//! `kontor cadence …`.

use clap::{Args, Subcommand};
use kontor_domain::rights::Viewer;

use super::actions;
use super::forms::FilterForm;
use crate::fault::Fault;
use crate::interactions::names::Names;
use crate::office::Office;
use crate::team;

/// Says whom there should be contact with.
#[derive(Debug, Subcommand)]
pub enum CadenceCommand {
    /// List accounts and people that wait for contact, the most pressing first
    List(ListArgs),
}

/// What to look for.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Mail address of a key account manager
    #[arg(long)]
    kam: Option<String>,
    /// A, B or C
    #[arg(long, default_value = "")]
    class: String,
    /// overdue, never, due or fine; all but fine when absent
    #[arg(long, default_value = "")]
    state: String,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

impl CadenceCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        let CadenceCommand::List(args) = self;
        let kam = match &args.kam {
            None => String::new(),
            Some(mail) => {
                let user = team::store::find_by_mail(office.db.read(), &mail.trim().to_lowercase()).await?;
                user.ok_or_else(|| Fault::field("kam", |t| t.interactions_user_unknown()))?.id.to_string()
            }
        };
        let form = FilterForm { kam, class: args.class, state: args.state };
        let mut found = actions::list(office, viewer, form.parse()?).await?;
        found.truncate(args.limit);
        let persons = found.iter().filter_map(|contact| contact.person_id);
        let names = Names::of_ids(office, viewer, found.iter().map(|contact| contact.account_id), persons).await?;
        let lines = found.iter().map(|contact| {
            let standing = &contact.standing;
            let last = standing.last.map_or_else(|| "-".to_owned(), |(day, kind)| format!("{day} {kind}"));
            let class = contact.class.map_or_else(|| "-".to_owned(), |class| class.to_string());
            let person = contact.person_id.and_then(|id| names.person(id)).map(|name| format!(", {name}")).unwrap_or_default();
            let interval = standing.interval;
            format!("{:<8} {class} {last:<17} {interval:>9}  {}{person}", standing.state.name(), names.account(contact.account_id))
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}
