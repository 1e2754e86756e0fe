//! SQL of imports and findings; that of segments is in a file of its own.

mod segments;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kontor_domain::rights::{Right, Viewer};
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Finding, Kind};
use kontor_ledger::options::Options;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

pub use self::segments::*;
use super::report::ImportReport;

/// How many findings of one kind are kept as records; all rejected rows are in the report file.
pub const FINDINGS_PER_KIND: usize = 200;
/// How many rows go into one statement.
const CHUNK: usize = 200;

mod import {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub source: String,
        pub state: String,
        #[sea_orm(column_type = "Text")]
        pub options: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub report: Option<String>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub created_by_name: String,
        pub booked_at: Option<DateTimeUtc>,
        pub undone_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod import_file {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_file")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub import_id: i64,
        pub position: i64,
        pub name: String,
        pub path: String,
        pub size_bytes: i64,
        pub sha256: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod finding {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "finding")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub import_id: i64,
        pub kind: String,
        pub file: String,
        pub line: Option<i64>,
        pub column: Option<String>,
        pub role: Option<String>,
        pub value: Option<String>,
        pub message: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod column_mapping {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "column_mapping")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub source: String,
        #[sea_orm(column_type = "Text")]
        pub headers: String,
        #[sea_orm(column_type = "Text")]
        pub columns: String,
        pub decimal: Option<String>,
        pub date_order: Option<String>,
        pub exclude_status: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its files are here; nothing was checked yet, or the options changed since.
    Uploaded,
    /// Checked: it can be booked.
    Checked,
    /// Checked, and stopped before booking.
    Stopped,
    /// In the ledger.
    Booked,
    /// Was in the ledger and was taken back.
    Undone,
    /// Given up before it was booked.
    Discarded,
}

impl State {
    const ALL: [State; 6] = [State::Uploaded, State::Checked, State::Stopped, State::Booked, State::Undone, State::Discarded];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            State::Uploaded => "uploaded",
            State::Checked => "checked",
            State::Stopped => "stopped",
            State::Booked => "booked",
            State::Undone => "undone",
            State::Discarded => "discarded",
        }
    }

    /// True before it was booked or given up.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Uploaded | State::Checked | State::Stopped)
    }
}

/// One import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The id.
    pub id: i64,
    /// The source system whose invoices these are.
    pub source: String,
    /// How far it has come.
    pub state: State,
    /// How to read it.
    pub options: Options,
    /// What the last check or booking found.
    pub report: Option<ImportReport>,
    /// Its files in order.
    pub files: Vec<ImportFile>,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// When it was booked.
    pub booked_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name where it came from.
    pub name: String,
    /// Where it lies; gone after an upload was booked.
    pub path: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// The SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Custom(error.to_string()))
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}

fn import(row: import::Model, files: Vec<ImportFile>) -> Result<Import, DbErr> {
    let state = State::ALL.into_iter().find(|state| state.name() == row.state);
    Ok(Import {
        id: row.id,
        source: row.source,
        state: state.ok_or_else(|| DbErr::Custom(format!("import {}: state {}", row.id, row.state)))?,
        options: json(&row.options)?,
        report: row.report.as_deref().map(json).transpose()?,
        files,
        created_at: row.created_at,
        created_by: row.created_by_name,
        booked_at: row.booked_at,
        undone_at: row.undone_at,
    })
}

/// The condition that a viewer may see an import. Its files, findings and sums name customers and tell of all of them, so who does not see all accounts
/// sees only what they have uploaded themselves.
fn open_to(viewer: &Viewer) -> sea_orm::Condition {
    let own = import::Column::CreatedBy.eq(viewer.user_id);
    sea_orm::Condition::all().add_option((!viewer.sight.is_all()).then_some(own))
}

/// The newest imports that the viewer may see, older than `before` where given.
pub async fn list(db: &impl ConnectionTrait, viewer: &Viewer, before: Option<i64>, limit: u64) -> Result<Vec<Import>, DbErr> {
    if !viewer.may(Right::SeeImports) {
        return Ok(Vec::new());
    }
    let mut query = import::Entity::find().filter(open_to(viewer)).order_by_desc(import::Column::Id).limit(limit);
    if let Some(before) = before {
        query = query.filter(import::Column::Id.lt(before));
    }
    let rows = query.all(db).await?;
    let mut files = files_of(db, rows.iter().map(|row| row.id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let files = files.remove(&row.id).unwrap_or_default();
            import(row, files)
        })
        .collect()
}

