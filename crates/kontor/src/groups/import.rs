//! A hierarchy from a file: who is a subsidiary of whom. What does not fit is told with line and value, and nothing becomes an account unless asked so.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use kontor_domain::audit::Event;
use kontor_domain::group::{Edge, Graph, Kind, Refusal, Share};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Language;
use kontor_ledger::read;

use super::actions::whole;
use super::forms::parse_day;
use super::store;
use crate::accounts;
use crate::accounts::directory::{self, Directory};
use crate::accounts::search::Folded;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::require;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// So many rows at most; a hierarchy of more is no file for a browser.
pub const ROWS_MAX: usize = 100_000;

/// A row of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// Number or name of the account.
    pub account: String,
    /// Number or name of its parent.
    pub parent: String,
    /// The share in percent.
    pub share: String,
    /// First day.
    pub from: String,
}

/// Which column plays which role, and the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The headers of the columns used: account, parent, share, first day.
    pub headers: [Option<String>; 4],
    /// The rows that name a parent.
    pub rows: Vec<Row>,
    /// How many rows name none.
    pub without_parent: usize,
}

/// A row that comes to nothing.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its line.
    pub line: u64,
    /// The value that is wrong.
    pub value: String,
    why: FieldError,
}

impl Problem {
    /// Why, in the reader's language.
    pub fn message(&self, t: &Texts) -> String {
        self.why.message(t)
    }
}

/// What an import comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The edges entered, or to be entered; new accounts have ids below zero before they exist.
    pub edges: Vec<Edge>,
    /// How many edges were there already.
    pub known: usize,
    /// Names that no account has: those to be created, or, where nothing is created, those missing.
    pub created: Vec<String>,
    /// What comes to nothing.
    pub problems: Vec<Problem>,
}

const ACCOUNT: &[&str] = &[
    "account",
    "accountnumber",
    "accountno",
    "accountname",
    "customer",
    "customernumber",
    "customerid",
    "customername",
    "company",
    "child",
    "subsidiary",
    "name",
    "number",
    "kunde",
    "kundennummer",
    "kundennr",
    "kundenname",
    "firma",
    "tochter",
    "konto",
    "nummer",
];
const PARENT: &[&str] = &[
    "subsidiaryof",
    "parent",
    "parentaccount",
    "parentnumber",
    "parentname",
    "parentcompany",
    "parentcustomer",
    "belongsto",
    "head",
    "tochtervon",
    "mutter",
    "muttergesellschaft",
    "mutterunternehmen",
    "konzern",
    "konzernmutter",
    "gehoertzu",
    "uebergeordneterkunde",
];
const SHARE: &[&str] = &[
    "share",
    "sharein",
    "sharepercent",
    "percent",
    "ownership",
    "ownershippercent",
    "stake",
    "anteil",
    "anteilin",
    "anteilinprozent",
    "anteilprozent",
    "beteiligung",
    "prozent",
];
const FROM: &[&str] = &["from", "since", "validfrom", "start", "startdate", "seit", "ab", "von", "gueltigab"];

/// Reads a CSV file or workbook. The first row in which account and parent are found is that of the headers.
pub fn read(path: &Path) -> Result<Table, Fault> {
    let rows = read::table(path).map_err(|error| match error {
        kontor_ledger::Error::Io { .. } => Fault::internal(error),
        other => {
            let message = other.to_string();
            Fault::field("file", move |t| t.groups_file_unreadable(message.clone()))
        }
    })?;
    let found = rows.iter().take(20).enumerate().find_map(|(place, (_, cells))| Some((place, columns(cells)?)));
    let Some((place, columns)) = found else { return Err(Fault::field("file", |t| t.groups_file_columns())) };
    if rows.len() - place > ROWS_MAX {
        return Err(Fault::field("file", |t| t.groups_file_long(ROWS_MAX)));
    }
    let headers = columns.map(|column| column.and_then(|column| rows[place].1.get(column).cloned()));
    let mut table = Table { headers, rows: Vec::new(), without_parent: 0 };
    for (line, cells) in &rows[place + 1..] {
        let [account, parent, share, from] =
            columns.map(|column| column.and_then(|column| cells.get(column)).map(|cell| cell.trim().to_owned()).unwrap_or_default());
        match (account.is_empty(), parent.is_empty()) {
            (true, true) => {}
            (false, true) => table.without_parent += 1,
            _ => table.rows.push(Row { line: *line, account, parent, share, from }),
        }
    }
    Ok(table)
}

