//! `kontor valuation …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kontor_domain::group::Level;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::Settings;

use super::actions;
use super::api::scores_body;
use super::export;
use super::list::{Listing, ScoresQuery};
use super::pages::parts::{difference_text, place_text, score_text, stance_name};
use crate::aside::aside;
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::sheet::workbook;
use crate::team::actions::require;
use crate::valuation::actions::accounts;
use crate::web::texts::Texts;

/// How many accounts are shown when nobody says.
const TOP: usize = 20;

/// Runs, shows and exports the valuation by points.
#[derive(Debug, Subcommand)]
pub enum ValuationCommand {
    /// Value all accounts and keep the result
    Run {
        /// Why the result is kept
        #[arg(long, default_value = "")]
        note: String,
        /// What counts as one customer: account or group; the setting when absent
        #[arg(long)]
        level: Option<Level>,
    },
    /// Show the scores of the present, or of a kept result
    Show(ShowArgs),
    /// Write all scores to a file, as CSV or, with the formulas on a second sheet, as a workbook
    Export {
        /// The file; its extension, csv or xlsx, names the format
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Which valuation
        #[command(flatten)]
        which: Which,
    },
}

/// What is shown.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Words of name, place or number
    #[arg(default_value = "")]
    search: String,
    /// How many accounts
    #[arg(long, value_name = "N", default_value_t = TOP)]
    top: usize,
    /// Everything, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    which: Which,
}

/// Which valuation.
#[derive(Debug, Args)]
pub struct Which {
    /// A kept result, as `run` told it, instead of the present
    #[arg(long, value_name = "ID")]
    run: Option<i64>,
    /// What counts as one customer: account or group; the setting when absent
    #[arg(long)]
    level: Option<Level>,
}

impl ValuationCommand {
    /// Does it; gives what is printed.
    pub async fn run(self, office: &Office, viewer: &Viewer) -> Result<String, Fault> {
        let settings = settings::store::current(office.db.read()).await?;
        match self {
            ValuationCommand::Run { note, level } => {
                let id = actions::keep(office, viewer, &settings, level.unwrap_or(settings.level), note).await?;
                let table = actions::kept(office, viewer, id).await?;
                Ok(format!("result {id}: {} valued, {} ranked, model {}\n", table.rows.len(), table.ranked(), table.model.id))
            }
            ValuationCommand::Show(args) => {
                let listing = listing(office, viewer, &settings, &args.which).await?;
                let query = ScoresQuery { q: args.search, ..ScoresQuery::default() };
                let mut rows = query.rows(&listing)?;
                rows.truncate(args.top);
                if args.json {
                    return serde_json::to_string_pretty(&scores_body(&listing, &rows)).map_err(Fault::internal);
                }
                Ok(lines(Texts::of(viewer.language), &listing, &rows))
            }
            ValuationCommand::Export { out, which } => {
                let listing = listing(office, viewer, &settings, &which).await?;
                write(office, viewer, &listing, out.clone()).await
            }
        }
    }
}

async fn listing(office: &Office, viewer: &Viewer, settings: &Settings, which: &Which) -> Result<Listing, Fault> {
    let table = match which.run {
        Some(run) => actions::kept(office, viewer, run).await?,
        None => {
            let present = actions::present(office, viewer, settings, which.level.unwrap_or(settings.level)).await?;
            present.ok_or_else(|| Fault::conflict(|t| t.scoring_keep_nothing()))?
        }
    };
    let last = actions::last_kept(office, viewer, table.level, which.run).await?;
    Ok(Listing::new(table, last, accounts(office, viewer).await?, viewer))
}

fn lines(t: &Texts, listing: &Listing, rows: &[usize]) -> String {
    let locale = t.locale();
    let mut text = format!(
        "{:>14}  {:<34} {:>6} {:>9} {:>7}  {:<5} {:>15}  {}\n",
        "rank", "account", "score", "coverage", "change", "class", "revenue", "stance"
    );
    for &index in rows {
        let row = &listing.table.rows[index];
        let name: String = listing.name(index).chars().take(34).collect();
        text.push_str(&format!(
            "{:>14}  {name:<34} {:>6} {:>9} {:>7}  {:<5} {:>15}  {}\n",
            row.place.map_or_else(|| "–".to_owned(), |place| place_text(t, place)),
            score_text(locale, row.scored.score),
            locale.percent(row.scored.coverage, 0),
            listing.change(index).map_or_else(|| "–".to_owned(), |change| difference_text(locale, change)),
            row.class.map(|class| class.to_string()).unwrap_or_default(),
            locale.amount(row.revenue),
            listing.table.stance(index).map(|stance| stance_name(t, stance)).unwrap_or_default(),
        ));
    }
    text
}

async fn write(office: &Office, viewer: &Viewer, listing: &Listing, out: PathBuf) -> Result<String, Fault> {
    require(viewer, Right::Export)?;
    let t = Texts::of(viewer.language);
    let rows = ScoresQuery::default().rows(listing)?;
    let sheet = export::sheet(t, listing, &rows);
    let bytes = match out.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => sheet.to_csv(),
        Some("xlsx") => workbook(&[sheet, export::explanation(t, listing)]).map_err(Fault::internal)?,
        _ => return Err(Fault::field("out", |t| t.scoring_out_wrong())),
    };
    let path = out.clone();
    aside(move || std::fs::write(path, bytes)).await??;
    export::note(office, viewer, rows.len() as u64).await?;
    Ok(format!("{} accounts written to {}\n", rows.len(), out.display()))
}
