//! SQL of people; below it that of their employments, of the ways to reach them, and of where their data are known from.

mod channels;
mod employments;
mod origins;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kontor_domain::person::{Birthday, PersonData, full_name};
use kontor_domain::rights::Viewer;
use kontor_domain::sight::Sight;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};

pub use self::channels::*;
pub use self::employments::*;
pub use self::origins::*;
use crate::db::sight::seen_by;
use crate::search::fold::fold;

/// How many rows go into one statement; both databases limit the number of bound values.
pub const CHUNK: usize = 500;

pub(super) mod person {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub salutation: Option<String>,
        pub title: Option<String>,
        pub first_name: String,
        pub last_name: String,
        pub formality: String,
        pub languages: String,
        pub birth_day: Option<i64>,
        pub birth_month: Option<i64>,
        pub birth_year: Option<i64>,
        pub remark: String,
        pub folded: String,
        pub sort_name: String,
        pub changed: i64,
        pub archived_at: Option<DateTimeUtc>,
        pub merged_into: Option<i64>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A human on a customer's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: i64,
    /// Names, languages, birthday, remark.
    pub data: PersonData,
    /// The revision of [`Topic::People`](crate::db::revisions::Topic::People) at the last change.
    pub changed: i64,
    /// When the person was put away.
    pub archived_at: Option<DateTime<Utc>>,
    /// The person this one was merged into.
    pub merged_into: Option<i64>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// The user who added the person; 0 for the command line.
    pub created_by: i64,
}

impl TryFrom<person::Model> for Person {
    type Error = DbErr;

    fn try_from(row: person::Model) -> Result<Person, DbErr> {
        let birthday = match (row.birth_day, row.birth_month) {
            (Some(day), Some(month)) => Birthday::new(day as u32, month as u32, row.birth_year.map(|year| year as i32)),
            _ => None,
        };
        let data = PersonData {
            salutation: row.salutation.map(|text| text.parse()).transpose().map_err(DbErr::Custom)?,
            title: row.title,
            first_name: row.first_name,
            last_name: row.last_name,
            formality: row.formality.parse().map_err(DbErr::Custom)?,
            languages: row.languages.split_whitespace().map(str::to_owned).collect(),
            birthday,
            remark: row.remark,
        };
        Ok(Person {
            id: row.id,
            data,
            changed: row.changed,
            archived_at: row.archived_at,
            merged_into: row.merged_into,
            created_at: row.created_at,
            created_by: row.created_by,
        })
    }
}

/// The condition that a person may be seen: with one of the accounts the person works or worked for; who never worked for one, by the user who
/// added the person. Who turned out to be another is not seen any more.
pub(super) fn is_seen(viewer: &Viewer) -> SimpleExpr {
    let is_one = Expr::col((Alias::new("person"), Alias::new("merged_into"))).is_null();
    if viewer.sight == Sight::All {
        return is_one;
    }
    let of_person = || {
        let mut query = Query::select();
        query
            .expr(Expr::val(1))
            .from(Alias::new("employment"))
            .and_where(Expr::col((Alias::new("employment"), Alias::new("person_id"))).equals((Alias::new("person"), Alias::new("id"))))
            .and_where(Expr::col((Alias::new("employment"), Alias::new("account_id"))).is_not_null());
        query
    };
    let mut at_seen = of_person();
    at_seen.and_where(seen_by(viewer, (Alias::new("employment"), Alias::new("account_id"))));
    let own = Expr::col((Alias::new("person"), Alias::new("created_by"))).eq(viewer.user_id).and(Expr::exists(of_person()).not());
    is_one.and(Expr::exists(at_seen).or(own))
}

/// One person this viewer may see; also one that was put away.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Person>, DbErr> {
    person::Entity::find_by_id(id).filter(is_seen(viewer)).one(db).await?.map(Person::try_from).transpose()
}

