//! Counters that rise when records change, so that what is kept in memory knows how old it is, also when another process changed them.

use std::collections::BTreeMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{DbErr, EntityTrait, Set};

use super::moment::once;
use super::{Db, Tx};

mod revision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub topic: String,
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A part of the records that is kept in memory as a whole somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Topic {
    /// Master data, numbers, tags and fields of accounts; which of them are archived or merged.
    Accounts,
    /// Edges of corporate groups.
    Groups,
    /// Who looks after whom, units, users, and the setting on who sees what.
    Sight,
    /// People, their employments and channels.
    People,
    /// Interactions and the rules of their rhythm.
    Interactions,
    /// Criteria, models, ratings.
    Scoring,
    /// Key accounts and how each class is treated.
    KeyAccounts,
    /// Who stands on which stakeholder map, and as what.
    Stakeholders,
}

impl Topic {
    fn name(self) -> String {
        <&str>::from(self).to_owned()
    }
}

/// The revisions of all topics at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisions(BTreeMap<String, i64>);

impl Revisions {
    /// The revision of a topic; 0 before its first change.
    pub fn of(&self, topic: Topic) -> i64 {
        self.0.get(<&str>::from(topic)).copied().unwrap_or_default()
    }
}

impl Db {
    /// The revisions of all topics, in one query.
    pub async fn revisions(&self) -> Result<Revisions, DbErr> {
        once("revisions", async {
            let rows = revision::Entity::find().all(self.read()).await?;
            Ok(Revisions(rows.into_iter().map(|row| (row.topic, row.value)).collect()))
        })
        .await
    }
}

impl Tx {
    /// Raises the revision of a topic and gives the new one. Changes wait for each other, so no two get the same.
    pub async fn raise(&self, topic: Topic) -> Result<i64, DbErr> {
        let now = revision::Entity::find_by_id(topic.name()).one(self.on()).await?.map_or(0, |row| row.value);
        let row = revision::ActiveModel { topic: Set(topic.name()), value: Set(now + 1) };
        let on_conflict = OnConflict::column(revision::Column::Topic).update_column(revision::Column::Value).to_owned();
        revision::Entity::insert(row).on_conflict(on_conflict).exec_without_returning(self.on()).await?;
        Ok(now + 1)
    }
}
