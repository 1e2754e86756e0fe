//! `kontor team …`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use super::actions::{self, Member, Outcome, Planned, Selection};
use super::forms::{AssignForm, parse_day};
use crate::accounts::find::meant;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::cli::by_mail;
use crate::web::format::Locale;

/// Shows and changes who looks after which account.
#[derive(Debug, Subcommand)]
pub enum TeamCommand {
    /// List the team of an account
    List {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
        /// The day; today when absent
        #[arg(long)]
        day: Option<String>,
    },
    /// Give a user a role on accounts
    Assign(AssignArgs),
    /// End a role on an account
    End {
        /// The assignment, as `list` shows it
        assignment: i64,
        /// Its last day; today when absent
        #[arg(long)]
        to: Option<String>,
    },
}

/// Who is to look after which accounts.
#[derive(Debug, Args)]
pub struct AssignArgs {
    /// Mail address of the user
    mail: String,
    /// kam, deputy, sales_rep, project_manager, service, crm_manager, liaison_manager or executive_sponsor
    role: String,
    /// The accounts: numbers, SOURCE:NUMBER, ids as #12, or names
    accounts: Vec<String>,
    /// All accounts of an industry
    #[arg(long, conflicts_with = "accounts")]
    industry: Option<String>,
    /// The role covers all that the accounts control, too
    #[arg(long)]
    group: bool,
    /// First day; today when absent
    #[arg(long)]
    from: Option<String>,
    /// Last day; open when absent
    #[arg(long)]
    to: Option<String>,
    /// Follow on a KAM who is there already
    #[arg(long)]
    replace: bool,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

impl TeamCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            TeamCommand::List { account, day } => {
                let id = meant(office, viewer, &account).await?;
                let team = actions::team(office, viewer, id, day_or_today(office, "day", day.as_deref())?).await?;
                let groups = [("", team.now), ("later", team.later), ("past", team.past)];
                let lines = groups.into_iter().flat_map(|(when, members)| members.into_iter().map(move |member| line(&member, id, when)));
                Ok(lines.collect::<Vec<_>>().join("\n"))
            }
            TeamCommand::Assign(args) => args.run(office, viewer).await,
            TeamCommand::End { assignment, to } => {
                let to = day_or_today(office, "to", to.as_deref())?;
                actions::end(office, viewer, assignment, to).await?;
                Ok(format!("ended on {to}"))
            }
        }
    }
}

impl AssignArgs {
    async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        let form = AssignForm {
            user: by_mail(office, &self.mail).await?.id.to_string(),
            role: self.role,
            reach: if self.group { "group" } else { "account" }.to_owned(),
            from: self.from.unwrap_or_default(),
            to: self.to.unwrap_or_default(),
            replace: self.replace.then(|| "on".to_owned()),
        };
        let wanted = form.parse(Locale::of(Language::En), office.today()).map_err(Fault::Invalid)?;
        let mut ids = Vec::new();
        for account in &self.accounts {
            ids.push(meant(office, viewer, account).await?);
        }
        // A KAM may change the team of one account, which is another verb than that of many.
        if let ([id], false) = (ids.as_slice(), self.dry_run) {
            actions::assign(office, viewer, *id, &wanted).await?;
            return Ok("assigned".to_owned());
        }
        let selection = self.industry.map_or(Selection::Accounts(ids), Selection::Industry);
        let planned = match self.dry_run {
            true => actions::preview(office, viewer, &selection, &wanted).await?,
            false => actions::assign_many(office, viewer, &selection, &wanted).await?,
        };
        Ok(planned.iter().map(planned_line).collect::<Vec<_>>().join("\n"))
    }
}

fn day_or_today(office: &Office, field: &'static str, text: Option<&str>) -> Result<NaiveDate, Fault> {
    let day = parse_day(field, text.unwrap_or_default(), Locale::of(Language::En)).map_err(|error| Fault::Invalid(vec![error]))?;
    Ok(day.unwrap_or_else(|| office.today()))
}

fn line(member: &Member, account_id: i64, when: &str) -> String {
    let assignment = &member.assignment;
    let to = assignment.to.map(|to| to.to_string()).unwrap_or_default();
    let above = if assignment.account_id == account_id { "" } else { "by group" };
    format!("{:>6} {:<18} {:<28} {} {to:<10} {when:<5} {above}", member.id, assignment.role, member.name, assignment.from)
        .trim_end()
        .to_owned()
}

fn planned_line(planned: &Planned) -> String {
    let outcome = match &planned.outcome {
        Outcome::Added => "added".to_owned(),
        Outcome::Follows(_, name) => format!("follows {name}"),
        Outcome::Already => "has it already".to_owned(),
        Outcome::Taken(name) => format!("left as it is: {name} is KAM"),
    };
    format!("#{:<6} {:<40} {outcome}", planned.account_id, planned.account)
}
