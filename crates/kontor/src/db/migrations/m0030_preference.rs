//! What a user wants as it was the last time: one value per user and name.

use sea_orm_migration::prelude::*;

use super::{id, index, number, refers, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0030_preference"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let preference = Table::create()
            .table("preference")
            .col(id())
            .col(number("user_id"))
            .col(text("name"))
            .col(text("value"))
            .foreign_key(&mut refers("preference", "user_id", "user"))
            .take();
        manager.create_table(preference).await?;
        index(manager, "preference", &["user_id", "name"], true).await
    }
}
