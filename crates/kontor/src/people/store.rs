//! SQL of people, their employments, channels, and where their data are known from.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::person::{Birthday, ChannelKind, Datum, LegalBasis, PersonData, full_name};
use kontor_domain::rights::Viewer;
use kontor_domain::sight::Sight;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, JoinType, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};

use crate::db::moving::{self, point};
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

pub(super) mod employment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "employment")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub account_id: Option<i64>,
        pub company: String,
        pub function: String,
        pub department: String,
        pub reports_to: Option<i64>,
        pub from_day: Option<Date>,
        pub to_day: Option<Date>,
        pub is_primary: bool,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod channel {
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

pub(super) mod provenance {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provenance")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub datum: String,
        pub item_id: i64,
        pub source: String,
        pub basis: String,
        pub since: Date,
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

/// What somebody is or was at a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employment {
    /// The id.
    pub id: i64,
    /// Who.
    pub person_id: i64,
    /// Where, and as what.
    pub role: Role,
    /// Whether it is the one a person is named with.
    pub is_primary: bool,
}

/// Where somebody works, as what, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// The account; `None` outside of all accounts.
    pub account_id: Option<i64>,
    /// What the company is called where it is no account; else empty.
    pub company: String,
    /// What the person does.
    pub function: String,
    /// In which department.
    pub department: String,
    /// The person reported to.
    pub reports_to: Option<i64>,
    /// The first day, if it is known.
    pub from: Option<NaiveDate>,
    /// The last day; `None` while it goes on.
    pub to: Option<NaiveDate>,
}

impl Role {
    /// Whether it goes on after a day.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.to.is_none_or(|to| to >= today)
    }
}

impl From<employment::Model> for Employment {
    fn from(row: employment::Model) -> Employment {
        let role = Role {
            account_id: row.account_id,
            company: row.company,
            function: row.function,
            department: row.department,
            reports_to: row.reports_to,
            from: row.from_day,
            to: row.to_day,
        };
        Employment { id: row.id, person_id: row.person_id, role, is_primary: row.is_primary }
    }
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

/// Where a datum is known from, and why it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Which datum.
    pub datum: Datum,
    /// Which channel or employment; 0 for what a person has only one of.
    pub item_id: i64,
    /// From where.
    pub origin: Origin,
    /// Since when.
    pub since: NaiveDate,
}

/// A datum of a person: whose, what, and which channel or employment.
pub type Item = (i64, Datum, i64);

/// A source and the ground on which what it says may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// From where.
    pub source: String,
    /// Why it may be kept.
    pub basis: LegalBasis,
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

/// Everybody who works or worked for an account this viewer may see, each with the employment there, by name; people put away are left out.
pub async fn of_account(db: &impl ConnectionTrait, viewer: &Viewer, account_id: i64) -> Result<Vec<(Person, Employment)>, DbErr> {
    of_accounts(db, viewer, &[account_id]).await
}

/// The same for many accounts.
pub async fn of_accounts(db: &impl ConnectionTrait, viewer: &Viewer, accounts: &[i64]) -> Result<Vec<(Person, Employment)>, DbErr> {
    let seen: Vec<i64> = accounts.iter().copied().filter(|&id| viewer.sight.sees(id)).collect();
    let mut employments: Vec<Employment> = Vec::new();
    for chunk in seen.chunks(CHUNK) {
        let at = employment::Column::AccountId.is_in(chunk.iter().copied());
        let rows = employment::Entity::find().filter(at).order_by_asc(employment::Column::Id).all(db).await?;
        employments.extend(rows.into_iter().map(Employment::from));
    }
    let ids: Vec<i64> = employments.iter().map(|employment| employment.person_id).collect();
    let mut of_person: HashMap<i64, Vec<Employment>> = HashMap::new();
    for employment in employments {
        of_person.entry(employment.person_id).or_default().push(employment);
    }
    let people = find_all(db, viewer, &ids).await?;
    let pairs = people.into_iter().filter(|person| person.archived_at.is_none()).flat_map(|person| {
        let employments = of_person.remove(&person.id).unwrap_or_default();
        employments.into_iter().map(move |employment| (person.clone(), employment))
    });
    Ok(pairs.collect())
}

