//! Exports as the programs that companies bill with write them, made up here: what is detected, what the amounts are, what stops.

mod bad;
mod columns;
mod formats;
mod lists;
mod programs;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kontor_domain::Amount;
use kontor_ledger::Error;
use kontor_ledger::analyze::{Analysis, analyze};
use kontor_ledger::check::Progress;
use kontor_ledger::column::Role;
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;
use kontor_ledger::read::Plan;

/// How a text becomes a file.
#[derive(Clone, Copy, Debug)]
enum Encoded {
    Utf8,
    Utf8WithMark,
    Utf16,
    Windows1252,
}

impl Encoded {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Encoded::Utf8 => text.into(),
            Encoded::Utf8WithMark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Encoded::Utf16 => [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            Encoded::Windows1252 => {
                let (bytes, _, is_lossy) = encoding_rs::WINDOWS_1252.encode(text);
                assert!(!is_lossy, "{text}");
                bytes.into_owned()
            }
        }
    }
}

/// What reading a file came to.
struct Read {
    roles: BTreeMap<Role, String>,
    analysis: Analysis,
}

impl Read {
    fn header(&self, role: &str) -> Option<&str> {
        self.roles.get(&role.parse::<Role>().expect("a role")).map(String::as_str)
    }

    fn revenue(&self) -> String {
        self.analysis.accounts.iter().map(|account| account.revenue).sum::<Amount>().to_string()
    }

    fn cost(&self) -> String {
        self.analysis.accounts.iter().map(|account| account.cost).sum::<Amount>().to_string()
    }

    fn count(&self, kind: Kind) -> u64 {
        self.analysis.report.tally.get(&kind).copied().unwrap_or(0)
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day")
}

fn try_read(bytes: &[u8], options: &Options) -> Result<Read, Error> {
    try_read_for(bytes, options, "all")
}

fn try_read_for(bytes: &[u8], options: &Options, period: &str) -> Result<Read, Error> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.csv");
    std::fs::write(&path, bytes).expect("written");
    let plan = Plan::detect(&[path], options, today())?;
    let columns = plan.detection().files[0].columns.iter();
    let roles = columns.filter_map(|column| Some((column.role?, column.header.clone()))).collect();
    let analysis = analyze(&plan, period.parse().expect("a period"), 1, &Progress::default())?;
    Ok(Read { roles, analysis })
}

fn read(text: &str) -> Read {
    try_read(text.as_bytes(), &Options::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn read_for(text: &str, period: &str) -> Read {
    try_read_for(text.as_bytes(), &Options::default(), period).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn accepting(kind: Kind) -> Options {
    Options { accept: [kind].into(), ..Options::default() }
}
