//! `kontor interactions …`.

use clap::{Args, Subcommand};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use super::filter::Which;
use super::forms::{FilterForm, InteractionForm};
use super::names::Names;
use super::{actions, attachments};
use crate::accounts::find::meant;
use crate::fault::Fault;
use crate::office::Office;
use crate::team;
use crate::web::format::Locale;

const ISO: Locale = Locale::of(Language::En);

/// Logs and lists contacts with customers.
#[derive(Debug, Subcommand)]
pub enum InteractionsCommand {
    /// Log a contact
    Log(LogArgs),
    /// List contacts, the newest first; what is private to its author is not among them
    List(ListArgs),
    /// Show one contact
    Show {
        /// Its number
        id: i64,
    },
}

/// The contact to log.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
    #[arg(long)]
    account: String,
    /// visit, call, video, mail or event
    #[arg(long, default_value = "visit")]
    kind: String,
    /// Day, ISO 8601; today when absent
    #[arg(long)]
    day: Option<String>,
    /// Start, 14:30
    #[arg(long, default_value = "")]
    time: String,
    /// How many minutes
    #[arg(long, default_value_t = kontor_domain::interaction::MINUTES_USUAL)]
    minutes: u32,
    /// What for
    #[arg(long, default_value = "")]
    purpose: String,
    /// What came of it
    #[arg(long, default_value = "")]
    outcome: String,
    /// Id of one of the customer's people; may be given several times
    #[arg(long = "person")]
    persons: Vec<i64>,
    /// Mail address of one of our people; may be given several times
    #[arg(long = "user")]
    users: Vec<String>,
    /// Who else took part
    #[arg(long, default_value = "")]
    others: String,
    /// What is to be done next
    #[arg(long, default_value = "")]
    step: String,
    /// By which day, ISO 8601
    #[arg(long, default_value = "")]
    step_due: String,
    /// By whom: mail address of one of our people
    #[arg(long)]
    step_user: Option<String>,
    /// team or all
    #[arg(long, default_value = "all")]
    confidentiality: String,
}

/// What to look for.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Number or name of the account
    #[arg(long)]
    account: Option<String>,
    /// Kinds, separated by commas
    #[arg(long, default_value = "")]
    kind: String,
    /// From this day, ISO 8601
    #[arg(long, default_value = "")]
    from: String,
    /// To this day, ISO 8601
    #[arg(long, default_value = "")]
    to: String,
    /// Words
    #[arg(long, default_value = "")]
    text: String,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    limit: u64,
}

impl InteractionsCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            InteractionsCommand::Log(args) => log(office, viewer, args).await,
            InteractionsCommand::List(args) => list(office, viewer, args).await,
            InteractionsCommand::Show { id } => show(office, viewer, id).await,
        }
    }
}

async fn user(office: &Office, mail: &str) -> Result<i64, Fault> {
    let found = team::store::find_by_mail(office.db.read(), &mail.trim().to_lowercase()).await?;
    Ok(found.ok_or_else(|| Fault::field("user", |t| t.interactions_user_unknown()))?.id)
}

async fn log(office: &Office, viewer: &Viewer, args: LogArgs) -> Result<String, Fault> {
    let today = office.today();
    let mut users = Vec::new();
    for mail in &args.users {
        users.push(user(office, mail).await?.to_string());
    }
    let step_user = match &args.step_user {
        Some(mail) => user(office, mail).await?.to_string(),
        None => String::new(),
    };
    // Nobody could ever read it: at the command line there is no author who comes back.
    if args.confidentiality == "private" {
        return Err(Fault::field("confidentiality", |t| t.interactions_private_of_others()));
    }
    let form = InteractionForm {
        account: meant(office, viewer, &args.account).await?.to_string(),
        kind: args.kind,
        day: args.day.unwrap_or_else(|| today.to_string()),
        time: args.time,
        minutes: args.minutes.to_string(),
        purpose: args.purpose,
        outcome: args.outcome,
        others: args.others,
        persons: args.persons.iter().map(i64::to_string).collect(),
        users,
        step: args.step,
        step_due: args.step_due,
        step_user,
        confidentiality: args.confidentiality,
        next: String::new(),
    };
    let entry = form.parse(ISO, today).map_err(Fault::Invalid)?;
    let id = actions::log(office, viewer, entry).await?;
    Ok(format!("logged {id}"))
}

async fn list(office: &Office, viewer: &Viewer, args: ListArgs) -> Result<String, Fault> {
    let which = match &args.account {
        Some(typed) => Which::Accounts(vec![meant(office, viewer, typed).await?]),
        None => Which::All,
    };
    let form = FilterForm { kind: args.kind, from: args.from, to: args.to, text: args.text, ..FilterForm::default() };
    let found = actions::list(office, viewer, &form.parse(ISO, which)?, None, args.limit.clamp(1, 100_000)).await?;
    let names = Names::of(office, viewer, &found).await?;
    let lines = found.iter().map(|interaction| {
        let entry = &interaction.entry;
        format!(
            "{:>7}  {}  {:<6} {:>4}  {:<36} {}",
            interaction.id,
            entry.day,
            entry.kind,
            entry.minutes,
            names.account(entry.account_id),
            entry.purpose
        )
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<String, Fault> {
    let shown = actions::show(office, viewer, id).await?;
    let names = Names::of(office, viewer, std::slice::from_ref(&shown.interaction)).await?;
    let entry = &shown.interaction.entry;
    let persons: Vec<&str> = entry.persons.iter().filter_map(|&id| names.person(id)).collect();
    let users: Vec<&str> = entry.users.iter().map(|&id| names.user(id)).collect();
    let mut lines = vec![
        format!("{} {} with {}", entry.day, entry.kind, names.account(entry.account_id)),
        format!("minutes:         {}", entry.minutes),
        format!("purpose:         {}", entry.purpose),
        format!(
            "their people:    {}",
            persons.into_iter().chain(Some(entry.others.as_str()).filter(|others| !others.is_empty())).collect::<Vec<_>>().join(", ")
        ),
        format!("our people:      {}", users.join(", ")),
        format!("confidentiality: {}", entry.confidentiality),
        format!("author:          {}", shown.interaction.author),
    ];
    if let Some(step) = &entry.step {
        let due = step.due.map(|due| format!(" by {due}")).unwrap_or_default();
        let done = if shown.interaction.step_done_at.is_some() { " (done)" } else { "" };
        lines.push(format!("next step:       {}{due}{done}", step.text));
    }
    lines.extend(
        shown
            .attachments
            .iter()
            .map(|file: &attachments::store::Attachment| format!("file:            {} ({} bytes)", file.name, file.size_bytes)),
    );
    if !entry.outcome.is_empty() {
        lines.push(String::new());
        lines.push(entry.outcome.clone());
    }
    Ok(lines.join("\n"))
}
