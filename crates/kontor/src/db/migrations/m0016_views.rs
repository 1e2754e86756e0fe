//! Saved views of lists, favourites, and what was looked at last.

use sea_orm_migration::prelude::*;

use super::{id, index, instant, number, refers, text, yes_no};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0016_views"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let view = Table::create()
            .table("saved_view")
            .col(id())
            .col(number("user_id"))
            .col(text("list"))
            .col(text("name"))
            .col(text("query"))
            .col(yes_no("shared"))
            .col(instant("created_at"))
            .foreign_key(&mut refers("saved_view", "user_id", "user"))
            .take();
        manager.create_table(view).await?;
        index(manager, "saved_view", &["user_id", "list", "name"], true).await?;
        index(manager, "saved_view", &["list", "shared"], false).await?;

        let favourite = Table::create()
            .table("favourite")
            .col(id())
            .col(number("user_id"))
            .col(text("kind"))
            .col(number("record_id"))
            .col(instant("created_at"))
            .foreign_key(&mut refers("favourite", "user_id", "user"))
            .take();
        manager.create_table(favourite).await?;
        index(manager, "favourite", &["user_id", "kind", "record_id"], true).await?;

        let visit = Table::create()
            .table("visit")
            .col(id())
            .col(number("user_id"))
            .col(text("kind"))
            .col(number("record_id"))
            .col(instant("at"))
            .foreign_key(&mut refers("visit", "user_id", "user"))
            .take();
        manager.create_table(visit).await?;
        index(manager, "visit", &["user_id", "kind", "record_id"], true).await
    }
}
