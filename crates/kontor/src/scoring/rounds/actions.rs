//! Verbs about rounds of ratings.

use std::collections::HashSet;

use kontor_domain::abc::Class;
use kontor_domain::audit::Event;
use kontor_domain::group::Level;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::Settings;

use super::forms::{NewRound, Selection};
use super::store::{self, Round, Task};
use crate::assignments::actions as assignments;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions::{criteria, present, save_ratings, visible};
use crate::scoring::store::{self as scoring, NewRating, Rating, StoredCriterion};
use crate::team;
use crate::team::actions::require;
use crate::team::store::User;

/// A round with what is to be done in it and what is done.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The round.
    pub round: Round,
    /// The criteria, in the order of the round.
    pub criteria: Vec<StoredCriterion>,
    /// Who rates which account, of those that the viewer may see.
    pub tasks: Vec<Task>,
    /// The ratings given in the round that still count.
    pub ratings: Vec<Rating>,
    /// The names of the raters, by id.
    pub raters: Vec<(i64, String)>,
}

impl Progress {
    /// How many ratings a rater has to give, and how many are given.
    pub fn of(&self, user_id: i64) -> (usize, usize) {
        let accounts: HashSet<i64> = self.tasks.iter().filter(|task| task.user_id == user_id).map(|task| task.account_id).collect();
        let given = self.ratings.iter().filter(|rating| rating.rater_id == user_id && accounts.contains(&rating.account_id));
        let given: HashSet<(i64, i64)> = given.map(|rating| (rating.account_id, rating.criterion_id)).collect();
        (accounts.len() * self.criteria.len(), given.len())
    }

    /// The accounts of a rater in the order of the round.
    pub fn accounts_of(&self, user_id: i64) -> Vec<i64> {
        self.tasks.iter().filter(|task| task.user_id == user_id).map(|task| task.account_id).collect()
    }
}

/// All rounds with how many accounts this viewer still has to rate by how many criteria in each.
pub async fn list(office: &Office, viewer: &Viewer) -> Result<Vec<(Round, usize)>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let db = office.db.read();
    let tasks = store::tasks(db, viewer, None).await?;
    let own = |round: &Round| tasks.iter().filter(|task| task.round_id == round.id && task.user_id == viewer.user_id).count();
    Ok(store::all(db).await?.into_iter().map(|round| (round.clone(), own(&round))).collect())
}

/// One round.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Progress, Fault> {
    require(viewer, Right::SeeFigures)?;
    let db = office.db.read();
    let round = store::find(db, id).await?.ok_or(Fault::NotFound)?;
    let known = criteria(office, viewer).await?;
    let of_round = store::criteria(db, id).await?;
    let tasks = store::tasks(db, viewer, Some(id)).await?;
    let mut ratings = scoring::ratings_in(db, viewer, id).await?;
    ratings.retain(|rating| rating.ended_at.is_none());
    let users = team::store::all(db).await?;
    let is_rater = |user: &User| tasks.iter().any(|task| task.user_id == user.id);
    Ok(Progress {
        criteria: of_round.iter().filter_map(|id| known.iter().find(|known| known.id == *id).cloned()).collect(),
        raters: users.iter().filter(|user| is_rater(user)).map(|user| (user.id, user.name.clone())).collect(),
        round,
        tasks,
        ratings,
    })
}

/// Who can be asked to rate: everybody who may sign in and does more than read.
pub async fn possible_raters(office: &Office, viewer: &Viewer) -> Result<Vec<User>, Fault> {
    require(viewer, Right::DefineScoring)?;
    team::actions::doers(office).await
}

