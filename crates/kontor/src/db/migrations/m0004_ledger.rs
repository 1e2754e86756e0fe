//! Imports, what they found, and the segments of the sales ledger that they made.

use sea_orm_migration::prelude::*;

use super::{day, id, index, instant, instant_null, number, number_null, refers, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let import = Table::create()
            .table("import")
            .col(id())
            .col(text("source"))
            .col(text("state"))
            .col(text("options"))
            .col(text_null("report"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(text("created_by_name"))
            .col(instant_null("booked_at"))
            .col(instant_null("undone_at"))
            .take();
        manager.create_table(import).await?;

        let import_file = Table::create()
            .table("import_file")
            .col(id())
            .col(number("import_id"))
            .col(number("position"))
            .col(text("name"))
            .col(text("path"))
            .col(number("size_bytes"))
            .col(text("sha256"))
            .foreign_key(&mut refers("import_file", "import_id", "import"))
            .take();
        manager.create_table(import_file).await?;
        index(manager, "import_file", &["import_id", "position"], true).await?;

        let finding = Table::create()
            .table("finding")
            .col(id())
            .col(number("import_id"))
            .col(text("kind"))
            .col(text("file"))
            .col(number_null("line"))
            .col(text_null("column"))
            .col(text_null("role"))
            .col(text_null("value"))
            .col(text("message"))
            .foreign_key(&mut refers("finding", "import_id", "import"))
            .take();
        manager.create_table(finding).await?;
        index(manager, "finding", &["import_id", "kind"], false).await?;

        let segment = Table::create()
            .table("segment")
            .col(text("id").primary_key())
            .col(number("import_id"))
            .col(text("source"))
            .col(number("lines"))
            .col(day("first_day"))
            .col(day("last_day"))
            .col(instant("live_from"))
            .col(instant_null("live_to"))
            .foreign_key(&mut refers("segment", "import_id", "import"))
            .take();
        manager.create_table(segment).await?;
        index(manager, "segment", &["import_id"], false).await?;

        let replacement = Table::create()
            .table("segment_replacement")
            .col(id())
            .col(text("segment_id"))
            .col(text("replaced_id"))
            .foreign_key(&mut refers("segment_replacement", "segment_id", "segment"))
            .foreign_key(&mut refers("segment_replacement", "replaced_id", "segment"))
            .take();
        manager.create_table(replacement).await?;

        // One row. Its revision rises whenever the set of live segments changes, which tells concurrent imports and caches apart.
        let ledger_state = Table::create().table("ledger_state").col(id()).col(number("revision")).take();
        manager.create_table(ledger_state).await?;
        let first = Query::insert().into_table("ledger_state").columns(["id", "revision"]).values_panic([1.into(), 0.into()]).take();
        manager.exec_stmt(first).await?;

        let mapping =
            Table::create().table("column_mapping").col(id()).col(text("source")).col(text("headers")).col(text("columns")).take();
        manager.create_table(mapping).await?;
        index(manager, "column_mapping", &["source", "headers"], true).await?;

        // What an API client was answered, so that a repeated request gives the same answer instead of a second import.
        let idempotency = Table::create()
            .table("idempotency_key")
            .col(id())
            .col(number("user_id"))
            .col(text("key"))
            .col(text("request_hash"))
            .col(number_null("status"))
            .col(text_null("answer"))
            .col(instant("created_at"))
            .take();
        manager.create_table(idempotency).await?;
        index(manager, "idempotency_key", &["user_id", "key"], true).await
    }
}
