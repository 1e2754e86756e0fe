//! The connection to the records, and the one way to change them.
//!
//! Nouns read with [`Db::read`] and write with [`Db::begin`]; a [`Tx`] can only be committed together with exactly one audit event, so there is no
//! silent write. Which database it is, only this folder knows.

mod backup;
pub mod bulk;
pub mod joining;
pub mod migrations;
pub mod moment;
pub mod moving;
pub mod revisions;
pub mod sight;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use kontor_domain::audit::{Event, FieldChange, Subject};
use kontor_domain::rights::{Via, Viewer};
use sea_orm::entity::prelude::*;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Set, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::config::Config;

/// Why the office could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A folder cannot be made.
    #[error("cannot make the folder {path}: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database cannot be reached or brought up to date.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// The sales ledger's folder cannot be used.
    #[error("sales ledger: {0}")]
    Ledger(#[from] kontor_ledger::Error),
    /// What an interrupted import left could not be cleared; the log says why.
    #[error("what an interrupted import left behind could not be cleared; see the log")]
    Recover,
}

/// The records.
#[derive(Clone)]
pub struct Db {
    connection: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

impl Db {
    /// Connects and brings the schema up to date; a SQLite file that will change is copied first.
    pub async fn open(config: &Config, now: DateTime<Utc>) -> Result<Db, StartError> {
        let statements = Arc::new(AtomicU64::new(0));
        let db = Db { connection: connect(config, statements.clone()).await?, statements };
        let pending = migrations::Migrator::get_pending_migrations(&db.connection).await?;
        if !pending.is_empty() {
            if db.connection.get_database_backend() == DbBackend::Sqlite {
                backup::copy_before_migration(&db.connection, config, now).await?;
            }
            // All steps or none, also on SQLite: a step that failed half-way could not be repeated.
            let tx = db.connection.begin().await?;
            migrations::Migrator::up(&tx, None).await?;
            tx.commit().await?;
        }
        Ok(db)
    }

    /// For reading.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        self.connection.close().await
    }

    /// How many statements were sent since the office opened; a page's number of them must not grow with the rows it shows.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Begins a change. Changes wait for each other from here on, so that what one of them has read stays true until it commits: SQLite gives its write
    /// lock at once instead of failing half-way, PostgreSQL gets a lock of our own that ends with the transaction.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        let is_sqlite = self.connection.get_database_backend() == DbBackend::Sqlite;
        let sqlite_transaction_mode = is_sqlite.then_some(SqliteTransactionMode::Immediate);
        let tx =
            self.connection.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() }).await?;
        if !is_sqlite {
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({CHANGE_LOCK})")).await?;
        }
        Ok(Tx { on: tx, touched: Mutex::default() })
    }
}

/// Names the lock of changes among all advisory locks of a PostgreSQL database: “kontor” in ASCII.
const CHANGE_LOCK: i64 = 0x6b6f_6e74_6f72;

/// A statement that takes so long is worth a line in the log.
const SLOW: Duration = Duration::from_millis(250);

async fn connect(config: &Config, statements: Arc<AtomicU64>) -> Result<DatabaseConnection, DbErr> {
    let mut options = match &config.database_url {
        Some(url) => ConnectOptions::new(url),
        None => ConnectOptions::new(format!("sqlite://{}?mode=rwc", config.sqlite_file().display())),
    };
    options.sqlx_logging(false).max_connections(8);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite.pragma("journal_mode", "WAL").pragma("synchronous", "NORMAL").foreign_keys(true).busy_timeout(Duration::from_secs(10))
    });
    let mut connection = Database::connect(options).await?;
    connection.set_metric_callback(move |info| {
        statements.fetch_add(1, Ordering::Relaxed);
        if info.elapsed >= SLOW {
            tracing::warn!(milliseconds = info.elapsed.as_millis() as u64, statement = %info.statement.sql, "slow statement");
        } else {
            tracing::trace!(microseconds = info.elapsed.as_micros() as u64, statement = %info.statement.sql, "statement");
        }
    });
    Ok(connection)
}

/// A change in the making. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    on: DatabaseTransaction,
    touched: Mutex<Vec<(Subject, Vec<FieldChange>)>>,
}

/// How many touched records go into one statement.
const TOUCHED_CHUNK: usize = 500;

impl Tx {
    /// Where stores write.
    pub const fn on(&self) -> &DatabaseTransaction {
        &self.on
    }

    /// Says that the change touches a record besides the event's subject, such as one of many, and how: its history then tells of the event, too.
    pub fn touch(&self, subject: Subject, changes: Vec<FieldChange>) {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).push((subject, changes));
    }

    /// Appends the audit event and makes the change last.
    pub async fn commit(self, actor: &Viewer, now: DateTime<Utc>, event: Event) -> Result<(), DbErr> {
        let data = serde_json::to_string(&event).map_err(|error| DbErr::Custom(error.to_string()))?;
        let row = audit_event::ActiveModel {
            at: Set(now),
            actor_id: Set(actor.user_id),
            actor_name: Set(actor.name.clone()),
            via: Set(via_name(actor.via).to_owned()),
            kind: Set(event.kind().to_owned()),
            data: Set(data),
            subject_kind: Set(event.subject().map(|subject| subject.kind().to_owned())),
            subject_id: Set(event.subject().map(Subject::id)),
            account_id: Set(event.account_id()),
            ..Default::default()
        };
        let event_id = row.insert(&self.on).await?.id;
        let touched = self.touched.into_inner().unwrap_or_else(PoisonError::into_inner);
        for chunk in touched.chunks(TOUCHED_CHUNK) {
            let rows = chunk.iter().map(|(subject, changes)| touched_row(event_id, *subject, changes)).collect::<Result<Vec<_>, _>>()?;
            audit_touched::Entity::insert_many(rows).exec_without_returning(&self.on).await?;
        }
        self.on.commit().await
    }
}

fn touched_row(event_id: i64, subject: Subject, changes: &[FieldChange]) -> Result<audit_touched::ActiveModel, DbErr> {
    Ok(audit_touched::ActiveModel {
        event_id: Set(event_id),
        subject_kind: Set(subject.kind().to_owned()),
        subject_id: Set(subject.id()),
        changes: Set(serde_json::to_string(changes).map_err(|error| DbErr::Custom(error.to_string()))?),
        ..Default::default()
    })
}

const fn via_name(via: Via) -> &'static str {
    match via {
        Via::Web => "web",
        Via::Token(_) => "token",
        Via::CommandLine => "command_line",
    }
}

/// The audit log's table. It is here and not in a store because every commit writes it; reading it is `audit`'s.
pub mod audit_event {
    #![expect(missing_docs, reason = "the columns are described where the log is read")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_event")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub at: DateTimeUtc,
        pub actor_id: i64,
        pub actor_name: String,
        pub via: String,
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub data: String,
        pub subject_kind: Option<String>,
        pub subject_id: Option<i64>,
        pub account_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The records that an event touches besides its subject.
pub mod audit_touched {
    #![expect(missing_docs, reason = "the columns are described where the log is read")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_touched")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub event_id: i64,
        pub subject_kind: String,
        pub subject_id: i64,
        #[sea_orm(column_type = "Text")]
        pub changes: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
