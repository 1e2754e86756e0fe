//! `kontor duplicates …`.

use clap::Subcommand;
use kontor_domain::duplicates::REPORTED_FROM;
use kontor_domain::rights::Viewer;

use super::actions::{self, Suspects, Wanted};
use super::forms::{parse_keys, parse_score};
use super::humans;
use super::store::Merge;
use crate::accounts::pages::name;
use crate::fault::Fault;
use crate::office::Office;

/// Finds accounts and people that were entered twice, makes one of two, and parts them again.
#[derive(Debug, Subcommand)]
pub enum DuplicatesCommand {
    /// List accounts, or people, that may be the same, with a score from 0 to 100 and the reasons
    List {
        /// People instead of accounts
        #[arg(long)]
        people: bool,
        /// The lowest score
        #[arg(long, default_value_t = REPORTED_FROM)]
        score: u8,
    },
    /// Say that two accounts, or two people, are two
    Dismiss {
        /// People instead of accounts
        #[arg(long)]
        people: bool,
        /// Id of one
        first: i64,
        /// Id of the other
        second: i64,
    },
    /// Make one account, or one person, of two; prints the id of the merge
    Merge {
        /// People instead of accounts
        #[arg(long)]
        people: bool,
        /// Id of the one that is kept
        kept: i64,
        /// Id of the one that becomes part of it
        gone: i64,
        /// Fields whose values are taken from the latter
        #[arg(long, value_delimiter = ',')]
        take: Vec<String>,
    },
    /// List merges with their ids
    Merges,
    /// Part two accounts or people again
    Undo {
        /// Id of the merge
        id: i64,
    },
}

impl DuplicatesCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            DuplicatesCommand::List { people: true, score } => {
                let suspects = humans::report(office, viewer, parse_score(Some(&score.to_string()))?).await?;
                Ok(if suspects.is_empty() {
                    "no duplicates".to_owned()
                } else {
                    suspects.iter().map(people_line).collect::<Vec<_>>().join("\n")
                })
            }
            DuplicatesCommand::Dismiss { people: true, first, second } => {
                humans::dismiss(office, viewer, first, second).await.map(|()| "dismissed".to_owned())
            }
            DuplicatesCommand::Merge { people: true, kept, gone, take } => {
                let id = humans::merge(office, viewer, &humans::Wanted { kept, gone, take }).await?;
                Ok(format!("merged; undo with kontor duplicates undo {id}"))
            }
            DuplicatesCommand::List { people: false, score } => {
                let suspects = actions::report(office, viewer, parse_score(Some(&score.to_string()))?).await?;
                Ok(if suspects.is_empty() { "no duplicates".to_owned() } else { suspects.iter().map(line).collect::<Vec<_>>().join("\n") })
            }
            DuplicatesCommand::Dismiss { people: false, first, second } => {
                actions::dismiss(office, viewer, first, second).await.map(|()| "dismissed".to_owned())
            }
            DuplicatesCommand::Merge { people: false, kept, gone, take } => {
                let take = parse_keys(take.iter().map(String::as_str))?;
                let id = actions::merge(office, viewer, &Wanted { kept, gone, take }).await?;
                Ok(format!("merged; undo with kontor duplicates undo {id}"))
            }
            DuplicatesCommand::Merges => {
                let merges = actions::merges(office, viewer).await?;
                Ok(merges.iter().map(merge_line).collect::<Vec<_>>().join("\n"))
            }
            DuplicatesCommand::Undo { id } => {
                let merge = actions::undo(office, viewer, id).await?;
                Ok(format!("{} and {} are two again", merge.kept_name, merge.gone_name))
            }
        }
    }
}

fn line(suspects: &Suspects) -> String {
    let reasons: Vec<&str> = suspects.pair.reasons.iter().map(|reason| reason.name()).collect();
    let (first, second) = (&suspects.first, &suspects.second);
    format!("{:>3}  {} {}  |  {} {}  ({})", suspects.pair.score, first.id, name(first), second.id, name(second), reasons.join(", "))
}

fn people_line(suspects: &humans::Suspects) -> String {
    let reasons: Vec<&str> = suspects.pair.reasons.iter().map(|reason| reason.name()).collect();
    let said = |someone: &humans::Someone| {
        let name = someone.person.data.full_name();
        let company = Some(&someone.company).filter(|company| !company.is_empty()).map(|company| format!(", {company}"));
        format!("{} {name}{}", someone.person.id, company.unwrap_or_default())
    };
    format!("{:>3}  {}  |  {}  ({})", suspects.pair.score, said(&suspects.first), said(&suspects.second), reasons.join(", "))
}

fn merge_line(merge: &Merge) -> String {
    let state = if merge.undone_at.is_some() { "undone" } else { "merged" };
    format!(
        "{:>5}  {:<7}  {}  {state}  {} {}  ←  {} {}",
        merge.id,
        merge.kind.name(),
        merge.at.format("%Y-%m-%d %H:%M"),
        merge.kept_id,
        merge.kept_name,
        merge.gone_id,
        merge.gone_name
    )
}
