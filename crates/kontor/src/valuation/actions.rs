//! Asking for the valuation.

use std::sync::Arc;

use kontor_domain::abc::Class;
use kontor_domain::group::{Level, Roots};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::{Rate, Settings};
use kontor_domain::sight::Sight;
use kontor_domain::{Month, Period};
use kontor_ledger::figures::{Figures, Scope};
use kontor_ledger::sums::Sums;
use kontor_ledger::vault::{Live, Vault};

use super::forms::Wanted;
use super::heads::Heads;
use super::seen;
use super::table::{Asked, Parts, Row, SumsExt, Valuation};
use crate::accounts::directory::{self, Directory};
use crate::aside::aside;
use crate::db::revisions::{Revisions, Topic};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::{groups, ledger, settings};

/// What decides about a valuation: the state of the ledger, of the accounts' numbers and, where they count, of corporate groups; what is asked, the rates.
pub type Key = (i64, i64, i64, Asked, Vec<Rate>);

/// The valuation asked for, as of the newest day in the ledger that is not in the future; `None` while the ledger is empty. It is kept until ledger, settings or rates change.
pub async fn value(office: &Office, viewer: &Viewer, settings: &Settings, wanted: &Wanted) -> Result<Option<Arc<Valuation>>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let db = office.db.read();
    let revision = ledger::store::revision(db).await?;
    let revisions = office.db.revisions().await?;
    let live = live(office).await?;
    if live.is_empty() {
        return Ok(None);
    }
    let rates: Vec<Rate> = settings::store::rates(db).await?.into_iter().map(|stored| stored.rate).collect();
    let asked = asked(office, settings, wanted);
    let source = Source { office, live, rates, revisions: (revision, revisions) };
    let (key, whole) = source.whole(asked.clone()).await?;
    if viewer.sight.is_all() {
        return Ok(Some(whole));
    }
    let (_, single) = source.whole(Asked { groups_on: None, ..asked }).await?;
    let seen = accounts(office, viewer).await?;
    let newest = seen.clone();
    let part = async {
        let (vault, Source { live, rates, .. }) = (office.vault.clone(), source);
        aside(move || seen::part(&vault, &live, &whole, &single, seen, &rates)).await?.map_err(Fault::internal)
    };
    let kept = office.seen_valuations.get(&(key, viewer.sight.clone()), part).await?;
    Ok(Some(Valuation::with(kept, newest)))
}

/// The class of one account, each for itself, by the settings: a fact of the whole house, whoever looks.
pub async fn class_of(office: &Office, viewer: &Viewer, settings: &Settings, account_id: i64) -> Result<Option<Class>, Fault> {
    if !viewer.may(Right::SeeFigures) {
        return Ok(None);
    }
    let house = Viewer { sight: Sight::All, ..viewer.clone() };
    let wanted = Wanted { level: Some(Level::Account), ..Wanted::default() };
    let valuation = value(office, &house, settings, &wanted).await?;
    Ok(valuation.and_then(|valuation| valuation.class(valuation.row_of(account_id)?)))
}

/// The accounts that this viewer sees before anything was booked: each with a row of its own in which no figure stands. The days are those of this month, as there are no others.
pub async fn unbooked(office: &Office, viewer: &Viewer, settings: &Settings, wanted: &Wanted) -> Result<Valuation, Fault> {
    let directory = accounts(office, viewer).await?;
    let month = Month::of(office.today());
    let month = Period::months(month, month);
    let asked = Asked { groups_on: None, ..asked(office, settings, wanted) };
    let rows = (0..directory.accounts().len()).map(|place| Row { place, ..Row::default() }).collect();
    let parts = Parts {
        period: month,
        span: month,
        rows,
        directory,
        heads: Arc::default(),
        unassigned: Sums::default(),
        unconverted: Vec::new(),
        months: Vec::new(),
        groups: Vec::new(),
    };
    Ok(Valuation { is_part: !viewer.sight.is_all(), ..Valuation::new(asked, parts) })
}

fn asked(office: &Office, settings: &Settings, wanted: &Wanted) -> Asked {
    Asked {
        choice: wanted.period.unwrap_or(settings.period),
        metric: wanted.metric.unwrap_or_default(),
        thresholds: wanted.thresholds.unwrap_or(settings.thresholds),
        currency: settings.currency,
        fiscal_start: settings.fiscal_start,
        groups_on: match wanted.level.unwrap_or(settings.level) {
            Level::Account => None,
            Level::Group => Some(wanted.as_of.unwrap_or(office.today())),
        },
        today: office.today(),
    }
}

/// What valuations are computed from, at one moment.
struct Source<'a> {
    office: &'a Office,
    live: Vec<Live>,
    rates: Vec<Rate>,
    revisions: (i64, Revisions),
}

