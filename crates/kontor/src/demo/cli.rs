//! `kontor generate`: load data from the command line, as a file or, with `--crm`, as the records of an office.

use std::path::PathBuf;

use chrono::NaiveDate;
use kontor_ledger::generate::{self, Format, Load};

use super::crm::Crm;

/// Make load data: invoice lines like a technical wholesaler's, to measure with; with --crm an office with people and interactions, too.
#[derive(Clone, Debug, clap::Args)]
pub struct GenerateArgs {
    /// Number of invoice lines.
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    lines: u64,
    /// Number of customers; all of them occur when there are at least as many lines.
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    accounts: u32,
    /// Another seed gives other data of the same kind.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The day on which the 36 months of data end; equal data on different days need the same one.
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-06-30", value_parser = parse_day)]
    as_of: NaiveDate,
    /// The file to write; its extension, csv or parquet, names the format.
    #[arg(long, value_name = "FILE", value_parser = parse_out, required_unless_present = "crm", conflicts_with = "crm")]
    out: Option<Out>,
    /// Fill the empty office in the data folder instead: accounts with their lines, users, people, interactions.
    #[arg(long)]
    crm: bool,
    /// Number of people on the customers' side (with --crm).
    #[arg(long, value_name = "N", default_value_t = 15_000, conflicts_with = "out")]
    people: u32,
    /// Number of interactions, over the two years before the last day (with --crm).
    #[arg(long, value_name = "N", default_value_t = 100_000, conflicts_with = "out")]
    interactions: u32,
}

/// A file whose extension names a format.
#[derive(Clone, Debug)]
struct Out {
    path: PathBuf,
    format: Format,
}

impl GenerateArgs {
    /// Writes the file, if one is asked for.
    ///
    /// # Errors
    /// [`kontor_ledger::Error::Io`] when it cannot be written.
    pub fn run(&self) -> Result<(), kontor_ledger::Error> {
        let load = Load { lines: self.lines, accounts: self.accounts, seed: self.seed, as_of: self.as_of };
        self.out.as_ref().map_or(Ok(()), |out| generate::write(&out.path, out.format, &load))
    }

    /// The records that are asked for, if any are.
    pub const fn crm(&self) -> Option<Crm> {
        let &GenerateArgs { lines, accounts, seed, as_of, people, interactions, .. } = self;
        if self.crm { Some(Crm { lines, accounts, people, interactions, seed, as_of }) } else { None }
    }
}

fn parse_out(text: &str) -> Result<Out, String> {
    let path = PathBuf::from(text);
    match Format::of(&path) {
        Some(format) => Ok(Out { path, format }),
        None => Err("the name must end in .csv or .parquet".to_owned()),
    }
}

/// Four-digit years from 1903 on, so that the months before exist and the file has plain ISO dates.
fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| "give a day as YYYY-MM-DD".to_owned())?;
    if (1903..=9998).contains(&chrono::Datelike::year(&day)) { Ok(day) } else { Err("the year must lie between 1903 and 9998".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        generate: GenerateArgs,
    }

    fn parse(line: &str) -> Result<GenerateArgs, String> {
        let line = Line::try_parse_from(std::iter::once("generate").chain(line.split(' ')));
        line.map(|line| line.generate).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_has_the_lines_that_were_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("load.csv");
        parse(&format!("--lines 500 --accounts 20 --seed 3 --out {}", path.display())).expect("arguments").run().expect("a file");
        let text = std::fs::read_to_string(path).expect("text");
        assert_eq!(text.lines().count(), 501);
        assert!(text.lines().last().expect("a line").contains(",2026-06-"));
    }

    #[test]
    fn wrong_arguments_are_refused_with_what_would_be_right() {
        for (line, message) in [
            ("--out load.xlsx", "the name must end in .csv or .parquet"),
            ("--out load", "the name must end in .csv or .parquet"),
            ("--out a.csv --accounts 0", "0 is not in 1..=10000000"),
            ("--out a.csv --lines -5", "unexpected argument"),
            ("--out a.csv --as-of 30.06.2026", "give a day as YYYY-MM-DD"),
            ("--out a.csv --as-of 1800-01-01", "the year must lie between 1903 and 9998"),
            ("--lines 5", "--out <FILE>"),
            ("--crm --out a.csv", "cannot be used with"),
            ("--out a.csv --people 5", "cannot be used with"),
            ("--crm --interactions -1", "unexpected argument"),
        ] {
            let error = parse(line).expect_err(line);
            assert!(error.contains(message), "{line}: {error}");
        }
    }
}
