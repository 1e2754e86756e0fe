//! SQL of criteria, models and ratings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::rights::Viewer;
use kontor_domain::scoring::criterion::Criterion;
use kontor_domain::scoring::model::Model;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::db::moving::point;
use crate::db::sight::seen_by;

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 500;

mod criterion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "criterion")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub key: String,
        pub archived_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod criterion_version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "criterion_version")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub criterion_id: i64,
        pub version: i64,
        #[sea_orm(column_type = "Text")]
        pub definition: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub created_by_name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod scoring_model {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "scoring_model")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "Text")]
        pub definition: String,
        pub note: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub created_by_name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod rating {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rating")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub criterion_id: i64,
        pub rater_id: i64,
        pub rater_name: String,
        pub value: i64,
        pub evidence: String,
        pub rated_on: Date,
        pub review_on: Option<Date>,
        pub round_id: Option<i64>,
        pub created_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version of something by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// When; the beginning of time for what a new house begins with.
    pub at: DateTime<Utc>,
    /// By whom; empty for what a new house begins with.
    pub by: String,
}

impl Made {
    /// Whether it is what every new house begins with.
    pub fn is_given(&self) -> bool {
        self.by.is_empty()
    }
}

/// A criterion in one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCriterion {
    /// The id.
    pub id: i64,
    /// The lasting name of those that a new house begins with; others have one of their own making.
    pub key: String,
    /// The version.
    pub version: i64,
    /// What it is in that version.
    pub criterion: Criterion,
    /// Who made the version.
    pub made: Made,
    /// Whether it is no longer offered.
    pub is_archived: bool,
}

/// A model in one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredModel {
    /// The version, counted from 1.
    pub id: i64,
    /// The model.
    pub model: Model,
    /// Why it was made.
    pub note: String,
    /// Who made it.
    pub made: Made,
}

/// One rating by one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The id.
    pub id: i64,
    /// The account.
    pub account_id: i64,
    /// The criterion.
    pub criterion_id: i64,
    /// Who rated.
    pub rater_id: i64,
    /// What the rater was called.
    pub rater_name: String,
    /// 0 to 5.
    pub value: u8,
    /// What it rests on.
    pub evidence: String,
    /// When.
    pub rated_on: NaiveDate,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
    /// The round it was given in.
    pub round_id: Option<i64>,
    /// When it stopped to count: replaced by a newer one, or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A rating to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRating {
    /// The account.
    pub account_id: i64,
    /// The criterion.
    pub criterion_id: i64,
    /// 0 to 5.
    pub value: u8,
    /// What it rests on.
    pub evidence: String,
    /// When.
    pub rated_on: NaiveDate,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
}

/// What of a rating counts in a valuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The account.
    pub account_id: i64,
    /// The criterion.
    pub criterion_id: i64,
    /// 0 to 5.
    pub value: u8,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
}