/// One import that the viewer may see.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Import>, DbErr> {
    if !viewer.may(Right::SeeImports) {
        return Ok(None);
    }
    let Some(row) = import::Entity::find_by_id(id).filter(open_to(viewer)).one(db).await? else { return Ok(None) };
    let files = files_of(db, vec![id]).await?.remove(&id).unwrap_or_default();
    import(row, files).map(Some)
}

async fn files_of(db: &impl ConnectionTrait, ids: Vec<i64>) -> Result<BTreeMap<i64, Vec<ImportFile>>, DbErr> {
    let rows = import_file::Entity::find()
        .filter(import_file::Column::ImportId.is_in(ids))
        .order_by_asc(import_file::Column::ImportId)
        .order_by_asc(import_file::Column::Position)
        .all(db)
        .await?;
    let mut files: BTreeMap<i64, Vec<ImportFile>> = BTreeMap::new();
    for row in rows {
        let file = ImportFile { name: row.name, path: row.path, size_bytes: row.size_bytes.unsigned_abs(), sha256: row.sha256 };
        files.entry(row.import_id).or_default().push(file);
    }
    Ok(files)
}

/// Adds an import without files and gives its id.
pub async fn insert(tx: &impl ConnectionTrait, viewer: &Viewer, source: &str, options: &Options, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = import::ActiveModel {
        source: Set(source.to_owned()),
        state: Set(State::Uploaded.name().to_owned()),
        options: Set(to_json(options)?),
        created_at: Set(now),
        created_by: Set(viewer.user_id),
        created_by_name: Set(viewer.name.clone()),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Adds the files of an import.
pub async fn insert_files(tx: &impl ConnectionTrait, id: i64, files: &[ImportFile]) -> Result<(), DbErr> {
    let rows = (0_i64..).zip(files).map(|(position, file)| import_file::ActiveModel {
        import_id: Set(id),
        position: Set(position),
        name: Set(file.name.clone()),
        path: Set(file.path.clone()),
        size_bytes: Set(i64::try_from(file.size_bytes).unwrap_or(i64::MAX)),
        sha256: Set(file.sha256.clone()),
        ..Default::default()
    });
    import_file::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// Changes how an open import is read; what was checked before no longer counts.
pub async fn set_options(tx: &impl ConnectionTrait, id: i64, source: &str, options: &Options) -> Result<(), DbErr> {
    let row = import::ActiveModel {
        id: Set(id),
        source: Set(source.to_owned()),
        options: Set(to_json(options)?),
        state: Set(State::Uploaded.name().to_owned()),
        report: Set(None),
        ..Default::default()
    };
    row.update(tx).await?;
    finding::Entity::delete_many().filter(finding::Column::ImportId.eq(id)).exec(tx).await.map(|_| ())
}

/// Sets the state of an import that is still open, with the report and findings that led to it; where none came of it, those of the last check stay. False when
/// it was not open any more.
pub async fn close(
    tx: &impl ConnectionTrait,
    id: i64,
    state: State,
    outcome: Option<(&ImportReport, &[Finding])>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let open = [State::Uploaded, State::Checked, State::Stopped].map(State::name);
    let mut update = import::Entity::update_many()
        .col_expr(import::Column::State, Expr::value(state.name()))
        .filter(import::Column::Id.eq(id))
        .filter(import::Column::State.is_in(open));
    if let Some((report, _)) = outcome {
        update = update.col_expr(import::Column::Report, Expr::value(to_json(report)?));
    }
    if state == State::Booked {
        update = update.col_expr(import::Column::BookedAt, Expr::value(now));
    }
    if update.exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    if let Some((_, findings)) = outcome {
        finding::Entity::delete_many().filter(finding::Column::ImportId.eq(id)).exec(tx).await?;
        insert_findings(tx, id, findings).await?;
    }
    Ok(true)
}

async fn insert_findings(tx: &impl ConnectionTrait, id: i64, findings: &[Finding]) -> Result<(), DbErr> {
    let mut kept: BTreeMap<Kind, usize> = BTreeMap::new();
    let few: Vec<&Finding> = findings
        .iter()
        .filter(|finding| {
            let count = kept.entry(finding.kind).or_default();
            *count += 1;
            *count <= FINDINGS_PER_KIND
        })
        .collect();
    for chunk in few.chunks(CHUNK) {
        let rows = chunk.iter().map(|found| finding::ActiveModel {
            import_id: Set(id),
            kind: Set(found.kind.name().to_owned()),
            file: Set(found.file.clone()),
            line: Set(found.line.map(|line| i64::try_from(line).unwrap_or(i64::MAX))),
            column: Set(found.column.clone()),
            role: Set(found.role.map(|role| role.name().to_owned())),
            value: Set(found.value.clone()),
            message: Set(found.message.clone()),
            ..Default::default()
        });
        finding::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The findings of an import in the order they were made.
pub async fn findings(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Finding>, DbErr> {
    let rows = finding::Entity::find().filter(finding::Column::ImportId.eq(id)).order_by_asc(finding::Column::Id).all(db).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Finding {
                kind: row.kind.parse().map_err(DbErr::Custom)?,
                file: row.file,
                line: row.line.map(i64::unsigned_abs),
                column: row.column,
                role: row.role.map(|role| role.parse::<Role>()).transpose().map_err(DbErr::Custom)?,
                value: row.value,
                message: row.message,
            })
        })
        .collect()
}

/// The columns, ways of writing and statuses to leave out that were chosen by hand the last time a file with these headers came from this source.
pub async fn find_mapping(db: &impl ConnectionTrait, source: &str, headers: &str) -> Result<Option<Options>, DbErr> {
    let row = column_mapping::Entity::find()
        .filter(column_mapping::Column::Source.eq(source))
        .filter(column_mapping::Column::Headers.eq(headers))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Options {
        columns: json(&row.columns)?,
        decimal: row.decimal.map(|name| name.parse()).transpose().map_err(DbErr::Custom)?,
        date_order: row.date_order.map(|name| name.parse()).transpose().map_err(DbErr::Custom)?,
        exclude_status: row.exclude_status.as_deref().map(json).transpose()?.unwrap_or_default(),
        ..Options::default()
    }))
}

/// Whether columns or ways of writing were ever chosen by hand for this source.
pub async fn has_mappings(db: &impl ConnectionTrait, source: &str) -> Result<bool, DbErr> {
    Ok(column_mapping::Entity::find().filter(column_mapping::Column::Source.eq(source)).count(db).await? > 0)
}

/// The sources that invoices came from so far, in the order of their names.
pub async fn sources(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let query = import::Entity::find().select_only().column(import::Column::Source).distinct().order_by_asc(import::Column::Source);
    query.into_tuple().all(db).await
}

/// The source that invoices were booked from last; where nothing was booked yet, that of the newest import.
pub async fn last_source(db: &impl ConnectionTrait) -> Result<Option<String>, DbErr> {
    let newest = || import::Entity::find().select_only().column(import::Column::Source).order_by_desc(import::Column::Id);
    match newest().filter(import::Column::State.eq(State::Booked.name())).into_tuple().one(db).await? {
        Some(source) => Ok(Some(source)),
        None => newest().into_tuple().one(db).await,
    }
}

/// Remembers the columns, ways of writing and statuses to leave out chosen by hand, in place of what was remembered for such files; none are remembered as none.
pub async fn save_mapping(tx: &impl ConnectionTrait, source: &str, headers: &str, options: &Options) -> Result<(), DbErr> {
    column_mapping::Entity::delete_many()
        .filter(column_mapping::Column::Source.eq(source))
        .filter(column_mapping::Column::Headers.eq(headers))
        .exec(tx)
        .await?;
    if !options.says_how_to_read() {
        return Ok(());
    }
    let row = column_mapping::ActiveModel {
        source: Set(source.to_owned()),
        headers: Set(headers.to_owned()),
        columns: Set(to_json(&options.columns)?),
        decimal: Set(options.decimal.map(|decimal| decimal.name().to_owned())),
        date_order: Set(options.date_order.map(|order| order.name().to_owned())),
        exclude_status: Set(Some(to_json(&options.exclude_status)?)),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}
