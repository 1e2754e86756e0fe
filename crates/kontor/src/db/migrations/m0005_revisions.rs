//! Revisions of the records by topic, and what an audit event is about.

use sea_orm_migration::prelude::*;

use super::{index, number, number_null, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0005_revisions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One row per topic that was ever changed; what is kept in memory is as old as the revision it was read at.
        let revision = Table::create().table("revision").col(text("topic").primary_key()).col(number("value")).take();
        manager.create_table(revision).await?;

        for column in [text_null("subject_kind"), number_null("subject_id"), number_null("account_id")] {
            manager.alter_table(Table::alter().table("audit_event").add_column(column).take()).await?;
        }
        index(manager, "audit_event", &["subject_kind", "subject_id"], false).await?;
        index(manager, "audit_event", &["account_id"], false).await
    }
}
