//! Verbs about the valuation by points.

use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::audit::{Event, FieldChange, RatingChange};
use kontor_domain::group::Level;
use kontor_domain::period::PeriodChoice;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::scoring::criterion::{Criterion, Kind, LedgerMetric};
use kontor_domain::scoring::model::{Broken, Model};
use kontor_domain::settings::{Rate, Settings};
use kontor_domain::sight::Sight;

use super::forms::RatingInput;
use super::runs::packed;
use super::runs::store::{self as runs, Run};
use super::store::{self, NewRating, Rating, StoredCriterion, StoredModel};
use super::table::{Inputs, Table};
use crate::accounts::store::{self as accounts, Account};
use crate::aside::aside;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::valuation::actions as valuation;
use crate::valuation::forms::Wanted;
use crate::{ledger, settings};

/// What decides about a valuation by points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The present one: the state of ledger, accounts, ratings and groups, the settings, what counts as one customer, the rates, today.
    Present([i64; 4], Box<Settings>, Level, Vec<Rate>, NaiveDate),
    /// A kept one, which never changes.
    Kept(i64),
}

/// The present valuation of all accounts, or of all corporate groups; `None` while the ledger is empty. It is kept in memory until something it rests on
/// changes.
///
/// It holds all accounts of the house, as ranks do: what a viewer does not see is left out where it is shown ([`visible`]).
pub async fn present(office: &Office, viewer: &Viewer, settings: &Settings, level: Level) -> Result<Option<Arc<Table>>, Fault> {
    require(viewer, Right::SeeFigures)?;
    // A score must not depend on who looks at it.
    let viewer = &Viewer { sight: Sight::All, ..viewer.clone() };
    let wanted = Wanted { level: Some(level), ..Wanted::default() };
    let Some(figures) = valuation::value(office, viewer, settings, &wanted).await? else { return Ok(None) };
    let db = office.db.read();
    let revisions = office.db.revisions().await?;
    let rates: Vec<Rate> = settings::store::rates(db).await?.into_iter().map(|stored| stored.rate).collect();
    let state =
        [ledger::store::revision(db).await?, revisions.of(Topic::Accounts), revisions.of(Topic::Scoring), revisions.of(Topic::Groups)];
    let key = Key::Present(state, Box::new(settings.clone()), level, rates, office.today());
    let compute = async {
        let model = Arc::new(store::model(db).await?);
        let mut table = table(office, figures.clone(), model.clone(), None).await?;
        let before = figures.before;
        if before.to() >= figures.span.from() {
            let wanted = Wanted { period: Some(PeriodChoice::Days(before)), ..wanted };
            if let Some(figures) = valuation::value(office, viewer, settings, &wanted).await? {
                let earlier = self::table(office, figures, model, Some(before.to())).await?;
                for row in &mut table.rows {
                    row.position_before = earlier.find(row.account_id).and_then(|index| earlier.rows[index].position);
                }
            }
        }
        Ok::<_, Fault>(table)
    };
    Ok(Some(office.scores.get(&key, compute).await?))
}

/// Values all accounts with the ratings of a day, or of now.
async fn table(
    office: &Office,
    figures: Arc<crate::valuation::table::Valuation>,
    model: Arc<StoredModel>,
    on: Option<NaiveDate>,
) -> Result<Table, Fault> {
    let ratings = store::counted(office.db.read(), on).await?;
    let live = valuation::live(office).await?;
    let (vault, today) = (office.vault.clone(), on.unwrap_or_else(|| office.today()));
    let asks_for_habits =
        model.model.criteria.iter().any(|weighted| {
            matches!(weighted.criterion.kind, Kind::Metric { metric: LedgerMetric::Breadth | LedgerMetric::Regularity, .. })
        });
    let work = move || {
        let habits = if asks_for_habits { vault.habits(&live, figures.period)? } else { Vec::new() };
        Ok::<_, kontor_ledger::Error>(Inputs { valuation: &figures, habits: &habits, ratings: &ratings, model, today }.table())
    };
    aside(work).await?.map_err(Fault::internal)
}

/// The places of the accounts that this viewer may see; of groups, those of which the viewer sees every account, as its figures are theirs.
pub fn visible(table: &Table, viewer: &Viewer) -> Vec<usize> {
    let sees = |index: &usize| {
        let account_id = table.rows[*index].account_id;
        viewer.sight.sees(account_id) && table.members(account_id).iter().all(|&member| viewer.sight.sees(member))
    };
    (0..table.rows.len()).filter(sees).collect()
}