/// Who works at these accounts on a day, whoever looks: by account and person. Archived people do not.
pub async fn present_at(db: &impl ConnectionTrait, accounts: &BTreeSet<i64>, day: NaiveDate) -> Result<HashSet<(i64, i64)>, DbErr> {
    let mut present = HashSet::new();
    let accounts: Vec<i64> = accounts.iter().copied().collect();
    for chunk in accounts.chunks(CHUNK) {
        let rows = employment::Entity::find().filter(employment::Column::AccountId.is_in(chunk.iter().copied()));
        let employments = rows.all(db).await?.into_iter().map(Employment::from).filter(|employment| employment.role.is_open(day));
        present.extend(employments.filter_map(|employment| Some((employment.role.account_id?, employment.person_id))));
    }
    let archived = person::Entity::find().select_only().column(person::Column::Id).filter(person::Column::ArchivedAt.is_not_null());
    let archived: HashSet<i64> = archived.into_tuple().all(db).await?.into_iter().collect();
    present.retain(|(_, person_id)| !archived.contains(person_id));
    Ok(present)
}

/// The employments of a person as far as this viewer may see their accounts, the present ones first.
pub async fn employments(db: &impl ConnectionTrait, viewer: &Viewer, person_id: i64) -> Result<Vec<Employment>, DbErr> {
    let mut found = employments_of(db, viewer, &[person_id]).await?;
    Ok(found.remove(&person_id).unwrap_or_default())
}

