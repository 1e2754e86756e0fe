//! SQL of users, units and sessions.

use chrono::{DateTime, Utc};
use kontor_domain::audit::{UnitState, UserState};
use kontor_domain::team::{Language, Mail, Role, Unit};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error as SessionError, Result as SessionResult};

use super::secret;
use crate::db::Db;
use crate::db::moment::once;

mod user {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "user")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub mail: String,
        pub password_hash: Option<String>,
        pub role: String,
        pub language: Option<String>,
        pub active: bool,
        pub created_at: DateTimeUtc,
        pub unit_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod unit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub parent_id: Option<i64>,
        pub archived: bool,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub user_id: Option<i64>,
        #[sea_orm(column_type = "Text")]
        pub data: String,
        pub expires_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod preference {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "preference")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub name: String,
        pub value: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Someone who works with Kontor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: i64,
    /// Display name.
    pub name: String,
    /// The mail address to sign in with.
    pub mail: String,
    /// The stored hash; `None` until a password is set.
    pub password_hash: Option<String>,
    /// The role.
    pub role: Role,
    /// The chosen language; `None` follows the browser.
    pub language: Option<Language>,
    /// Whether the user may sign in.
    pub active: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// The unit the user belongs to.
    pub unit_id: Option<i64>,
}

impl User {
    /// What of the user an administrator can change.
    pub fn state(&self) -> UserState {
        UserState { name: self.name.clone(), role: self.role, active: self.active, unit_id: self.unit_id }
    }
}

impl TryFrom<user::Model> for User {
    type Error = DbErr;

    fn try_from(row: user::Model) -> Result<User, DbErr> {
        Ok(User {
            id: row.id,
            name: row.name,
            mail: row.mail,
            password_hash: row.password_hash,
            role: row.role.parse().map_err(DbErr::Custom)?,
            language: row.language.map(|tag| tag.parse()).transpose().map_err(DbErr::Custom)?,
            active: row.active,
            created_at: row.created_at,
            unit_id: row.unit_id,
        })
    }
}

/// All users by name.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<User>, DbErr> {
    let query = user::Entity::find().order_by_asc(user::Column::Name).order_by_asc(user::Column::Id);
    once("users", async { query.all(db).await?.into_iter().map(User::try_from).collect() }).await
}

/// How many users there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    user::Entity::find().count(db).await
}

/// How many administrators can sign in, leaving one user out of the count.
pub async fn other_administrators(db: &impl ConnectionTrait, except: i64) -> Result<u64, DbErr> {
    user::Entity::find()
        .filter(user::Column::Role.eq(Role::Administrator.name()))
        .filter(user::Column::Active.eq(true))
        .filter(user::Column::Id.ne(except))
        .count(db)
        .await
}

/// One user.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<User>, DbErr> {
    user::Entity::find_by_id(id).one(db).await?.map(User::try_from).transpose()
}

/// The user with this mail address.
pub async fn find_by_mail(db: &impl ConnectionTrait, mail: &str) -> Result<Option<User>, DbErr> {
    user::Entity::find().filter(user::Column::Mail.eq(mail)).one(db).await?.map(User::try_from).transpose()
}