/// A kept valuation, as it was.
pub async fn kept(office: &Office, viewer: &Viewer, run_id: i64) -> Result<Arc<Table>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let compute = async {
        let db = office.db.read();
        let run = runs::find(db, run_id).await?.ok_or(Fault::NotFound)?;
        let model = store::model_version(db, run.model_id).await?.ok_or(Fault::NotFound)?;
        let parts = runs::parts(db, run_id).await?;
        let work = move || {
            let (rows, cells, members) = packed::unpack(&parts, model.model.criteria.len())?;
            let Run { level, period, as_of, currency, .. } = run;
            let mut table = Table { run: Some(run), model: Arc::new(model), level, period, as_of, currency, rows, cells, members };
            table.finish();
            Ok::<_, packed::Damaged>(table)
        };
        aside(work).await?.map_err(Fault::internal)
    };
    office.scores.get(&Key::Kept(run_id), compute).await
}

/// The result of a level that was kept last before another one, or before now.
pub async fn last_kept(office: &Office, viewer: &Viewer, level: Level, before: Option<i64>) -> Result<Option<Arc<Table>>, Fault> {
    require(viewer, Right::SeeFigures)?;
    match runs::newest(office.db.read(), level, before).await? {
        Some(run) => Ok(Some(kept(office, viewer, run.id).await?)),
        None => Ok(None),
    }
}

/// All results that were kept, the newest first.
pub async fn list_kept(office: &Office, viewer: &Viewer) -> Result<Vec<Run>, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(runs::all(office.db.read()).await?)
}

/// Keeps the present valuation as a result that one can look back at; gives its id.
pub async fn keep(office: &Office, viewer: &Viewer, settings: &Settings, level: Level, note: String) -> Result<i64, Fault> {
    require(viewer, Right::DefineScoring)?;
    let table = present(office, viewer, settings, level).await?.ok_or_else(|| Fault::conflict(|t| t.scoring_keep_nothing()))?;
    let run = Run {
        id: 0,
        model_id: table.model.id,
        level,
        as_of: table.as_of,
        period: table.period,
        currency: table.currency,
        accounts: table.rows.len() as i64,
        note,
        made_at: office.now(),
        made_by_name: viewer.name.clone(),
    };
    let packing = table.clone();
    let parts = aside(move || packed::pack(&packing)).await?;
    let tx = office.db.begin().await?;
    let run_id = runs::insert(tx.on(), &run, parts, viewer, office.now()).await?;
    let event = Event::ValuationKept { run_id, model_id: run.model_id, accounts: table.rows.len() as u64, note: run.note };
    tx.commit(viewer, office.now(), event).await?;
    Ok(run_id)
}

/// All criteria in their newest version.
pub async fn criteria(office: &Office, viewer: &Viewer) -> Result<Vec<StoredCriterion>, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(store::criteria(office.db.read()).await?)
}

/// One criterion in all its versions, the newest first.
pub async fn criterion(office: &Office, viewer: &Viewer, id: i64) -> Result<Vec<StoredCriterion>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let versions = store::criterion_versions(office.db.read(), id).await?;
    if versions.is_empty() { Err(Fault::NotFound) } else { Ok(versions) }
}

