//! SQL of interactions and who took part.

mod moving;
mod steps;
mod versions;

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use kontor_domain::interaction::{Confidentiality, Kind, Readable};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ActiveModelTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, Set,
};

pub use self::moving::*;
pub use self::steps::*;
pub use self::versions::*;
use super::filter::{Filter, Place, Which};
use super::forms::{NewInteraction, Step};
use super::reader::Reader;
use crate::db::sight::seen_by;
use crate::search::fold::fold;

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 400;

pub(super) mod interaction {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "interaction")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub kind: String,
        pub day: Date,
        pub minute_of_day: Option<i64>,
        pub started_at: DateTimeUtc,
        pub minutes: i64,
        pub purpose: String,
        #[sea_orm(column_type = "Text")]
        pub outcome: String,
        pub others: String,
        pub confidentiality: String,
        pub step: String,
        pub step_due: Option<Date>,
        pub step_user_id: Option<i64>,
        pub step_done_at: Option<DateTimeUtc>,
        pub step_done_by: Option<i64>,
        pub author_id: i64,
        pub author_name: String,
        pub message_id: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub folded: String,
        pub created_at: DateTimeUtc,
        pub archived_at: Option<DateTimeUtc>,
        pub archived_by: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod interaction_person {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "interaction_person")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub interaction_id: i64,
        pub person_id: i64,
        pub started_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod interaction_user {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "interaction_user")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub interaction_id: i64,
        pub user_id: i64,
        pub started_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One interaction with who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// The id.
    pub id: i64,
    /// What was said and by whom.
    pub entry: NewInteraction,
    /// The instant that orders timelines.
    pub started_at: DateTime<Utc>,
    /// When the next step was done.
    pub step_done_at: Option<DateTime<Utc>>,
    /// Who logged it.
    pub author_id: i64,
    /// What the author was called then.
    pub author: String,
    /// The id of the mail it was made of.
    pub message_id: Option<String>,
    /// When it was logged.
    pub created_at: DateTime<Utc>,
    /// When it was archived.
    pub archived_at: Option<DateTime<Utc>>,
}

impl Interaction {
    /// What decides about reading it.
    pub const fn readable(&self) -> Readable {
        Readable { account_id: self.entry.account_id, author_id: self.author_id, confidentiality: self.entry.confidentiality }
    }

    /// The next step that is still to be done.
    pub fn open_step(&self) -> Option<&Step> {
        self.entry.step.as_ref().filter(|_| self.step_done_at.is_none() && self.archived_at.is_none())
    }
}

/// The row without who took part.
fn bare(row: interaction::Model) -> Result<Interaction, DbErr> {
    let step = (!row.step.is_empty()).then_some(Step { text: row.step, due: row.step_due, user_id: row.step_user_id });
    let entry = NewInteraction {
        account_id: row.account_id,
        kind: row.kind.parse().map_err(DbErr::Custom)?,
        day: row.day,
        minute_of_day: row.minute_of_day.and_then(|minute| u32::try_from(minute).ok()),
        minutes: u32::try_from(row.minutes).unwrap_or_default(),
        purpose: row.purpose,
        outcome: row.outcome,
        others: row.others,
        persons: Vec::new(),
        users: Vec::new(),
        step,
        confidentiality: row.confidentiality.parse().map_err(DbErr::Custom)?,
    };
    Ok(Interaction {
        id: row.id,
        entry,
        started_at: row.started_at,
        step_done_at: row.step_done_at,
        author_id: row.author_id,
        author: row.author_name,
        message_id: row.message_id,
        created_at: row.created_at,
        archived_at: row.archived_at,
    })
}

/// Adds who took part to interactions, in two queries however many there are.
async fn with_people(db: &impl ConnectionTrait, rows: Vec<interaction::Model>) -> Result<Vec<Interaction>, DbErr> {
    let mut found = rows.into_iter().map(bare).collect::<Result<Vec<_>, _>>()?;
    let places: HashMap<i64, usize> = found.iter().enumerate().map(|(place, interaction)| (interaction.id, place)).collect();
    let ids: Vec<i64> = found.iter().map(|interaction| interaction.id).collect();
    for chunk in ids.chunks(CHUNK) {
        let chunk = chunk.iter().copied();
        let persons = interaction_person::Entity::find().filter(interaction_person::Column::InteractionId.is_in(chunk.clone()));
        for row in persons.order_by_asc(interaction_person::Column::Id).all(db).await? {
            found[places[&row.interaction_id]].entry.persons.push(row.person_id);
        }
        let users = interaction_user::Entity::find().filter(interaction_user::Column::InteractionId.is_in(chunk));
        for row in users.order_by_asc(interaction_user::Column::Id).all(db).await? {
            found[places[&row.interaction_id]].entry.users.push(row.user_id);
        }
    }
    Ok(found)
}

