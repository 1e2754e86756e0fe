//! SQL of the roll of people.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::person::ChannelKind;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::db::bulk::{Flag, rows};
use crate::people::store::{channel, employment, person};

/// How many people are read at a time.
pub const PART: usize = 20_000;

/// A person as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The id.
    pub id: i64,
    /// Academic titles.
    pub title: Option<String>,
    /// Last name and first name, for finding and sorting.
    pub name: String,
    /// The user who added the person.
    pub created_by: i64,
    /// The revision of the people at the last change.
    pub changed: i64,
    /// Whether the person was put away.
    pub is_archived: bool,
    /// Whether the person turned out to be another.
    pub is_merged: bool,
    /// What the person is or was.
    pub jobs: Vec<ReadJob>,
}

/// What somebody is or was at a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadJob {
    /// The account; `None` outside of all accounts.
    pub account_id: Option<i64>,
    /// The last day; `None` while it goes on.
    pub to: Option<NaiveDate>,
    /// Whether it is the one the person is named with.
    pub is_primary: bool,
    /// The function.
    pub function: String,
    /// The department.
    pub department: String,
}

/// Those people after an id who changed after a revision, or all of them, by id; at most [`PART`].
pub async fn part(db: &impl ConnectionTrait, since: Option<i64>, after: i64) -> Result<Vec<Read>, DbErr> {
    type Row = (i64, Option<String>, String, i64, i64, Flag, Flag);
    use person::Column;
    let mut query = person::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Title, Column::SortName, Column::CreatedBy, Column::Changed])
        .expr_as(Expr::col((person::Entity, Column::ArchivedAt)).is_not_null(), "is_archived")
        .expr_as(Expr::col((person::Entity, Column::MergedInto)).is_not_null(), "is_merged")
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PART as u64);
    if let Some(revision) = since {
        query = query.filter(Column::Changed.gt(revision));
    }
    let columns = ["id", "title", "sort_name", "created_by", "changed", "is_archived", "is_merged"];
    let mut people: Vec<Read> = rows::<Row>(db, query.into_query(), &columns)
        .await?
        .into_iter()
        .map(|(id, title, name, created_by, changed, Flag(is_archived), Flag(is_merged))| Read {
            id,
            title,
            name,
            created_by,
            changed,
            is_archived,
            is_merged,
            jobs: Vec::new(),
        })
        .collect();
    people.sort_by_key(|person| person.id);
    let Some(last) = people.last().map(|person| person.id) else { return Ok(people) };
    let place = |people: &[Read], id: i64| people.binary_search_by_key(&id, |person| person.id).ok();
    for (person_id, job) in jobs(db, since, after, last).await? {
        if let Some(place) = place(&people, person_id) {
            people[place].jobs.push(job);
        }
    }
    Ok(people)
}

async fn jobs(db: &impl ConnectionTrait, since: Option<i64>, after: i64, last: i64) -> Result<Vec<(i64, ReadJob)>, DbErr> {
    type Row = (i64, Option<i64>, Option<NaiveDate>, Flag, String, String);
    use employment::Column;
    let query = employment::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::AccountId, Column::ToDay, Column::IsPrimary, Column::Function, Column::Department])
        .filter(of_part(Column::PersonId, since, after, last));
    let columns = ["person_id", "account_id", "to_day", "is_primary", "function", "department"];
    let jobs = rows::<Row>(db, query.into_query(), &columns).await?.into_iter();
    let job = |(person_id, account_id, to, Flag(is_primary), function, department)| {
        (person_id, ReadJob { account_id, to, is_primary, function, department })
    };
    Ok(jobs.map(job).collect())
}

/// The addresses and numbers, as they are compared, of those people from one id to another who changed after a revision, or of all of them.
pub async fn reached(db: &impl ConnectionTrait, since: Option<i64>, after: i64, last: i64) -> Result<HashMap<i64, Vec<String>>, DbErr> {
    use channel::Column;
    let query = channel::Entity::find().select_only().columns([Column::PersonId, Column::Normal]).filter(of_part(
        Column::PersonId,
        since,
        after,
        last,
    ));
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    for (person_id, normal) in rows::<(i64, String)>(db, query.into_query(), &["person_id", "normal"]).await? {
        found.entry(person_id).or_default().push(normal);
    }
    Ok(found)
}

/// A way in use to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Who.
    pub person_id: i64,
    /// What it is.
    pub kind: ChannelKind,
    /// As typed.
    pub value: String,
    /// For comparing.
    pub normal: String,
}

/// The channels in use of those people from one id to another.
pub async fn in_use(db: &impl ConnectionTrait, after: i64, last: i64) -> Result<Vec<Reach>, DbErr> {
    use channel::Column;
    let query = channel::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::Kind, Column::Value, Column::Normal])
        .filter(of_part(Column::PersonId, None, after, last))
        .filter(Column::EndedOn.is_null());
    let rows = rows::<(i64, String, String, String)>(db, query.into_query(), &["person_id", "kind", "value", "normal"]).await?;
    let reach = |(person_id, kind, value, normal): (i64, String, String, String)| {
        Ok(Reach { person_id, kind: kind.parse().map_err(DbErr::Custom)?, value, normal })
    };
    rows.into_iter().map(reach).collect()
}

fn of_part(column: impl ColumnTrait, since: Option<i64>, after: i64, last: i64) -> sea_orm::Condition {
    let mut all = sea_orm::Condition::all().add(column.gt(after)).add(column.lte(last));
    if let Some(revision) = since {
        let changed = person::Entity::find().select_only().column(person::Column::Id).filter(person::Column::Changed.gt(revision));
        all = all.add(column.in_subquery(changed.into_query()));
    }
    all
}