impl From<rating::Model> for Rating {
    fn from(row: rating::Model) -> Rating {
        Rating {
            id: row.id,
            account_id: row.account_id,
            criterion_id: row.criterion_id,
            rater_id: row.rater_id,
            rater_name: row.rater_name,
            value: u8::try_from(row.value).unwrap_or_default(),
            evidence: row.evidence,
            rated_on: row.rated_on,
            review_on: row.review_on,
            round_id: row.round_id,
            ended_at: row.ended_at,
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(what: &str, id: i64, text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Custom(format!("{what} {id}: {error}")))
}

fn write(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}

fn stored(criterion: &criterion::Model, version: criterion_version::Model) -> Result<StoredCriterion, DbErr> {
    Ok(StoredCriterion {
        id: criterion.id,
        key: criterion.key.clone(),
        version: version.version,
        criterion: read("criterion", criterion.id, &version.definition)?,
        made: Made { at: version.created_at, by: version.created_by_name },
        is_archived: criterion.archived_at.is_some(),
    })
}

/// All criteria in their newest version, by id.
pub async fn criteria(db: &impl ConnectionTrait) -> Result<Vec<StoredCriterion>, DbErr> {
    let rows = criterion::Entity::find().order_by_asc(criterion::Column::Id).all(db).await?;
    let versions = criterion_version::Entity::find().order_by_asc(criterion_version::Column::Version).all(db).await?;
    let mut newest: HashMap<i64, criterion_version::Model> = versions.into_iter().map(|row| (row.criterion_id, row)).collect();
    rows.iter().filter_map(|row| newest.remove(&row.id).map(|version| stored(row, version))).collect()
}

/// One criterion in its newest version.
pub async fn criterion(db: &impl ConnectionTrait, id: i64) -> Result<Option<StoredCriterion>, DbErr> {
    Ok(criterion_versions(db, id).await?.into_iter().next())
}

/// All versions of a criterion, the newest first.
pub async fn criterion_versions(db: &impl ConnectionTrait, id: i64) -> Result<Vec<StoredCriterion>, DbErr> {
    let Some(row) = criterion::Entity::find_by_id(id).one(db).await? else { return Ok(Vec::new()) };
    let versions = criterion_version::Entity::find()
        .filter(criterion_version::Column::CriterionId.eq(id))
        .order_by_desc(criterion_version::Column::Version)
        .all(db)
        .await?;
    versions.into_iter().map(|version| stored(&row, version)).collect()
}

/// Adds a criterion of the house's own and gives its id.
pub async fn insert_criterion(tx: &impl ConnectionTrait, key: String) -> Result<i64, DbErr> {
    Ok(criterion::ActiveModel { key: Set(key), ..Default::default() }.insert(tx).await?.id)
}

/// Adds a version of a criterion.
pub async fn insert_version(
    tx: &impl ConnectionTrait,
    id: i64,
    version: i64,
    criterion: &Criterion,
    by: &Viewer,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = criterion_version::ActiveModel {
        criterion_id: Set(id),
        version: Set(version),
        definition: Set(write(criterion)?),
        created_at: Set(now),
        created_by: Set(by.user_id),
        created_by_name: Set(by.name.clone()),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// Offers a criterion no longer, or again.
pub async fn set_archived(tx: &impl ConnectionTrait, id: i64, at: Option<DateTime<Utc>>) -> Result<(), DbErr> {
    criterion::ActiveModel { id: Set(id), archived_at: Set(at), ..Default::default() }.update(tx).await.map(|_| ())
}

impl TryFrom<scoring_model::Model> for StoredModel {
    type Error = DbErr;

    fn try_from(row: scoring_model::Model) -> Result<StoredModel, DbErr> {
        let model = read("model", row.id, &row.definition)?;
        Ok(StoredModel { id: row.id, model, note: row.note, made: Made { at: row.created_at, by: row.created_by_name } })
    }
}

/// The model in force.
pub async fn model(db: &impl ConnectionTrait) -> Result<StoredModel, DbErr> {
    let newest = scoring_model::Entity::find().order_by_desc(scoring_model::Column::Id).one(db).await?;
    newest.ok_or_else(|| DbErr::RecordNotFound("there is no model, though every house begins with one".into()))?.try_into()
}

/// All versions of the model, the newest first.
pub async fn models(db: &impl ConnectionTrait) -> Result<Vec<StoredModel>, DbErr> {
    let rows = scoring_model::Entity::find().order_by_desc(scoring_model::Column::Id).all(db).await?;
    rows.into_iter().map(StoredModel::try_from).collect()
}

/// One version of the model.
pub async fn model_version(db: &impl ConnectionTrait, id: i64) -> Result<Option<StoredModel>, DbErr> {
    scoring_model::Entity::find_by_id(id).one(db).await?.map(StoredModel::try_from).transpose()
}

/// Puts a new version of the model in force and gives its number.
pub async fn insert_model(tx: &impl ConnectionTrait, model: &Model, note: &str, by: &Viewer, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = scoring_model::ActiveModel {
        definition: Set(write(model)?),
        note: Set(note.to_owned()),
        created_at: Set(now),
        created_by: Set(by.user_id),
        created_by_name: Set(by.name.clone()),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// All ratings that count, of all accounts: they are the house's, what a viewer may see of the result is decided where it is shown.
/// With a day, those that counted then: of each rater the newest one up to that day that had not ended by its end.
pub async fn counted(db: &impl ConnectionTrait, on: Option<NaiveDate>) -> Result<Vec<Counted>, DbErr> {
    let all = rating::Entity::find().select_only().columns([
        rating::Column::AccountId,
        rating::Column::CriterionId,
        rating::Column::RaterId,
        rating::Column::Value,
        rating::Column::ReviewOn,
    ]);
    type Columns = (i64, i64, i64, i64, Option<NaiveDate>);
    let rows: Vec<Columns> = match on {
        None => all.filter(rating::Column::EndedAt.is_null()).into_tuple().all(db).await?,
        Some(day) => {
            let end = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN).and_utc();
            let still = rating::Column::EndedAt.is_null().or(rating::Column::EndedAt.gte(end));
            let then = all.filter(rating::Column::RatedOn.lte(day)).filter(still);
            let rows: Vec<Columns> =
                then.order_by_asc(rating::Column::RatedOn).order_by_asc(rating::Column::Id).into_tuple().all(db).await?;
            let newest: HashMap<(i64, i64, i64), Columns> = rows.into_iter().map(|row| ((row.0, row.1, row.2), row)).collect();
            newest.into_values().collect()
        }
    };
    let counted = |(account_id, criterion_id, _, value, review_on): Columns| Counted {
        account_id,
        criterion_id,
        value: u8::try_from(value).unwrap_or_default(),
        review_on,
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// The ratings of one account, those that count and those that ended, the newest first; none where this viewer may not see the account.
pub async fn ratings_of(db: &impl ConnectionTrait, viewer: &Viewer, account_id: i64) -> Result<Vec<Rating>, DbErr> {
    let rows = rating::Entity::find()
        .filter(rating::Column::AccountId.eq(account_id))
        .filter(seen_by(viewer, rating::Column::AccountId))
        .order_by_desc(rating::Column::RatedOn)
        .order_by_desc(rating::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Rating::from).collect())
}

/// The ratings of one user that count, of these accounts.
pub async fn ratings_by(db: &impl ConnectionTrait, viewer: &Viewer, rater_id: i64, accounts: &[i64]) -> Result<Vec<Rating>, DbErr> {
    let mut found = Vec::new();
    for chunk in accounts.chunks(CHUNK) {
        let rows = rating::Entity::find()
            .filter(rating::Column::AccountId.is_in(chunk.iter().copied()))
            .filter(rating::Column::RaterId.eq(rater_id))
            .filter(rating::Column::EndedAt.is_null())
            .filter(seen_by(viewer, rating::Column::AccountId))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(Rating::from));
    }
    Ok(found)
}

/// The ratings given in a round, also those that a newer one replaced.
pub async fn ratings_in(db: &impl ConnectionTrait, viewer: &Viewer, round_id: i64) -> Result<Vec<Rating>, DbErr> {
    let rows = rating::Entity::find()
        .filter(rating::Column::RoundId.eq(round_id))
        .filter(seen_by(viewer, rating::Column::AccountId))
        .order_by_asc(rating::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Rating::from).collect())
}

/// One rating of an account that this viewer may see.
pub async fn rating(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Rating>, DbErr> {
    let row = rating::Entity::find_by_id(id).filter(seen_by(viewer, rating::Column::AccountId)).one(db).await?;
    Ok(row.map(Rating::from))
}

/// Adds ratings of one rater.
pub async fn insert_ratings(
    tx: &impl ConnectionTrait,
    ratings: &[NewRating],
    rater: &Viewer,
    round_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for chunk in ratings.chunks(CHUNK / 4) {
        let rows = chunk.iter().map(|rating| rating::ActiveModel {
            account_id: Set(rating.account_id),
            criterion_id: Set(rating.criterion_id),
            rater_id: Set(rater.user_id),
            rater_name: Set(rater.name.clone()),
            value: Set(i64::from(rating.value)),
            evidence: Set(rating.evidence.clone()),
            rated_on: Set(rating.rated_on),
            review_on: Set(rating.review_on),
            round_id: Set(round_id),
            created_at: Set(now),
            ..Default::default()
        });
        rating::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Ends ratings: they count no longer.
pub async fn end_ratings(tx: &impl ConnectionTrait, ids: &[i64], now: DateTime<Utc>) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        rating::Entity::update_many()
            .col_expr(rating::Column::EndedAt, Expr::value(now))
            .filter(rating::Column::Id.is_in(chunk.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Gives the ratings of one account to another, when accounts are merged, and tells which; one that the other has by the same rater for the same
/// criterion stays behind.
pub async fn move_ratings(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    let of = async |account: i64| {
        rating::Entity::find().filter(rating::Column::AccountId.eq(account)).order_by_asc(rating::Column::Id).all(tx).await
    };
    let there = of(to).await?;
    let clashes = |row: &rating::Model| {
        let same = |other: &&rating::Model| other.criterion_id == row.criterion_id && other.rater_id == row.rater_id;
        row.ended_at.is_none() && there.iter().filter(same).any(|other| other.ended_at.is_none())
    };
    let moved: Vec<i64> = of(from).await?.iter().filter(|row| !clashes(row)).map(|row| row.id).collect();
    move_ratings_back(tx, &moved, to).await?;
    Ok(moved)
}

/// Takes [`move_ratings`] back: these ratings are of that account.
pub async fn move_ratings_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<rating::Entity>(tx, (rating::Column::Id, rating::Column::AccountId), ids, to).await
}
