//! SQL of people who become one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kontor_domain::person::{ChannelKind, Datum, PersonData};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};

use crate::db::bulk;
use crate::db::moving::{self, point};
use crate::people::store::{CHUNK, Person, channel, employment, person, provenance};
use crate::search::fold::fold;

/// A person as far as it matters for finding duplicates.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The id.
    pub id: i64,
    /// First names.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Day, month and, where it is known, year.
    pub birthday: Option<(u32, u32, Option<i32>)>,
    /// Mail addresses, in the form in which two are compared.
    pub mails: Vec<String>,
    /// Phone numbers, in the form in which two are compared.
    pub phones: Vec<String>,
    /// The accounts where the person works or worked.
    pub employers: Vec<i64>,
}

/// How many people are read at a time.
const PART: usize = 20_000;

/// Everybody who was not put away, whoever looks.
pub async fn everybody(db: &impl ConnectionTrait) -> Result<Vec<Known>, DbErr> {
    let (mut known, mut after) = (Vec::new(), i64::MIN);
    loop {
        let mut part = part(db, after).await?;
        let Some(last) = part.last().map(|known| known.id) else { return Ok(known) };
        reach(db, &mut part, after, last).await?;
        known.extend(part);
        after = last;
    }
}

async fn part(db: &impl ConnectionTrait, after: i64) -> Result<Vec<Known>, DbErr> {
    type Row = (i64, String, String, Option<u32>, Option<u32>, Option<i32>);
    use person::Column;
    let query = person::Entity::find()
        .select_only()
        .columns([Column::Id, Column::FirstName, Column::LastName, Column::BirthDay, Column::BirthMonth, Column::BirthYear])
        .filter(Column::ArchivedAt.is_null())
        .filter(Column::MergedInto.is_null())
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PART as u64);
    let columns = ["id", "first_name", "last_name", "birth_day", "birth_month", "birth_year"];
    let rows = bulk::rows::<Row>(db, query.into_query(), &columns).await?.into_iter();
    let known = |(id, first_name, last_name, day, month, year): Row| {
        let birthday = day.zip(month).map(|(day, month)| (day, month, year));
        Known { id, first_name, last_name, birthday, ..Known::default() }
    };
    let mut part: Vec<Known> = rows.map(known).collect();
    part.sort_by_key(|known| known.id);
    Ok(part)
}

/// Adds how these people are reached and where they work or worked.
async fn reach(db: &impl ConnectionTrait, part: &mut [Known], after: i64, last: i64) -> Result<(), DbErr> {
    let place = |part: &[Known], id: i64| part.binary_search_by_key(&id, |known| known.id).ok();
    let channels = channel::Entity::find()
        .select_only()
        .columns([channel::Column::Id, channel::Column::PersonId, channel::Column::Kind, channel::Column::Normal])
        .filter(channel::Column::PersonId.gt(after).and(channel::Column::PersonId.lte(last)));
    let columns = ["id", "person_id", "kind", "normal"];
    let mut channels: Vec<(i64, i64, String, String)> = bulk::rows(db, channels.into_query(), &columns).await?;
    channels.sort_by_key(|row| row.0);
    for (_, person_id, kind, normal) in channels {
        let Some(place) = place(part, person_id) else { continue };
        let kind: ChannelKind = kind.parse().map_err(DbErr::Custom)?;
        if kind.is_mail() {
            part[place].mails.push(normal);
        } else if kind.is_phone() && kind != ChannelKind::Fax {
            part[place].phones.push(normal);
        }
    }
    let employments = employment::Entity::find()
        .select_only()
        .columns([employment::Column::Id, employment::Column::PersonId, employment::Column::AccountId])
        .filter(employment::Column::AccountId.is_not_null())
        .filter(employment::Column::PersonId.gt(after).and(employment::Column::PersonId.lte(last)));
    let columns = ["id", "person_id", "account_id"];
    let mut employments: Vec<(i64, i64, i64)> = bulk::rows(db, employments.into_query(), &columns).await?;
    employments.sort_by_key(|row| row.0);
    for (_, person_id, account_id) in employments {
        if let Some(place) = place(part, person_id) {
            part[place].employers.push(account_id);
        }
    }
    Ok(())
}

/// What is known about a person as such, whoever looks.
pub async fn data_of(db: &impl ConnectionTrait, id: i64) -> Result<Option<PersonData>, DbErr> {
    let row = person::Entity::find_by_id(id).one(db).await?;
    row.map(|row| Person::try_from(row).map(|person| person.data)).transpose()
}

/// The person somebody became, one step on.
pub async fn merged_into(db: &impl ConnectionTrait, id: i64) -> Result<Option<i64>, DbErr> {
    Ok(person::Entity::find_by_id(id).one(db).await?.and_then(|row| row.merged_into))
}

