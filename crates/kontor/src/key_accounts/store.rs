//! SQL of nominations, decisions and treatments.

use chrono::{DateTime, Utc};
use kontor_domain::abc::Class;
use kontor_domain::key_account::{Decision, Reach, Ruling, Treatments};
use kontor_domain::rights::Viewer;
use kontor_domain::scoring::Score;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

use crate::db::moving::point;
use crate::db::sight::seen_by;

mod nomination {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "nomination")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub is_review: bool,
        pub statement: String,
        pub nominated_at: DateTimeUtc,
        pub nominated_by: i64,
        pub nominated_by_name: String,
        pub withdrawn_at: Option<DateTimeUtc>,
        pub score: Option<i64>,
        pub coverage: i64,
        pub class: Option<String>,
        pub model_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod decision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "key_account_decision")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub nomination_id: Option<i64>,
        pub decision: String,
        pub reason: String,
        pub decided_on: Date,
        pub decided_at: DateTimeUtc,
        pub decided_by: i64,
        pub decided_by_name: String,
        pub manager_id: Option<i64>,
        pub manager_name: Option<String>,
        pub reach: Option<String>,
        pub next_review: Option<Date>,
        pub score: Option<i64>,
        pub coverage: i64,
        pub class: Option<String>,
        pub model_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod treatments {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "treatments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "Text")]
        pub value: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the valuation said when something was said or decided about an account.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The score; `None` while nothing was known.
    pub score: Option<Score>,
    /// The coverage, 0–1.
    pub coverage: f64,
    /// The class.
    pub class: Option<Class>,
    /// The version of the model.
    pub model_id: i64,
}

impl Snapshot {
    fn read(score: Option<i64>, coverage: i64, class: Option<&str>, model_id: i64) -> Snapshot {
        Snapshot {
            score: score.and_then(|raw| u32::try_from(raw).ok()).map(Score::of_raw),
            coverage: coverage as f64 / 10_000.0,
            class: Class::ALL.into_iter().find(|known| Some(known.to_string().as_str()) == class),
            model_id,
        }
    }

    fn hundredths(&self) -> i64 {
        (self.coverage * 10_000.0).round() as i64
    }
}

/// That an account should become a key account, or that one should be thought about again.
#[derive(Clone, Debug, PartialEq)]
pub struct Nomination {
    /// The id.
    pub id: i64,
    /// The account.
    pub account_id: i64,
    /// Whether it was a key account then.
    pub is_review: bool,
    /// Why.
    pub statement: String,
    /// When.
    pub nominated_at: DateTime<Utc>,
    /// By whom.
    pub nominated_by: i64,
    /// What they were called.
    pub nominated_by_name: String,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// What the valuation said then.
    pub snapshot: Snapshot,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The id.
    pub id: i64,
    /// The account.
    pub account_id: i64,
    /// The nomination it answers.
    pub nomination_id: Option<i64>,
    /// What, why, when, with whom, how far, until when.
    pub ruling: Ruling,
    /// The name of the key account manager.
    pub manager_name: Option<String>,
    /// By whom.
    pub decided_by_name: String,
    /// What the valuation said then.
    pub snapshot: Snapshot,
}

impl From<nomination::Model> for Nomination {
    fn from(row: nomination::Model) -> Nomination {
        Nomination {
            snapshot: Snapshot::read(row.score, row.coverage, row.class.as_deref(), row.model_id),
            id: row.id,
            account_id: row.account_id,
            is_review: row.is_review,
            statement: row.statement,
            nominated_at: row.nominated_at,
            nominated_by: row.nominated_by,
            nominated_by_name: row.nominated_by_name,
            withdrawn_at: row.withdrawn_at,
        }
    }
}

impl TryFrom<decision::Model> for Decided {
    type Error = DbErr;

    fn try_from(row: decision::Model) -> Result<Decided, DbErr> {
        let wrong = |what: &str| DbErr::Custom(format!("decision {}: not a {what}", row.id));
        let ruling = Ruling {
            decision: row.decision.parse::<Decision>().map_err(|_| wrong("decision"))?,
            reach: row.reach.as_deref().map(|reach| reach.parse::<Reach>().map_err(|_| wrong("reach"))).transpose()?,
            reason: row.reason,
            decided_on: row.decided_on,
            manager_id: row.manager_id,
            next_review: row.next_review,
        };
        Ok(Decided {
            id: row.id,
            account_id: row.account_id,
            nomination_id: row.nomination_id,
            ruling,
            manager_name: row.manager_name,
            decided_by_name: row.decided_by_name,
            snapshot: Snapshot::read(row.score, row.coverage, row.class.as_deref(), row.model_id),
        })
    }
}

/// All decisions in the order in which they were made, of all accounts: which of them are key accounts is a fact of the house.
pub async fn all_decisions(db: &impl ConnectionTrait) -> Result<Vec<Decided>, DbErr> {
    let rows = decision::Entity::find().order_by_asc(decision::Column::Id).all(db).await?;
    rows.into_iter().map(Decided::try_from).collect()
}

