//! SQL of the ways to reach people.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::Viewer;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Cond, Expr, JoinType};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};

use super::{CHUNK, employment, is_seen, person};
use crate::db::sight::seen_by;

pub(in crate::people) mod channel {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "channel")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub kind: String,
        pub value: String,
        pub normal: String,
        pub position: i64,
        pub ended_on: Option<Date>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The id.
    pub id: i64,
    /// Who.
    pub person_id: i64,
    /// What it is.
    pub kind: ChannelKind,
    /// As typed.
    pub value: String,
    /// For comparing.
    pub normal: String,
    /// Since when it is no longer used.
    pub ended_on: Option<NaiveDate>,
}

impl TryFrom<channel::Model> for Channel {
    type Error = DbErr;

    fn try_from(row: channel::Model) -> Result<Channel, DbErr> {
        let kind = row.kind.parse().map_err(DbErr::Custom)?;
        Ok(Channel { id: row.id, person_id: row.person_id, kind, value: row.value, normal: row.normal, ended_on: row.ended_on })
    }
}

/// The channels of a person, those in use first.
pub async fn channels(db: &impl ConnectionTrait, person_id: i64) -> Result<Vec<Channel>, DbErr> {
    let mut found = channels_of(db, &[person_id]).await?;
    Ok(found.remove(&person_id).unwrap_or_default())
}

/// The same for many people.
pub async fn channels_of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Vec<Channel>>, DbErr> {
    let mut found: HashMap<i64, Vec<Channel>> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let query = channel::Entity::find()
            .filter(channel::Column::PersonId.is_in(chunk.iter().copied()))
            .order_by_asc(channel::Column::Position)
            .order_by_asc(channel::Column::Id);
        for row in query.all(db).await? {
            found.entry(row.person_id).or_default().push(row.try_into()?);
        }
    }
    for channels in found.values_mut() {
        channels.sort_by_key(|channel| channel.ended_on.is_some());
    }
    Ok(found)
}

/// A channel to add.
pub struct NewChannel<'a> {
    /// Who.
    pub person_id: i64,
    /// What it is.
    pub kind: ChannelKind,
    /// As typed.
    pub value: &'a str,
    /// For comparing.
    pub normal: String,
    /// Its place among the person's channels.
    pub position: i64,
}

/// Adds channels and gives their ids in the same order.
pub async fn insert_channels(tx: &impl ConnectionTrait, new: &[NewChannel<'_>], now: DateTime<Utc>) -> Result<Vec<i64>, DbErr> {
    let mut ids = Vec::with_capacity(new.len());
    for chunk in new.chunks(CHUNK) {
        let rows = chunk.iter().map(|new| channel::ActiveModel {
            person_id: Set(new.person_id),
            kind: Set(new.kind.to_string()),
            value: Set(new.value.to_owned()),
            normal: Set(new.normal.clone()),
            position: Set(new.position),
            ended_on: Set(None),
            created_at: Set(now),
            ..Default::default()
        });
        ids.extend(channel::Entity::insert_many(rows).exec_with_returning_keys(tx).await?);
    }
    Ok(ids)
}

/// Ends channels on a day, or, without one, takes them into use again.
pub async fn end_channels(tx: &impl ConnectionTrait, ids: &[i64], on: Option<NaiveDate>) -> Result<(), DbErr> {
    let query = channel::Entity::update_many().col_expr(channel::Column::EndedOn, Expr::value(on));
    query.filter(channel::Column::Id.is_in(ids.iter().copied())).exec(tx).await.map(|_| ())
}

/// Puts a channel at another place among those of its person.
pub async fn place_channel(tx: &impl ConnectionTrait, id: i64, position: i64) -> Result<(), DbErr> {
    channel::ActiveModel { id: Set(id), position: Set(position), ..Default::default() }.update(tx).await.map(|_| ())
}

/// People who can be reached at one of these addresses or numbers, as pairs of the compared form and the person.
pub async fn by_channel(db: &impl ConnectionTrait, viewer: &Viewer, normals: &[String]) -> Result<Vec<(String, i64)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Found {
        normal: String,
        person_id: i64,
    }
    let mut found = Vec::new();
    for chunk in normals.chunks(CHUNK) {
        let people = person::Entity::find().select_only().column(person::Column::Id).filter(is_seen(viewer));
        let query = channel::Entity::find()
            .select_only()
            .columns([channel::Column::Normal, channel::Column::PersonId])
            .filter(channel::Column::Normal.is_in(chunk.iter().map(String::as_str)))
            .filter(channel::Column::PersonId.in_subquery(people.into_query()));
        found.extend(query.into_model::<Found>().all(db).await?.into_iter().map(|found| (found.normal, found.person_id)));
    }
    Ok(found)
}

/// The accounts of mail domains: those where everybody who has an address there works for the same account that this viewer may see.
pub async fn accounts_of_domains(db: &impl ConnectionTrait, viewer: &Viewer, domains: &[String]) -> Result<HashMap<String, i64>, DbErr> {
    /// So many domains go into one statement; each is a search through all addresses.
    const DOMAINS: usize = 50;
    #[derive(FromQueryResult)]
    struct Found {
        normal: String,
        account_id: i64,
    }
    let mut found: HashMap<String, Option<i64>> = HashMap::new();
    for chunk in domains.chunks(DOMAINS) {
        let mut any = Cond::any();
        for domain in chunk {
            any = any.add(channel::Column::Normal.ends_with(format!("@{domain}")));
        }
        let to_employment =
            channel::Entity::belongs_to(employment::Entity).from(channel::Column::PersonId).to(employment::Column::PersonId).into();
        let query = channel::Entity::find()
            .select_only()
            .column(channel::Column::Normal)
            .column_as(employment::Column::AccountId, "account_id")
            .join(JoinType::InnerJoin, to_employment)
            .filter(any)
            .filter(channel::Column::EndedOn.is_null())
            .filter(employment::Column::ToDay.is_null())
            .filter(employment::Column::AccountId.is_not_null())
            .filter(seen_by(viewer, employment::Column::AccountId));
        for row in query.into_model::<Found>().all(db).await? {
            let Some((_, domain)) = row.normal.rsplit_once('@') else { continue };
            let entry = found.entry(domain.to_owned()).or_insert(Some(row.account_id));
            *entry = entry.filter(|&known| known == row.account_id);
        }
    }
    Ok(found.into_iter().filter_map(|(domain, account)| Some((domain, account?))).collect())
}
