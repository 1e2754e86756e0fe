//! Asking for the valuation.

use std::sync::Arc;

use kontor_domain::Period;
use kontor_domain::rights::Viewer;
use kontor_domain::settings::{Rate, Settings};
use kontor_ledger::figures::{Figures, Scope};
use kontor_ledger::sums::Sums;
use kontor_ledger::vault::{Live, Vault};

use super::forms::Wanted;
use super::table::{Asked, Parts, Row, SumsExt, Valuation};
use crate::accounts::directory::{self, Directory};
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::{ledger, settings};

/// What decides about a valuation: the state of the ledger and of the accounts, what is asked, the rates.
pub type Key = (i64, i64, Asked, Vec<Rate>);

/// The valuation asked for, as of the newest day in the ledger; `None` while the ledger is empty. It is kept until ledger, settings or rates change.
pub async fn value(office: &Office, viewer: &Viewer, settings: &Settings, wanted: &Wanted) -> Result<Option<Arc<Valuation>>, Fault> {
    let directory = accounts(office, viewer).await?;
    let db = office.db.read();
    let (revision, accounts_revision) = revisions(office).await?;
    let live = live(office).await?;
    if live.is_empty() {
        return Ok(None);
    }
    let rates: Vec<Rate> = settings::store::rates(db).await?.into_iter().map(|stored| stored.rate).collect();
    let asked = Asked {
        choice: wanted.period.unwrap_or(settings.period),
        metric: wanted.metric.unwrap_or_default(),
        thresholds: wanted.thresholds.unwrap_or(settings.thresholds),
        currency: settings.currency,
        fiscal_start: settings.fiscal_start,
    };
    let key = (revision, accounts_revision, asked.clone(), rates.clone());
    let vault = office.vault.clone();
    let compute = async {
        let work = tokio::task::spawn_blocking(move || compute(&vault, &live, directory, asked, rates));
        work.await.map_err(Fault::internal)?.map_err(Fault::internal)
    };
    let kept = office.valuations.get(&key, compute).await?;
    Ok(Some(kept))
}

/// All accounts; kept until one of them changes.
pub async fn accounts(office: &Office, viewer: &Viewer) -> Result<Arc<Directory>, Fault> {
    directory::current(office, viewer).await
}

async fn revisions(office: &Office) -> Result<(i64, i64), Fault> {
    let ledger = ledger::store::revision(office.db.read()).await?;
    Ok((ledger, office.db.revisions().await?.of(Topic::Accounts)))
}

/// The live segments as the ledger wants them named. One that booked nothing new has no part in any figure.
pub async fn live(office: &Office) -> Result<Vec<Live>, Fault> {
    let segments = ledger::store::live(office.db.read()).await?;
    Ok(segments.into_iter().filter(|segment| segment.lines > 0).map(|segment| Live { id: segment.id, source: segment.source }).collect())
}

fn compute(
    vault: &Vault,
    live: &[Live],
    directory: Arc<Directory>,
    asked: Asked,
    rates: Vec<Rate>,
) -> Result<Valuation, kontor_ledger::Error> {
    let no_lines = || kontor_ledger::Error::Segment { segment: live[0].id.clone(), message: "holds no line".into() };
    let span = vault.span(live)?.ok_or_else(no_lines)?;
    let period = asked.choice.resolve(span.to(), span, asked.fiscal_start);
    let figures = |period: Period| {
        let scope = Scope { period, currency: asked.currency, rates: rates.clone() };
        vault.figures(live, &scope)
    };
    let (ever, now, before) = (figures(span)?, figures(period)?, figures(period.before())?);
    let mut rows = Rows { directory: &directory, rows: Vec::new(), places: vec![None; directory.accounts().len()] };
    rows.add(&ever, |_, _| {});
    rows.add(&now, |row, sums| row.now = row.now.plus(sums));
    rows.add(&before, |row, sums| row.before = row.before.plus(sums));
    let parts = Parts {
        period,
        span,
        rows: rows.rows,
        unassigned: now.unassigned,
        unconverted: now.unconverted.iter().map(|left| (left.currency, left.amount)).collect(),
        months: ever.months.clone(),
        groups: now.groups.clone(),
        directory,
    };
    Ok(Valuation::new(asked, parts))
}

/// Rows in the making: one per account that has a line in the ledger.
struct Rows<'a> {
    directory: &'a Directory,
    rows: Vec<Row>,
    places: Vec<Option<usize>>,
}

impl Rows<'_> {
    fn add(&mut self, figures: &Figures, each: impl Fn(&mut Row, &Sums)) {
        for account in &figures.accounts {
            // An account that was booked after the directory was read comes with the next revision.
            let Some(place) = self.directory.place(&account.source, &account.number) else { continue };
            let index = *self.places[place].get_or_insert_with(|| {
                self.rows.push(Row { place, now: Sums::default(), before: Sums::default() });
                self.rows.len() - 1
            });
            each(&mut self.rows[index], &account.sums);
        }
    }
}