/// The condition that an interaction may be read: [`kontor_domain::interaction::may_read`] in SQL. A test holds both to the same answers.
fn readable_by(reader: &Reader<'_>) -> Condition {
    use interaction::Column;
    let mut meant =
        Condition::any().add(Column::Confidentiality.eq(Confidentiality::All.name())).add(Column::AuthorId.eq(reader.viewer.user_id));
    if reader.reads_all_teams() {
        meant = meant.add(Column::Confidentiality.eq(Confidentiality::Team.name()));
    } else if !reader.teams.is_empty() {
        let mut teams: Vec<i64> = reader.teams.iter().copied().collect();
        teams.sort_unstable();
        // Written into the statement: there may be more than a database binds.
        let on_team: SimpleExpr =
            Expr::col((interaction::Entity, Column::AccountId)).is_in(teams.iter().map(|id| Expr::cust(id.to_string())));
        meant = meant.add(Column::Confidentiality.eq(Confidentiality::Team.name()).and(on_team));
    }
    Condition::all().add(seen_by(reader.viewer, (interaction::Entity, Column::AccountId))).add(meant)
}

/// The condition that a text holds all the words, in the form in which texts are searched.
pub(super) fn holds(column: SimpleExpr, words: &str) -> Condition {
    let mut folded = String::new();
    fold(words, &mut folded);
    let mut all = Condition::all();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        all = all.add(column.clone().like(format!("%{word}%")));
    }
    all
}

/// Interactions as asked for, in the order of the index that fits the question: a person's or a user's own, else the account's or the house's.
fn filtered(reader: &Reader<'_>, filter: &Filter, before: Option<Place>) -> Select<interaction::Entity> {
    use interaction::Column;
    let mut query = interaction::Entity::find().filter(readable_by(reader));
    let (mut time, mut number) = (Expr::col((interaction::Entity, Column::StartedAt)), Expr::col((interaction::Entity, Column::Id)));
    if let Which::Person(id) = filter.which {
        let link: RelationDef = interaction::Entity::belongs_to(interaction_person::Entity)
            .from(Column::Id)
            .to(interaction_person::Column::InteractionId)
            .into();
        query = query.join(JoinType::InnerJoin, link).filter(interaction_person::Column::PersonId.eq(id));
        time = Expr::col((interaction_person::Entity, interaction_person::Column::StartedAt));
        number = Expr::col((interaction_person::Entity, interaction_person::Column::InteractionId));
    }
    if let Some(user_id) = filter.user_id {
        let link: RelationDef =
            interaction::Entity::belongs_to(interaction_user::Entity).from(Column::Id).to(interaction_user::Column::InteractionId).into();
        query = query.join(JoinType::InnerJoin, link).filter(interaction_user::Column::UserId.eq(user_id));
        if filter.which == Which::All {
            time = Expr::col((interaction_user::Entity, interaction_user::Column::StartedAt));
            number = Expr::col((interaction_user::Entity, interaction_user::Column::InteractionId));
        }
    }
    if let Which::Accounts(ids) = &filter.which {
        let ids = ids.iter().map(|id| Expr::cust(id.to_string()));
        query = query.filter(Expr::col((interaction::Entity, Column::AccountId)).is_in(ids));
    }
    if !filter.kinds.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.name())));
    }
    // The days decide; the instants beside them, a day wider for all time zones, let the index skip what lies outside.
    if let Some(from) = filter.from {
        query = query.filter(Column::Day.gte(from)).filter(time.clone().gte(noon(from) - TimeDelta::days(2)));
    }
    if let Some(to) = filter.to {
        query = query.filter(Column::Day.lte(to)).filter(time.clone().lte(noon(to) + TimeDelta::days(2)));
    }
    if let Some(words) = &filter.text {
        query = query.filter(holds(Expr::col((interaction::Entity, Column::Folded)), words));
    }
    if let Some(before) = before {
        query = query.filter(older(before, Place::INTERACTION, time.clone(), number.clone()));
    }
    query = if filter.archived { query.filter(Column::ArchivedAt.is_not_null()) } else { query.filter(Column::ArchivedAt.is_null()) };
    query.order_by(time, Order::Desc).order_by(number, Order::Desc)
}