/// Opens a round: each rater gets the accounts of the selection, or those of them whose team they are on.
pub async fn open(office: &Office, viewer: &Viewer, settings: &Settings, new: NewRound) -> Result<i64, Fault> {
    require(viewer, Right::DefineScoring)?;
    let known = criteria(office, viewer).await?;
    let is_ratable = |id: &i64| known.iter().any(|known| known.id == *id && !known.is_archived && known.criterion.kind.is_rated());
    if !new.criteria.iter().all(is_ratable) {
        return Err(Fault::field("criteria", |t| t.scoring_criteria_missing()));
    }
    let raters = possible_raters(office, viewer).await?;
    let raters: Vec<&User> = raters.iter().filter(|user| new.raters.contains(&user.id)).collect();
    if raters.len() != new.raters.len() {
        return Err(Fault::field("raters", |t| t.scoring_raters_missing()));
    }
    let accounts = selected(office, viewer, settings, &new).await?;
    let mut tasks = Vec::new();
    for rater in &raters {
        if new.is_own_only {
            let own: HashSet<i64> =
                assignments::accounts_of(office, rater.id, office.today()).await?.into_iter().map(|(account_id, _)| account_id).collect();
            tasks.extend(accounts.iter().filter(|account_id| own.contains(account_id)).map(|&account_id| (rater.id, account_id)));
        } else {
            tasks.extend(accounts.iter().map(|&account_id| (rater.id, account_id)));
        }
    }
    if tasks.is_empty() {
        return Err(Fault::Invalid(vec![FieldError::new("accounts", |t| t.scoring_round_empty())]));
    }
    let now = office.now();
    let tx = office.db.begin().await?;
    let round_id = store::insert(tx.on(), &new, &tasks, viewer, now).await?;
    let names = raters.iter().map(|user| user.name.clone()).collect();
    let event = Event::RatingRoundOpened { round_id, name: new.name, due_on: new.due_on, raters: names, accounts: accounts.len() as u64 };
    tx.commit(viewer, now, event).await?;
    Ok(round_id)
}

/// The accounts of a selection, the largest by revenue first.
async fn selected(office: &Office, viewer: &Viewer, settings: &Settings, new: &NewRound) -> Result<Vec<i64>, Fault> {
    let table = present(office, viewer, settings, Level::Account).await?.ok_or_else(|| Fault::conflict(|t| t.scoring_keep_nothing()))?;
    let mut indices = visible(&table, viewer);
    indices.retain(|&index| match new.selection {
        Selection::A => table.rows[index].class == Some(Class::A),
        Selection::Ab => matches!(table.rows[index].class, Some(Class::A | Class::B)),
        Selection::Rated => table.cells(index).iter().any(|cell| cell.raters > 0),
        Selection::Largest => true,
    });
    indices.sort_by_key(|&index| (std::cmp::Reverse(table.rows[index].revenue), index));
    Ok(indices.into_iter().take(new.accounts).map(|index| table.rows[index].account_id).collect())
}

/// Rates accounts in an open round. Only those that the viewer is asked to rate, by the criteria of the round.
pub async fn rate(office: &Office, viewer: &Viewer, id: i64, ratings: Vec<NewRating>) -> Result<(), Fault> {
    require(viewer, Right::Rate)?;
    let progress = show(office, viewer, id).await?;
    if progress.round.closed_at.is_some() {
        return Err(Fault::conflict(|t| t.scoring_round_closed()));
    }
    let own = progress.accounts_of(viewer.user_id);
    let is_asked =
        |rating: &NewRating| own.contains(&rating.account_id) && progress.criteria.iter().any(|known| known.id == rating.criterion_id);
    if !ratings.iter().all(is_asked) {
        return Err(Fault::NotFound);
    }
    let now = office.now();
    let tx = office.db.begin().await?;
    let changes = save_ratings(&tx, viewer, ratings, Some(id), office).await?;
    if changes.is_empty() {
        return Err(Fault::field("ratings", |t| t.scoring_rate_nothing()));
    }
    Ok(tx.commit(viewer, now, Event::RatingRoundRated { round_id: id, name: progress.round.name, ratings: changes }).await?)
}

/// Closes a round: nobody rates in it any more. What was rated stays.
pub async fn close(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::DefineScoring)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let round = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    if round.closed_at.is_some() {
        return Err(Fault::conflict(|t| t.scoring_round_closed()));
    }
    store::close(tx.on(), id, now).await?;
    Ok(tx.commit(viewer, now, Event::RatingRoundClosed { round_id: id, name: round.name }).await?)
}