/// The columns of account, parent, share and first day; the first two must be there.
fn columns(headers: &[String]) -> Option<[Option<usize>; 4]> {
    let folded: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|header| header == name));
    let columns = [find(ACCOUNT), find(PARENT), find(SHARE), find(FROM)];
    (columns[0].is_some() && columns[1].is_some()).then_some(columns)
}

/// A header in small letters without blanks and signs, umlauts spelled out.
fn plain(header: &str) -> String {
    let spelled = header.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    spelled.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What an import would come to.
pub async fn preview(office: &Office, viewer: &Viewer, rows: &[Row], create: bool) -> Result<Outcome, Fault> {
    require(viewer, Right::EditAccounts)?;
    let (directory, graph) = (directory::current(office, viewer).await?, whole(office).await?);
    Ok(Matching::new(&directory, viewer).outcome(&graph, rows, create, office.today()))
}

/// Enters all edges that can be, and the new accounts they need where that is wanted.
pub async fn run(office: &Office, viewer: &Viewer, file: &str, rows: &[Row], create: bool) -> Result<Outcome, Fault> {
    require(viewer, Right::EditAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let mut outcome = preview(office, viewer, rows, create).await?;
    if outcome.edges.is_empty() {
        // Nothing to enter leaves no trace; new accounts are made for edges only.
        return Ok(outcome);
    }
    if create {
        let mut ids = HashMap::new();
        let revision = tx.raise(Topic::Accounts).await?;
        for (place, name) in (1..).zip(&outcome.created) {
            ids.insert(-place, accounts::store::insert_prospect(tx.on(), name, now, revision).await?);
        }
        for edge in &mut outcome.edges {
            edge.parent = ids.get(&edge.parent).copied().unwrap_or(edge.parent);
            edge.child = ids.get(&edge.child).copied().unwrap_or(edge.child);
        }
    }
    store::insert_all(tx.on(), &outcome.edges, viewer.user_id, now).await?;
    tx.raise(Topic::Groups).await?;
    let accounts = if create { outcome.created.len() as u64 } else { 0 };
    tx.commit(viewer, now, Event::GroupsImported { file: file.to_owned(), edges: outcome.edges.len() as u64, accounts }).await?;
    Ok(outcome)
}

/// Finds accounts by number, then by name.
struct Matching {
    by_number: HashMap<String, Vec<i64>>,
    by_name: HashMap<Folded, Vec<i64>>,
}

impl Matching {
    fn new(directory: &Directory, viewer: &Viewer) -> Matching {
        let mut matching = Matching { by_number: HashMap::new(), by_name: HashMap::new() };
        for account in directory.accounts().iter().filter(|account| viewer.sight.sees(account.id)) {
            for number in &account.numbers {
                let ids = matching.by_number.entry(number.number.clone()).or_default();
                if !ids.contains(&account.id) {
                    ids.push(account.id);
                }
            }
            matching.by_name.entry(Folded::new(&[&account.master.name])).or_default().push(account.id);
        }
        matching
    }

    /// The account meant, `None` when there is none; several are an error.
    fn find(&self, typed: &str) -> Result<Option<i64>, FieldError> {
        let ids = self.by_number.get(typed).or_else(|| self.by_name.get(&Folded::new(&[typed])));
        match ids.map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([only]) => Ok(Some(*only)),
            Some(several) => {
                let count = several.len();
                Err(FieldError::new("account", move |t| t.groups_import_several(count)))
            }
        }
    }

    fn outcome(&self, graph: &Graph, rows: &[Row], create: bool, today: NaiveDate) -> Outcome {
        let mut outcome = Outcome::default();
        let mut new: HashMap<Folded, i64> = HashMap::new();
        let mut all = graph.clone();
        for row in rows {
            match self.edge(row, create, &mut new, &mut outcome) {
                Ok(edge) => match all.check(&edge) {
                    Ok(()) => {
                        all.push(edge.clone());
                        outcome.edges.push(edge);
                    }
                    Err(Refusal::Known) if is_known(&all, &edge, today) => outcome.known += 1,
                    Err(refusal) => {
                        let value = format!("{} → {}", row.account, row.parent);
                        outcome.problems.push(Problem { line: row.line, value, why: told(refusal) });
                    }
                },
                Err(problem) => outcome.problems.extend(problem),
            }
        }
        if create {
            // Only those that an edge needs are created, numbered anew.
            let used: Vec<String> = outcome.created.clone();
            let mut kept: HashMap<i64, i64> = HashMap::new();
            outcome.created.clear();
            for edge in &mut outcome.edges {
                for end in [&mut edge.parent, &mut edge.child].into_iter().filter(|end| **end < 0) {
                    let created = &mut outcome.created;
                    *end = *kept.entry(*end).or_insert_with_key(|old| {
                        created.push(used[(-*old - 1) as usize].clone());
                        -(created.len() as i64)
                    });
                }
            }
        }
        outcome
    }

    /// The edge of a row, or all that is wrong with it.
    fn edge(&self, row: &Row, create: bool, new: &mut HashMap<Folded, i64>, outcome: &mut Outcome) -> Result<Edge, Vec<Problem>> {
        let mut problems = Vec::new();
        let problem = |value: &str, why: FieldError| Problem { line: row.line, value: value.to_owned(), why };
        let mut find = |typed: &str| match self.find(typed) {
            Ok(Some(id)) => Ok(id),
            Err(several) => Err(problem(typed, several)),
            Ok(None) if typed.is_empty() => Err(problem(typed, FieldError::new("account", |t| t.groups_account_missing()))),
            Ok(None) => {
                let next = -(new.len() as i64) - 1;
                let id = *new.entry(Folded::new(&[typed])).or_insert(next);
                if id == next {
                    outcome.created.push(typed.to_owned());
                }
                if create { Ok(id) } else { Err(problem(typed, FieldError::new("account", |t| t.groups_account_unknown()))) }
            }
        };
        let (parent, child) = (find(&row.parent), find(&row.account));
        let share = match row.share.trim() {
            "" => Ok(None),
            text => text.parse::<Share>().map(Some).map_err(|_| problem(text, FieldError::new("share", |t| t.groups_share_wrong()))),
        };
        let from = day(&row.from).map_err(|why| problem(&row.from, why));
        let mut keep = |result: Result<i64, Problem>| result.map_err(|wrong| problems.push(wrong)).ok();
        let ends = (keep(parent), keep(child));
        let share = share.map_err(|wrong| problems.push(wrong)).ok();
        let from = from.map_err(|wrong| problems.push(wrong)).ok();
        match (ends, share, from) {
            ((Some(parent), Some(child)), Some(share), Some(from)) => {
                Ok(Edge { id: 0, parent, child, kind: Kind::Subsidiary, share, from, to: None })
            }
            _ => Err(problems),
        }
    }
}

/// Whether the same two are tied so already on the day that a row speaks of. One that ended before is not the same: only who gives a day can say since when anew.
fn is_known(graph: &Graph, edge: &Edge, today: NaiveDate) -> bool {
    let day = edge.from.unwrap_or(today);
    graph.above(edge.child).any(|known| known.parent == edge.parent && known.kind.is_holding() && known.holds_on(day))
}

/// A day in either language's format: a file is written by whoever exported it, not by who imports it.
fn day(text: &str) -> Result<Option<NaiveDate>, FieldError> {
    let read = |language| parse_day("from", text, Locale::of(language));
    read(Language::De).or_else(|_| read(Language::En))
}

fn told(refusal: Refusal) -> FieldError {
    match refusal {
        Refusal::Cycle(_) => FieldError::new("account", |t| t.groups_import_cycle()),
        other => match super::actions::refused(other, Vec::new()) {
            Fault::Invalid(mut errors) if !errors.is_empty() => errors.remove(0),
            _ => FieldError::new("account", |t| t.fault_internal()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headers: &[&str]) -> Option<[Option<usize>; 4]> {
        columns(&headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_found_by_their_headers_in_both_languages() {
        assert_eq!(found(&["account", "sector", "subsidiary_of"]), Some([Some(0), Some(2), None, None]));
        assert_eq!(found(&["Kundennr.", "Muttergesellschaft", "Anteil in %", "Gültig ab"]), Some([Some(0), Some(1), Some(2), Some(3)]));
        assert_eq!(found(&["name", "city"]), None);
        assert_eq!(found(&[]), None);
    }
}
