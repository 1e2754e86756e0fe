//! `kontor groups …`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use kontor_domain::group::{Edge, Graph, Kind};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use super::forms::{EdgeForm, Relation, parse_day};
use super::pages::name_of;
use super::{actions, import};
use crate::accounts::directory::{self, Directory};
use crate::accounts::find::meant;
use crate::aside::aside;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// Shows, enters, ends and imports corporate groups.
#[derive(Debug, Subcommand)]
pub enum GroupsCommand {
    /// Show the group of an account and its edges
    Show {
        /// The account: its number, SOURCE:NUMBER, its id as #12, or its name
        account: String,
        /// The day; today when absent
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
    },
    /// Enter an edge: the first account is held by the second, or paid or received for
    Add(AddArgs),
    /// End an edge
    End {
        /// The edge, as `show` tells it
        edge: i64,
        /// Its last day; today when absent
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// Enter who is a subsidiary of whom from a CSV file or workbook
    Import {
        /// The file; its columns are found by their headers
        file: PathBuf,
        /// Make prospects of names that no account has
        #[arg(long)]
        create: bool,
        /// Only say what would be entered
        #[arg(long)]
        dry_run: bool,
    },
}

/// The edge to enter.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The account (number, SOURCE:NUMBER, #ID or name) that is held, paid for or received for
    child: String,
    /// The account (number, SOURCE:NUMBER, #ID or name) that holds, pays or receives
    parent: String,
    /// subsidiary, joint_venture, pays_for or receives_for
    #[arg(long, default_value = "subsidiary")]
    kind: String,
    /// The share in percent
    #[arg(long)]
    share: Option<String>,
    /// First day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

fn locale() -> Locale {
    Locale::of(Language::En)
}

fn day(office: &Office, field: &'static str, text: Option<&str>) -> Result<NaiveDate, Fault> {
    let day = parse_day(field, text.unwrap_or_default(), locale()).map_err(|error| Fault::Invalid(vec![error]))?;
    Ok(day.unwrap_or_else(|| office.today()))
}

impl GroupsCommand {
    /// Runs the command; returns what to print.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        match self {
            GroupsCommand::Show { account: text, as_of } => {
                let (id, on) = (meant(office, viewer, &text).await?, day(office, "as_of", as_of.as_deref())?);
                let directory = directory::current(office, viewer).await?;
                Ok(shown(&directory, &*actions::graph(office, viewer).await?, id, on))
            }
            GroupsCommand::Add(args) => args.run(office, viewer).await,
            GroupsCommand::End { edge, on } => {
                let last = day(office, "on", on.as_deref())?;
                actions::end(office, viewer, edge, last).await?;
                Ok(format!("ended on {last}"))
            }
            GroupsCommand::Import { file, create, dry_run } => imported(office, viewer, &file, create, dry_run).await,
        }
    }
}

impl AddArgs {
    async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        let kind: Kind =
            self.kind.parse().map_err(|_| Fault::Invalid(vec![FieldError::new("kind", |t| t.groups_kind_wrong()).one_of(Kind::ALL)]))?;
        let (child, parent) = (meant(office, viewer, &self.child).await?, meant(office, viewer, &self.parent).await?);
        let form = EdgeForm {
            relation: Relation { kind, is_up: true }.name(),
            account: String::new(),
            share: self.share.unwrap_or_default(),
            from: self.from.unwrap_or_default(),
            to: self.to.unwrap_or_default(),
        };
        let terms = form.parse_terms(locale()).map_err(Fault::Invalid)?;
        let id = actions::add(office, viewer, parent, child, terms).await?;
        Ok(format!("entered edge {id}"))
    }
}

/// The tree of the group, then the edges that make no group.
fn shown(directory: &Directory, graph: &Graph, id: i64, on: NaiveDate) -> String {
    let members = graph.group(id, on);
    let mut lines = Vec::new();
    let mut open = vec![(members[0], 0)];
    while let Some((account, depth)) = open.pop() {
        let edge =
            graph.controller(account, on).and_then(|parent| graph.above(account).find(|edge| edge.parent == parent && edge.holds_on(on)));
        let held = edge.filter(|_| depth > 0).map(|edge| format!("  {}", terms(edge))).unwrap_or_default();
        let mark = if account == id { "*" } else { " " };
        lines.push(format!("{mark} {}{}{held}", "  ".repeat(depth), name_of(directory, account)));
        open.extend(graph.controlled(account, on).into_iter().rev().map(|child| (child, depth + 1)));
    }
    for edge in graph.around(&members, on) {
        lines.push(format!("- {} {} {}  {}", name_of(directory, edge.parent), edge.kind, name_of(directory, edge.child), terms(edge)));
    }
    lines.join("\n")
}

/// An edge's id, share and days.
fn terms(edge: &Edge) -> String {
    let share = edge.share.map(|share| format!("{share} %"));
    let from = edge.from.map(|day| format!("from {day}"));
    let to = edge.to.map(|day| format!("to {day}"));
    let parts: Vec<String> = [Some(format!("edge {}", edge.id)), share, from, to].into_iter().flatten().collect();
    format!("[{}]", parts.join(", "))
}

async fn imported(office: &Office, viewer: &Viewer, file: &std::path::Path, create: bool, dry_run: bool) -> Result<String, Fault> {
    let path = file.to_owned();
    let table = aside(move || import::read(&path)).await??;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let outcome = match dry_run {
        true => import::preview(office, viewer, &table.rows, create).await?,
        false => import::run(office, viewer, &name, &table.rows, create).await?,
    };
    let t = Texts::of(Language::En);
    let would = if dry_run { "would be " } else { "" };
    let mut lines = vec![format!(
        "{} edges {would}entered, {} known already, {} rows without a parent",
        outcome.edges.len(),
        outcome.known,
        table.without_parent
    )];
    if create && !outcome.created.is_empty() {
        lines.push(format!("{} prospects {would}created: {}", outcome.created.len(), outcome.created.join(", ")));
    }
    lines.extend(outcome.problems.iter().map(|problem| format!("line {}: {}: {}", problem.line, problem.value, problem.message(t))));
    Ok(lines.join("\n"))
}
