//! `kontor user …`.

use clap::{Args, Subcommand};
use kontor_domain::audit::UserState;
use kontor_domain::rights::Viewer;

use super::forms::{NewUserForm, parse_role};
use super::{actions, store};
use crate::fault::Fault;
use crate::office::Office;

/// Adds and changes users from the command line of the machine.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// List all users
    List,
    /// Add a user; the user gets a password with `kontor user link`
    Add(AddArgs),
    /// Change a user's role
    Role {
        /// Mail address of the user
        mail: String,
        /// administrator, sales_lead, member or viewer
        role: String,
    },
    /// Let a user no longer sign in
    Deactivate {
        /// Mail address of the user
        mail: String,
    },
    /// Let a user sign in again
    Activate {
        /// Mail address of the user
        mail: String,
    },
    /// Print a link that signs a user in once, to set a password
    Link {
        /// Mail address of the user
        mail: String,
    },
}

/// The user to add.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Mail address to sign in with
    mail: String,
    /// Display name
    #[arg(long)]
    name: String,
    /// administrator, sales_lead, member or viewer
    #[arg(long, default_value = "member")]
    role: String,
}

impl UserCommand {
    /// Runs the command; returns what to print. `link` makes a sign-in link for a user id (it belongs to a later noun).
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<Outcome, Fault> {
        match self {
            UserCommand::List => Ok(Outcome::Text(table(&actions::list(office, viewer).await?))),
            UserCommand::Add(args) => {
                let form = NewUserForm { name: args.name, mail: args.mail, role: args.role };
                let new = form.parse().map_err(Fault::Invalid)?;
                actions::add(office, viewer, &new).await?;
                Ok(Outcome::Text(format!("added {}", new.mail)))
            }
            UserCommand::Role { mail, role } => {
                let role = parse_role(&role).map_err(|error| Fault::Invalid(vec![error]))?;
                change(office, viewer, &mail, |state| UserState { role, ..state }).await
            }
            UserCommand::Deactivate { mail } => change(office, viewer, &mail, |state| UserState { active: false, ..state }).await,
            UserCommand::Activate { mail } => change(office, viewer, &mail, |state| UserState { active: true, ..state }).await,
            UserCommand::Link { mail } => Ok(Outcome::LinkFor(by_mail(office, &mail).await?.id)),
        }
    }
}

/// What a user command comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Print this.
    Text(String),
    /// Make and print a sign-in link for this user.
    LinkFor(i64),
}

async fn by_mail(office: &Office, mail: &str) -> Result<store::User, Fault> {
    store::find_by_mail(office.db.read(), &mail.trim().to_lowercase()).await?.ok_or(Fault::field("mail", |t| t.team_mail_unknown()))
}

async fn change(office: &Office, viewer: &Viewer, mail: &str, to: impl FnOnce(UserState) -> UserState) -> Result<Outcome, Fault> {
    let user = by_mail(office, mail).await?;
    let after = to(UserState { name: user.name, role: user.role, active: user.active });
    actions::change(office, viewer, user.id, after.clone()).await?;
    let activity = if after.active { "active" } else { "not active" };
    Ok(Outcome::Text(format!("{mail}: {}, {activity}", after.role)))
}

fn table(users: &[store::User]) -> String {
    let lines = users.iter().map(|user| {
        let activity = if user.active { "active" } else { "not active" };
        format!("{:<32} {:<14} {:<11} {}", user.mail, user.role.name(), activity, user.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}
