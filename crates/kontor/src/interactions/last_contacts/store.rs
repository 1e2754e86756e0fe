//! SQL of the last contacts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kontor_domain::cadence::LastContacts;
use kontor_domain::interaction::Kind;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Set};

use super::ByAccount;
use crate::db::bulk;
use crate::interactions::store::{interaction, interaction_person};

const CHUNK: usize = 400;
/// How many rows are read at a time into what is kept in memory.
const PART: usize = 20_000;
/// The person that stands for the account as a whole.
pub const WHOLE_ACCOUNT: i64 = 0;

mod last_contact {
    use sea_orm::entity::prelude::*;
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Eq, Deserialize, DeriveEntityModel)]
    #[sea_orm(table_name = "last_contact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: i64,
        pub visit: Option<Date>,
        pub call: Option<Date>,
        pub video: Option<Date>,
        pub mail: Option<Date>,
        pub event: Option<Date>,
        pub revision: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An account, and a person there or [`WHOLE_ACCOUNT`].
pub type Key = (i64, i64);

fn contacts(row: &last_contact::Model) -> LastContacts {
    let mut contacts = LastContacts::default();
    for (kind, day) in
        [(Kind::Visit, row.visit), (Kind::Call, row.call), (Kind::Video, row.video), (Kind::Mail, row.mail), (Kind::Event, row.event)]
    {
        contacts.set(kind, day);
    }
    contacts
}

fn active((account_id, person_id): Key, contacts: &LastContacts, revision: i64) -> last_contact::ActiveModel {
    last_contact::ActiveModel {
        account_id: Set(account_id),
        person_id: Set(person_id),
        visit: Set(contacts.of(Kind::Visit)),
        call: Set(contacts.of(Kind::Call)),
        video: Set(contacts.of(Kind::Video)),
        mail: Set(contacts.of(Kind::Mail)),
        event: Set(contacts.of(Kind::Event)),
        revision: Set(revision),
    }
}

/// The last contacts of accounts that changed after a revision.
pub async fn changed_since(db: &impl ConnectionTrait, revision: i64) -> Result<ByAccount, DbErr> {
    use last_contact::Column;
    let (mut found, mut after) = (ByAccount::new(), i64::MIN);
    loop {
        let query = last_contact::Entity::find()
            .filter(Column::PersonId.eq(WHOLE_ACCOUNT))
            .filter(Column::Revision.gt(revision))
            .filter(Column::AccountId.gt(after))
            .order_by_asc(Column::AccountId)
            .limit(PART as u64);
        let rows: Vec<last_contact::Model> = bulk::entities::<last_contact::Entity>(db, query).await?;
        found.extend(rows.iter().map(|row| (row.account_id, contacts(row))));
        match rows.iter().map(|row| row.account_id).max() {
            Some(last) if rows.len() == PART => after = last,
            _ => return Ok(found),
        }
    }
}

/// The last contacts of one account and of its people.
pub async fn of_account(db: &impl ConnectionTrait, account_id: i64) -> Result<BTreeMap<i64, LastContacts>, DbErr> {
    let rows = last_contact::Entity::find().filter(last_contact::Column::AccountId.eq(account_id)).all(db).await?;
    Ok(rows.iter().map(|row| (row.person_id, contacts(row))).collect())
}

/// The last contacts of people at all their accounts.
pub async fn of_people(db: &impl ConnectionTrait, persons: &BTreeSet<i64>) -> Result<Vec<(Key, LastContacts)>, DbErr> {
    let mut found = Vec::new();
    let persons: Vec<i64> = persons.iter().copied().collect();
    for chunk in persons.chunks(CHUNK) {
        let rows = last_contact::Entity::find().filter(last_contact::Column::PersonId.is_in(chunk.iter().copied())).all(db).await?;
        found.extend(rows.iter().map(|row| ((row.account_id, row.person_id), contacts(row))));
    }
    Ok(found)
}

/// The last contacts of people that changed after a revision.
pub async fn people_changed_since(db: &impl ConnectionTrait, revision: i64) -> Result<Vec<(Key, LastContacts)>, DbErr> {
    use last_contact::Column;
    let rows = last_contact::Entity::find().filter(Column::Revision.gt(revision)).filter(Column::PersonId.ne(WHOLE_ACCOUNT));
    Ok(rows.all(db).await?.iter().map(|row| ((row.account_id, row.person_id), contacts(row))).collect())
}