/// What those of these people who turned out to be another are in the end, whoever looks.
pub async fn successors(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, i64>, DbErr> {
    moving::successors::<person::Entity>(db, (person::Column::Id, person::Column::MergedInto), ids).await
}

/// Those of these people who were put away, whoever looks.
pub async fn archived(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashSet<i64>, DbErr> {
    use person::Column;
    let mut found = HashSet::new();
    for chunk in ids.chunks(CHUNK) {
        let query = person::Entity::find().select_only().column(Column::Id).filter(Column::Id.is_in(chunk.iter().copied()));
        found.extend(query.filter(Column::ArchivedAt.is_not_null()).into_tuple::<i64>().all(db).await?);
    }
    Ok(found)
}

/// Says who somebody turned out to be; `None`: somebody of their own.
pub(super) async fn set_merged_into(tx: &impl ConnectionTrait, id: i64, into: Option<i64>, changed: i64) -> Result<(), DbErr> {
    person::ActiveModel { id: Set(id), merged_into: Set(into), changed: Set(changed), ..Default::default() }.update(tx).await.map(|_| ())
}

async fn employments_of(tx: &impl ConnectionTrait, person_id: i64) -> Result<Vec<employment::Model>, DbErr> {
    let rows = employment::Entity::find().filter(employment::Column::PersonId.eq(person_id));
    rows.order_by_asc(employment::Column::Id).all(tx).await
}

/// Whether one employment says nothing that another does not say.
fn says_nothing_new(row: &employment::Model, other: &employment::Model) -> bool {
    let folded = |text: &str| {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    };
    let is_said = |ours: &str, theirs: &str| ours.is_empty() || folded(ours) == folded(theirs);
    let is_known = |ours: Option<NaiveDate>, theirs: Option<NaiveDate>| ours.is_none() || ours == theirs;
    row.account_id == other.account_id
        && folded(&row.company) == folded(&other.company)
        && is_said(&row.function, &other.function)
        && is_said(&row.department, &other.department)
        && (row.reports_to.is_none() || row.reports_to == other.reports_to)
        && is_known(row.from_day, other.from_day)
        && row.to_day == other.to_day
}

/// Gives the employments of one person to another, and tells which and whether they were the primary one; of two primary ones the other's stays it.
pub(super) async fn move_employments(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<(i64, bool)>, DbErr> {
    let there = employments_of(tx, to).await?;
    let mut moving = employments_of(tx, from).await?;
    moving.retain(|row| !there.iter().any(|other| says_nothing_new(row, other)));
    let ids: Vec<i64> = moving.iter().map(|row| row.id).collect();
    point::<employment::Entity>(tx, (employment::Column::Id, employment::Column::PersonId), &ids, to).await?;
    if there.iter().any(|row| row.is_primary) {
        for row in moving.iter().filter(|row| row.is_primary) {
            employment::ActiveModel { id: Set(row.id), is_primary: Set(false), ..Default::default() }.update(tx).await?;
        }
    }
    Ok(moving.iter().map(|row| (row.id, row.is_primary)).collect())
}

/// Takes [`move_employments`] back.
pub(super) async fn move_employments_back(tx: &impl ConnectionTrait, moved: &[(i64, bool)], to: i64) -> Result<(), DbErr> {
    for &(id, is_primary) in moved {
        let row = employment::ActiveModel { id: Set(id), person_id: Set(to), is_primary: Set(is_primary), ..Default::default() };
        row.update(tx).await?;
    }
    Ok(())
}

/// Lets those who report to one person report to another, and tells which employments.
pub(super) async fn move_subordinates(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    let rows = employment::Entity::find().filter(employment::Column::ReportsTo.eq(from)).order_by_asc(employment::Column::Id);
    let ids: Vec<i64> = rows.all(tx).await?.into_iter().map(|row| row.id).collect();
    point::<employment::Entity>(tx, (employment::Column::Id, employment::Column::ReportsTo), &ids, to).await?;
    Ok(ids)
}

/// Takes [`move_subordinates`] back, where they still report there.
pub(super) async fn move_subordinates_back(tx: &impl ConnectionTrait, ids: &[i64], from: i64, to: i64) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        let rows = employment::Entity::update_many().col_expr(employment::Column::ReportsTo, Expr::value(to));
        let rows = rows.filter(employment::Column::Id.is_in(chunk.iter().copied())).filter(employment::Column::ReportsTo.eq(from));
        rows.exec(tx).await?;
    }
    Ok(())
}

/// Leaves open whom those of these employments report to that lead round in a circle now; gives them with whom they reported to before.
pub(super) async fn open_circles(
    tx: &impl ConnectionTrait,
    touched: &[i64],
    (gone, kept): (i64, i64),
    subordinates: &[i64],
) -> Result<Vec<(i64, i64)>, DbErr> {
    let mut cleared = Vec::new();
    for &id in touched {
        let Some(row) = employment::Entity::find_by_id(id).one(tx).await? else { continue };
        let Some(superior) = row.reports_to else { continue };
        if leads_back(tx, &row, superior).await? {
            employment::ActiveModel { id: Set(id), reports_to: Set(None), ..Default::default() }.update(tx).await?;
            let was_moved = superior == kept && subordinates.contains(&id);
            cleared.push((id, if was_moved { gone } else { superior }));
        }
    }
    Ok(cleared)
}

async fn leads_back(tx: &impl ConnectionTrait, row: &employment::Model, superior: i64) -> Result<bool, DbErr> {
    let Some(account_id) = row.account_id else { return Ok(superior == row.person_id) };
    let rows = employment::Entity::find().filter(employment::Column::AccountId.eq(account_id)).filter(employment::Column::ToDay.is_null());
    let rows = rows.order_by_asc(employment::Column::Id).all(tx).await?;
    let above: HashMap<i64, i64> = rows.iter().filter_map(|other| Some((other.person_id, other.reports_to?))).collect();
    let (mut now, mut passed) = (superior, HashSet::new());
    while now != row.person_id && passed.insert(now) {
        match above.get(&now) {
            Some(&next) => now = next,
            None => return Ok(false),
        }
    }
    Ok(now == row.person_id)
}

/// Takes [`open_circles`] back, where it was left open.
pub(super) async fn close_circles(tx: &impl ConnectionTrait, cleared: &[(i64, i64)]) -> Result<(), DbErr> {
    for &(id, superior) in cleared {
        let row = employment::Entity::update_many().col_expr(employment::Column::ReportsTo, Expr::value(superior));
        row.filter(employment::Column::Id.eq(id)).filter(employment::Column::ReportsTo.is_null()).exec(tx).await?;
    }
    Ok(())
}

async fn channels_of(tx: &impl ConnectionTrait, person_id: i64) -> Result<Vec<channel::Model>, DbErr> {
    let rows = channel::Entity::find().filter(channel::Column::PersonId.eq(person_id));
    rows.order_by_asc(channel::Column::Position).order_by_asc(channel::Column::Id).all(tx).await
}

/// Gives the channels of one person to another, behind those there, and tells which with the places they had. One that is there already stays behind.
pub(super) async fn move_channels(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<(i64, i64)>, DbErr> {
    let there = channels_of(tx, to).await?;
    let mut moving = channels_of(tx, from).await?;
    let is_there = |row: &channel::Model| {
        let is_same = |other: &channel::Model| (&other.kind, &other.normal) == (&row.kind, &row.normal);
        there.iter().any(|other| is_same(other) && (other.ended_on.is_none() || row.ended_on.is_some()))
    };
    moving.retain(|row| !is_there(row));
    let first = there.iter().map(|row| row.position + 1).max().unwrap_or_default();
    for (position, row) in (first..).zip(&moving) {
        channel::ActiveModel { id: Set(row.id), person_id: Set(to), position: Set(position), ..Default::default() }.update(tx).await?;
    }
    Ok(moving.iter().map(|row| (row.id, row.position)).collect())
}

/// Takes [`move_channels`] back.
pub(super) async fn move_channels_back(tx: &impl ConnectionTrait, moved: &[(i64, i64)], to: i64) -> Result<(), DbErr> {
    for &(id, position) in moved {
        channel::ActiveModel { id: Set(id), person_id: Set(to), position: Set(position), ..Default::default() }.update(tx).await?;
    }
    Ok(())
}

/// Lets where employments and channels are known from go with them; tells which rows.
pub(super) async fn move_origins(tx: &impl ConnectionTrait, from: i64, to: i64, items: &[(Datum, i64)]) -> Result<Vec<i64>, DbErr> {
    let rows = provenance::Entity::find().filter(provenance::Column::PersonId.eq(from)).order_by_asc(provenance::Column::Id);
    let is_of = |row: &provenance::Model| items.iter().any(|(datum, id)| (datum.name(), *id) == (row.datum.as_str(), row.item_id));
    let ids: Vec<i64> = rows.all(tx).await?.iter().filter(|row| is_of(row)).map(|row| row.id).collect();
    move_origins_back(tx, &ids, to).await?;
    Ok(ids)
}

/// Takes [`move_origins`] back.
pub(super) async fn move_origins_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<provenance::Entity>(tx, (provenance::Column::Id, provenance::Column::PersonId), ids, to).await
}

/// Exchanges where two people's data are known from; done twice, it is as it was.
pub(super) async fn exchange_origins(tx: &impl ConnectionTrait, one: i64, other: i64, data: &[Datum]) -> Result<(), DbErr> {
    use provenance::Column;
    for datum in data {
        let of = async |person_id: i64| {
            let rows = provenance::Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Datum.eq(datum.name()));
            Ok::<_, DbErr>(rows.filter(Column::ItemId.eq(0)).one(tx).await?.map(|row| row.id))
        };
        let (ours, theirs) = (of(one).await?, of(other).await?);
        let put = async |id: i64, person_id: i64, item_id: i64| {
            let row = provenance::ActiveModel { id: Set(id), person_id: Set(person_id), item_id: Set(item_id), ..Default::default() };
            row.update(tx).await.map(|_| ())
        };
        // No two of a person may be about the same: one steps aside.
        if let Some(ours) = ours {
            put(ours, one, -1).await?;
        }
        if let Some(theirs) = theirs {
            put(theirs, one, 0).await?;
        }
        if let Some(ours) = ours {
            put(ours, other, 0).await?;
        }
    }
    Ok(())
}
