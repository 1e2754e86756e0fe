//! Reads and analyses files and says how long it took: `cargo run --release --example measure -- FILE…`.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::path::PathBuf;
use std::time::Instant;

use chrono::NaiveDate;
use kontor_domain::Amount;
use kontor_domain::period::PeriodChoice;
use kontor_ledger::analyze::analyze;
use kontor_ledger::check::Progress;
use kontor_ledger::options::Options;
use kontor_ledger::read::Plan;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        return Err("name a file".into());
    }
    let begun = Instant::now();
    let today = NaiveDate::from_ymd_opt(2026, 12, 31).ok_or("no day")?;
    let plan = Plan::detect(&files, &Options::default(), today)?;
    let planned = begun.elapsed();
    let analysis = analyze(&plan, PeriodChoice::All, 1, &Progress::default())?;
    let revenue: Amount = analysis.accounts.iter().map(|account| account.revenue).sum();
    let cost: Amount = analysis.accounts.iter().map(|account| account.cost).sum();
    println!("plan {:.3} s, in all {:.3} s", planned.as_secs_f64(), begun.elapsed().as_secs_f64());
    let counts = analysis.report.counts;
    println!("rows {}, accounts {}, invoices {}, revenue {revenue}, cost {cost}", counts.rows, analysis.accounts.len(), analysis.invoices);
    println!("stops {:?}, tally {:?}", analysis.report.stops, analysis.report.tally);
    Ok(())
}
