//! Edges of corporate groups.

use sea_orm_migration::prelude::*;

use super::{day_null, id, index, instant, instant_null, number, number_null, refers, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_groups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The parent holds, pays for or receives for the child; shares are hundredths of a percent, days are both included.
        let edge = Table::create()
            .table("group_edge")
            .col(id())
            .col(number("parent_id"))
            .col(number("child_id"))
            .col(text("kind"))
            .col(number_null("share"))
            .col(day_null("valid_from"))
            .col(day_null("valid_to"))
            .col(instant("created_at"))
            .col(number("created_by"))
            // An edge entered by mistake stays on record and counts no longer.
            .col(instant_null("withdrawn_at"))
            .foreign_key(&mut refers("group_edge", "parent_id", "account"))
            .foreign_key(&mut refers("group_edge", "child_id", "account"))
            .take();
        manager.create_table(edge).await?;
        index(manager, "group_edge", &["parent_id"], false).await?;
        index(manager, "group_edge", &["child_id"], false).await
    }
}
