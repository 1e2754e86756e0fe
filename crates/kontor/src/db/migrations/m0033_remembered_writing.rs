//! How numbers and days are written, and which statuses are left out, is remembered beside the columns that were chosen by hand.

use sea_orm_migration::prelude::*;

use super::text_null;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0033_remembered_writing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for name in ["decimal", "date_order", "exclude_status"] {
            manager.alter_table(Table::alter().table("column_mapping").add_column(text_null(name)).take()).await?;
        }
        Ok(())
    }
}