/// The same for many people.
pub async fn employments_of(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<HashMap<i64, Vec<Employment>>, DbErr> {
    let mut found: HashMap<i64, Vec<Employment>> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let seen = seen_by(viewer, employment::Column::AccountId).or(employment::Column::AccountId.is_null());
        let query = employment::Entity::find()
            .filter(employment::Column::PersonId.is_in(chunk.iter().copied()))
            .filter(seen)
            .order_by_asc(employment::Column::Id);
        for row in query.all(db).await? {
            found.entry(row.person_id).or_default().push(row.into());
        }
    }
    for employments in found.values_mut() {
        // Those that go on first, among them the primary one, then those that ended last.
        employments.sort_by_key(|employment| {
            let role = &employment.role;
            (role.to.is_some(), !employment.is_primary, std::cmp::Reverse((role.to, role.from, employment.id)))
        });
    }
    Ok(found)
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

/// Where the data of a person are known from.
pub async fn provenances(db: &impl ConnectionTrait, person_id: i64) -> Result<Vec<Provenance>, DbErr> {
    let rows = provenance::Entity::find().filter(provenance::Column::PersonId.eq(person_id)).order_by_asc(provenance::Column::Id);
    let rows = rows.all(db).await?.into_iter();
    rows.map(|row| {
        Ok(Provenance {
            datum: row.datum.parse().map_err(DbErr::Custom)?,
            item_id: row.item_id,
            origin: Origin { source: row.source, basis: row.basis.parse().map_err(DbErr::Custom)? },
            since: row.since,
        })
    })
    .collect()
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

fn role_columns(role: &Role) -> employment::ActiveModel {
    employment::ActiveModel {
        account_id: Set(role.account_id),
        company: Set(role.company.clone()),
        function: Set(role.function.clone()),
        department: Set(role.department.clone()),
        reports_to: Set(role.reports_to),
        from_day: Set(role.from),
        to_day: Set(role.to),
        ..Default::default()
    }
}

/// An employment to add.
pub struct NewEmployment<'a> {
    /// Who.
    pub person_id: i64,
    /// Where and as what.
    pub role: &'a Role,
    /// Whether it is the one the person is named with.
    pub is_primary: bool,
}

/// Adds employments and gives their ids in the same order.
pub async fn insert_employments(
    tx: &impl ConnectionTrait,
    new: &[NewEmployment<'_>],
    by: i64,
    now: DateTime<Utc>,
) -> Result<Vec<i64>, DbErr> {
    let mut ids = Vec::with_capacity(new.len());
    for chunk in new.chunks(CHUNK) {
        let rows = chunk.iter().map(|new| employment::ActiveModel {
            person_id: Set(new.person_id),
            is_primary: Set(new.is_primary),
            created_at: Set(now),
            created_by: Set(by),
            ..role_columns(new.role)
        });
        ids.extend(employment::Entity::insert_many(rows).exec_with_returning_keys(tx).await?);
    }
    Ok(ids)
}

/// Changes an employment.
pub async fn update_employment(tx: &impl ConnectionTrait, id: i64, role: &Role) -> Result<(), DbErr> {
    employment::ActiveModel { id: Set(id), ..role_columns(role) }.update(tx).await.map(|_| ())
}

/// Makes one employment of a person the primary one; `None` leaves none.
pub async fn set_primary(tx: &impl ConnectionTrait, person_id: i64, employment_id: Option<i64>) -> Result<(), DbErr> {
    let of_person = employment::Column::PersonId.eq(person_id);
    let none = employment::Entity::update_many().col_expr(employment::Column::IsPrimary, Expr::value(false));
    none.filter(of_person).exec(tx).await?;
    if let Some(id) = employment_id {
        employment::ActiveModel { id: Set(id), is_primary: Set(true), ..Default::default() }.update(tx).await?;
    }
    Ok(())
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

/// Says where data of people are known from; what was said before about the same datum is replaced.
pub async fn set_origins(
    tx: &impl ConnectionTrait,
    items: &[Item],
    origin: &Origin,
    since: NaiveDate,
    by: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use provenance::Column;
    use sea_orm::sea_query::OnConflict;
    for chunk in items.chunks(CHUNK) {
        let rows = chunk.iter().map(|&(person_id, datum, item_id)| provenance::ActiveModel {
            person_id: Set(person_id),
            datum: Set(datum.to_string()),
            item_id: Set(item_id),
            source: Set(origin.source.clone()),
            basis: Set(origin.basis.to_string()),
            since: Set(since),
            created_at: Set(now),
            created_by: Set(by),
            ..Default::default()
        });
        let on_conflict = OnConflict::columns([Column::PersonId, Column::Datum, Column::ItemId])
            .update_columns([Column::Source, Column::Basis, Column::Since, Column::CreatedAt, Column::CreatedBy])
            .to_owned();
        provenance::Entity::insert_many(rows).on_conflict(on_conflict).exec_without_returning(tx).await?;
    }
    Ok(())
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

/// Gives all that hangs on one account to another, when accounts are merged.
pub async fn move_account_references(tx: &impl ConnectionTrait, from: i64, to: i64, changed: i64) -> Result<Vec<i64>, DbErr> {
    let rows = employment::Entity::find().filter(employment::Column::AccountId.eq(from)).order_by_asc(employment::Column::Id);
    let ids: Vec<i64> = rows.all(tx).await?.into_iter().map(|row| row.id).collect();
    move_account_back(tx, &ids, to, changed).await?;
    Ok(ids)
}

/// Takes [`move_account_references`] back: these employments are at that account.
pub async fn move_account_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64, changed: i64) -> Result<(), DbErr> {
    point::<employment::Entity>(tx, (employment::Column::Id, employment::Column::AccountId), ids, to).await?;
    let people = employment::Entity::find().select_only().column(employment::Column::PersonId).distinct();
    let people: Vec<i64> = people.filter(employment::Column::AccountId.eq(to)).into_tuple().all(tx).await?;
    touch(tx, &people, changed).await
}

/// Whether any of these people works or worked for any of these accounts, whoever looks.
pub async fn are_at(db: &impl ConnectionTrait, persons: &[i64], accounts: &[i64]) -> Result<bool, DbErr> {
    moving::are_at::<employment::Entity>(db, (employment::Column::PersonId, employment::Column::AccountId), persons, accounts).await
}

/// The people at these accounts by account and folded name.
pub async fn names_at(db: &impl ConnectionTrait, viewer: &Viewer, accounts: &[i64]) -> Result<HashMap<(i64, String), i64>, DbErr> {
    #[derive(FromQueryResult)]
    struct Found {
        account_id: i64,
        folded: String,
        person_id: i64,
    }
    let mut found = HashMap::new();
    for chunk in accounts.chunks(CHUNK) {
        let query = employment::Entity::find()
            .select_only()
            .column(employment::Column::AccountId)
            .column(employment::Column::PersonId)
            .column_as(person::Column::Folded, "folded")
            .join(JoinType::InnerJoin, employment_person())
            .filter(employment::Column::AccountId.is_in(chunk.iter().copied()))
            .filter(seen_by(viewer, employment::Column::AccountId))
            .filter(person::Column::ArchivedAt.is_null());
        let rows = query.into_model::<Found>().all(db).await?;
        found.extend(rows.into_iter().map(|row| ((row.account_id, row.folded), row.person_id)));
    }
    Ok(found)
}

/// The folded names of those of these people whom this viewer may see.
pub async fn folded_names(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    let people = find_all(db, viewer, ids).await?;
    Ok(people.into_iter().map(|person| (person.id, folded(&[&person.data.first_name, &person.data.last_name]))).collect())
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

fn employment_person() -> RelationDef {
    employment::Entity::belongs_to(person::Entity).from(employment::Column::PersonId).to(person::Column::Id).into()
}