/// Adds a user and gives the id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    name: &str,
    mail: &Mail,
    role: Role,
    language: Option<Language>,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = user::ActiveModel {
        name: Set(name.to_owned()),
        mail: Set(mail.to_string()),
        password_hash: Set(None),
        role: Set(role.name().to_owned()),
        language: Set(language.map(|language| language.tag().to_owned())),
        active: Set(true),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Changes name, role, activity and unit.
pub async fn update(tx: &impl ConnectionTrait, id: i64, state: &UserState) -> Result<(), DbErr> {
    let row = user::ActiveModel {
        id: Set(id),
        name: Set(state.name.clone()),
        role: Set(state.role.name().to_owned()),
        active: Set(state.active),
        unit_id: Set(state.unit_id),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// All units, archived ones too, by name.
pub async fn units(db: &impl ConnectionTrait) -> Result<Vec<Unit>, DbErr> {
    let rows = unit::Entity::find().order_by_asc(unit::Column::Name).order_by_asc(unit::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(|row| Unit { id: row.id, name: row.name, parent: row.parent_id, archived: row.archived }).collect())
}

/// Adds a unit and gives the id.
pub async fn insert_unit(tx: &impl ConnectionTrait, state: &UnitState, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = unit::ActiveModel {
        name: Set(state.name.clone()),
        parent_id: Set(state.parent),
        archived: Set(state.archived),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Changes a unit.
pub async fn update_unit(tx: &impl ConnectionTrait, id: i64, state: &UnitState) -> Result<(), DbErr> {
    let row = unit::ActiveModel {
        id: Set(id),
        name: Set(state.name.clone()),
        parent_id: Set(state.parent),
        archived: Set(state.archived),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// Sets the password's hash.
pub async fn set_password(tx: &impl ConnectionTrait, id: i64, hash: String) -> Result<(), DbErr> {
    user::ActiveModel { id: Set(id), password_hash: Set(Some(hash)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Sets the language of the screens.
pub async fn set_language(tx: &impl ConnectionTrait, id: i64, language: Language) -> Result<(), DbErr> {
    user::ActiveModel { id: Set(id), language: Set(Some(language.tag().to_owned())), ..Default::default() }.update(tx).await.map(|_| ())
}

/// What a user chose the last time under a name.
pub async fn preference(db: &impl ConnectionTrait, user_id: i64, name: &str) -> Result<Option<String>, DbErr> {
    let query = preference::Entity::find().filter(preference::Column::UserId.eq(user_id)).filter(preference::Column::Name.eq(name));
    Ok(query.one(db).await?.map(|row| row.value))
}

/// Remembers what a user chose under a name, in place of what was chosen before.
pub async fn set_preference(tx: &impl ConnectionTrait, user_id: i64, name: &str, value: &str) -> Result<(), DbErr> {
    let known = preference::Entity::delete_many().filter(preference::Column::UserId.eq(user_id)).filter(preference::Column::Name.eq(name));
    known.exec(tx).await?;
    let row =
        preference::ActiveModel { user_id: Set(user_id), name: Set(name.to_owned()), value: Set(value.to_owned()), ..Default::default() };
    row.insert(tx).await.map(|_| ())
}

/// The key under which a session holds its user's id.
pub const SESSION_USER: &str = "user";

/// Where `tower-sessions` keeps its sessions: our own table, so that a user's sessions can be ended.
#[derive(Clone)]
pub struct Sessions(pub Db);

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

/// The stored id of a session: the hash of what the cookie holds.
pub fn session_key(id: &Id) -> String {
    secret::hash(&id.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> SessionResult<()> {
        session::Entity::insert(session_row(record)?).exec_without_returning(self.0.read()).await.map_err(backend)?;
        Ok(())
    }

    /// Changes a session that is still there. One that was ended in the meantime stays ended: a request under way must not bring it back.
    async fn save(&self, record: &Record) -> SessionResult<()> {
        let row = session_row(record)?;
        let id = session_key(&record.id);
        session::Entity::update_many().set(row).filter(session::Column::Id.eq(id)).exec(self.0.read()).await.map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> SessionResult<Option<Record>> {
        let Some(row) = session::Entity::find_by_id(session_key(id)).one(self.0.read()).await.map_err(backend)? else { return Ok(None) };
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at.timestamp()).map_err(backend)?;
        if expiry_date <= OffsetDateTime::now_utc() {
            return Ok(None);
        }
        let data = serde_json::from_str(&row.data).map_err(|error| SessionError::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> SessionResult<()> {
        session::Entity::delete_by_id(session_key(id)).exec(self.0.read()).await.map_err(backend)?;
        Ok(())
    }
}

fn session_row(record: &Record) -> SessionResult<session::ActiveModel> {
    let data = serde_json::to_string(&record.data).map_err(|error| SessionError::Encode(error.to_string()))?;
    let expires_at = DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0);
    Ok(session::ActiveModel {
        id: Set(session_key(&record.id)),
        user_id: Set(record.data.get(SESSION_USER).and_then(serde_json::Value::as_i64)),
        data: Set(data),
        expires_at: Set(expires_at.ok_or_else(|| SessionError::Encode("expiry out of range".into()))?),
    })
}

fn backend(error: impl std::fmt::Display) -> SessionError {
    SessionError::Backend(error.to_string())
}

/// Ends all sessions of a user, except the one with this stored id.
pub async fn end_sessions(tx: &impl ConnectionTrait, user_id: i64, keep: Option<String>) -> Result<(), DbErr> {
    let mut ended = session::Entity::delete_many().filter(session::Column::UserId.eq(user_id));
    if let Some(keep) = keep {
        ended = ended.filter(session::Column::Id.ne(keep));
    }
    ended.exec(tx).await.map(|_| ())
}

/// Removes the sessions that have expired. They run by the machine's clock, as `tower-sessions` sets their end, and not by the office's, which may stand still.
pub async fn tidy_sessions(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(Utc::now())).exec(tx).await.map(|_| ())
}
