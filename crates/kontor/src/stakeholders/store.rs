//! SQL of stakeholder maps.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::stakeholder::{BuyingRole, Coverage, LineKind, Support, Tie, Who};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::db::moving::{self, point};

mod buying_decision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "buying_decision")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub name: String,
        pub closed_on: Option<Date>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod stakeholder {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stakeholder")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub decision_id: Option<i64>,
        pub person_id: Option<i64>,
        pub placeholder: String,
        pub function: String,
        pub role: Option<String>,
        pub support: i64,
        pub coverage: i64,
        pub above_id: Option<i64>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub removed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod stakeholder_line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stakeholder_line")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub from_id: i64,
        pub to_id: i64,
        pub kind: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub removed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod relationship {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "relationship")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub person_id: i64,
        pub level_now: Option<String>,
        pub level_wanted: Option<String>,
        pub changed_at: DateTimeUtc,
        pub changed_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A buying decision of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The id.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// What is decided.
    pub name: String,
    /// Since when it is taken or given up.
    pub closed_on: Option<NaiveDate>,
}

impl From<buying_decision::Model> for Decision {
    fn from(row: buying_decision::Model) -> Decision {
        Decision { id: row.id, account_id: row.account_id, name: row.name, closed_on: row.closed_on }
    }
}

/// Somebody who was put on a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id.
    pub id: i64,
    /// Of which account.
    pub account_id: i64,
    /// On the map of which decision; `None` on that of the account itself.
    pub decision_id: Option<i64>,
    /// Who; `None` for somebody not known yet.
    pub person_id: Option<i64>,
    /// How it stands.
    pub terms: Terms,
}

/// How somebody stands on a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// What somebody not known yet is called; empty for a person.
    pub placeholder: String,
    /// What somebody not known yet does; a person's function comes from the employment.
    pub function: String,
    /// The part in the decision.
    pub role: Option<BuyingRole>,
    /// For or against us.
    pub support: Support,
    /// How well we reach them.
    pub coverage: Coverage,
    /// The entry that stands above.
    pub above_id: Option<i64>,
}

impl Entry {
    /// Who it is.
    pub const fn who(&self) -> Who {
        match self.person_id {
            Some(id) => Who::Person(id),
            None => Who::Placeholder(self.id),
        }
    }
}

impl TryFrom<stakeholder::Model> for Entry {
    type Error = DbErr;

    fn try_from(row: stakeholder::Model) -> Result<Entry, DbErr> {
        let terms = Terms {
            placeholder: row.placeholder,
            function: row.function,
            role: row
                .role
                .map(|role| role.parse())
                .transpose()
                .map_err(|error| DbErr::Custom(format!("stakeholder {}: {error}", row.id)))?,
            support: row.support.try_into().map_err(DbErr::Custom)?,
            coverage: row.coverage.try_into().map_err(DbErr::Custom)?,
            above_id: row.above_id,
        };
        Ok(Entry { id: row.id, account_id: row.account_id, decision_id: row.decision_id, person_id: row.person_id, terms })
    }
}

/// A line between two entries of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The id.
    pub id: i64,
    /// The entry it begins at.
    pub from_id: i64,
    /// The entry it leads to.
    pub to_id: i64,
    /// What it means.
    pub kind: LineKind,
}

impl TryFrom<stakeholder_line::Model> for Line {
    type Error = DbErr;

    fn try_from(row: stakeholder_line::Model) -> Result<Line, DbErr> {
        let kind = row.kind.parse().map_err(|error| DbErr::Custom(format!("line {}: {error}", row.id)))?;
        Ok(Line { id: row.id, from_id: row.from_id, to_id: row.to_id, kind })
    }
}

/// The buying decisions of an account, those that are open first.
pub async fn decisions(db: &impl ConnectionTrait, account_id: i64) -> Result<Vec<Decision>, DbErr> {
    let rows =
        buying_decision::Entity::find().filter(buying_decision::Column::AccountId.eq(account_id)).order_by_asc(buying_decision::Column::Id);
    let mut decisions: Vec<Decision> = rows.all(db).await?.into_iter().map(Decision::from).collect();
    decisions.sort_by_key(|decision| (decision.closed_on.is_some(), decision.id));
    Ok(decisions)
}