/// The condition that an entry of a source, with these columns, is older than a place.
pub(super) fn older(than: Place, source: u8, time: SimpleExpr, id: SimpleExpr) -> Condition {
    match source.cmp(&than.source) {
        Ordering::Less => Condition::all().add(time.lte(than.at)),
        Ordering::Greater => Condition::all().add(time.lt(than.at)),
        // The first part lets an index begin there.
        Ordering::Equal => Condition::all().add(time.clone().lte(than.at)).add(Condition::any().add(time.lt(than.at)).add(id.lt(than.id))),
    }
}

pub(super) fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12)
}

/// Interactions this reader may read, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    reader: &Reader<'_>,
    filter: &Filter,
    before: Option<Place>,
    limit: u64,
) -> Result<Vec<Interaction>, DbErr> {
    let rows = filtered(reader, filter, before).limit(limit).all(db).await?;
    with_people(db, rows).await
}

/// One interaction this reader may read, archived or not.
pub async fn find(db: &impl ConnectionTrait, reader: &Reader<'_>, id: i64) -> Result<Option<Interaction>, DbErr> {
    let row = interaction::Entity::find_by_id(id).filter(readable_by(reader)).one(db).await?;
    Ok(with_people(db, row.into_iter().collect()).await?.pop())
}

/// The interaction made of the mail with this id at an account, whoever may read it.
pub async fn is_known_mail(db: &impl ConnectionTrait, account_id: i64, message_id: &str) -> Result<bool, DbErr> {
    let found = interaction::Entity::find()
        .filter(interaction::Column::MessageId.eq(message_id))
        .filter(interaction::Column::AccountId.eq(account_id))
        .filter(interaction::Column::ArchivedAt.is_null());
    Ok(found.one(db).await?.is_some())
}

/// Who logs an interaction and when, and of which mail it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who.
    pub author_id: i64,
    /// What the author is called.
    pub author: String,
    /// When it is entered.
    pub created_at: DateTime<Utc>,
    /// The id of the mail.
    pub message_id: Option<String>,
}

fn active(entry: &NewInteraction, started_at: DateTime<Utc>) -> interaction::ActiveModel {
    let step = entry.step.as_ref();
    interaction::ActiveModel {
        account_id: Set(entry.account_id),
        kind: Set(entry.kind.name().to_owned()),
        day: Set(entry.day),
        minute_of_day: Set(entry.minute_of_day.map(i64::from)),
        started_at: Set(started_at),
        minutes: Set(i64::from(entry.minutes)),
        purpose: Set(entry.purpose.clone()),
        outcome: Set(entry.outcome.clone()),
        others: Set(entry.others.clone()),
        confidentiality: Set(entry.confidentiality.name().to_owned()),
        step: Set(step.map(|step| step.text.clone()).unwrap_or_default()),
        step_due: Set(step.and_then(|step| step.due)),
        step_user_id: Set(step.and_then(|step| step.user_id)),
        folded: Set(folded(entry)),
        ..Default::default()
    }
}

fn folded(entry: &NewInteraction) -> String {
    let mut text = String::new();
    let step = entry.step.as_ref().map(|step| step.text.as_str()).unwrap_or_default();
    for part in [entry.purpose.as_str(), entry.outcome.as_str(), entry.others.as_str(), step] {
        if !text.is_empty() {
            text.push(' ');
        }
        fold(part, &mut text);
    }
    text
}