impl Source<'_> {
    /// The valuation of all accounts, whoever looks.
    async fn whole(&self, asked: Asked) -> Result<(Key, Arc<Valuation>), Fault> {
        let (ledger, revisions) = &self.revisions;
        let (roots, groups_revision) = match asked.groups_on {
            None => (Arc::default(), 0),
            Some(day) => (groups::actions::roots(self.office, day).await?, revisions.of(Topic::Groups)),
        };
        let directory = self.directory(&asked).await?;
        let key = (*ledger, directory.numbers_revision(), groups_revision, asked.clone(), self.rates.clone());
        let newest = directory.clone();
        let compute = async {
            let (vault, live, rates) = (self.office.vault.clone(), self.live.clone(), self.rates.clone());
            aside(move || compute(&vault, &live, directory, &roots, asked, rates)).await?.map_err(Fault::internal)
        };
        let kept = self.office.valuations.get(&key, compute).await?;
        // Where only master data changed meanwhile, the figures stay as they are.
        Ok((key, Valuation::with(kept, newest)))
    }

    /// All accounts. While they have to be read, which takes long after a start, the vault computes the figures that they are joined with.
    async fn directory(&self, asked: &Asked) -> Result<Arc<Directory>, Fault> {
        if let Some(directory) = directory::at_hand(self.office).await? {
            return Ok(directory);
        }
        let (vault, live, rates, asked) = (self.office.vault.clone(), self.live.clone(), self.rates.clone(), asked.clone());
        let ahead = aside(move || Counted::of(&vault, &live, &asked, &rates).map(|_| ()));
        let directory = directory::whole(self.office).await?;
        ahead.await?.map_err(Fault::internal)?;
        Ok(directory)
    }
}

/// All accounts this viewer may see; kept until one of them changes.
pub async fn accounts(office: &Office, viewer: &Viewer) -> Result<Arc<Directory>, Fault> {
    directory::current(office, viewer).await
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
    roots: &Roots,
    asked: Asked,
    rates: Vec<Rate>,
) -> Result<Valuation, kontor_ledger::Error> {
    let Counted { span, period, ever, now, before } = Counted::of(vault, live, &asked, &rates)?;
    let heads = Heads::new(roots, &directory);
    let mut rows = Rows { directory: &directory, heads: &heads, rows: Vec::new(), places: vec![None; directory.accounts().len()] };
    rows.add(&ever, |row, sums| row.reach(sums.first, sums.last));
    rows.add(&now, |row, sums| row.now = row.now.plus(sums));
    rows.add(&before, |row, sums| row.before = row.before.plus(sums));
    rows.add_all();
    let parts = Parts {
        period,
        span,
        rows: rows.rows,
        unassigned: now.unassigned,
        unconverted: now.unconverted.iter().map(|left| (left.currency, left.amount)).collect(),
        months: ever.months.clone(),
        groups: now.groups.clone(),
        directory,
        heads: Arc::new(heads),
    };
    Ok(Valuation::new(asked, parts))
}

/// The figures of a valuation, before they are joined with accounts. The vault remembers them.
struct Counted {
    span: Period,
    period: Period,
    ever: Arc<Figures>,
    now: Arc<Figures>,
    before: Arc<Figures>,
}

impl Counted {
    fn of(vault: &Vault, live: &[Live], asked: &Asked, rates: &[Rate]) -> Result<Counted, kontor_ledger::Error> {
        let no_lines = || kontor_ledger::Error::Segment { segment: live[0].id.clone(), message: "holds no line".into() };
        let span = vault.span(live)?.ok_or_else(no_lines)?;
        let as_of = span.as_of(asked.today);
        let period = asked.choice.resolve(as_of, span, asked.fiscal_start);
        let figures = |period: Period| vault.figures(live, &Scope { period, currency: asked.currency, rates: rates.to_vec() });
        Ok(Counted { span, period, ever: figures(span)?, now: figures(period)?, before: figures(period.before_as_of(as_of))? })
    }
}

/// Rows in the making: one per account, or per group.
struct Rows<'a> {
    directory: &'a Directory,
    heads: &'a Heads,
    rows: Vec<Row>,
    places: Vec<Option<usize>>,
}

impl Rows<'_> {
    /// Those that never had a line: prospects, and accounts whose import was undone.
    fn add_all(&mut self) {
        for place in 0..self.places.len() {
            let place = self.heads.of(place);
            if self.places[place].is_none() {
                self.places[place] = Some(self.rows.len());
                self.rows.push(Row { place, ..Row::default() });
            }
        }
    }

    fn add(&mut self, figures: &Figures, each: impl Fn(&mut Row, &Sums)) {
        for account in &figures.accounts {
            // An account that was booked after the directory was read comes with the next revision.
            let Some(place) = self.directory.place(&account.source, &account.number) else { continue };
            let place = self.heads.of(place);
            let index = *self.places[place].get_or_insert_with(|| {
                self.rows.push(Row { place, ..Row::default() });
                self.rows.len() - 1
            });
            each(&mut self.rows[index], &account.sums);
        }
    }
}
