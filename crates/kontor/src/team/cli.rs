//! `kontor user …` and `kontor unit …`.

use clap::{Args, Subcommand};
use kontor_domain::audit::{UnitState, UserState};
use kontor_domain::rights::Viewer;
use kontor_domain::team::{Unit, unit_tree};

use super::forms::{NewUserForm, UnitForm, parse_role};
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
    /// Put a user into a unit, or into none
    Unit {
        /// Mail address of the user
        mail: String,
        /// Name of the unit; none takes the user out of it
        unit: Option<String>,
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
        /// The address users see; the link begins with it
        #[arg(long, env = "KONTOR_PUBLIC_URL", value_name = "URL")]
        public_url: Option<String>,
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
    /// Name of the unit
    #[arg(long)]
    unit: Option<String>,
}

/// Adds and changes units of the company.
#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// List all units as a tree
    List,
    /// Add a unit
    Add {
        /// What it is called
        name: String,
        /// Name of the unit above
        #[arg(long)]
        below: Option<String>,
    },
    /// Rename, move, archive or reopen a unit
    Change {
        /// What it is called now
        unit: String,
        /// What it is to be called
        #[arg(long)]
        name: Option<String>,
        /// Name of the unit above; an empty one puts it at the top
        #[arg(long)]
        below: Option<String>,
        /// Nobody joins it any more: true or false
        #[arg(long)]
        archived: Option<bool>,
    },
}

impl UnitCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        let units = actions::units(office).await?;
        match self {
            UnitCommand::List => Ok(unit_tree(&units).into_iter().map(unit_line).collect::<Vec<_>>().join("\n")),
            UnitCommand::Add { name, below } => {
                let form = UnitForm { name, parent: parent(&units, below.as_deref())?, archived: None };
                actions::add_unit(office, viewer, form.parse().map_err(Fault::Invalid)?).await?;
                Ok(format!("added {}", form.name))
            }
            UnitCommand::Change { unit, name, below, archived } => {
                let known = units.iter().find(|known| known.name == unit).ok_or_else(|| Fault::field("unit", |t| t.team_unit_unknown()))?;
                let now = UnitForm::of(known);
                let parent = if below.is_some() { parent(&units, below.as_deref())? } else { now.parent };
                let form = UnitForm { name: name.unwrap_or(now.name), parent, archived: None };
                let state = form.parse().map_err(Fault::Invalid)?;
                let state = UnitState { archived: archived.unwrap_or(known.archived), ..state };
                actions::change_unit(office, viewer, known.id, state).await?;
                Ok(format!("changed {}", form.name))
            }
        }
    }
}

fn unit_line((depth, unit): (usize, &Unit)) -> String {
    format!("{}{}{}", "  ".repeat(depth), unit.name, if unit.archived { "  (archived)" } else { "" })
}

/// The id, as forms have it, of a unit by name; nothing for no name.
fn parent(units: &[Unit], name: Option<&str>) -> Result<String, Fault> {
    match name.map(str::trim).filter(|name| !name.is_empty()) {
        None => Ok(String::new()),
        Some(name) => {
            let unit = units.iter().find(|unit| unit.name == name).ok_or_else(|| Fault::field("unit", |t| t.team_unit_unknown()))?;
            Ok(unit.id.to_string())
        }
    }
}

impl UserCommand {
    /// Runs the command; returns what to print. `link` makes a sign-in link for a user id (it belongs to a later noun).
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<Outcome, Fault> {
        match self {
            UserCommand::List => Ok(Outcome::Text(table(&actions::list(office, viewer).await?))),
            UserCommand::Add(args) => {
                let unit = parent(&actions::units(office).await?, args.unit.as_deref())?;
                let form = NewUserForm { name: args.name, mail: args.mail, role: args.role, unit };
                let new = form.parse().map_err(Fault::Invalid)?;
                actions::add(office, viewer, &new).await?;
                Ok(Outcome::Text(format!("added {}", new.mail)))
            }
            UserCommand::Role { mail, role } => {
                let role = parse_role(&role).map_err(|error| Fault::Invalid(vec![error]))?;
                change(office, viewer, &mail, |state| UserState { role, ..state }).await
            }
            UserCommand::Unit { mail, unit } => {
                let unit_id = parent(&actions::units(office).await?, unit.as_deref())?.parse().ok();
                change(office, viewer, &mail, |state| UserState { unit_id, ..state }).await
            }
            UserCommand::Deactivate { mail } => change(office, viewer, &mail, |state| UserState { active: false, ..state }).await,
            UserCommand::Activate { mail } => change(office, viewer, &mail, |state| UserState { active: true, ..state }).await,
            UserCommand::Link { mail, public_url } => Ok(Outcome::LinkFor { id: by_mail(office, &mail).await?.id, public_url }),
        }
    }
}

/// What a user command comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Print this.
    Text(String),
    /// Make and print a sign-in link for this user.
    LinkFor {
        /// The user.
        id: i64,
        /// The address it begins with, if that is known.
        public_url: Option<String>,
    },
}

/// The user with this mail address.
pub async fn by_mail(office: &Office, mail: &str) -> Result<store::User, Fault> {
    store::find_by_mail(office.db.read(), &mail.trim().to_lowercase()).await?.ok_or(Fault::field("mail", |t| t.team_mail_unknown()))
}

async fn change(office: &Office, viewer: &Viewer, mail: &str, to: impl FnOnce(UserState) -> UserState) -> Result<Outcome, Fault> {
    let user = by_mail(office, mail).await?;
    let after = to(user.state());
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
