//! Accounts that became one, how to part them again, and pairs that somebody looked at and found to be two.

use sea_orm_migration::prelude::*;

use super::{id, index, instant, instant_null, number, number_null, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0015_merges"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("account").add_column(number_null("merged_into")).take()).await?;

        let merge = Table::create()
            .table("merge_record")
            .col(id())
            .col(text("kind"))
            .col(number("kept_id"))
            .col(number("gone_id"))
            .col(text("kept_name"))
            .col(text("gone_name"))
            // What moved, as JSON: what undoing needs.
            .col(text("moved"))
            .col(instant("at"))
            .col(number("by_id"))
            .col(text("by_name"))
            .col(instant_null("undone_at"))
            .take();
        manager.create_table(merge).await?;
        index(manager, "merge_record", &["kind", "kept_id"], false).await?;
        index(manager, "merge_record", &["kind", "gone_id"], false).await?;

        let dismissal = Table::create()
            .table("duplicate_dismissal")
            .col(id())
            .col(text("kind"))
            .col(number("first_id"))
            .col(number("second_id"))
            .col(instant("at"))
            .col(number("by_id"))
            .take();
        manager.create_table(dismissal).await?;
        index(manager, "duplicate_dismissal", &["kind", "first_id", "second_id"], true).await
    }
}
