//! SQL of the rules of contact, and of accounts and people with an interval of their own.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kontor_domain::cadence::{Interval, Rules};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::moving::{self, point};

mod cadence_rules {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cadence_rules")]
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

mod cadence_override {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cadence_override")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub person_id: Option<i64>,
        pub wanted_days: i64,
        pub longest_days: i64,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The rules in force; the defaults while none were set.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Rules, DbErr> {
    match cadence_rules::Entity::find().order_by_desc(cadence_rules::Column::Id).one(db).await? {
        Some(row) => serde_json::from_str(&row.value).map_err(|error| DbErr::Custom(format!("cadence rules {}: {error}", row.id))),
        None => Ok(Rules::default()),
    }
}

/// Sets the rules as a new version.
pub async fn insert_rules(tx: &impl ConnectionTrait, rules: &Rules, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let value = serde_json::to_string(rules).map_err(|error| DbErr::Custom(error.to_string()))?;
    let row = cadence_rules::ActiveModel { value: Set(value), created_at: Set(now), created_by: Set(by), ..Default::default() };
    row.insert(tx).await.map(|_| ())
}

/// Who has an interval: an account, or a person there.
pub type Whom = (i64, Option<i64>);

/// The intervals of accounts and people that have their own.
pub async fn own(db: &impl ConnectionTrait) -> Result<HashMap<Whom, Interval>, DbErr> {
    let rows = cadence_override::Entity::find().filter(cadence_override::Column::EndedAt.is_null()).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| Some(((row.account_id, row.person_id), interval(&row)?))).collect())
}

/// The intervals of one account and of people there.
pub async fn own_at(db: &impl ConnectionTrait, account_id: i64) -> Result<HashMap<Whom, Interval>, DbErr> {
    use cadence_override::Column;
    let rows = cadence_override::Entity::find().filter(Column::AccountId.eq(account_id)).filter(Column::EndedAt.is_null()).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| Some(((row.account_id, row.person_id), interval(&row)?))).collect())
}

fn interval(row: &cadence_override::Model) -> Option<Interval> {
    Interval::new(u32::try_from(row.wanted_days).ok()?, u32::try_from(row.longest_days).ok()?)
}

/// Ends the interval of an account or a person, and begins another where there is one.
pub async fn set_own(tx: &impl ConnectionTrait, whom: Whom, after: Option<Interval>, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    use cadence_override::Column;
    let (account_id, person_id) = whom;
    let person = match person_id {
        Some(id) => Column::PersonId.eq(id),
        None => Column::PersonId.is_null(),
    };
    let ended = cadence_override::ActiveModel { ended_at: Set(Some(now)), ended_by: Set(Some(by)), ..Default::default() };
    cadence_override::Entity::update_many()
        .set(ended)
        .filter(Column::AccountId.eq(account_id))
        .filter(person)
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    if let Some(interval) = after {
        let row = cadence_override::ActiveModel {
            account_id: Set(account_id),
            person_id: Set(person_id),
            wanted_days: Set(i64::from(interval.wanted())),
            longest_days: Set(i64::from(interval.longest())),
            created_at: Set(now),
            created_by: Set(by),
            ..Default::default()
        };
        row.insert(tx).await?;
    }
    Ok(())
}

/// Hangs the intervals of one account on another, those that ended, too; one that holds stays behind where the other has its own for the same.
pub async fn move_account(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    use cadence_override::Column;
    let taken = own_at(tx, to).await?;
    let rows = cadence_override::Entity::find().filter(Column::AccountId.eq(from)).order_by_asc(Column::Id).all(tx).await?;
    let clashes = |row: &cadence_override::Model| row.ended_at.is_none() && taken.contains_key(&(to, row.person_id));
    let moved: Vec<i64> = rows.iter().filter(|row| !clashes(row)).map(|row| row.id).collect();
    put(tx, &moved, Column::AccountId, to).await?;
    Ok(moved)
}

/// Puts one person in another's place, also where an interval ended; one that holds stays behind where the other has their own at the same account.
pub async fn move_person(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    use cadence_override::Column;
    let of = |id: i64| cadence_override::Entity::find().filter(Column::PersonId.eq(id)).order_by_asc(Column::Id);
    let taken: Vec<i64> = of(to).filter(Column::EndedAt.is_null()).all(tx).await?.into_iter().map(|row| row.account_id).collect();
    let clashes = |row: &cadence_override::Model| row.ended_at.is_none() && taken.contains(&row.account_id);
    let moved: Vec<i64> = of(from).all(tx).await?.iter().filter(|row| !clashes(row)).map(|row| row.id).collect();
    put(tx, &moved, Column::PersonId, to).await?;
    Ok(moved)
}

/// Whether any of these people has or had an interval of their own at any of these accounts.
pub async fn are_at(db: &impl ConnectionTrait, persons: &[i64], accounts: &[i64]) -> Result<bool, DbErr> {
    moving::are_at::<cadence_override::Entity>(
        db,
        (cadence_override::Column::PersonId, cadence_override::Column::AccountId),
        persons,
        accounts,
    )
    .await
}

/// Takes [`move_account`] or [`move_person`] back.
pub async fn move_back(tx: &impl ConnectionTrait, moved: &[i64], account: Option<i64>, person: Option<i64>) -> Result<(), DbErr> {
    use cadence_override::Column;
    if let Some(id) = account {
        put(tx, moved, Column::AccountId, id).await?;
    }
    if let Some(id) = person {
        put(tx, moved, Column::PersonId, id).await?;
    }
    Ok(())
}

async fn put(tx: &impl ConnectionTrait, ids: &[i64], column: cadence_override::Column, value: i64) -> Result<(), DbErr> {
    point::<cadence_override::Entity>(tx, (cadence_override::Column::Id, column), ids, value).await
}