/// Some people this viewer may see, by name.
pub async fn find_all(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<Vec<Person>, DbErr> {
    let mut people = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows = person::Entity::find().filter(person::Column::Id.is_in(chunk.iter().copied())).filter(is_seen(viewer)).all(db).await?;
        people.extend(rows.into_iter().map(|row| (row.sort_name.clone(), row)));
    }
    people.sort_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
    people.into_iter().map(|(_, row)| row.try_into()).collect()
}

/// The names of those of these people whom this viewer may see.
pub async fn names(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    use person::Column;
    type Row = (i64, Option<String>, String, String);
    let mut names = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let query = person::Entity::find().select_only().columns([Column::Id, Column::Title, Column::FirstName, Column::LastName]);
        let query = query.filter(Column::Id.is_in(chunk.iter().copied())).filter(is_seen(viewer));
        let rows = query.into_tuple::<Row>().all(db).await?.into_iter();
        names.extend(rows.map(|(id, title, first_name, last_name)| (id, full_name(title.as_deref(), &first_name, &last_name))));
    }
    Ok(names)
}

/// Text for finding and sorting.
pub fn folded(parts: &[&str]) -> String {
    let mut folded = String::new();
    for part in parts {
        if !folded.is_empty() {
            folded.push(' ');
        }
        fold(part, &mut folded);
    }
    folded.trim().to_owned()
}

fn columns(data: &PersonData, changed: i64) -> person::ActiveModel {
    person::ActiveModel {
        salutation: Set(data.salutation.map(|salutation| salutation.to_string())),
        title: Set(data.title.clone()),
        first_name: Set(data.first_name.clone()),
        last_name: Set(data.last_name.clone()),
        formality: Set(data.formality.to_string()),
        languages: Set(data.languages.join(" ")),
        birth_day: Set(data.birthday.map(|birthday| i64::from(birthday.day()))),
        birth_month: Set(data.birthday.map(|birthday| i64::from(birthday.month()))),
        birth_year: Set(data.birthday.and_then(Birthday::year).map(i64::from)),
        remark: Set(data.remark.clone()),
        folded: Set(folded(&[&data.first_name, &data.last_name])),
        sort_name: Set(folded(&[&data.last_name, &data.first_name])),
        changed: Set(changed),
        ..Default::default()
    }
}

/// Adds people and gives their ids in the same order.
pub async fn insert(
    tx: &impl ConnectionTrait,
    people: &[&PersonData],
    changed: i64,
    by: i64,
    now: DateTime<Utc>,
) -> Result<Vec<i64>, DbErr> {
    let mut ids = Vec::with_capacity(people.len());
    for chunk in people.chunks(CHUNK) {
        let rows = chunk.iter().map(|data| person::ActiveModel { created_at: Set(now), created_by: Set(by), ..columns(data, changed) });
        ids.extend(person::Entity::insert_many(rows).exec_with_returning_keys(tx).await?);
    }
    Ok(ids)
}

/// Changes a person.
pub async fn update(tx: &impl ConnectionTrait, id: i64, data: &PersonData, changed: i64) -> Result<(), DbErr> {
    person::ActiveModel { id: Set(id), ..columns(data, changed) }.update(tx).await.map(|_| ())
}

/// Notes that something that hangs on these people changed.
pub async fn touch(tx: &impl ConnectionTrait, ids: &[i64], changed: i64) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        let query = person::Entity::update_many().col_expr(person::Column::Changed, Expr::value(changed));
        query.filter(person::Column::Id.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    Ok(())
}

/// Puts a person away, or takes the person out again.
pub async fn set_archived(tx: &impl ConnectionTrait, id: i64, at: Option<DateTime<Utc>>, changed: i64) -> Result<(), DbErr> {
    let row = person::ActiveModel { id: Set(id), archived_at: Set(at), changed: Set(changed), ..Default::default() };
    row.update(tx).await.map(|_| ())
}

/// The folded names of those of these people whom this viewer may see.
pub async fn folded_names(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    let people = find_all(db, viewer, ids).await?;
    Ok(people.into_iter().map(|person| (person.id, folded(&[&person.data.first_name, &person.data.last_name]))).collect())
}
