//! SQL of private notes and of who read them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kontor_domain::person::NoteKind;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::moving::point;

mod private_note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "private_note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub author_id: i64,
        pub author_name: String,
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub created_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod note_reading {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "note_reading")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub note_id: i64,
        pub user_id: i64,
        pub user_name: String,
        pub read_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A private note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The id.
    pub id: i64,
    /// About whom.
    pub person_id: i64,
    /// Who wrote it.
    pub author_id: i64,
    /// What the author was called then.
    pub author_name: String,
    /// What it is about.
    pub kind: NoteKind,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// That somebody other than its author read a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub user_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl TryFrom<private_note::Model> for Note {
    type Error = DbErr;

    fn try_from(row: private_note::Model) -> Result<Note, DbErr> {
        Ok(Note {
            id: row.id,
            person_id: row.person_id,
            author_id: row.author_id,
            author_name: row.author_name,
            kind: row.kind.parse().map_err(DbErr::Custom)?,
            body: row.body,
            created_at: row.created_at,
        })
    }
}

/// The notes about a person that have not ended, the newest first. Who may read them, the caller decides.
pub async fn of_person(db: &impl ConnectionTrait, person_id: i64) -> Result<Vec<Note>, DbErr> {
    let query = private_note::Entity::find()
        .filter(private_note::Column::PersonId.eq(person_id))
        .filter(private_note::Column::EndedAt.is_null())
        .order_by_desc(private_note::Column::Id);
    query.all(db).await?.into_iter().map(Note::try_from).collect()
}

/// One note.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Note>, DbErr> {
    private_note::Entity::find_by_id(id).filter(private_note::Column::EndedAt.is_null()).one(db).await?.map(Note::try_from).transpose()
}

/// Adds a note and gives its id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    person_id: i64,
    author: (i64, &str),
    kind: NoteKind,
    body: &str,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = private_note::ActiveModel {
        person_id: Set(person_id),
        author_id: Set(author.0),
        author_name: Set(author.1.to_owned()),
        kind: Set(kind.to_string()),
        body: Set(body.to_owned()),
        created_at: Set(now),
        ended_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Ends a note.
pub async fn end(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    private_note::ActiveModel { id: Set(id), ended_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Writes down that somebody read these notes.
pub async fn insert_readings(tx: &impl ConnectionTrait, notes: &[i64], reader: (i64, &str), now: DateTime<Utc>) -> Result<(), DbErr> {
    let rows = notes.iter().map(|&note_id| note_reading::ActiveModel {
        note_id: Set(note_id),
        user_id: Set(reader.0),
        user_name: Set(reader.1.to_owned()),
        read_at: Set(now),
        ..Default::default()
    });
    note_reading::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// Who read these notes, by note, the newest reading first.
pub async fn readings(db: &impl ConnectionTrait, notes: &[i64]) -> Result<HashMap<i64, Vec<Reading>>, DbErr> {
    let query = note_reading::Entity::find()
        .filter(note_reading::Column::NoteId.is_in(notes.iter().copied()))
        .order_by_desc(note_reading::Column::Id);
    let mut found: HashMap<i64, Vec<Reading>> = HashMap::new();
    for row in query.all(db).await? {
        found.entry(row.note_id).or_default().push(Reading { user_name: row.user_name, at: row.read_at });
    }
    Ok(found)
}

/// Gives the notes about one person to another, and tells which.
pub async fn move_references(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    let rows = private_note::Entity::find().filter(private_note::Column::PersonId.eq(from)).order_by_asc(private_note::Column::Id);
    let ids: Vec<i64> = rows.all(tx).await?.into_iter().map(|row| row.id).collect();
    move_back(tx, &ids, to).await?;
    Ok(ids)
}

/// Takes [`move_references`] back: these notes are about that person.
pub async fn move_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<private_note::Entity>(tx, (private_note::Column::Id, private_note::Column::PersonId), ids, to).await
}