/// The decisions about accounts that this viewer may see, in the order in which they were made.
pub async fn decisions(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Decided>, DbErr> {
    let seen = decision::Entity::find().filter(seen_by(viewer, decision::Column::AccountId));
    let rows = seen.order_by_asc(decision::Column::Id).all(db).await?;
    rows.into_iter().map(Decided::try_from).collect()
}

/// The decisions about one account, in the order in which they were made; none where this viewer may not see it.
pub async fn decisions_of(db: &impl ConnectionTrait, viewer: &Viewer, account_id: i64) -> Result<Vec<Decided>, DbErr> {
    let seen = decision::Entity::find().filter(seen_by(viewer, decision::Column::AccountId));
    let rows = seen.filter(decision::Column::AccountId.eq(account_id)).order_by_asc(decision::Column::Id).all(db).await?;
    rows.into_iter().map(Decided::try_from).collect()
}

/// The nominations of accounts that this viewer may see, the newest first.
pub async fn nominations(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Nomination>, DbErr> {
    let seen = nomination::Entity::find().filter(seen_by(viewer, nomination::Column::AccountId));
    let rows = seen.order_by_desc(nomination::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(Nomination::from).collect())
}

/// The nominations of one account, the newest first; none where this viewer may not see it.
pub async fn nominations_of(db: &impl ConnectionTrait, viewer: &Viewer, account_id: i64) -> Result<Vec<Nomination>, DbErr> {
    let seen = nomination::Entity::find().filter(seen_by(viewer, nomination::Column::AccountId));
    let rows = seen.filter(nomination::Column::AccountId.eq(account_id)).order_by_desc(nomination::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(Nomination::from).collect())
}

/// One nomination of an account that this viewer may see.
pub async fn nomination(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Nomination>, DbErr> {
    let seen = nomination::Entity::find_by_id(id).filter(seen_by(viewer, nomination::Column::AccountId));
    Ok(seen.one(db).await?.map(Nomination::from))
}

/// Adds a nomination and gives its id.
pub async fn insert_nomination(
    tx: &impl ConnectionTrait,
    account_id: i64,
    is_review: bool,
    statement: &str,
    snapshot: &Snapshot,
    by: &Viewer,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = nomination::ActiveModel {
        account_id: Set(account_id),
        is_review: Set(is_review),
        statement: Set(statement.to_owned()),
        nominated_at: Set(now),
        nominated_by: Set(by.user_id),
        nominated_by_name: Set(by.name.clone()),
        score: Set(snapshot.score.map(|score| score.raw().into())),
        coverage: Set(snapshot.hundredths()),
        class: Set(snapshot.class.map(|class| class.to_string())),
        model_id: Set(snapshot.model_id),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Takes a nomination back.
pub async fn withdraw(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    nomination::ActiveModel { id: Set(id), withdrawn_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// A decision to be added.
pub struct NewDecision<'a> {
    /// The account.
    pub account_id: i64,
    /// The nomination it answers.
    pub nomination_id: Option<i64>,
    /// What is decided.
    pub ruling: &'a Ruling,
    /// The name of the key account manager.
    pub manager_name: Option<String>,
    /// What the valuation says.
    pub snapshot: Snapshot,
}

/// Adds a decision.
pub async fn insert_decision(tx: &impl ConnectionTrait, new: NewDecision<'_>, by: &Viewer, now: DateTime<Utc>) -> Result<(), DbErr> {
    let NewDecision { account_id, nomination_id, ruling, manager_name, snapshot } = new;
    let row = decision::ActiveModel {
        account_id: Set(account_id),
        nomination_id: Set(nomination_id),
        decision: Set(ruling.decision.name().to_owned()),
        reason: Set(ruling.reason.clone()),
        decided_on: Set(ruling.decided_on),
        decided_at: Set(now),
        decided_by: Set(by.user_id),
        decided_by_name: Set(by.name.clone()),
        manager_id: Set(ruling.manager_id),
        manager_name: Set(manager_name),
        reach: Set(ruling.reach.map(|reach| reach.name().to_owned())),
        next_review: Set(ruling.next_review),
        score: Set(snapshot.score.map(|score| score.raw().into())),
        coverage: Set(snapshot.hundredths()),
        class: Set(snapshot.class.map(|class| class.to_string())),
        model_id: Set(snapshot.model_id),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// What each class gets; the defaults while nothing was set.
pub async fn current_treatments(db: &impl ConnectionTrait) -> Result<Treatments, DbErr> {
    match treatments::Entity::find().order_by_desc(treatments::Column::Id).one(db).await? {
        Some(row) => serde_json::from_str(&row.value).map_err(|error| DbErr::Custom(format!("treatments {}: {error}", row.id))),
        None => Ok(Treatments::default()),
    }
}

/// Sets what each class gets.
pub async fn insert_treatments(tx: &impl ConnectionTrait, value: &Treatments, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let value = serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))?;
    treatments::ActiveModel { value: Set(value), created_at: Set(now), created_by: Set(by), ..Default::default() }
        .insert(tx)
        .await
        .map(|_| ())
}

/// Nominations and decisions of an account that became part of another: those that moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Nominations.
    pub nominations: Vec<i64>,
    /// Decisions.
    pub decisions: Vec<i64>,
}

/// The decisions about an account and its nominations, whoever looks: for who merges, by id.
pub async fn of_account(tx: &impl ConnectionTrait, account_id: i64) -> Result<(Vec<Decided>, Vec<Nomination>), DbErr> {
    let decisions = decision::Entity::find().filter(decision::Column::AccountId.eq(account_id)).order_by_asc(decision::Column::Id);
    let nominations = nomination::Entity::find().filter(nomination::Column::AccountId.eq(account_id)).order_by_asc(nomination::Column::Id);
    let decisions = decisions.all(tx).await?.into_iter().map(Decided::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok((decisions, nominations.all(tx).await?.into_iter().map(Nomination::from).collect()))
}

/// Puts nominations and decisions on an account.
pub async fn put(tx: &impl ConnectionTrait, rows: &Moved, account_id: i64) -> Result<(), DbErr> {
    point::<nomination::Entity>(tx, (nomination::Column::Id, nomination::Column::AccountId), &rows.nominations, account_id).await?;
    point::<decision::Entity>(tx, (decision::Column::Id, decision::Column::AccountId), &rows.decisions, account_id).await
}