/// Adds a buying decision and gives its id.
pub async fn insert_decision(tx: &impl ConnectionTrait, account_id: i64, name: &str, by: i64, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = buying_decision::ActiveModel {
        account_id: Set(account_id),
        name: Set(name.to_owned()),
        closed_on: Set(None),
        created_at: Set(now),
        created_by: Set(by),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Closes a buying decision.
pub async fn close_decision(tx: &impl ConnectionTrait, id: i64, on: NaiveDate) -> Result<(), DbErr> {
    buying_decision::ActiveModel { id: Set(id), closed_on: Set(Some(on)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Who was put on one map and still stands there.
pub async fn entries(db: &impl ConnectionTrait, account_id: i64, decision_id: Option<i64>) -> Result<Vec<Entry>, DbErr> {
    let of_map = match decision_id {
        Some(id) => stakeholder::Column::DecisionId.eq(id),
        None => stakeholder::Column::DecisionId.is_null(),
    };
    let rows = stakeholder::Entity::find()
        .filter(stakeholder::Column::AccountId.eq(account_id))
        .filter(of_map)
        .filter(stakeholder::Column::RemovedAt.is_null())
        .order_by_asc(stakeholder::Column::Id);
    rows.all(db).await?.into_iter().map(Entry::try_from).collect()
}

/// All people with a part in the buying centre, on the map of an account or of an open decision: account, person, part.
pub async fn roles(db: &impl ConnectionTrait) -> Result<Vec<(i64, i64, BuyingRole)>, DbErr> {
    let closed = buying_decision::Entity::find().select_only().column(buying_decision::Column::Id);
    let closed: HashSet<i64> =
        closed.filter(buying_decision::Column::ClosedOn.is_not_null()).into_tuple().all(db).await?.into_iter().collect();
    let rows = stakeholder::Entity::find()
        .filter(stakeholder::Column::RemovedAt.is_null())
        .filter(stakeholder::Column::PersonId.is_not_null())
        .filter(stakeholder::Column::Role.is_not_null());
    let entries = rows.all(db).await?.into_iter().map(Entry::try_from).collect::<Result<Vec<_>, _>>()?;
    let is_open = |entry: &Entry| entry.decision_id.is_none_or(|id| !closed.contains(&id));
    Ok(entries.into_iter().filter(is_open).filter_map(|entry| Some((entry.account_id, entry.person_id?, entry.terms.role?))).collect())
}

/// Whether any of these people stands or stood on a map of any of these accounts.
pub async fn are_at(db: &impl ConnectionTrait, persons: &[i64], accounts: &[i64]) -> Result<bool, DbErr> {
    moving::are_at::<stakeholder::Entity>(db, (stakeholder::Column::PersonId, stakeholder::Column::AccountId), persons, accounts).await
}

/// One entry that still stands on its map.
pub async fn entry(db: &impl ConnectionTrait, id: i64) -> Result<Option<Entry>, DbErr> {
    let row = stakeholder::Entity::find_by_id(id).filter(stakeholder::Column::RemovedAt.is_null()).one(db).await?;
    row.map(Entry::try_from).transpose()
}

/// Puts somebody on a map and gives the entry's id.
pub async fn insert_entry(tx: &impl ConnectionTrait, entry: &Entry, by: i64, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = stakeholder::ActiveModel {
        account_id: Set(entry.account_id),
        decision_id: Set(entry.decision_id),
        person_id: Set(entry.person_id),
        created_at: Set(now),
        created_by: Set(by),
        removed_at: Set(None),
        ..active(&entry.terms)
    };
    Ok(row.insert(tx).await?.id)
}

/// Lets an entry stand otherwise, or be somebody else: a placeholder that turned out to be a person.
pub async fn update_entry(tx: &impl ConnectionTrait, id: i64, person_id: Option<i64>, terms: &Terms) -> Result<(), DbErr> {
    stakeholder::ActiveModel { id: Set(id), person_id: Set(person_id), ..active(terms) }.update(tx).await.map(|_| ())
}

fn active(terms: &Terms) -> stakeholder::ActiveModel {
    stakeholder::ActiveModel {
        placeholder: Set(terms.placeholder.clone()),
        function: Set(terms.function.clone()),
        role: Set(terms.role.map(|role| role.name().to_owned())),
        support: Set(terms.support.value()),
        coverage: Set(terms.coverage.value()),
        above_id: Set(terms.above_id),
        ..Default::default()
    }
}

/// Takes an entry off its map, with all lines at it; those below it stand below nobody then.
pub async fn remove_entry(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    stakeholder::Entity::update_many()
        .col_expr(stakeholder::Column::AboveId, Expr::value(None::<i64>))
        .filter(stakeholder::Column::AboveId.eq(id))
        .exec(tx)
        .await?;
    let at_it = Condition::any().add(stakeholder_line::Column::FromId.eq(id)).add(stakeholder_line::Column::ToId.eq(id));
    stakeholder_line::Entity::update_many()
        .col_expr(stakeholder_line::Column::RemovedAt, Expr::value(now))
        .filter(at_it)
        .filter(stakeholder_line::Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    stakeholder::ActiveModel { id: Set(id), removed_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// The lines between some entries.
pub async fn lines(db: &impl ConnectionTrait, entries: &[i64]) -> Result<Vec<Line>, DbErr> {
    let rows = stakeholder_line::Entity::find()
        .filter(stakeholder_line::Column::FromId.is_in(entries.iter().copied()))
        .filter(stakeholder_line::Column::RemovedAt.is_null())
        .order_by_asc(stakeholder_line::Column::Id);
    let lines: Result<Vec<Line>, DbErr> = rows.all(db).await?.into_iter().map(Line::try_from).collect();
    Ok(lines?.into_iter().filter(|line| entries.contains(&line.to_id)).collect())
}

/// One line that was not wiped out.
pub async fn line(db: &impl ConnectionTrait, id: i64) -> Result<Option<Line>, DbErr> {
    let row = stakeholder_line::Entity::find_by_id(id).filter(stakeholder_line::Column::RemovedAt.is_null()).one(db).await?;
    row.map(Line::try_from).transpose()
}

/// Draws a line and gives its id.
pub async fn insert_line(
    tx: &impl ConnectionTrait,
    from_id: i64,
    to_id: i64,
    kind: LineKind,
    by: i64,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = stakeholder_line::ActiveModel {
        from_id: Set(from_id),
        to_id: Set(to_id),
        kind: Set(kind.name().to_owned()),
        created_at: Set(now),
        created_by: Set(by),
        removed_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Wipes a line out.
pub async fn remove_line(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    stakeholder_line::ActiveModel { id: Set(id), removed_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// What we are to some people.
pub async fn ties(db: &impl ConnectionTrait, people: &[i64]) -> Result<Vec<Tie>, DbErr> {
    let rows = relationship::Entity::find()
        .filter(relationship::Column::PersonId.is_in(people.iter().copied()))
        .order_by_asc(relationship::Column::Id);
    rows.all(db).await?.into_iter().map(tie).collect()
}

/// What one of us is to one of them.
pub async fn tie_of(db: &impl ConnectionTrait, user_id: i64, person_id: i64) -> Result<Tie, DbErr> {
    let none = Tie { user: user_id, person: person_id, now: None, wanted: None };
    row_of(db, user_id, person_id).await?.map_or(Ok(none), tie)
}

async fn row_of(db: &impl ConnectionTrait, user_id: i64, person_id: i64) -> Result<Option<relationship::Model>, DbErr> {
    relationship::Entity::find()
        .filter(relationship::Column::UserId.eq(user_id))
        .filter(relationship::Column::PersonId.eq(person_id))
        .one(db)
        .await
}

fn tie(row: relationship::Model) -> Result<Tie, DbErr> {
    let level = |text: Option<String>| text.map(|text| text.parse()).transpose();
    let wrong = |error| DbErr::Custom(format!("relationship {}: {error}", row.id));
    Ok(Tie {
        user: row.user_id,
        person: row.person_id,
        now: level(row.level_now).map_err(wrong)?,
        wanted: level(row.level_wanted).map_err(wrong)?,
    })
}

/// Says what one of us is to one of them.
pub async fn set_tie(tx: &impl ConnectionTrait, tie: &Tie, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let values = relationship::ActiveModel {
        user_id: Set(tie.user),
        person_id: Set(tie.person),
        level_now: Set(tie.now.map(|level| level.name().to_owned())),
        level_wanted: Set(tie.wanted.map(|level| level.name().to_owned())),
        changed_at: Set(now),
        changed_by: Set(by),
        ..Default::default()
    };
    match row_of(tx, tie.user, tie.person).await? {
        Some(row) => relationship::ActiveModel { id: Set(row.id), ..values }.update(tx).await.map(|_| ()),
        None => values.insert(tx).await.map(|_| ()),
    }
}

/// All rows about entries of some maps, whether they still stand there or not: of an account, or of a person.
pub(super) async fn rows_of(tx: &impl ConnectionTrait, whose: Whose) -> Result<Vec<Placed>, DbErr> {
    let is_whose = match whose {
        Whose::Account(id) => stakeholder::Column::AccountId.eq(id),
        Whose::Person(id) => stakeholder::Column::PersonId.eq(id),
    };
    let rows = stakeholder::Entity::find().filter(is_whose).order_by_asc(stakeholder::Column::Id).all(tx).await?;
    let placed = |row: stakeholder::Model| Placed {
        id: row.id,
        account_id: row.account_id,
        decision_id: row.decision_id,
        person_id: row.person_id,
        is_removed: row.removed_at.is_some(),
    };
    Ok(rows.into_iter().map(placed).collect())
}

/// Whose entries.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose {
    /// All on the maps of an account.
    Account(i64),
    /// All of a person.
    Person(i64),
}

/// An entry, and whether it still stands on its map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub id: i64,
    pub account_id: i64,
    pub decision_id: Option<i64>,
    pub person_id: Option<i64>,
    pub is_removed: bool,
}

/// The buying decisions of an account, by id.
pub(super) async fn decision_ids(tx: &impl ConnectionTrait, account_id: i64) -> Result<Vec<i64>, DbErr> {
    let rows = buying_decision::Entity::find().filter(buying_decision::Column::AccountId.eq(account_id));
    Ok(rows.order_by_asc(buying_decision::Column::Id).all(tx).await?.into_iter().map(|row| row.id).collect())
}

/// Puts buying decisions on an account.
pub(super) async fn put_decisions(tx: &impl ConnectionTrait, ids: &[i64], account_id: i64) -> Result<(), DbErr> {
    point::<buying_decision::Entity>(tx, (buying_decision::Column::Id, buying_decision::Column::AccountId), ids, account_id).await
}

/// Puts entries on the maps of an account.
pub(super) async fn put_entries(tx: &impl ConnectionTrait, ids: &[i64], account_id: i64) -> Result<(), DbErr> {
    point::<stakeholder::Entity>(tx, (stakeholder::Column::Id, stakeholder::Column::AccountId), ids, account_id).await
}

/// Lets entries be a person.
pub(super) async fn name_entries(tx: &impl ConnectionTrait, ids: &[i64], person_id: i64) -> Result<(), DbErr> {
    point::<stakeholder::Entity>(tx, (stakeholder::Column::Id, stakeholder::Column::PersonId), ids, person_id).await
}

/// Takes entries off their maps as they are, or puts them there again; lines and those below them are not touched.
pub(super) async fn set_removed(tx: &impl ConnectionTrait, ids: &[i64], at: Option<DateTime<Utc>>) -> Result<(), DbErr> {
    let rows = stakeholder::Entity::update_many().col_expr(stakeholder::Column::RemovedAt, Expr::value(at));
    rows.filter(stakeholder::Column::Id.is_in(ids.iter().copied())).exec(tx).await.map(|_| ())
}

/// The entries right below an entry.
pub(super) async fn below(tx: &impl ConnectionTrait, entry_id: i64) -> Result<Vec<i64>, DbErr> {
    let rows = stakeholder::Entity::find().filter(stakeholder::Column::AboveId.eq(entry_id)).order_by_asc(stakeholder::Column::Id);
    Ok(rows.all(tx).await?.into_iter().map(|row| row.id).collect())
}

/// Puts those of these entries that stand below one entry below another.
pub(super) async fn put_below(tx: &impl ConnectionTrait, ids: &[i64], from: i64, to: i64) -> Result<(), DbErr> {
    let rows = stakeholder::Entity::update_many().col_expr(stakeholder::Column::AboveId, Expr::value(to));
    let rows = rows.filter(stakeholder::Column::Id.is_in(ids.iter().copied())).filter(stakeholder::Column::AboveId.eq(from));
    rows.exec(tx).await.map(|_| ())
}

/// The lines at an entry that were not wiped out.
pub(super) async fn lines_at(tx: &impl ConnectionTrait, entry_id: i64) -> Result<Vec<Line>, DbErr> {
    let at_it = Condition::any().add(stakeholder_line::Column::FromId.eq(entry_id)).add(stakeholder_line::Column::ToId.eq(entry_id));
    let rows = stakeholder_line::Entity::find().filter(at_it).filter(stakeholder_line::Column::RemovedAt.is_null());
    rows.order_by_asc(stakeholder_line::Column::Id).all(tx).await?.into_iter().map(Line::try_from).collect()
}

/// Gives a line other ends.
pub(super) async fn set_ends(tx: &impl ConnectionTrait, id: i64, from_id: i64, to_id: i64) -> Result<(), DbErr> {
    stakeholder_line::ActiveModel { id: Set(id), from_id: Set(from_id), to_id: Set(to_id), ..Default::default() }
        .update(tx)
        .await
        .map(|_| ())
}

/// Puts what we are to one person on another, and tells which rows; what is said of that one by the same user already stays.
pub async fn move_ties(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    let of = async |id: i64| relationship::Entity::find().filter(relationship::Column::PersonId.eq(id)).all(tx).await;
    let there: Vec<i64> = of(to).await?.into_iter().map(|row| row.user_id).collect();
    let moved: Vec<i64> = of(from).await?.into_iter().filter(|row| !there.contains(&row.user_id)).map(|row| row.id).collect();
    move_ties_back(tx, &moved, to).await?;
    Ok(moved)
}

/// Takes [`move_ties`] back: these are about that person.
pub async fn move_ties_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<relationship::Entity>(tx, (relationship::Column::Id, relationship::Column::PersonId), ids, to).await
}
