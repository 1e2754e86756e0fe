//! SQL of what people are or were at companies.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::rights::Viewer;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{CHUNK, Person, find_all, person, touch};
use crate::db::moving::{self, point};
use crate::db::sight::seen_by;

pub(in crate::people) mod employment {
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

fn employment_person() -> RelationDef {
    employment::Entity::belongs_to(person::Entity).from(employment::Column::PersonId).to(person::Column::Id).into()
}