/// Everything that is stored, for comparing with [`recomputed`].
pub async fn stored(db: &impl ConnectionTrait) -> Result<BTreeMap<Key, LastContacts>, DbErr> {
    let rows = last_contact::Entity::find().all(db).await?;
    Ok(rows
        .iter()
        .map(|row| ((row.account_id, row.person_id), contacts(row)))
        .filter(|(_, last)| *last != LastContacts::default())
        .collect())
}

/// Takes new contacts into account.
pub async fn note(tx: &impl ConnectionTrait, new: &[(Key, Kind, NaiveDate)], revision: i64) -> Result<(), DbErr> {
    use last_contact::Column;
    let mut changed: BTreeMap<Key, LastContacts> = BTreeMap::new();
    for &(key, kind, day) in new {
        changed.entry(key).or_default().note(kind, day);
    }
    let accounts: Vec<i64> = changed.keys().map(|key| key.0).collect::<BTreeSet<_>>().into_iter().collect();
    for chunk in accounts.chunks(CHUNK) {
        let rows = last_contact::Entity::find().filter(Column::AccountId.is_in(chunk.iter().copied())).all(tx).await?;
        for row in rows {
            let Some(changed) = changed.get_mut(&(row.account_id, row.person_id)) else { continue };
            let known = contacts(&row);
            for kind in Kind::ALL {
                if let Some(day) = known.of(kind) {
                    changed.note(kind, day);
                }
            }
        }
    }
    put(tx, changed.iter().map(|(key, contacts)| active(*key, contacts, revision)).collect()).await
}

async fn put(tx: &impl ConnectionTrait, rows: Vec<last_contact::ActiveModel>) -> Result<(), DbErr> {
    use last_contact::Column;
    for chunk in rows.chunks(CHUNK / 8) {
        let on_conflict = OnConflict::columns([Column::AccountId, Column::PersonId])
            .update_columns([Column::Visit, Column::Call, Column::Video, Column::Mail, Column::Event, Column::Revision])
            .to_owned();
        last_contact::Entity::insert_many(chunk.iter().cloned()).on_conflict(on_conflict).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Counts the last contacts of these anew from the interactions, as one changed or went. A row without any contact stays, so that whoever keeps rows in
/// memory learns of it.
pub async fn recompute(tx: &impl ConnectionTrait, keys: &BTreeSet<Key>, revision: i64) -> Result<(), DbErr> {
    let mut rows = Vec::with_capacity(keys.len());
    for &key in keys {
        let mut last = LastContacts::default();
        for (_, kind, day) in newest(tx, Some(key), key.1 != WHOLE_ACCOUNT).await? {
            last.note(kind, day);
        }
        rows.push(active(key, &last, revision));
    }
    put(tx, rows).await
}

/// All last contacts, from the interactions themselves.
pub async fn recomputed(db: &impl ConnectionTrait) -> Result<BTreeMap<Key, LastContacts>, DbErr> {
    let mut found: BTreeMap<Key, LastContacts> = BTreeMap::new();
    for by_person in [false, true] {
        for (key, kind, day) in newest(db, None, by_person).await? {
            found.entry(key).or_default().note(kind, day);
        }
    }
    Ok(found)
}

/// The newest day of each kind, by account or by person at an account.
async fn newest(db: &impl ConnectionTrait, of: Option<Key>, by_person: bool) -> Result<Vec<(Key, Kind, NaiveDate)>, DbErr> {
    use interaction::Column;
    let mut query = interaction::Entity::find()
        .select_only()
        .column(Column::AccountId)
        .column(Column::Kind)
        .column_as(Column::Day.max(), "newest")
        .filter(Column::ArchivedAt.is_null());
    if let Some((account_id, _)) = of {
        query = query.filter(Column::AccountId.eq(account_id));
    }
    query = query.group_by(Column::AccountId).group_by(Column::Kind);
    let rows: Vec<(i64, String, NaiveDate, i64)> = if by_person {
        let link: RelationDef = interaction::Entity::belongs_to(interaction_person::Entity)
            .from(Column::Id)
            .to(interaction_person::Column::InteractionId)
            .into();
        query = query
            .join(JoinType::InnerJoin, link)
            .column(interaction_person::Column::PersonId)
            .group_by(interaction_person::Column::PersonId);
        if let Some((_, person_id)) = of {
            query = query.filter(interaction_person::Column::PersonId.eq(person_id));
        }
        query.into_tuple().all(db).await?
    } else {
        let rows: Vec<(i64, String, NaiveDate)> = query.into_tuple().all(db).await?;
        rows.into_iter().map(|(account, kind, day)| (account, kind, day, WHOLE_ACCOUNT)).collect()
    };
    rows.into_iter().map(|(account, kind, day, person)| Ok(((account, person), kind.parse().map_err(DbErr::Custom)?, day))).collect()
}