/// Adds a criterion of the house's own.
pub async fn add_criterion(office: &Office, viewer: &Viewer, criterion: Criterion) -> Result<i64, Fault> {
    require(viewer, Right::DefineScoring)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let known = store::criteria(tx.on()).await?;
    refuse_same_name(&known, None, &criterion)?;
    let id = store::insert_criterion(tx.on(), format!("own_{}", known.len() + 1)).await?;
    store::insert_version(tx.on(), id, 1, &criterion, viewer, now).await?;
    let event = Event::CriterionAdded { criterion_id: id, name: criterion.name.in_language(viewer.language).to_owned() };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Gives a criterion another definition: a new version, and where the model in force has it, a new version of the model too. What was kept before stays as it
/// was. A criterion stays of its kind, as its ratings would mean something else otherwise.
pub async fn change_criterion(office: &Office, viewer: &Viewer, id: i64, criterion: Criterion) -> Result<(), Fault> {
    require(viewer, Right::DefineScoring)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let known = store::criteria(tx.on()).await?;
    let before = known.iter().find(|known| known.id == id).ok_or(Fault::NotFound)?;
    if before.criterion == criterion {
        return Ok(());
    }
    if before.criterion.kind.name() != criterion.kind.name() {
        return Err(Fault::field("kind", |t| t.scoring_kind_fixed()));
    }
    refuse_same_name(&known, Some(id), &criterion)?;
    let version = before.version + 1;
    store::insert_version(tx.on(), id, version, &criterion, viewer, now).await?;
    let mut model = store::model(tx.on()).await?.model;
    let mut model_id = None;
    if let Some(weighted) = model.criteria.iter_mut().find(|weighted| weighted.criterion_id == id) {
        (weighted.version, weighted.criterion) = (version, criterion.clone());
        model_id = Some(store::insert_model(tx.on(), &model, "", viewer, now).await?);
    }
    tx.raise(Topic::Scoring).await?;
    let name = criterion.name.in_language(viewer.language).to_owned();
    Ok(tx.commit(viewer, now, Event::CriterionChanged { criterion_id: id, name, version, model_id }).await?)
}

/// Offers a criterion no longer, or again. One that the model in force has must leave it first.
pub async fn archive_criterion(office: &Office, viewer: &Viewer, id: i64, archived: bool) -> Result<(), Fault> {
    require(viewer, Right::DefineScoring)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let known = store::criterion(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    if archived && store::model(tx.on()).await?.model.criteria.iter().any(|weighted| weighted.criterion_id == id) {
        return Err(Fault::conflict(|t| t.scoring_criterion_in_model()));
    }
    if known.is_archived == archived {
        return Ok(());
    }
    store::set_archived(tx.on(), id, archived.then_some(now)).await?;
    let name = known.criterion.name.in_language(viewer.language).to_owned();
    Ok(tx.commit(viewer, now, Event::CriterionArchived { criterion_id: id, name, archived }).await?)
}

/// Two criteria of one name could not be told apart.
fn refuse_same_name(known: &[StoredCriterion], own: Option<i64>, criterion: &Criterion) -> Result<(), Fault> {
    let others = || known.iter().filter(|known| Some(known.id) != own);
    if others().any(|known| known.criterion.name.de == criterion.name.de) {
        return Err(Fault::field("name_de", |t| t.scoring_name_taken()));
    }
    if others().any(|known| known.criterion.name.en == criterion.name.en) {
        return Err(Fault::field("name_en", |t| t.scoring_name_taken()));
    }
    Ok(())
}

/// The model in force, and all its earlier versions, the newest first.
pub async fn models(office: &Office, viewer: &Viewer) -> Result<Vec<StoredModel>, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(store::models(office.db.read()).await?)
}

/// One version of the model.
pub async fn model(office: &Office, viewer: &Viewer, id: i64) -> Result<StoredModel, Fault> {
    require(viewer, Right::SeeFigures)?;
    store::model_version(office.db.read(), id).await?.ok_or(Fault::NotFound)
}

/// Puts another model in force; its criteria are taken in their newest version. Gives its version; the same model again stays as it is.
pub async fn set_model(office: &Office, viewer: &Viewer, mut model: Model, note: String) -> Result<i64, Fault> {
    require(viewer, Right::DefineScoring)?;
    if let Err(broken) = model.check() {
        return Err(Fault::field("criteria", move |t| match broken {
            Broken::Empty => t.scoring_model_empty(),
            Broken::Repeated => t.scoring_model_repeated(),
            Broken::WeightSum(sum) => t.scoring_weights_wrong(sum),
        }));
    }
    let now = office.now();
    let tx = office.db.begin().await?;
    let known = store::criteria(tx.on()).await?;
    for weighted in &mut model.criteria {
        let newest = known.iter().find(|known| known.id == weighted.criterion_id && !known.is_archived).ok_or(Fault::NotFound)?;
        (weighted.version, weighted.criterion) = (newest.version, newest.criterion.clone());
    }
    let before = store::model(tx.on()).await?;
    if in_order(&before.model) == in_order(&model) {
        return Ok(before.id);
    }
    let model_id = store::insert_model(tx.on(), &model, &note, viewer, now).await?;
    tx.raise(Topic::Scoring).await?;
    let changes = weight_changes(&before.model, &model, viewer);
    tx.commit(viewer, now, Event::ScoringModelSet { model_id, note, changes }).await?;
    Ok(model_id)
}

/// The same model with its criteria by id: in which order they were given changes no score.
fn in_order(model: &Model) -> Model {
    let mut model = model.clone();
    model.criteria.sort_by_key(|weighted| weighted.criterion_id);
    model
}

fn weight_changes(before: &Model, after: &Model, viewer: &Viewer) -> Vec<FieldChange> {
    let weight = |model: &Model, id: i64| {
        let found = model.criteria.iter().find(|weighted| weighted.criterion_id == id);
        found.map(|weighted| weighted.weight.to_string())
    };
    let mut changes: Vec<FieldChange> = Vec::new();
    for weighted in after.criteria.iter().chain(&before.criteria) {
        let field = weighted.criterion.name.in_language(viewer.language).to_owned();
        let (before, after) = (weight(before, weighted.criterion_id), weight(after, weighted.criterion_id));
        if before != after && !changes.iter().any(|change| change.field == field) {
            changes.push(FieldChange { field, before, after });
        }
    }
    changes
}

/// The account, if this viewer may see it.
pub async fn account(office: &Office, viewer: &Viewer, id: i64) -> Result<Account, Fault> {
    require(viewer, Right::SeeFigures)?;
    let found = accounts::find(office.db.read(), viewer, id).await?;
    found.filter(|account| viewer.sight.sees(account.id)).ok_or(Fault::NotFound)
}

/// The ratings of an account, those that count and those that ended, the newest first.
pub async fn ratings(office: &Office, viewer: &Viewer, account_id: i64) -> Result<Vec<Rating>, Fault> {
    account(office, viewer, account_id).await?;
    Ok(store::ratings_of(office.db.read(), viewer, account_id).await?)
}

/// Rates an account by some criteria. A rating of the same viewer for the same criterion is replaced.
pub async fn rate(office: &Office, viewer: &Viewer, account_id: i64, inputs: Vec<RatingInput>) -> Result<(), Fault> {
    require(viewer, Right::Rate)?;
    account(office, viewer, account_id).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let ratings = inputs.into_iter().map(|input| input.of(account_id)).collect();
    let changes = save_ratings(&tx, viewer, ratings, None, office).await?;
    if changes.is_empty() {
        return Err(Fault::field("ratings", |t| t.scoring_rate_nothing()));
    }
    Ok(tx.commit(viewer, now, Event::AccountRated { account_id, ratings: changes }).await?)
}

/// Writes ratings of the viewer, ends those that they replace, and tells what changed; the same rating again, with the same words, changes nothing.
pub(super) async fn save_ratings(
    tx: &crate::db::Tx,
    viewer: &Viewer,
    ratings: Vec<NewRating>,
    round_id: Option<i64>,
    office: &Office,
) -> Result<Vec<RatingChange>, Fault> {
    let criteria = store::criteria(tx.on()).await?;
    let mut accounts: Vec<i64> = ratings.iter().map(|rating| rating.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let own = store::ratings_by(tx.on(), viewer, viewer.user_id, &accounts).await?;
    let (mut kept, mut ended, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for rating in ratings {
        let criterion = criteria.iter().find(|known| known.id == rating.criterion_id && !known.is_archived).ok_or(Fault::NotFound)?;
        if !criterion.criterion.kind.takes(rating.value) {
            return Err(Fault::field("ratings", |t| t.scoring_rating_wrong()));
        }
        let before = own.iter().find(|own| (own.account_id, own.criterion_id) == (rating.account_id, rating.criterion_id));
        // In a round the same rating again says that somebody looked again.
        let is_same = before.is_some_and(|own| {
            own.value == rating.value
                && round_id.is_none_or(|round_id| own.round_id == Some(round_id))
                && (rating.evidence.is_empty() || own.evidence == rating.evidence)
                && own.review_on == rating.review_on
        });
        if is_same {
            continue;
        }
        ended.extend(before.map(|own| own.id));
        changes.push(RatingChange {
            account_id: rating.account_id,
            criterion: criterion.criterion.name.in_language(viewer.language).to_owned(),
            before: before.map(|own| own.value),
            after: rating.value,
        });
        kept.push(rating);
    }
    if !kept.is_empty() {
        store::end_ratings(tx.on(), &ended, office.now()).await?;
        store::insert_ratings(tx.on(), &kept, viewer, round_id, office.now()).await?;
        tx.raise(Topic::Scoring).await?;
    }
    Ok(changes)
}

/// Withdraws a rating: one's own, or for who defines the valuation, anybody's. Gives the account it was of.
pub async fn withdraw_rating(office: &Office, viewer: &Viewer, id: i64) -> Result<i64, Fault> {
    require(viewer, Right::Rate)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let rating = store::rating(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    if rating.rater_id != viewer.user_id {
        require(viewer, Right::DefineScoring)?;
    }
    if rating.ended_at.is_some() {
        return Err(Fault::conflict(|t| t.scoring_rating_ended()));
    }
    let criterion = store::criterion(tx.on(), rating.criterion_id).await?.ok_or(Fault::NotFound)?;
    store::end_ratings(tx.on(), &[id], now).await?;
    tx.raise(Topic::Scoring).await?;
    let criterion = criterion.criterion.name.in_language(viewer.language).to_owned();
    let event = Event::RatingWithdrawn { account_id: rating.account_id, criterion, value: rating.value };
    tx.commit(viewer, now, event).await?;
    Ok(rating.account_id)
}