/// Adds interactions and gives their ids, in their order.
pub async fn insert(tx: &impl ConnectionTrait, entries: &[(NewInteraction, DateTime<Utc>, Origin)]) -> Result<Vec<i64>, DbErr> {
    let mut ids = Vec::with_capacity(entries.len());
    for chunk in entries.chunks(CHUNK / 8) {
        let rows = chunk.iter().map(|(entry, started_at, origin)| interaction::ActiveModel {
            author_id: Set(origin.author_id),
            author_name: Set(origin.author.clone()),
            message_id: Set(origin.message_id.clone()),
            created_at: Set(origin.created_at),
            step_done_at: Set(None),
            step_done_by: Set(None),
            archived_at: Set(None),
            archived_by: Set(None),
            ..active(entry, *started_at)
        });
        let keys = interaction::Entity::insert_many(rows).exec_with_returning_keys(tx).await?;
        let linked: Vec<(i64, DateTime<Utc>, &NewInteraction)> =
            keys.iter().zip(chunk).map(|(&id, (entry, started_at, _))| (id, *started_at, entry)).collect();
        link(tx, &linked).await?;
        ids.extend(keys);
    }
    Ok(ids)
}

/// Says who took part.
async fn link(tx: &impl ConnectionTrait, linked: &[(i64, DateTime<Utc>, &NewInteraction)]) -> Result<(), DbErr> {
    let persons: Vec<_> = linked
        .iter()
        .flat_map(|&(id, at, entry)| entry.persons.iter().map(move |&person_id| (id, at, person_id)))
        .map(|(id, at, person_id)| interaction_person::ActiveModel {
            interaction_id: Set(id),
            person_id: Set(person_id),
            started_at: Set(at),
            ..Default::default()
        })
        .collect();
    for chunk in persons.chunks(CHUNK) {
        interaction_person::Entity::insert_many(chunk.iter().cloned()).exec_without_returning(tx).await?;
    }
    let users: Vec<_> = linked
        .iter()
        .flat_map(|&(id, at, entry)| entry.users.iter().map(move |&user_id| (id, at, user_id)))
        .map(|(id, at, user_id)| interaction_user::ActiveModel {
            interaction_id: Set(id),
            user_id: Set(user_id),
            started_at: Set(at),
            ..Default::default()
        })
        .collect();
    for chunk in users.chunks(CHUNK) {
        interaction_user::Entity::insert_many(chunk.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Gives an interaction other values.
pub async fn update(tx: &impl ConnectionTrait, id: i64, entry: &NewInteraction, started_at: DateTime<Utc>) -> Result<(), DbErr> {
    interaction::ActiveModel { id: Set(id), ..active(entry, started_at) }.update(tx).await?;
    interaction_person::Entity::delete_many().filter(interaction_person::Column::InteractionId.eq(id)).exec(tx).await?;
    interaction_user::Entity::delete_many().filter(interaction_user::Column::InteractionId.eq(id)).exec(tx).await?;
    link(tx, &[(id, started_at, entry)]).await
}

/// Archives an interaction, or brings it back.
pub async fn set_archived(tx: &impl ConnectionTrait, id: i64, archived: Option<(DateTime<Utc>, i64)>) -> Result<(), DbErr> {
    let (at, by) = archived.unzip();
    interaction::ActiveModel { id: Set(id), archived_at: Set(at), archived_by: Set(by), ..Default::default() }.update(tx).await.map(|_| ())
}

/// How many interactions of each kind there were with each account from a day to a day, whoever may read them: for figures, which show no content.
pub async fn counts(
    db: &impl ConnectionTrait,
    accounts: Option<&[i64]>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(i64, Kind, u64, u64)>, DbErr> {
    use interaction::Column;
    let mut query = interaction::Entity::find()
        .select_only()
        .column(Column::AccountId)
        .column(Column::Kind)
        .column_as(Column::Id.count(), "interactions")
        .column_as(Expr::col(Column::Minutes).sum().cast_as("bigint"), "minutes")
        .filter(Column::ArchivedAt.is_null())
        .filter(Column::Day.between(from, to));
    if let Some(ids) = accounts {
        query = query.filter(Expr::col(Column::AccountId).is_in(ids.iter().map(|id| Expr::cust(id.to_string()))));
    }
    let rows: Vec<(i64, String, i64, i64)> = query.group_by(Column::AccountId).group_by(Column::Kind).into_tuple().all(db).await?;
    let count = |(account, kind, count, minutes): (i64, String, i64, i64)| {
        Ok((account, kind.parse().map_err(DbErr::Custom)?, count.unsigned_abs(), minutes.unsigned_abs()))
    };
    rows.into_iter().map(count).collect()
}
